// The left column: the split's name, filter and sort, the list or what to do when it is empty, and search in the same
// place. Tells the shell what was chosen; changes nothing itself.
#pragma once

#include "ui/inbox/inbox_list.h"
#include "ui/inbox/search_pane.h"

#include <QMap>
#include <QWidget>

class QLabel;
class QMenu;
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
    void failed(const aiva::Error& error);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* buildBar();
    void buildMenu();
    void showListOrEmpty();
    QString emptyText() const;

    InboxModel m_model;
    bool m_hasMail = true;
    QLabel* m_title = nullptr;
    SubtleButton* m_order = nullptr;
    QMenu* m_menu = nullptr;
    InboxList* m_list = nullptr;
    QLabel* m_empty = nullptr;
    QStackedWidget* m_body = nullptr;
    QStackedWidget* m_pages = nullptr; // inbox or search
    SearchPane* m_search = nullptr;
};

} // namespace aiva
