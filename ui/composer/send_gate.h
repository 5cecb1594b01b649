// Whether what is written may leave now, and if not, the one thing to tell: checked at every change and again at Send.
// The outbox checks for itself; this is so that people learn it before. Pure.
#pragma once

#include "core/domain/reply/draft.h"

#include <QString>

namespace aiva {

enum class SendBlock {
    None,
    NoMailbox,
    Attaching,
    MissingImage,
    NoRecipient,
    BadAddress,
    Empty,
    EmptyVariable,
    TooLarge,
    ColleagueAnswers,
    ColleagueReplied,
    Stale,
};
enum class SendDoubt { None, PromisedAttachment }; // a second press of Send goes on

struct SendSituation {
    bool hasMailbox = false;
    bool isAttaching = false;
    bool lacksImage = false; // one stands in the text that would not come along
    DraftRecipients recipients;
    QString text; // of one's own
    QString subject;
    int attachments = 0;
    qint64 sentBytes = 0;
    qint64 limit = 0;
    QString answering; // name of a colleague who is sending right now
    QString replied;   // name of a colleague whose reply nobody here has seen
    bool isStale = false;
};

struct SendVerdict {
    SendBlock block = SendBlock::None;
    SendDoubt doubt = SendDoubt::None;
    QString detail; // the address, variable, name or word it is about

    bool operator==(const SendVerdict&) const = default;
};

SendVerdict sendVerdict(const SendSituation& situation);
// One sentence: what is wrong and what to do. Empty when nothing is.
QString sendVerdictText(const SendVerdict& verdict);
// Shown while it holds; the others wait for a press of Send.
bool isShownAtOnce(SendBlock block);

} // namespace aiva
