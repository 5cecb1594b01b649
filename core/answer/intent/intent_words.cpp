#include "core/answer/intent/intent_words.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace aiva {
namespace {

constexpr qsizetype kLongestText = 4'000;

QString folded(const QString& text) {
    const QString decomposed = text.normalized(QString::NormalizationForm_KD).toLower();
    QString out;
    out.reserve(decomposed.size());
    for (const QChar c : decomposed) {
        if (c.category() == QChar::Mark_NonSpacing || c.category() == QChar::Other_Format) continue;
        if (c == u'ß')
            out += "ss"_L1;
        else if (c == u'’' || c == u'‘' || c == u'`' || c == u'´')
            out += u'\'';
        else
            out += c;
    }
    return out;
}

class WordCutter {
public:
    explicit WordCutter(IntentWords& into) : m_into(into) { m_into.joined = u" "_s; }

    void cut(QStringView text) {
        qsizetype at = 0;
        while (at < text.size()) {
            if (text[at].isSpace()) {
                if (text[at] == u'\n') endSentence(u'.');
                ++at;
                continue;
            }
            qsizetype end = at;
            while (end < text.size() && !text[end].isSpace())
                ++end;
            cutChunk(text.mid(at, end - at));
            at = end;
        }
        endSentence(u'.');
    }

private:
    void add(QStringView word, bool endsSentence) {
        m_into.words.push_back({int(m_into.joined.size()), int(word.size()), endsSentence});
        m_into.joined += word;
        m_into.joined += u' ';
    }

    void endSentence(QChar mark) {
        if (!m_into.words.empty() && !m_into.words.back().endsSentence) add(QStringView(&mark, 1), true);
    }

    void cutChunk(QStringView chunk) {
        if (chunk.contains("://"_L1) || chunk.startsWith("www."_L1)) return add(u"<url>", false);
        const qsizetype at = chunk.indexOf(u'@');
        if (at > 0 && chunk.indexOf(u'.', at) > at) return add(u"<mail>", false);
        qsizetype from = 0;
        while (from < chunk.size()) {
            const QChar c = chunk[from];
            if (c.isLetterOrNumber() || (c == u'#' && from + 1 < chunk.size() && chunk[from + 1].isLetterOrNumber())) {
                const qsizetype end = endOfWord(chunk, from);
                addWord(chunk.mid(from, end - from));
                from = end;
                continue;
            }
            if (c == u'?' || c == u'!')
                endSentence(c);
            else if (c == u'.' || c == u';' || c == u':')
                endSentence(u'.');
            ++from;
        }
    }

    // Letters and digits; a mark between two digits belongs to the number, an English apostrophe to its word.
    static qsizetype endOfWord(QStringView chunk, qsizetype from) {
        qsizetype end = from + 1;
        for (; end < chunk.size(); ++end) {
            const QChar c = chunk[end];
            if (c.isLetterOrNumber()) continue;
            const bool between = end + 1 < chunk.size();
            if (between && c == u'\'' && isContraction(chunk.mid(end + 1))) continue;
            if (between && chunk[end - 1].isDigit() && chunk[end + 1].isDigit() && u".,:/-"_s.contains(c)) continue;
            break;
        }
        return end;
    }

    static bool isContraction(QStringView rest) {
        static constexpr std::array<QStringView, 7> kEndings{u"t", u"s", u"m", u"re", u"ve", u"ll", u"d"};
        qsizetype letters = 0;
        while (letters < rest.size() && rest[letters].isLetter())
            ++letters;
        return std::find(kEndings.begin(), kEndings.end(), rest.left(letters)) != kEndings.end();
    }

    void addWord(QStringView word) {
        const qsizetype digits = std::count_if(word.begin(), word.end(), [](QChar c) { return c.isDigit(); });
        if (word[0] == u'#' && digits > 0) return add(u"<order>", false);
        if (digits == 0) {
            QString letters = word.toString();
            letters.remove(u'\'').remove(u'#');
            return add(letters, false);
        }
        const bool isNumber = std::none_of(word.begin(), word.end(), [](QChar c) { return c.isLetter(); });
        if (!isNumber && digits >= 3 && word.size() >= 5) return add(u"<order>", false);
        add(u"<num>", false);
    }

    IntentWords& m_into;
};

} // namespace

IntentWords intentWords(const QString& subject, const QString& text) {
    IntentWords words;
    WordCutter cutter(words);
    const QString head = subject.left(kLongestText);
    if (!head.isEmpty()) cutter.cut(folded(head));
    cutter.cut(folded(text.left(kLongestText - head.size())));
    return words;
}

QString foldedWord(const QString& word) {
    return folded(word).remove(u'\'');
}

} // namespace aiva
