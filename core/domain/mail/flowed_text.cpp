#include "core/domain/mail/flowed_text.h"

#include <QList>
#include <QStringView>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

qsizetype quoteDepth(QStringView line) {
    qsizetype depth = 0;
    while (depth < line.size() && line[depth] == u'>')
        ++depth;
    return depth;
}

constexpr qsizetype kLineLength = 76;
constexpr qsizetype kDeepestWrapped = 30; // quote marks; each new line would repeat them
constexpr auto kSignatureMark = "-- "_L1;

// What a reader would otherwise take for a quote, for stuffing, or a gateway for the start of an mbox entry.
bool needsStuffing(QStringView content, qsizetype depth) {
    return depth > 0 || content.startsWith(u' ') || content.startsWith(u'>') || content.startsWith("From "_L1);
}

// Where to end this line: behind the last blank that fits, else behind the first. -1 when there is none.
qsizetype breakAt(QStringView content, qsizetype room) {
    qsizetype at = -1;
    bool sawWord = false;
    for (qsizetype i = 0; i < content.size() - 1; ++i) {
        sawWord = sawWord || content[i] != u' ';
        if (content[i] != u' ' || !sawWord) continue;
        if (i >= room && at >= 0) break;
        if (content.left(i + 1) == kSignatureMark) continue; // would read as the signature mark
        at = i + 1;
        if (i >= room) break;
    }
    return at;
}

void wrapLine(QStringView content, qsizetype depth, QString& out) {
    while (true) {
        out += QString(depth, u'>');
        if (!content.isEmpty() && needsStuffing(content, depth)) out += u' ';
        const qsizetype room = kLineLength - depth - 1;
        const bool fits = content.size() <= room || depth > kDeepestWrapped;
        const qsizetype end = fits ? -1 : breakAt(content, room);
        if (end < 0) break;
        out += content.left(end);
        out += u'\n';
        content = content.sliced(end);
    }
    out += content;
    out += u'\n';
}

} // namespace

QString unwrapFlowed(const QString& text, FlowedSpace space) {
    QString out;
    out.reserve(text.size());
    qsizetype openDepth = -1; // quote depth of the paragraph being joined, -1 when none
    for (const QStringView line : QStringView(text).split(u'\n')) {
        const qsizetype depth = quoteDepth(line);
        QStringView content = line.sliced(depth);
        if (content.startsWith(u' ')) content = content.sliced(1); // space-stuffed
        const bool isSignature = content == "-- "_L1;
        const bool flows = content.endsWith(u' ') && !isSignature;
        if (openDepth != depth || isSignature) {
            if (openDepth >= 0) out += u'\n';
            if (depth > 0) out += QString(depth, u'>') + u' ';
        }
        out += flows && space == FlowedSpace::Delete ? content.chopped(1) : content;
        if (!flows) out += u'\n';
        openDepth = flows ? depth : -1;
    }
    // Splitting made one line more than there are line ends.
    if (openDepth < 0) out.chop(1);
    return out;
}

QString wrapFlowed(const QString& text) {
    QString out;
    out.reserve(text.size() + text.size() / 16);
    for (QStringView line : QStringView(text).split(u'\n')) {
        const qsizetype depth = quoteDepth(line);
        QStringView content = line.sliced(depth);
        if (depth > 0 && content.startsWith(u' ')) content = content.sliced(1);
        const bool isSignature = content == kSignatureMark;
        while (!isSignature && content.endsWith(u' '))
            content.chop(1);
        wrapLine(content, depth, out);
    }
    out.chop(1);
    return out;
}

} // namespace aiva
