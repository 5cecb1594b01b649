// A conversation's shared state as the IMAP keywords of its anchor message (V8). A small, fixed vocabulary: a Maildir
// keeps 26 keywords a folder and never gives one back, so 19 are ours and 7 are left to other mail programs. Pure.
#pragma once

#include "core/domain/names.h"

#include <QString>
#include <QStringList>

namespace aiva {

constexpr int kTeamSlots = 16;

struct AnchorState {
    ConversationStatus status = ConversationStatus::Open;
    int assigneeSlot = 0;   // 1…16; 0: nobody. Who claims takes the conversation, so this is also who is sending
    bool isSending = false; // a claim; with slot 0 its holder cannot be read, and it is still a claim
    QStringList foreign;    // every flag and keyword that is not ours, as spelled: a change keeps them

    bool operator==(const AnchorState&) const = default;
};

// Never fails. Of several slots the lowest counts; waiting and done together are waiting, which hides nobody.
AnchorState anchorStateFrom(const QStringList& flags);
// The complete flags a message should carry: foreign ones first, then ours.
QStringList anchorFlags(const AnchorState& state);
// Ours alone, in a fixed order, separated by blanks: equal text, equal state.
QString teamWords(const AnchorState& state);

// $AivaWaiting $AivaDone $AivaSending $AivaA01 … $AivaA16
QStringList teamVocabulary();
QString slotKeyword(int slot);          // of 1…16
int slotOfKeyword(const QString& word); // 0 when it names none; keywords have no case

} // namespace aiva
