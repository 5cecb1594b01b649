#include "ui/inbox/inbox_pane.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QLabel>
#include <QPainter>
#include <QStackedWidget>

namespace aiva {

using namespace Qt::StringLiterals;

QString splitTitle(InboxView view) {
    const char* title = "";
    switch (view) {
    case InboxView::NeedsMe:
        title = QT_TRANSLATE_NOOP("InboxPane", "Needs me");
        break;
    case InboxView::ReadyToSend:
        title = QT_TRANSLATE_NOOP("InboxPane", "Ready to send");
        break;
    case InboxView::Waiting:
        title = QT_TRANSLATE_NOOP("InboxPane", "Waiting on customer");
        break;
    case InboxView::Vip:
        title = QT_TRANSLATE_NOOP("InboxPane", "VIP");
        break;
    case InboxView::LateShipments:
        title = QT_TRANSLATE_NOOP("InboxPane", "Late shipments");
        break;
    case InboxView::Snoozed:
        title = QT_TRANSLATE_NOOP("InboxPane", "Snoozed");
        break;
    case InboxView::All:
        title = QT_TRANSLATE_NOOP("InboxPane", "All");
        break;
    }
    return QCoreApplication::translate("InboxPane", title);
}

InboxPane::InboxPane(InboxModel::Source source, SearchPane::Search search, const Clock& clock, QWidget* parent)
    : QWidget(parent), m_model(std::move(source), clock) {
    m_list = new InboxList(m_model, clock);
    m_body = new QStackedWidget;
    m_body->addWidget(m_list);
    m_emptyPage = buildEmpty();
    m_body->addWidget(m_emptyPage);

    auto* inbox = new QWidget;
    auto* column = new QVBoxLayout(inbox);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildBar());
    column->addWidget(m_body, 1);
    m_search = new SearchPane(std::move(search), clock);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(inbox);
    m_pages->addWidget(m_search);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, size::hairline, 0);
    whole->addWidget(m_pages);
    setMinimumWidth(size::inboxMinimum);

    connect(m_list, &InboxList::conversationChosen, this, &InboxPane::conversationChosen);
    connect(m_list, &InboxList::selectionChangedTo, this, &InboxPane::showSelection);
    connect(m_list, &InboxList::conversationOpened, this, &InboxPane::conversationOpened);
    connect(m_search, &SearchPane::hitChosen, this, &InboxPane::hitChosen);
    connect(m_search, &SearchPane::closed, this, &InboxPane::closeSearch);
    connect(&m_model, &InboxModel::failed, this, &InboxPane::failed);
    connect(&m_model, &InboxModel::refreshed, this, &InboxPane::showListOrEmpty);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &InboxPane::showListOrEmpty);
}

QWidget* InboxPane::buildBar() {
    auto* bar = new QWidget;
    bar->setFixedHeight(size::bar);
    auto* line = new QHBoxLayout(bar);
    line->setContentsMargins(14, 0, 14, 0);
    line->setSpacing(size::grid);
    m_title = new QLabel;
    m_title->setFont(Theme::font(TextStyle::DenseStrong));
    m_order = new SubtleButton({}, SubtleButton::Look::Quiet);
    m_order->setFocusPolicy(Qt::TabFocus);
    auto* searchButton = new KeyButton(u"/"_s, tr("search"));
    connect(searchButton, &QAbstractButton::clicked, this, &InboxPane::startSearch);
    buildMenu();
    line->addWidget(m_title, 1);
    line->addWidget(m_order);
    line->addWidget(searchButton);
    m_whole = {m_order, searchButton};
    const auto act = [&](const QString& key, const QString& word, void (InboxPane::*signal)()) {
        auto* button = new KeyButton(key, word);
        connect(button, &QAbstractButton::clicked, this, signal);
        line->addWidget(button);
        button->hide();
        m_several << button;
    };
    act(u"E"_s, tr("done"), &InboxPane::doneAsked);
    act(u"U"_s, tr("unread"), &InboxPane::unreadAsked);
    act(u"I"_s, tr("assign"), &InboxPane::assignAsked);
    return bar;
}

QWidget* InboxPane::buildEmpty() {
    m_empty = new QLabel;
    m_empty->setFont(Theme::font(TextStyle::Dense));
    m_empty->setWordWrap(true);
    m_empty->setMargin(6 * size::grid);
    m_empty->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_empty->setTextFormat(Qt::PlainText);
    QPalette palette = m_empty->palette();
    palette.setColor(QPalette::WindowText, Theme::colors().textSecondary);
    m_empty->setPalette(palette);
    m_empty->setContentsMargins(0, 0, 0, 0);
    m_addMailbox = new SubtleButton(tr("Add mailbox"), SubtleButton::Look::Subtle);
    connect(m_addMailbox, &QAbstractButton::clicked, this, &InboxPane::addMailboxAsked);
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_empty);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(6 * size::grid, 0, 0, 0);
    line->addWidget(m_addMailbox);
    line->addStretch();
    column->addLayout(line);
    column->addStretch();
    return page;
}

void InboxPane::buildMenu() {
    m_menu = new InboxMenu([this] { return filter(); }, m_order);
    connect(m_menu, &InboxMenu::filterChosen, this, &InboxPane::setFilter);
    connect(m_order, &QAbstractButton::clicked, this,
            [this] { m_menu->popup(m_order->mapToGlobal(QPoint(0, m_order->height()))); });
}

void InboxPane::setFilter(const InboxFilter& filter) {
    const ConversationId chosen = m_list->chosen();
    const bool sameSplit = filter.view == m_model.filter().view;
    m_model.setFilter(filter);
    m_title->setText(splitTitle(filter.view));
    m_list->setAccessibleName(tr("Conversations, %1").arg(m_title->text()));
    showWords();
    showSelection(0);
    if (sameSplit && chosen.isValid()) m_list->choose(chosen);
}

void InboxPane::showWords() {
    const QStringList words = m_menu->words(filter());
    m_order->setText(words.join(u" · "_s) + u" ▾"_s);
    m_order->setSpokenName(tr("Sort and filter: %1").arg(words.join(u", "_s)));
}

void InboxPane::setStores(const InboxMenu::Stores& stores) {
    m_menu->setStores(stores);
    showWords();
}

void InboxPane::setMailboxes(const std::vector<MailboxView>& mailboxes) {
    m_hasMailbox = !mailboxes.empty();
    m_menu->setPeople(teamPeople(mailboxes));
    showWords();
    showListOrEmpty();
}

void InboxPane::showSelection(int conversations) {
    const bool several = conversations > 1;
    m_title->setText(several ? tr("%n selected", nullptr, conversations) : splitTitle(filter().view));
    for (QWidget* widget : m_whole)
        widget->setVisible(!several);
    for (QWidget* widget : m_several)
        widget->setVisible(several);
}

void InboxPane::setHasMail(bool hasMail) {
    m_hasMail = hasMail;
    showListOrEmpty();
}

void InboxPane::showListOrEmpty() {
    const bool empty = m_model.rowCount() == 0;
    if (empty) m_empty->setText(emptyText());
    m_addMailbox->setVisible(!m_hasMail && !m_hasMailbox);
    m_body->setCurrentWidget(empty ? m_emptyPage : m_list);
}

QString InboxPane::emptyText() const {
    if (!m_hasMail && m_hasMailbox)
        return tr("No mail yet.\n\nThe mailbox is connected. Its newest conversations appear here first, as they "
                  "arrive.");
    if (!m_hasMail)
        return tr("No mail yet.\n\nAdd the mailbox customers write to, or import one from files with\naivactl mail "
                  "import PATH\nwhich takes an mbox file, a Maildir, or a folder of .eml files.");
    if (filter().unreadOnly || filter().customerSpokeLastOnly || filter().narrows())
        return tr("Nothing here passes the filter.\n\nOpen the menu above to show everything in this split.");
    switch (filter().view) {
    case InboxView::NeedsMe:
        return tr("Nobody is waiting for you.\n\nPress Ctrl+2 for conversations that wait on a customer, or F5 to look "
                  "for news.");
    case InboxView::Waiting:
        return tr("You are waiting on nobody.\n\nConversations come here when the last word was yours.");
    case InboxView::Vip:
        return tr(
            "No conversations with VIP customers.\n\nPeople become VIP when they spent more than 500 in a store's "
            "currency, or carry the tag VIP there.");
    default:
        return tr("No conversations here.");
    }
}

void InboxPane::startSearch() {
    m_pages->setCurrentWidget(m_search);
    m_search->start();
}

void InboxPane::closeSearch() {
    m_pages->setCurrentIndex(0);
    m_list->setFocus(Qt::OtherFocusReason);
}

bool InboxPane::isSearching() const {
    return m_pages->currentWidget() == m_search;
}

void InboxPane::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    strokeEdge(painter, QRectF(0, 0, width(), size::bar), Qt::BottomEdge, Theme::colors().borderSubtle);
}

} // namespace aiva
