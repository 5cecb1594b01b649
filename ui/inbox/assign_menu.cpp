#include "ui/inbox/assign_menu.h"

namespace aiva {

using namespace Qt::StringLiterals;

AssignMenu::AssignMenu(const std::vector<MailboxView>& mailboxes, MailboxId mailbox, int assigned, QWidget* parent)
    : QMenu(parent) {
    setAccessibleName(tr("Assign to"));
    for (const TeamPerson& person : teamPeople(mailboxes)) {
        const int slot = slotIn(person, mailbox);
        if (slot > 0) add(person.isMe ? tr("%1 (you)").arg(person.name) : person.name, slot, assigned, person.name);
    }
    if (isEmpty()) {
        addAction(tr("Nobody shares this mailbox with you"))->setEnabled(false);
        return;
    }
    addSeparator();
    add(tr("Nobody"), 0, assigned, {});
    setActiveAction(actions().front());
}

void AssignMenu::add(const QString& text, int slot, int assigned, const QString& name) {
    qsizetype number = 1;
    for (const QAction* action : actions())
        number += action->isSeparator() ? 0 : 1;
    QString shown = text;
    shown.replace(u'&', "&&"_L1);
    QAction* action = addAction(number < 10 ? u"&%1  %2"_s.arg(number).arg(shown) : shown);
    action->setCheckable(true);
    action->setChecked(slot == assigned);
    connect(action, &QAction::triggered, this, [this, slot, name] { Q_EMIT chosen(slot, name); });
}

} // namespace aiva
