// Whether a mail is from whom it says, in a word beside the sender: a small mark when it is, a sentence when something
// points elsewhere. Made from what sender authentication stored; judges nothing itself.
#pragma once

#include "core/domain/mail/sender_check.h"
#include "ui/widgets/text_label.h"

namespace aiva {

struct SenderWords {
    QString shown;
    QString spoken; // for a screen reader, and as tooltip
    ColorRole color = &Colors::textMuted;
};
SenderWords senderWords(const SenderCheck& check);

// A sentence, not a mark: it needs a line of its own.
bool isSenderWarning(const SenderCheck& check);
void showSenderMark(TextBlock* mark, const SenderCheck& check);

} // namespace aiva
