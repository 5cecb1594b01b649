// One response of an IMAP server (RFC 9051 §7) as a tree. Made by the parser, read by the runs; plain values.
#pragma once

#include <QByteArray>

#include <optional>
#include <vector>

namespace aiva {

struct ImapValue {
    enum class Kind { Nil, Atom, Quoted, Literal, List };

    Kind kind = Kind::Nil;
    QByteArray bytes;             // of an atom, a string or a literal
    std::vector<ImapValue> items; // of a list
    bool isTooLarge = false;      // a literal larger than is kept: its bytes were dropped

    bool isString() const { return kind == Kind::Quoted || kind == Kind::Literal; }
    bool isWord(const char* word) const; // an atom, compared without case
    std::optional<quint64> number() const;
};

struct ImapResponse {
    enum class Kind { Untagged, Tagged, Continuation };

    Kind kind = Kind::Untagged;
    QByteArray tag;
    std::optional<quint32> number;     // of "* 23 EXISTS"
    QByteArray name;                   // upper case: OK NO BAD BYE PREAUTH FETCH …
    QByteArray code;                   // upper case: UIDVALIDITY …; empty when none
    std::vector<ImapValue> codeValues; //
    QByteArray text;                   // words for people; the numbers of SEARCH; a challenge
    std::vector<ImapValue> values;     // what follows the name
    bool isMalformed = false;          // not as the grammar has it: `values` ends where that began

    bool is(const char* word) const { return name == word; }
    bool isOk() const { return name == "OK"; }
    bool isStatus() const;
};

// The value after the item of this name in "(NAME value NAME value …)"; null when there is none.
const ImapValue* itemOf(const ImapValue& list, const char* name);

// Digits only; absent when there is anything else or it does not fit.
std::optional<quint64> imapNumber(const QByteArray& digits);

} // namespace aiva
