#include "ui/conversation/message_text.h"

#include <QRegularExpression>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

QString joined(const QStringList& lines, qsizetype from, qsizetype to) {
    while (from < to && lines[from].trimmed().isEmpty())
        ++from;
    while (to > from && lines[to - 1].trimmed().isEmpty())
        --to;
    return lines.mid(from, to - from).join(u'\n');
}

} // namespace

std::vector<TextSegment> segmentsOf(const QString& text, const std::vector<FoldedRange>& folded) {
    const QStringList lines = text.split(u'\n');
    std::vector<FoldedRange> ranges = folded;
    std::sort(ranges.begin(), ranges.end(), [](const auto& a, const auto& b) { return a.firstLine < b.firstLine; });
    std::vector<TextSegment> segments;
    const auto show = [&](qsizetype from, qsizetype to) {
        const QString part = joined(lines, from, to);
        if (!part.isEmpty()) segments.push_back({part, false, false, static_cast<int>(part.count(u'\n')) + 1});
    };
    qsizetype shown = 0;
    for (const FoldedRange& range : ranges) {
        const qsizetype end = qMin<qsizetype>(qsizetype(range.firstLine) + range.lineCount, lines.size());
        if (range.firstLine < shown || range.lineCount <= 0 || range.firstLine >= end) continue;
        show(shown, range.firstLine);
        const QString part = joined(lines, range.firstLine, end);
        if (!part.isEmpty())
            segments.push_back({part, true, range.isSignature, static_cast<int>(end - range.firstLine)});
        shown = end;
    }
    show(shown, lines.size());
    return segments;
}

std::vector<LinkRange> linksIn(const QString& text) {
    static const QRegularExpression pattern(
        uR"(\b(?:https?://|www\.)[^\s<>"'`{}|\\^]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    std::vector<LinkRange> links;
    for (auto matches = pattern.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        QString found = match.captured();
        while (!found.isEmpty()) {
            const QChar last = found.back();
            const bool openBefore = last == u')' && found.count(u'(') >= found.count(u')');
            if (openBefore || !u".,;:!?)]*_>"_s.contains(last)) break;
            found.chop(1);
        }
        QString address = found;
        if (address.startsWith("www."_L1, Qt::CaseInsensitive))
            address.prepend("https://"_L1);
        else if (!address.contains("://"_L1))
            address.prepend("mailto:"_L1);
        const QUrl url(address);
        if (mayOpenLink(url)) links.push_back({match.capturedStart(), found.size(), url});
    }
    return links;
}

bool mayOpenLink(const QUrl& url) {
    if (!url.isValid()) return false;
    const QString scheme = url.scheme().toLower();
    if (scheme == "mailto"_L1) return url.path().contains(u'@');
    return (scheme == "http"_L1 || scheme == "https"_L1) && !url.host().isEmpty();
}

QString beginningOf(const QString& text, qsizetype about) {
    if (text.size() <= about + about / 4) return text;
    const qsizetype lineEnd = text.lastIndexOf(u'\n', about);
    return text.left(lineEnd > about / 2 ? lineEnd : about);
}

} // namespace aiva
