#include "core/adapters/mail/imap/fetched_items.h"

#include "core/adapters/mail/imap/imap_text.h"

#include <algorithm>

namespace aiva {
namespace {

constexpr qsizetype kLongestKeyword = 200;
constexpr qsizetype kMostKeywords = 500;

const ImapValue* itemsOf(const ImapResponse& response) {
    const bool isFetch = response.is("FETCH") && !response.values.empty();
    return isFetch && response.values.front().kind == ImapValue::Kind::List ? &response.values.front() : nullptr;
}

quint32 uidOf(const ImapValue& items) {
    const ImapValue* uid = itemOf(items, "UID");
    const quint64 number = uid ? uid->number().value_or(0) : 0;
    return number <= 0xffffffffU ? static_cast<quint32>(number) : 0;
}

bool isAtomCharacter(char c) {
    return c > ' ' && c < 0x7f && !std::strchr("(){%*\"\\]", c);
}

} // namespace

MailFlags mailFlagsOf(const ImapValue& list) {
    MailFlags flags;
    for (const ImapValue& flag : list.items) {
        if (flag.isWord("\\Seen"))
            flags.seen = true;
        else if (flag.isWord("\\Answered"))
            flags.answered = true;
        else if (flag.isWord("\\Flagged"))
            flags.flagged = true;
        else if (flag.isWord("\\Deleted"))
            flags.deleted = true;
        else if (flag.isWord("\\Draft"))
            flags.draft = true;
        else if (!flag.bytes.isEmpty() && !flag.bytes.startsWith('\\') && flag.bytes.size() <= kLongestKeyword &&
                 flags.keywords.size() < kMostKeywords)
            flags.keywords.append(QString::fromUtf8(flag.bytes));
    }
    return flags;
}

std::optional<FlagUpdate> flagUpdateOf(const ImapResponse& response) {
    const ImapValue* items = itemsOf(response);
    if (!items) return {};
    const ImapValue* flags = itemOf(*items, "FLAGS");
    FlagUpdate update;
    update.uid = uidOf(*items);
    if (update.uid == 0 || !flags) return {};
    update.flags = mailFlagsOf(*flags);
    const ImapValue* modSeq = itemOf(*items, "MODSEQ");
    if (modSeq && !modSeq->items.empty()) update.modSeq = modSeq->items.front().number().value_or(0);
    return update;
}

std::optional<FetchedBody> bodyOf(ImapResponse& response) {
    if (!itemsOf(response)) return {};
    ImapValue& items = response.values.front();
    FetchedBody fetched;
    fetched.uid = uidOf(items);
    for (size_t i = 0; i + 1 < items.items.size(); i += 2)
        if (items.items[i].isWord("BODY[]")) fetched.body = &items.items[i + 1];
    if (fetched.uid == 0 || !fetched.body) return {};
    const ImapValue* date = itemOf(items, "INTERNALDATE");
    if (date) fetched.internalDate = parseInternalDate(date->bytes).value_or(UtcTime());
    return fetched;
}

std::optional<QByteArray> flagList(const QStringList& flags) {
    QByteArray list;
    for (const QString& flag : flags) {
        const QByteArray word = flag.toUtf8();
        const qsizetype from = word.startsWith('\\') ? 1 : 0;
        if (word.size() == from || !std::all_of(word.begin() + from, word.end(), isAtomCharacter)) return {};
        list += (list.isEmpty() ? "" : " ") + word;
    }
    return '(' + list + ')';
}

} // namespace aiva
