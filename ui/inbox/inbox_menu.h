// The menu over the inbox list: sort, unread, who spoke last, store, who has it. Made anew from the filter whenever it
// opens; answers the filter as it should be.
#pragma once

#include "ui/inbox/team_names.h"

#include <QMenu>

#include <functional>

namespace aiva {

class InboxMenu final : public QMenu {
    Q_OBJECT
public:
    using Stores = std::vector<std::pair<StoreId, QString>>;
    InboxMenu(std::function<InboxFilter()> filter, QWidget* parent);

    void setStores(const Stores& stores) { m_stores = stores; }
    void setPeople(std::vector<TeamPerson> people) { m_people = std::move(people); }
    // "Longest waiting", "unread", "acme", "mine": what the button says.
    QStringList words(const InboxFilter& filter) const;
    void rebuild();

Q_SIGNALS:
    void filterChosen(const aiva::InboxFilter& filter);

private:
    void add(const QString& text, bool checked, std::function<void(InboxFilter&)> change);
    void addStores(const InboxFilter& filter);
    void addPeople(const InboxFilter& filter);
    QString assigneeWord(const InboxFilter& filter) const;

    std::function<InboxFilter()> m_filter;
    Stores m_stores;
    std::vector<TeamPerson> m_people;
};

} // namespace aiva
