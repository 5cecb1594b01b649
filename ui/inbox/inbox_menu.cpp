#include "ui/inbox/inbox_menu.h"

namespace aiva {

using namespace Qt::StringLiterals;

InboxMenu::InboxMenu(std::function<InboxFilter()> filter, QWidget* parent)
    : QMenu(parent), m_filter(std::move(filter)) {
    connect(this, &QMenu::aboutToShow, this, &InboxMenu::rebuild);
}

void InboxMenu::add(const QString& text, bool checked, std::function<void(InboxFilter&)> change) {
    QString shown = text;
    QAction* action = addAction(shown.replace(u'&', "&&"_L1));
    action->setCheckable(true);
    action->setChecked(checked);
    connect(action, &QAction::triggered, this, [this, change = std::move(change)] {
        InboxFilter changed = m_filter();
        change(changed);
        Q_EMIT filterChosen(changed);
    });
}

void InboxMenu::rebuild() {
    clear();
    const InboxFilter filter = m_filter();
    add(tr("Newest first"), filter.sort == InboxSort::Newest, [](InboxFilter& f) { f.sort = InboxSort::Newest; });
    add(tr("Longest waiting first"), filter.sort == InboxSort::Oldest,
        [](InboxFilter& f) { f.sort = InboxSort::Oldest; });
    addSeparator();
    add(tr("Only unread"), filter.unreadOnly, [](InboxFilter& f) { f.unreadOnly = !f.unreadOnly; });
    add(tr("Only where the customer spoke last"), filter.customerSpokeLastOnly,
        [](InboxFilter& f) { f.customerSpokeLastOnly = !f.customerSpokeLastOnly; });
    if (m_stores.size() > 1) addStores(filter);
    if (!m_people.empty()) addPeople(filter);
}

void InboxMenu::addStores(const InboxFilter& filter) {
    addSeparator();
    add(tr("Every store"), !filter.store, [](InboxFilter& f) { f.store.reset(); });
    for (const auto& [id, name] : m_stores)
        add(name, filter.store == id, [store = id](InboxFilter& f) { f.store = store; });
}

void InboxMenu::addPeople(const InboxFilter& filter) {
    addSeparator();
    add(tr("Whoever has it"), !filter.assignees, [](InboxFilter& f) { f.assignees.reset(); });
    add(tr("Nobody has it"), filter.assignees && filter.assignees->empty(),
        [](InboxFilter& f) { f.assignees.emplace(); });
    for (const TeamPerson& person : m_people)
        add(person.isMe ? tr("Assigned to me") : tr("Assigned to %1").arg(person.name),
            filter.assignees && *filter.assignees == person.places,
            [places = person.places](InboxFilter& f) { f.assignees = places; });
}

QString InboxMenu::assigneeWord(const InboxFilter& filter) const {
    if (filter.assignees->empty()) return tr("nobody's");
    for (const TeamPerson& person : m_people)
        if (person.places == *filter.assignees) return person.isMe ? tr("mine") : person.name;
    return tr("assigned");
}

QStringList InboxMenu::words(const InboxFilter& filter) const {
    QStringList words{filter.sort == InboxSort::Newest ? tr("Newest") : tr("Longest waiting")};
    if (filter.unreadOnly) words << tr("unread");
    if (filter.customerSpokeLastOnly) words << tr("spoke last");
    if (filter.store)
        for (const auto& [id, name] : m_stores)
            if (id == *filter.store) words << name;
    if (filter.assignees) words << assigneeWord(filter);
    return words;
}

} // namespace aiva
