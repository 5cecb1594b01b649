#include "core/domain/reply/spelling_words.h"

namespace aiva {

namespace {

bool isEnd(QChar c) {
    return c.isSpace() || c == QChar::ParagraphSeparator || c == QChar::LineSeparator;
}

bool isLineEnd(QChar c) {
    return c == u'\n' || c == QChar::ParagraphSeparator || c == QChar::LineSeparator;
}

bool isApostrophe(QChar c) {
    return c == u'\'' || c == u'\u2019';
}

// What stands between blanks and holds one of these is no word.
bool isTechnical(QStringView run) {
    for (const QChar c : run)
        if (c.isDigit() || c == u'@' || c == u'#' || c == u'_' || c == u'{' || c == u'}' || c == u'\\') return true;
    return run.contains(u"://") || run.startsWith(u"www.");
}

// One letter, or all capitals: names of things, not spelling.
bool isJudged(QStringView word) {
    int capitals = 0;
    for (const QChar c : word)
        capitals += c.isUpper() ? 1 : 0;
    return word.size() > 1 && capitals < 2;
}

void addWords(const QString& text, qsizetype from, qsizetype to, std::vector<WordSpan>& words) {
    qsizetype at = from;
    while (at < to) {
        while (at < to && !text[at].isLetter())
            ++at;
        qsizetype end = at;
        while (end < to && (text[end].isLetter() || text[end].isMark() ||
                            (isApostrophe(text[end]) && end + 1 < to && text[end + 1].isLetter())))
            ++end;
        if (isJudged(QStringView(text).mid(at, end - at)))
            words.push_back({static_cast<int>(at), static_cast<int>(end - at)});
        at = end;
    }
}

} // namespace

std::vector<WordSpan> wordsToSpell(const QString& text) {
    std::vector<WordSpan> words;
    bool isQuoted = text.startsWith(u'>');
    for (qsizetype at = 0; at < text.size();) {
        if (isEnd(text[at])) {
            if (isLineEnd(text[at])) isQuoted = at + 1 < text.size() && text[at + 1] == u'>';
            ++at;
            continue;
        }
        qsizetype end = at;
        while (end < text.size() && !isEnd(text[end]))
            ++end;
        if (!isQuoted && !isTechnical(QStringView(text).mid(at, end - at))) addWords(text, at, end, words);
        at = end;
    }
    return words;
}

} // namespace aiva
