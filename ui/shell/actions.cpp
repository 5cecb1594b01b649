#include "ui/shell/actions.h"

#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>
#include <QWidget>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

#define AIVA_KEY(text) QT_TRANSLATE_NOOP("Keys", text)
constexpr ActionSpec table[] = {
    {DeskAction::Next, "J", 1, AIVA_KEY("Inbox"), AIVA_KEY("Next conversation"), "J", false},
    {DeskAction::Previous, "K", 1, AIVA_KEY("Inbox"), AIVA_KEY("Previous conversation"), "K", false},
    {DeskAction::ExtendNext, "Shift+J", 1, AIVA_KEY("Inbox"), AIVA_KEY("Select the next one too"), "Shift J", false},
    {DeskAction::ExtendPrevious, "Shift+K", 1, AIVA_KEY("Inbox"), AIVA_KEY("Select the previous one too"), "Shift K",
     false},
    {DeskAction::Open, "", 1, AIVA_KEY("Inbox"), AIVA_KEY("Read the conversation"), "Enter", false},
    {DeskAction::NthSplit, "Ctrl+1", 9, AIVA_KEY("Inbox"), AIVA_KEY("Go to a split"), "Ctrl 1…9", true},
    {DeskAction::Search, "/,Ctrl+K", 1, AIVA_KEY("Inbox"), AIVA_KEY("Search orders, people, messages"), "/  Ctrl K",
     false},
    {DeskAction::Refresh, "F5", 1, AIVA_KEY("Inbox"), AIVA_KEY("Sync stores and mailboxes now"), "F5", true},
    {DeskAction::Reply, "R", 1, AIVA_KEY("Conversation"), AIVA_KEY("Write a reply"), "R", false},
    {DeskAction::ReplyAll, "A", 1, AIVA_KEY("Conversation"), AIVA_KEY("Reply to all"), "A", false},
    {DeskAction::Note, "N", 1, AIVA_KEY("Conversation"), AIVA_KEY("Write an internal note"), "N", false},
    {DeskAction::Send, "Ctrl+Return,Ctrl+Enter", 1, AIVA_KEY("Conversation"), AIVA_KEY("Send, or add the note"),
     "Ctrl Enter", true},
    {DeskAction::CopyReply, "Ctrl+Shift+C", 1, AIVA_KEY("Conversation"), AIVA_KEY("Copy the reply"), "Ctrl Shift C",
     true},
    {DeskAction::AcceptDraft, "D", 1, AIVA_KEY("Conversation"), AIVA_KEY("Use the proposed draft"), "D", false},
    {DeskAction::Why, "G", 1, AIVA_KEY("Conversation"), AIVA_KEY("Why it may or may not leave by itself"), "G", false},
    {DeskAction::Done, "E", 1, AIVA_KEY("Conversation"), AIVA_KEY("Done, or open again"), "E", false},
    {DeskAction::Unread, "U", 1, AIVA_KEY("Conversation"), AIVA_KEY("Unread, or read"), "U", false},
    {DeskAction::Assign, "I", 1, AIVA_KEY("Conversation"), AIVA_KEY("Assign"), "I", false},
    {DeskAction::Merge, "M", 1, AIVA_KEY("Conversation"), AIVA_KEY("Merge with another conversation"), "M", false},
    {DeskAction::Undo, "Ctrl+Z", 1, AIVA_KEY("Conversation"), AIVA_KEY("Undo"), "Ctrl Z", false},
    {DeskAction::CustomerPanel, "C", 1, AIVA_KEY("Customer"), AIVA_KEY("Show or hide the customer"), "C", false},
    {DeskAction::NthOrder, "1", 9, AIVA_KEY("Customer"), AIVA_KEY("Open an order"), "1…9", false},
    {DeskAction::Back, "Escape", 1, AIVA_KEY("Anywhere"), AIVA_KEY("Back"), "Esc", true},
    {DeskAction::Keys, "?", 1, AIVA_KEY("Anywhere"), AIVA_KEY("This list"), "?", false},
};
#undef AIVA_KEY

bool isWriting() {
    const QWidget* focus = QApplication::focusWidget();
    if (const auto* edit = qobject_cast<const QTextEdit*>(focus)) return !edit->isReadOnly();
    if (const auto* edit = qobject_cast<const QPlainTextEdit*>(focus)) return !edit->isReadOnly();
    return qobject_cast<const QLineEdit*>(focus) != nullptr;
}

} // namespace

std::span<const ActionSpec> deskActions() {
    return table;
}

ActionKeys::ActionKeys(QWidget* window) : QObject(window) {
    for (const ActionSpec& spec : table) {
        const QString keys = QString::fromLatin1(spec.keys);
        if (keys.isEmpty()) continue; // the widgets' own key, listed only
        if (spec.count == 1) {
            QList<QKeySequence> sequences;
            for (const QString& key : keys.split(u','))
                sequences << QKeySequence(key, QKeySequence::PortableText);
            add(window, spec, sequences, 0);
            continue;
        }
        for (int number = 1; number <= spec.count; ++number) {
            const QString numbered = keys.chopped(1) + QString::number(number);
            add(window, spec, {QKeySequence(numbered, QKeySequence::PortableText)}, number);
        }
    }
}

void ActionKeys::add(QWidget* window, const ActionSpec& spec, const QList<QKeySequence>& keys, int argument) {
    auto* action = new QAction(window);
    action->setText(QCoreApplication::translate("Keys", spec.text));
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WindowShortcut);
    connect(action, &QAction::triggered, this, [this, &spec, argument] {
        // Text fields take plain letters for themselves; what else they leave alone must not act behind their back.
        const bool isPlain = !QString::fromLatin1(spec.keys).startsWith("Ctrl"_L1);
        if (!spec.everywhere && isPlain && isWriting() && spec.action != DeskAction::Search) return;
        Q_EMIT triggered(spec.action, argument);
    });
    window->addAction(action);
}

} // namespace aiva
