#include "ui/inbox/inbox_pane.h"

#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/subtle_button.h"

#include <QActionGroup>
#include <QBoxLayout>
#include <QCoreApplication>
#include <QLabel>
#include <QMenu>
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
    m_empty = new QLabel;
    m_empty->setFont(Theme::font(TextStyle::Dense));
    m_empty->setWordWrap(true);
    m_empty->setMargin(6 * size::grid);
    m_empty->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_empty->setTextFormat(Qt::PlainText);
    QPalette palette = m_empty->palette();
    palette.setColor(QPalette::WindowText, Theme::colors().textSecondary);
    m_empty->setPalette(palette);
    m_body = new QStackedWidget;
    m_body->addWidget(m_list);
    m_body->addWidget(m_empty);

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
    return bar;
}

void InboxPane::buildMenu() {
    m_menu = new QMenu(m_order);
    auto* sorts = new QActionGroup(m_menu);
    const auto sort = [&](const QString& text, InboxSort value) {
        QAction* action = m_menu->addAction(text);
        action->setCheckable(true);
        sorts->addAction(action);
        connect(action, &QAction::triggered, this, [this, value] {
            InboxFilter changed = filter();
            changed.sort = value;
            setFilter(changed);
        });
        return action;
    };
    const auto toggle = [&](const QString& text, bool InboxFilter::*field) {
        QAction* action = m_menu->addAction(text);
        action->setCheckable(true);
        connect(action, &QAction::triggered, this, [this, field](bool on) {
            InboxFilter changed = filter();
            changed.*field = on;
            setFilter(changed);
        });
        return action;
    };
    QAction* newest = sort(tr("Newest first"), InboxSort::Newest);
    QAction* oldest = sort(tr("Longest waiting first"), InboxSort::Oldest);
    m_menu->addSeparator();
    QAction* unread = toggle(tr("Only unread"), &InboxFilter::unreadOnly);
    QAction* spoke = toggle(tr("Only where the customer spoke last"), &InboxFilter::customerSpokeLastOnly);
    connect(m_menu, &QMenu::aboutToShow, this, [=, this] {
        newest->setChecked(filter().sort == InboxSort::Newest);
        oldest->setChecked(filter().sort == InboxSort::Oldest);
        unread->setChecked(filter().unreadOnly);
        spoke->setChecked(filter().customerSpokeLastOnly);
    });
    connect(m_order, &QAbstractButton::clicked, this,
            [this] { m_menu->popup(m_order->mapToGlobal(QPoint(0, m_order->height()))); });
}

void InboxPane::setFilter(const InboxFilter& filter) {
    const ConversationId chosen = m_list->chosen();
    const bool sameSplit = filter.view == m_model.filter().view;
    m_model.setFilter(filter);
    m_title->setText(splitTitle(filter.view));
    m_list->setAccessibleName(tr("Conversations, %1").arg(m_title->text()));
    QStringList words{filter.sort == InboxSort::Newest ? tr("Newest") : tr("Longest waiting")};
    if (filter.unreadOnly) words << tr("unread");
    if (filter.customerSpokeLastOnly) words << tr("spoke last");
    m_order->setText(words.join(u" · "_s) + u" ▾"_s);
    m_order->setSpokenName(tr("Sort and filter: %1").arg(words.join(u", "_s)));
    if (sameSplit && chosen.isValid()) m_list->choose(chosen);
}

void InboxPane::setHasMail(bool hasMail) {
    m_hasMail = hasMail;
    showListOrEmpty();
}

void InboxPane::showListOrEmpty() {
    const bool empty = m_model.rowCount() == 0;
    if (empty) m_empty->setText(emptyText());
    m_body->setCurrentWidget(empty ? static_cast<QWidget*>(m_empty) : m_list);
}

QString InboxPane::emptyText() const {
    if (!m_hasMail)
        return tr("No mail yet.\n\nImport a mailbox from files:\naivactl mail import PATH\n\nIt takes an mbox file, a "
                  "Maildir, or a folder of .eml files.");
    if (filter().unreadOnly || filter().customerSpokeLastOnly)
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
