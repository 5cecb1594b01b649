#include "core/adapters/mail/imap/imap_response.h"

#include <charconv>

namespace aiva {

bool ImapValue::isWord(const char* word) const {
    return kind == Kind::Atom && bytes.compare(word, Qt::CaseInsensitive) == 0;
}

std::optional<quint64> ImapValue::number() const {
    return kind == Kind::List ? std::nullopt : imapNumber(bytes);
}

bool ImapResponse::isStatus() const {
    return name == "OK" || name == "NO" || name == "BAD" || name == "BYE" || name == "PREAUTH";
}

const ImapValue* itemOf(const ImapValue& list, const char* name) {
    for (size_t i = 0; i + 1 < list.items.size(); i += 2) {
        const ImapValue& item = list.items[i];
        if (item.kind != ImapValue::Kind::List && item.bytes.compare(name, Qt::CaseInsensitive) == 0)
            return &list.items[i + 1];
    }
    return nullptr;
}

std::optional<quint64> imapNumber(const QByteArray& digits) {
    quint64 number = 0;
    const char* end = digits.constData() + digits.size();
    const auto [stopped, problem] = std::from_chars(digits.constData(), end, number);
    if (problem != std::errc() || stopped != end || digits.isEmpty()) return {};
    return number;
}

} // namespace aiva
