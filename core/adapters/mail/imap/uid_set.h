// Sets of UIDs as IMAP writes them: "1:4,7,9:12" (RFC 9051 §9 sequence-set). Pure.
#pragma once

#include <QByteArrayList>

#include <optional>
#include <vector>

namespace aiva {

// The set, in as many pieces as keep each within `longest` bytes: servers cap their command lines. Sorts.
std::vector<QByteArray> uidSets(std::vector<quint32> uids, qsizetype longest = 4000);

// The UIDs of `set` within first…last, ascending and each once. Absent when it is malformed or names more than `most`:
// a server may name ranges that never existed.
std::optional<std::vector<quint32>> uidsInSet(const QByteArray& set, quint32 first, quint32 last,
                                              size_t most = 2'000'000);

// The numbers of an untagged SEARCH, ascending and each once; what is no number ends the list (MODSEQ).
std::vector<quint32> searchedUids(const QByteArray& numbers);

} // namespace aiva
