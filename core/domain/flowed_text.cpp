#include "core/domain/flowed_text.h"

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

} // namespace aiva
