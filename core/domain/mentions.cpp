#include "core/domain/mentions.h"

#include <algorithm>

namespace aiva {
namespace {

// The character before `at`, which JSON may have written as an escape: of "\n" stands the letter n there, of "\u003c"
// a c. A backslash that is itself escaped is none of one.
QChar characterBefore(QStringView text, qsizetype at) {
    const auto isEscape = [text](qsizetype backslash) {
        if (backslash < 0 || text.at(backslash) != u'\\') return false;
        qsizetype first = backslash;
        while (first > 0 && text.at(first - 1) == u'\\')
            --first;
        return (backslash - first) % 2 == 0;
    };
    const QChar before = text.at(at - 1);
    if (isEscape(at - 2) && QStringView(u"nrtbf").contains(before)) return u'\n';
    if (!isEscape(at - 6) || text.at(at - 5) != u'u') return before;
    bool isHex = false;
    const ushort code = text.mid(at - 4, 4).toUShort(&isHex, 16);
    return isHex ? QChar(code) : before;
}

// Characters that would make the match a part of a longer address or number.
bool continuesBefore(QChar c) {
    return c.isLetterOrNumber() || QStringView(u"._%+-").contains(c);
}

bool continuesAfter(QStringView rest) {
    if (rest.isEmpty()) return false;
    if (rest.front().isLetterOrNumber() || rest.front() == u'-') return true;
    // A full stop ends a sentence, unless a name goes on behind it.
    return rest.front() == u'.' && rest.size() > 1 && rest.at(1).isLetterOrNumber();
}

qsizetype findMention(const QString& text, const QString& name, qsizetype from) {
    for (qsizetype at = text.indexOf(name, from, Qt::CaseInsensitive); at >= 0;
         at = text.indexOf(name, at + 1, Qt::CaseInsensitive)) {
        const bool isPart = (at > 0 && continuesBefore(characterBefore(text, at))) ||
                            continuesAfter(QStringView(text).mid(at + name.size()));
        if (!isPart) return at;
    }
    return -1;
}

} // namespace

bool mentions(const QString& text, const QStringList& names) {
    return std::any_of(names.begin(), names.end(),
                       [&text](const QString& name) { return !name.isEmpty() && findMention(text, name, 0) >= 0; });
}

bool eraseMentions(QString& text, const QStringList& names) {
    bool found = false;
    for (const QString& name : names) {
        if (name.isEmpty()) continue;
        for (qsizetype at = findMention(text, name, 0); at >= 0; at = findMention(text, name, at)) {
            text.replace(at, name.size(), kErasedMention);
            at += kErasedMention.size();
            found = true;
        }
    }
    return found;
}

} // namespace aiva
