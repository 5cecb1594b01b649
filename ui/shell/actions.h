// The one table of what the keyboard can do. The window's shortcuts and the sheet that lists them are both made from
// it, so neither can know a key the other does not.
#pragma once

#include <QHash>
#include <QKeySequence>
#include <QObject>
#include <QString>

#include <functional>
#include <span>

class QWidget;

namespace aiva {

enum class DeskAction {
    Next,
    Previous,
    ExtendNext,
    ExtendPrevious,
    Open,
    Back,
    Reply,
    ReplyAll,
    Note,
    Send,
    CopyReply,
    AcceptDraft,
    Why,
    Done,
    Unread,
    Assign,
    Merge,
    Undo,
    CustomerPanel,
    NthOrder, // argument 1…9
    Search,
    Refresh,
    NthSplit, // argument 1…9
    Keys,
};

struct ActionSpec {
    DeskAction action;
    const char* keys;  // comma separated, portable text; "1…9" forms are expanded by `count`
    int count;         // 1, or how many numbered shortcuts (keys holds the first)
    const char* group; // for the sheet
    const char* text;  //
    const char* shown; // the keys as the sheet shows them
    bool everywhere;   // also while writing
};
std::span<const ActionSpec> deskActions();

// Puts the table's shortcuts on a window. Single letters do nothing while a text field has the focus.
class ActionKeys final : public QObject {
    Q_OBJECT
public:
    explicit ActionKeys(QWidget* window);

Q_SIGNALS:
    void triggered(aiva::DeskAction action, int argument);

private:
    void add(QWidget* window, const ActionSpec& spec, const QList<QKeySequence>& keys, int argument);
};

} // namespace aiva
