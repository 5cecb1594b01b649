#include "ui/shell/rail.h"

#include "ui/inbox/inbox_pane.h"
#include "ui/shell/rail_entry.h"
#include "ui/theme/painting.h"
#include "ui/widgets/line_label.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QPainter>

namespace aiva {

namespace {

constexpr InboxView shownSplits[] = {InboxView::NeedsMe, InboxView::ReadyToSend, InboxView::Waiting, InboxView::Vip,
                                     InboxView::All};

class Separator final : public QWidget {
public:
    explicit Separator(QWidget* parent) : QWidget(parent) { setFixedHeight(21); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        strokeEdge(painter, QRectF(8, 0, width() - 16, 11), Qt::BottomEdge, Theme::colors().borderSubtle);
    }
};

} // namespace

std::span<const InboxView> Rail::splits() {
    return shownSplits;
}

Rail::Rail(const QString& workspaceName, QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Views"));
    setFixedWidth(size::rail);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2 * size::grid, 3 * size::grid, 2 * size::grid + size::hairline, 3 * size::grid);
    column->setSpacing(1);
    auto* name = new ElidedLabel(TextStyle::Title, &Colors::textPrimary, this);
    name->setText(workspaceName);
    name->setContentsMargins(2 * size::grid, size::grid, 2 * size::grid, 14);
    name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    column->addWidget(name);
    for (const InboxView view : shownSplits) {
        RailEntry* entry = addEntry(splitTitle(view));
        m_splits.emplace_back(view, entry);
        connect(entry, &QAbstractButton::clicked, this, [this, view] { Q_EMIT splitChosen(view); });
    }
    column->addWidget(new Separator(this));
    for (const auto& [page, text] : {std::pair(DeskPage::Outbox, tr("Outbox")),
                                     {DeskPage::Stores, tr("Stores")},
                                     {DeskPage::Audit, tr("Audit")},
                                     {DeskPage::Settings, tr("Settings")}}) {
        RailEntry* entry = addEntry(text);
        m_pages.emplace_back(page, entry);
        connect(entry, &QAbstractButton::clicked, this, [this, chosen = page] { Q_EMIT pageChosen(chosen); });
    }
    column->addStretch();
}

RailEntry* Rail::addEntry(const QString& text) {
    auto* entry = new RailEntry(text, this);
    layout()->addWidget(entry);
    return entry;
}

void Rail::setCounts(const QMap<InboxView, qint64>& counts) {
    for (const auto& [view, entry] : m_splits)
        entry->setCount(view == InboxView::All ? 0 : counts.value(view));
}

void Rail::setOutboxCount(qint64 mails) {
    for (const auto& [page, entry] : m_pages)
        if (page == DeskPage::Outbox) entry->setCount(mails, RailEntry::Counted::Mails);
}

void Rail::setCurrent(DeskPage page, InboxView view) {
    for (const auto& [split, entry] : m_splits)
        entry->setChecked(page == DeskPage::Triage && split == view);
    for (const auto& [other, entry] : m_pages)
        entry->setChecked(page == other);
}

void Rail::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    strokeEdge(painter, rect(), Qt::RightEdge, Theme::colors().borderSubtle);
}

void Rail::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Down)
        focusNextChild();
    else if (event->key() == Qt::Key_Up)
        focusPreviousChild();
    else
        QWidget::keyPressEvent(event);
}

} // namespace aiva
