#include "core/domain/mail/mail_subject.h"

#include <QRegularExpression>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

QRegularExpression pattern(const QString& text) {
    return QRegularExpression(text, QRegularExpression::CaseInsensitiveOption |
                                        QRegularExpression::UseUnicodePropertiesOption);
}

// RFC 5256 knows re, fw and fwd; mail programs translate them.
const QRegularExpression& replyPrefix() {
    static const QRegularExpression expression = pattern(
        uR"(\A(?:\[[^\[\]]*\]\s*)*(?:re|fwd?|aw|wg|antw|sv|vs|vb|tr|rép|rv|rif|res|enc|odp|pd|ynt|ilt|ref|回复|答复|转发|回覆|轉寄)\s*(?:\[[^\[\]]*\]|\(\d{1,3}\))?\s*[:：]\s*)"_s);
    return expression;
}

} // namespace

QString baseSubject(const QString& subject) {
    static const QRegularExpression trailer = pattern(uR"(\s*\(fwd\)\s*\z)"_s);
    static const QRegularExpression blob = pattern(uR"(\A\[[^\[\]]*\]\s*(?=\S))"_s);
    static const QRegularExpression wrapped = pattern(uR"(\A\[fwd:\s*(.*)\]\z)"_s);
    QString base = subject.simplified();
    for (QString before; before != base;) {
        before = base;
        base.remove(trailer);
        base.remove(replyPrefix());
        base.remove(blob);
        const QRegularExpressionMatch inside = wrapped.match(base);
        if (inside.hasMatch()) base = inside.captured(1).trimmed();
    }
    return base.toLower();
}

bool isReplySubject(const QString& subject) {
    return replyPrefix().match(subject.simplified()).hasMatch();
}

} // namespace aiva
