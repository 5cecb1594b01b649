#include "core/domain/mail/attachment_rules.h"

#include "core/domain/mail/quote_marks.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace aiva {

namespace {

const QRegularExpression& promise() {
    static const QRegularExpression expression(
        uR"(\b(?:)"
        uR"(attached|attaching|enclosed|(?:my|the|an?|see|following) attachments?|in the attachment)" // en
        uR"(|anbei|angehängte?[rns]?|angefügte?[rns]?|beigefügte?[rns]?|beiliegend(?:e[rns]?)?|im anhang|hänge ich|als anhang|in der anlage)" // de
        uR"(|ci-jointe?s?|pièces? jointes?|en pj|je joins|nous joignons)"                     // fr
        uR"(|adjunt[oa]s?|adjuntamos|le adjunto|les adjunto|archivos? adjuntos?)"             // es
        uR"(|in allegato|allegat[oaie]|allego|alleghiamo)"                                    // it
        uR"(|bijgevoegde?|bijgaande?|in de bijlage|als bijlage)"                              // nl
        uR"(|em anexo|anexad[oa]s?|anexamos|segue anexo)"                                     // pt
        uR"(|w załączniku|załączam|załączamy|w załączeniu)"                                   // pl
        uR"(|bifogad[et]?|bifogar|vedlagt|vedhæftet|liitteenä|mellékelve|csatolva|csatoltam)" // sv da no fi hu
        uR"()\b|添付|附件)"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return expression;
}

} // namespace

QString promisedAttachment(const QString& text) {
    for (const QStringView line : QStringView(text).split(u'\n')) {
        if (isSignatureMark(line)) break;
        if (isQuoteLine(line)) continue;
        const QRegularExpressionMatch match = promise().match(line);
        if (match.hasMatch()) return match.captured();
    }
    return {};
}

qint64 attachedSize(qint64 bytes) {
    const qint64 encoded = (bytes + 2) / 3 * 4;
    return encoded + (encoded + 75) / 76 * 2;
}

} // namespace aiva
