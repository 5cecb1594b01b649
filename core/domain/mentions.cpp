#include "core/domain/mentions.h"

#include <algorithm>

namespace aiva {
namespace {

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
        const bool isPart =
            (at > 0 && continuesBefore(text.at(at - 1))) || continuesAfter(QStringView(text).mid(at + name.size()));
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
