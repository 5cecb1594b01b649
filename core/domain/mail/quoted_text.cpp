#include "core/domain/mail/quoted_text.h"

#include "core/domain/mail/quote_marks.h"

#include <QStringList>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

enum class Kind { Empty, Text, Quote, Attribution, Embedded, Header, SignatureMark, Rule, Device };
enum class Fold { None, Quote, Signature };

bool isMailMark(Kind kind) {
    return kind == Kind::Attribution || kind == Kind::Embedded || kind == Kind::Header;
}

// A signature longer than this is more likely text below a line of dashes.
constexpr size_t kLongestSignature = 25;

class Folder {
public:
    explicit Folder(QStringView text) {
        for (const QStringView line : text.split(u'\n'))
            m_lines.push_back(line);
        m_fold.resize(m_lines.size(), Fold::None);
        classify();
    }

    std::vector<FoldedRange> run() {
        foldEmbedded();
        foldSignature();
        foldTail();
        foldHead();
        foldLooseMarks();
        if (!saysAnything()) keepWhatIsForwarded();
        if (!saysAnything()) std::fill(m_fold.begin(), m_fold.end(), Fold::None);
        return ranges();
    }

private:
    void classify() {
        m_kind.resize(m_lines.size(), Kind::Text);
        bool inCode = false;
        for (size_t i = 0; i < m_lines.size();) {
            const QStringView line = m_lines[i];
            if (line.trimmed().startsWith("```"_L1)) inCode = !inCode;
            if (inCode) {
                ++i;
                continue;
            }
            size_t length = 1;
            m_kind[i] = kindOf(i, length);
            std::fill(m_kind.begin() + static_cast<std::ptrdiff_t>(i),
                      m_kind.begin() + static_cast<std::ptrdiff_t>(i + length), m_kind[i]);
            i += length;
        }
    }

    Kind kindOf(size_t i, size_t& length) const {
        const QStringView line = m_lines[i];
        if (line.trimmed().isEmpty()) return Kind::Empty;
        if (isEmbeddedMailMark(line)) return isQuoteLine(line) ? Kind::Quote : Kind::Embedded;
        if (isQuoteLine(line)) return Kind::Quote;
        if (const int count = attributionLength(m_lines, i)) {
            length = static_cast<size_t>(count);
            return Kind::Attribution;
        }
        if (const int count = headerBlockLength(m_lines, i)) {
            length = static_cast<size_t>(count);
            return Kind::Header;
        }
        if (isSignatureMark(line)) return Kind::SignatureMark;
        if (isRule(line)) return Kind::Rule;
        return isDeviceLine(line) ? Kind::Device : Kind::Text;
    }

    bool isTextAt(size_t i) const { return m_kind[i] == Kind::Text && m_fold[i] == Fold::None; }

    bool anyText(size_t from, size_t to) const {
        for (size_t i = from; i < to; ++i)
            if (isTextAt(i)) return true;
        return false;
    }

    void fold(size_t from, size_t to, Fold how) {
        for (size_t i = from; i < to; ++i)
            if (m_fold[i] == Fold::None) m_fold[i] = how;
    }

    // First line at or after `from` that is not of these kinds.
    template <typename... Kinds>
    size_t skip(size_t from, Kinds... kinds) const {
        while (from < m_kind.size() && ((m_kind[from] == kinds) || ...))
            ++from;
        return from;
    }

    // A mark of an earlier mail below some text: everything from it on, unless quoted lines follow it and text follows
    // those (an answer between or below the quotation).
    void foldEmbedded() {
        bool textBefore = false;
        for (size_t i = 0; i < m_kind.size(); ++i) {
            if (isTextAt(i)) textBefore = true;
            if (!isMailMark(m_kind[i]) || !textBefore) continue;
            const size_t afterMark = skip(i, Kind::Attribution, Kind::Embedded, Kind::Header, Kind::Empty);
            const bool quoteFollows = afterMark < m_kind.size() && m_kind[afterMark] == Kind::Quote;
            const size_t afterQuote = skip(afterMark, Kind::Quote, Kind::Empty);
            if (quoteFollows && isAnswerBelow(afterQuote)) {
                fold(i, skip(i, Kind::Attribution, Kind::Embedded, Kind::Header), Fold::Quote);
                continue;
            }
            fold(withRuleAbove(i), m_kind.size(), Fold::Quote);
            return;
        }
    }

    // Text below a quotation that is not merely a signature.
    bool isAnswerBelow(size_t from) const {
        for (size_t i = from; i < m_kind.size(); ++i) {
            if (m_kind[i] == Kind::SignatureMark || m_kind[i] == Kind::Device) return false;
            if (m_kind[i] == Kind::Text) return true;
        }
        return false;
    }

    size_t withRuleAbove(size_t i) const {
        size_t at = i;
        while (at > 0 &&
               (m_kind[at - 1] == Kind::Empty || m_kind[at - 1] == Kind::Rule || m_kind[at - 1] == Kind::SignatureMark))
            --at;
        for (size_t k = at; k < i; ++k)
            if (m_kind[k] == Kind::Rule || m_kind[k] == Kind::SignatureMark) return k;
        return i;
    }

    size_t visibleEnd() const {
        size_t end = m_kind.size();
        while (end > 0 && (m_fold[end - 1] != Fold::None || m_kind[end - 1] == Kind::Empty))
            --end;
        return end;
    }

    // The first signature mark with a short rest of plain lines below it. A longer rule counts only for the last lines.
    void foldSignature() {
        const size_t end = visibleEnd();
        bool textBefore = false;
        for (size_t i = 0; i < end; ++i) {
            if (isTextAt(i)) textBefore = true;
            const bool mark = m_kind[i] == Kind::SignatureMark;
            const bool rule = m_kind[i] == Kind::Rule && m_lines[i].trimmed().size() >= 5;
            if (!textBefore || (!mark && !rule)) continue;
            const size_t rest = end - i - 1;
            if (rest > (mark ? kLongestSignature : kLongestSignature / 2)) continue;
            if (rule && asks(i, end)) continue;
            fold(i, end, Fold::Signature);
            return;
        }
    }

    bool asks(size_t from, size_t to) const {
        return std::any_of(m_lines.begin() + static_cast<std::ptrdiff_t>(from),
                           m_lines.begin() + static_cast<std::ptrdiff_t>(to),
                           [](QStringView line) { return line.contains(u'?'); });
    }

    // Quotations, rules and "Sent from my …" at the very end.
    void foldTail() {
        size_t at = m_kind.size();
        while (at > 0) {
            const Kind kind = m_kind[at - 1];
            const bool goes = m_fold[at - 1] != Fold::None || kind == Kind::Empty || kind == Kind::Quote ||
                              kind == Kind::Device || kind == Kind::Rule || kind == Kind::SignatureMark;
            if (!goes) break;
            --at;
        }
        if (!anyText(0, at)) return;
        for (size_t i = at; i < m_kind.size(); ++i)
            if (m_kind[i] != Kind::Empty) fold(i, i + 1, m_kind[i] == Kind::Quote ? Fold::Quote : Fold::Signature);
    }

    // Answer below: the attribution and its quotation on top. A quotation nobody is named for stays, the writer chose
    // it.
    void foldHead() {
        const size_t mark = skip(0, Kind::Empty);
        if (mark >= m_kind.size() || m_kind[mark] != Kind::Attribution) return;
        const size_t quote = skip(mark, Kind::Attribution, Kind::Empty);
        const size_t end = skip(quote, Kind::Quote, Kind::Empty);
        if (end > quote && isAnswerBelow(end) && !quotesAgain(end)) fold(mark, end, Fold::Quote);
    }

    bool quotesAgain(size_t from) const {
        for (size_t i = from; i < m_kind.size(); ++i)
            if (m_kind[i] == Kind::Quote && m_fold[i] == Fold::None) return true;
        return false;
    }

    void foldLooseMarks() {
        for (size_t i = 0; i < m_kind.size(); ++i) {
            if (isMailMark(m_kind[i])) fold(i, i + 1, Fold::Quote);
            if (m_kind[i] == Kind::Device) fold(i, i + 1, Fold::Signature);
        }
    }

    bool saysAnything() const {
        for (size_t i = 0; i < m_kind.size(); ++i)
            if (m_fold[i] == Fold::None && m_kind[i] != Kind::Empty && m_kind[i] != Kind::Rule) return true;
        return false;
    }

    // A mail that only forwards: its marks and headers fold, what it forwards is what it says.
    void keepWhatIsForwarded() {
        for (size_t i = 0; i < m_kind.size(); ++i) {
            const bool mark =
                m_kind[i] == Kind::Embedded || m_kind[i] == Kind::Header || m_kind[i] == Kind::Attribution;
            m_fold[i] = mark ? Fold::Quote : Fold::None;
        }
    }

    std::vector<FoldedRange> ranges() const {
        std::vector<FoldedRange> out;
        for (size_t i = 0; i < m_fold.size(); ++i) {
            if (m_fold[i] == Fold::None) continue;
            const bool isSignature = m_fold[i] == Fold::Signature;
            // Empty lines between two folded ones fold along.
            if (!out.empty() && out.back().isSignature == isSignature && onlyEmpty(lastOf(out.back()), i)) {
                out.back().lineCount = static_cast<int>(i) - out.back().firstLine + 1;
                continue;
            }
            out.push_back({static_cast<int>(i), 1, isSignature});
        }
        return out;
    }

    static size_t lastOf(const FoldedRange& range) { return static_cast<size_t>(range.firstLine + range.lineCount); }

    bool onlyEmpty(size_t from, size_t to) const {
        for (size_t i = from; i < to; ++i)
            if (m_kind[i] != Kind::Empty) return false;
        return true;
    }

    std::vector<QStringView> m_lines;
    std::vector<Kind> m_kind;
    std::vector<Fold> m_fold;
};

} // namespace

std::vector<FoldedRange> foldedRanges(const QString& text) {
    return text.isEmpty() ? std::vector<FoldedRange>() : Folder(text).run();
}

QString unfoldedText(const QString& text, const std::vector<FoldedRange>& folded) {
    if (folded.empty()) return text.trimmed();
    QString out;
    qsizetype number = 0;
    auto range = folded.begin();
    for (const QStringView line : QStringView(text).split(u'\n')) {
        while (range != folded.end() && number >= range->firstLine + range->lineCount)
            ++range;
        const bool covered = range != folded.end() && number >= range->firstLine;
        if (!covered) {
            out += line;
            out += u'\n';
        }
        ++number;
    }
    return out.trimmed();
}

QString signatureText(const QString& text, const std::vector<FoldedRange>& folded) {
    constexpr qsizetype visibleLines = 8;
    QStringList lines = unfoldedText(text, folded).split(u'\n');
    lines = lines.mid(std::max<qsizetype>(0, lines.size() - visibleLines));
    const QStringList all = text.split(u'\n');
    for (const FoldedRange& range : folded)
        if (range.isSignature) lines << all.mid(range.firstLine, range.lineCount);
    return lines.join(u'\n');
}

} // namespace aiva
