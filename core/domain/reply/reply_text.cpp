#include "core/domain/reply/reply_text.h"

#include "core/domain/mail/mail_subject.h"
#include "core/domain/mail/quote_marks.h"

#include <QDateTime>
#include <QLocale>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace aiva {

namespace {

// Of what a mail program writes before a subject it answers; forwards stay.
const QRegularExpression& answerMark() {
    static const QRegularExpression expression(
        uR"(\A(?:re|aw|antw|sv|vs|rép|rif|res|odp|ynt|ref|回复|答复|回覆)\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*[:：]\s*)"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return expression;
}

QString withoutTrailingBlanks(QStringView line) {
    while (!line.isEmpty() && line.back().isSpace())
        line.chop(1);
    return line.toString();
}

QString trimmedEnd(const QString& text) {
    return withoutTrailingBlanks(text);
}

QString lineBreaksToHtml(const QString& text) {
    return text.toHtmlEscaped().replace(u'\n', "<br>"_L1);
}

bool startsWithMark(const QString& signature) {
    return isSignatureMark(QStringView(signature).left(signature.indexOf(u'\n')));
}

} // namespace

QString replySubject(const QString& subject) {
    QString rest = subject.simplified();
    for (QString before; before != rest;) {
        before = rest;
        rest.remove(answerMark());
    }
    return rest.isEmpty() ? u"Re:"_s : "Re: "_L1 + rest;
}

QString attributionLine(const QuotedMail& mail, const QString& language, const QTimeZone& zone) {
    struct Pattern {
        QStringView language;
        QStringView date;
        QStringView sentence; // %1 date, %2 time, %3 name
    };
    static constexpr Pattern patterns[] = {
        {u"en", u"MMM d, yyyy", u"On %1 at %2, %3 wrote:"},
        {u"de", u"dd.MM.yyyy", u"Am %1 um %2 schrieb %3:"},
        {u"fr", u"d MMM yyyy", u"Le %1 à %2, %3 a écrit :"},
        {u"es", u"d MMM yyyy", u"El %1 a las %2, %3 escribió:"},
    };
    const Pattern* chosen = &patterns[0];
    for (const Pattern& pattern : patterns)
        if (language.left(2).compare(pattern.language, Qt::CaseInsensitive) == 0) chosen = &pattern;
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(mail.sentAt.ms(), zone);
    const QLocale locale(chosen->language.toString());
    const QString name = (mail.from.name.isEmpty() ? mail.from.email : mail.from.name).simplified();
    return chosen->sentence.toString().arg(locale.toString(at.date(), chosen->date), at.time().toString(u"HH:mm"_s),
                                           name);
}

QString quoteText(const QuotedMail& mail, const QString& language, const QTimeZone& zone) {
    QString quote = attributionLine(mail, language, zone);
    const QString said = trimmedEnd(mail.text);
    for (const QStringView line : QStringView(said).split(u'\n')) {
        const QString content = withoutTrailingBlanks(line);
        quote += content.isEmpty() ? u"\n>"_s : (content.startsWith(u'>') ? u"\n>"_s : u"\n> "_s) + content;
    }
    return quote;
}

QString quoteHtml(const QuotedMail& mail, const QString& language, const QTimeZone& zone) {
    return "<p>"_L1 + attributionLine(mail, language, zone).toHtmlEscaped() + "</p><blockquote type=\"cite\">"_L1 +
           lineBreaksToHtml(trimmedEnd(mail.text)) + "</blockquote>"_L1;
}

QString signatureBlock(const QString& signature) {
    const QString text = trimmedEnd(signature);
    if (text.isEmpty()) return {};
    return startsWithMark(text) ? text : "-- \n"_L1 + text;
}

ComposedReply composedReply(const ReplyParts& parts) {
    ComposedReply whole;
    whole.text = trimmedEnd(parts.text);
    const QString signature = signatureBlock(parts.signatureText);
    for (const QString& part : {signature, parts.quoteText})
        if (!part.isEmpty()) whole.text += (whole.text.isEmpty() ? u""_s : u"\n\n"_s) + part;
    if (parts.html.isEmpty() && parts.signatureHtml.isEmpty()) return whole;

    whole.html =
        parts.html.isEmpty() ? "<div>"_L1 + lineBreaksToHtml(trimmedEnd(parts.text)) + "</div>"_L1 : parts.html;
    if (!signature.isEmpty()) {
        const qsizetype words = startsWithMark(trimmedEnd(parts.signatureText)) ? signature.indexOf(u'\n') + 1 : 4;
        const QString below =
            parts.signatureHtml.isEmpty() ? lineBreaksToHtml(signature.mid(words)) : parts.signatureHtml;
        whole.html += "<br><div>-- <br>"_L1 + below + "</div>"_L1;
    }
    if (!parts.quoteText.isEmpty()) whole.html += "<br>"_L1 + parts.quoteHtml;
    return whole;
}

} // namespace aiva
