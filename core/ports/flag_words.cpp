#include "core/ports/flag_words.h"

namespace aiva {

using namespace Qt::StringLiterals;

QStringList flagWords(const MailFlags& flags) {
    QStringList words;
    if (flags.seen) words << u"\\Seen"_s;
    if (flags.answered) words << u"\\Answered"_s;
    if (flags.flagged) words << u"\\Flagged"_s;
    if (flags.deleted) words << u"\\Deleted"_s;
    if (flags.draft) words << u"\\Draft"_s;
    return words + flags.keywords;
}

} // namespace aiva
