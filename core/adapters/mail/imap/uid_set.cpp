#include "core/adapters/mail/imap/uid_set.h"

#include "core/adapters/mail/imap/imap_response.h"

#include <algorithm>
#include <charconv>

namespace aiva {
namespace {

void sortOnce(std::vector<quint32>& uids) {
    if (!std::is_sorted(uids.begin(), uids.end())) std::sort(uids.begin(), uids.end());
    uids.erase(std::unique(uids.begin(), uids.end()), uids.end());
}

std::optional<quint32> uidOf(const QByteArray& text) {
    if (text == "*") return 0xffffffffU;
    const auto number = imapNumber(text);
    if (!number || *number == 0 || *number > 0xffffffffU) return {};
    return static_cast<quint32>(*number);
}

} // namespace

std::vector<QByteArray> uidSets(std::vector<quint32> uids, qsizetype longest) {
    sortOnce(uids);
    std::vector<QByteArray> sets;
    QByteArray set;
    for (size_t i = 0; i < uids.size();) {
        size_t end = i + 1;
        while (end < uids.size() && uids[end] == uids[end - 1] + 1)
            ++end;
        QByteArray range = QByteArray::number(uids[i]);
        if (end - i > 1) range += ':' + QByteArray::number(uids[end - 1]);
        if (!set.isEmpty() && set.size() + 1 + range.size() > longest) {
            sets.push_back(set);
            set.clear();
        }
        if (!set.isEmpty()) set += ',';
        set += range;
        i = end;
    }
    if (!set.isEmpty()) sets.push_back(set);
    return sets;
}

std::optional<std::vector<quint32>> uidsInSet(const QByteArray& set, quint32 first, quint32 last, size_t most) {
    std::vector<quint32> uids;
    for (const QByteArray& range : set.split(',')) {
        const qsizetype colon = range.indexOf(':');
        const auto a = uidOf(colon < 0 ? range : range.left(colon));
        const auto b = colon < 0 ? a : uidOf(range.mid(colon + 1));
        if (!a || !b) return {};
        const quint64 from = std::max<quint64>(std::min(*a, *b), first);
        const quint64 to = std::min<quint64>(std::max(*a, *b), last);
        if (from > to) continue;
        if (uids.size() + (to - from + 1) > most) return {};
        for (quint64 uid = from; uid <= to; ++uid)
            uids.push_back(static_cast<quint32>(uid));
    }
    sortOnce(uids);
    return uids;
}

std::vector<quint32> searchedUids(const QByteArray& numbers) {
    std::vector<quint32> uids;
    const char* at = numbers.constData();
    const char* end = at + numbers.size();
    while (at < end) {
        if (*at == ' ') {
            ++at;
            continue;
        }
        quint32 uid = 0;
        const auto [stopped, problem] = std::from_chars(at, end, uid);
        if (problem != std::errc() || (stopped < end && *stopped != ' ')) break;
        if (uid > 0) uids.push_back(uid);
        at = stopped;
    }
    sortOnce(uids);
    return uids;
}

} // namespace aiva
