// The left column: the split's name, filter and sort, the list or what to do when it is empty, and search in the same
// place. Tells the shell what was chosen; changes nothing itself.
#pragma once

#include "ui/inbox/inbox_list.h"
#include "ui/inbox/inbox_menu.h"
#include "ui/inbox/search_pane.h"

#include <QMap>
#include <QWidget>

class QLabel;
class QStackedWidget;

namespace aiva {

class SubtleButton;

// "Needs me", "Waiting on customer", …: the same words in the rail and here.
QString splitTitle(InboxView view);

class InboxPane final : public QWidget {
    Q_OBJECT
public:
    InboxPane(InboxModel::Source source, SearchPane::Search search, const Clock& clock, QWidget* parent = nullptr);

    void setFilter(const InboxFilter& filter);
    const InboxFilter& filter() const { return m_model.filter(); }
    void refresh() { m_model.refresh(); }
    // What the empty state of an empty workspace should lead to.
    void setHasMail(bool hasMail);
    void setStores(const InboxMenu::Stores& stores);
    void setMailboxes(const std::vector<MailboxView>& mailboxes);
    void startSearch();
    void closeSearch();
    bool isSearching() const;

    InboxList* list() const { return m_list; }
    SearchPane* search() const { return m_search; }
    InboxModel& model() { return m_model; }

Q_SIGNALS:
    void conversationChosen(aiva::ConversationId id);
    void conversationOpened(aiva::ConversationId id);
    void hitChosen(const aiva::SearchHit& hit);
    void addMailboxAsked();
    // Of what is selected.
    void doneAsked();
    void unreadAsked();
    void assignAsked();
    void failed(const aiva::Error& error);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* buildBar();
    void buildMenu();
    QWidget* buildEmpty();
    void showWords();
    void showSelection(int conversations);
    void showListOrEmpty();
    QString emptyText() const;

    InboxModel m_model;
    bool m_hasMail = true;
    bool m_hasMailbox = false;
    QLabel* m_title = nullptr;
    SubtleButton* m_order = nullptr;
    InboxMenu* m_menu = nullptr;
    QList<QWidget*> m_whole;   // of the bar, while at most one is selected
    QList<QWidget*> m_several; // of the bar, while several are
    InboxList* m_list = nullptr;
    QLabel* m_empty = nullptr;
    QWidget* m_emptyPage = nullptr;
    SubtleButton* m_addMailbox = nullptr;
    QStackedWidget* m_body = nullptr;
    QStackedWidget* m_pages = nullptr; // inbox or search
    SearchPane* m_search = nullptr;
};

} // namespace aiva
