#include "ui/outbox/outbox_page.h"

#include "ui/outbox/outbox_row.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/line_label.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int secondMs = 1000;
constexpr int emptyHeight = 320;
} // namespace

OutboxPage::OutboxPage(MailDesk& desk, const Clock& clock, QWidget* parent)
    : Page(tr("Outbox"), parent), m_desk(desk), m_clock(clock) {
    build();
    m_second.setInterval(secondMs);
    connect(&m_second, &QTimer::timeout, this, &OutboxPage::tick);
    setMails({});
}

void OutboxPage::build() {
    m_switch = new SubtleButton({}, SubtleButton::Look::Subtle, this);
    connect(m_switch, &QAbstractButton::clicked, this, &OutboxPage::togglePause);
    addToHeading(m_switch);
    m_pausedBanner = new Banner(Banner::Shape::Row, this);
    m_pausedBanner->setContent(tr("Sending is paused. Mail waits here, and nothing leaves this computer until you "
                                  "resume. It stays so when Aiva restarts."),
                               Tone::Warning, tr("Resume sending"), {});
    connect(m_pausedBanner, &Banner::actionTriggered, this, &OutboxPage::togglePause);
    m_offline = textLabel(tr("○ Offline. Mail waits here and goes out by itself when the connection is back."),
                          TextStyle::Dense, &Colors::warning, this);
    m_offline->setWordWrap(true);
    m_empty = new EmptyState(this);
    m_empty->setContent(tr("Nothing is on its way"),
                        tr("A reply waits here for its undo time, then it leaves. Press R in a conversation to write "
                           "one."));
    m_empty->setMinimumHeight(emptyHeight);
    for (QWidget* widget : {static_cast<QWidget*>(m_pausedBanner), static_cast<QWidget*>(m_offline)})
        column()->addWidget(widget);
    m_list = new QVBoxLayout;
    m_list->setSpacing(0);
    column()->addLayout(m_list);
    for (const OutboxGroup group : {OutboxGroup::NeedsYou, OutboxGroup::OnItsWay, OutboxGroup::Sent}) {
        auto* heading = textLabel({}, TextStyle::Micro, &Colors::textMuted, this);
        heading->setContentsMargins(0, 3 * size::grid, 0, size::grid);
        m_groups[group] = {heading, {}};
    }
    column()->addWidget(m_empty);
    column()->addStretch();
}

void OutboxPage::setMails(const std::vector<OutboxView>& mails) {
    m_weather.isPaused = m_desk.isOutboxPaused();
    for (auto& [group, shown] : m_groups)
        shown.mails.clear();
    std::map<OutboxId, OutboxRowView*> rows;
    for (const OutboxView& mail : mails) {
        const auto group = outboxGroup(mail.state);
        if (!group) continue;
        m_groups[*group].mails.push_back(mail.id);
        const auto known = m_rows.extract(mail.id);
        OutboxRowView* row = known ? known.mapped() : nullptr;
        if (row == nullptr) {
            row = new OutboxRowView(this);
            connect(row, &OutboxRowView::asked, this,
                    [this, id = mail.id](OutboxAction action) { decide(id, action); });
        }
        row->setMail(mail, m_clock.now(), m_weather);
        rows[mail.id] = row;
    }
    for (const auto& [id, row] : m_rows) { // left over: no longer listed
        m_list->removeWidget(row);
        row->hide();
        row->deleteLater(); // it may be inside its own signal
    }
    m_rows = std::move(rows);
    placeRows();
    showWeather();
    tick();
}

// Only what stands elsewhere is moved: what stays keeps its place, its focus and its pixels.
void OutboxPage::placeRows() {
    int at = 0;
    const auto place = [&](QWidget* widget) {
        QLayoutItem* there = m_list->itemAt(at);
        if (there == nullptr || there->widget() != widget) m_list->insertWidget(at, widget);
        widget->show();
        ++at;
    };
    for (const OutboxGroup group : {OutboxGroup::NeedsYou, OutboxGroup::OnItsWay, OutboxGroup::Sent}) {
        const Group& shown = m_groups[group];
        if (shown.mails.empty()) {
            shown.heading->hide();
            continue;
        }
        const auto count = static_cast<qint64>(shown.mails.size());
        shown.heading->setText(group == OutboxGroup::Sent ? outboxGroupTitle(group)
                                                          : u"%1 · %2"_s.arg(outboxGroupTitle(group)).arg(count));
        place(shown.heading);
        for (const OutboxId id : shown.mails)
            place(m_rows.at(id));
    }
    m_empty->setVisible(m_rows.empty());
}

OutboxRowView* OutboxPage::row(OutboxId id) const {
    const auto found = m_rows.find(id);
    return found == m_rows.end() ? nullptr : found->second;
}

void OutboxPage::setOnline(bool online) {
    m_weather.isOnline = online;
    showWeather();
    tick();
}

void OutboxPage::showWeather() {
    m_pausedBanner->setVisible(m_weather.isPaused);
    m_offline->setVisible(!m_weather.isOnline);
    m_switch->setVisible(!m_weather.isPaused);
    m_switch->setText(tr("Pause sending"));
    m_switch->setToolTip(tr("Nothing leaves this computer until you resume."));
}

void OutboxPage::tick() {
    bool ticking = false;
    for (const auto& [id, row] : m_rows)
        ticking = row->tick(m_clock.now(), m_weather) || ticking;
    if (ticking && isVisible())
        m_second.start();
    else
        m_second.stop();
}

void OutboxPage::togglePause() {
    const bool pause = !m_weather.isPaused;
    m_desk.pauseOutbox(pause);
    m_weather.isPaused = pause;
    showWeather();
    tick();
    (pause ? static_cast<QWidget*>(m_pausedBanner) : m_switch)->setFocus(Qt::OtherFocusReason);
    Q_EMIT stale();
}

void OutboxPage::decide(OutboxId id, OutboxAction action) {
    switch (action) {
    case OutboxAction::Undo:
    case OutboxAction::Edit:
    case OutboxAction::Cancel:
        takeBack(id, action);
        return;
    case OutboxAction::SendNow:
        m_desk.sendNow(id);
        break;
    case OutboxAction::WasSent:
        m_desk.resolveUnknown(id, true);
        break;
    case OutboxAction::SendAgain:
        m_desk.resolveUnknown(id, false);
        break;
    case OutboxAction::Open:
        if (const auto conversation = row(id)->mail().conversation) Q_EMIT conversationAsked(*conversation);
        return;
    }
    Q_EMIT stale();
}

// The draft comes back; Undo and Edit go on to it, Cancel lets it rest.
void OutboxPage::takeBack(OutboxId id, OutboxAction action) {
    const auto conversation = row(id)->mail().conversation;
    whenDone(m_desk.cancelSend(id), this, [this, conversation, action](const Result<bool>& cancelled) {
        if (!cancelled)
            Q_EMIT failed(cancelled.error());
        else if (action != OutboxAction::Cancel && conversation)
            Q_EMIT conversationAsked(*conversation);
        Q_EMIT stale();
    });
}

QStringList OutboxPage::shownGroups() const {
    QStringList groups;
    for (const OutboxGroup group : {OutboxGroup::NeedsYou, OutboxGroup::OnItsWay, OutboxGroup::Sent})
        if (!m_groups.at(group).mails.empty()) groups << outboxGroupTitle(group);
    return groups;
}

void OutboxPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    tick();
}

void OutboxPage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    m_second.stop();
}

} // namespace aiva
