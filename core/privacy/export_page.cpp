#include "core/privacy/export_page.h"

#include "core/base/money.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QUrl>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestName = 100;

using OrderCurrencies = QMap<qint64, QString>;

OrderCurrencies currenciesOf(const std::vector<PersonPart>& parts) {
    OrderCurrencies currencies;
    for (const PersonPart& part : parts)
        if (part.name == "orders"_L1)
            for (const QJsonValue& row : part.rows)
                currencies.insert(row["id"_L1].toInteger(), row["currency"_L1].toString());
    return currencies;
}

QJsonValue readableMoney(qint64 minor, const QString& code) {
    const auto currency = Currency::parse(code.toStdString());
    if (!currency) return minor;
    return QJsonObject{{u"amount"_s, Money(minor, *currency).decimalText()}, {u"currency"_s, code}};
}

QJsonObject readable(const QJsonObject& row, const OrderCurrencies& currencies) {
    QString code = row.value("currency"_L1).toString();
    if (code.isEmpty()) code = currencies.value(row.value("order_id"_L1).toInteger());
    QJsonObject made;
    for (auto field = row.begin(); field != row.end(); ++field) {
        const QString key = field.key();
        const bool isTime = key == "at"_L1 || key.endsWith("_at"_L1);
        if (isTime && field.value().isDouble())
            made.insert(key, UtcTime(field.value().toInteger()).isoText());
        else if (key.endsWith("_minor"_L1))
            made.insert(key.chopped(6), readableMoney(field.value().toInteger(), code));
        else
            made.insert(key, field.value());
    }
    return made;
}

QString title(const QString& name) {
    QString words = name;
    words.replace(u'_', u' ');
    words[0] = words.at(0).toUpper();
    return words;
}

// Text is shown as it was written, structure as JSON.
QString cellText(const QJsonValue& value) {
    if (value.isString()) return value.toString();
    if (value.isNull() || value.isUndefined()) return {};
    if (value.isBool()) return value.toBool() ? u"yes"_s : u"no"_s;
    if (value.isDouble()) return QString::number(value.toInteger());
    const QJsonObject object = value.toObject();
    if (object.contains("amount"_L1))
        return object.value("amount"_L1).toString() + u' ' + object.value("currency"_L1).toString();
    return QString::fromUtf8(value.isArray() ? QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact)
                                             : QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QString rowHtml(const QJsonObject& row) {
    QString html = u"<table>\n"_s;
    for (auto field = row.begin(); field != row.end(); ++field) {
        const QString text = cellText(field.value());
        if (text.isEmpty()) continue;
        html += u"<tr><th scope=\"row\">%1</th><td>%2</td></tr>\n"_s.arg(title(field.key()).toHtmlEscaped(),
                                                                         text.toHtmlEscaped());
    }
    return html + u"</table>\n"_s;
}

constexpr QLatin1String kHead(R"html(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Everything kept about a person</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #111; }
table { border-collapse: collapse; margin: 0 0 1.5em; width: 100%; }
th { text-align: left; font-weight: 500; color: #555; width: 13em; vertical-align: top; padding: 2px 12px 2px 0; }
td { white-space: pre-wrap; overflow-wrap: anywhere; padding: 2px 0; }
h2 { border-bottom: 1px solid #ddd; padding-bottom: 4px; margin-top: 2em; }
.none { color: #555; }
</style></head><body>
)html");

} // namespace

void makeReadable(std::vector<PersonPart>& parts) {
    const OrderCurrencies currencies = currenciesOf(parts);
    for (PersonPart& part : parts) {
        QJsonArray rows;
        for (const QJsonValue& row : std::as_const(part.rows))
            rows.append(readable(row.toObject(), currencies));
        part.rows = rows;
    }
}

QByteArray exportPage(const std::vector<PersonPart>& parts, const QStringList& files, UtcTime madeAt) {
    QString html = kHead;
    html += u"<h1>Everything kept about a person</h1>\n<p>Made %1. The same, for programs: "
            "<a href=\"person.json\">person.json</a>.</p>\n"_s.arg(madeAt.isoText());
    for (const PersonPart& part : parts) {
        html += u"<h2>%1 (%2)</h2>\n"_s.arg(title(part.name)).arg(part.rows.size());
        if (part.rows.isEmpty()) html += u"<p class=\"none\">Nothing.</p>\n"_s;
        for (const QJsonValue& row : part.rows)
            html += rowHtml(row.toObject());
    }
    html += u"<h2>Files (%1)</h2>\n<ul>\n"_s.arg(files.size());
    for (const QString& file : files)
        html += u"<li><a href=\"files/%1\">%2</a></li>\n"_s.arg(QString::fromLatin1(QUrl::toPercentEncoding(file)),
                                                                file.toHtmlEscaped());
    return (html + u"</ul>\n</body></html>\n"_s).toUtf8();
}

QString safeFileName(const QString& name) {
    QString safe;
    for (const QChar c : name.normalized(QString::NormalizationForm_C))
        safe += c.isLetterOrNumber() || QStringView(u"._-").contains(c) ? c : QChar(u'_');
    while (safe.startsWith(u'.'))
        safe.remove(0, 1);
    // The end says what it is.
    if (safe.size() > kLongestName) safe = safe.left(kLongestName - 20) + safe.right(20);
    while (safe.endsWith(u'.'))
        safe.chop(1);
    return safe.isEmpty() ? u"file"_s : safe;
}

} // namespace aiva
