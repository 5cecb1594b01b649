#include "core/answer/verify/sentences.h"

#include "core/answer/verify/calendar_words.h"

#include <QSet>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

QString wordBefore(const QString& folded, int end) {
    int start = end;
    while (start > 0 && folded.at(start - 1).isLetterOrNumber())
        --start;
    return folded.mid(start, end - start);
}

QString wordAfter(const QString& folded, int start) {
    while (start < folded.size() && folded.at(start) == u' ')
        ++start;
    int end = start;
    while (end < folded.size() && folded.at(end).isLetter())
        ++end;
    return folded.mid(start, end - start);
}

bool startsWithDigit(const QString& folded, int start) {
    while (start < folded.size() && folded.at(start) == u' ')
        ++start;
    return start < folded.size() && folded.at(start).isDigit();
}

bool stopEndsSentence(const QString& folded, int at) {
    static const QSet<QString> abbreviations{u"nr"_s, u"no"_s,  u"mr"_s,  u"mrs"_s, u"ms"_s,  u"dr"_s,
                                             u"sr"_s, u"sra"_s, u"mme"_s, u"ca"_s,  u"núm"_s, u"approx"_s};
    if (at + 1 < folded.size() && !folded.at(at + 1).isSpace()) return false;
    const QString before = wordBefore(folded, at);
    if (abbreviations.contains(before)) return false;
    if (monthOf(before) > 0 && before.size() <= 4 && startsWithDigit(folded, at + 1)) return false;
    const bool isDay = !before.isEmpty() && before.size() <= 2 && before.at(0).isDigit();
    return !isDay || monthOf(wordAfter(folded, at + 1)) == 0;
}

bool endsSentence(const QString& folded, int at) {
    const QChar c = folded.at(at);
    if (c == u'\n' || c == u'!' || c == u'?' || c == u'。') return true;
    return c == u'.' && stopEndsSentence(folded, at);
}

} // namespace

std::vector<Span> sentencesIn(const NormalisedText& text) {
    std::vector<Span> sentences;
    int start = 0;
    const int size = static_cast<int>(text.folded.size());
    for (int i = 0; i < size; ++i) {
        if (!endsSentence(text.folded, i)) continue;
        sentences.push_back({start, i + 1 - start});
        start = i + 1;
    }
    if (start < size || sentences.empty()) sentences.push_back({start, size - start});
    return sentences;
}

} // namespace aiva
