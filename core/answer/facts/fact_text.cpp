#include "core/answer/facts/fact_text.h"

#include "core/answer/facts/untrusted_text.h"

#include <QStringList>
#include <QTimeZone>

namespace aiva {

using namespace Qt::StringLiterals;

QString amountText(const Money& money) {
    return money.currency().isValid() ? money.decimalText() + u' ' + money.currency().text() : money.decimalText();
}

QString amountWithSign(const Money& money) {
    const std::string_view code = money.currency().code();
    const QString sign = code == "USD"   ? u"$"_s
                         : code == "EUR" ? u"€"_s
                         : code == "GBP" ? u"£"_s
                         : code == "JPY" ? u"¥"_s
                                         : QString();
    if (sign.isEmpty()) return amountText(money);
    return money.minor() < 0 ? u'-' + sign + money.decimalText().mid(1) : sign + money.decimalText();
}

QString dayText(UtcTime time, const QString& timeZone) {
    const QTimeZone zone = timeZone.isEmpty() ? QTimeZone::utc() : QTimeZone(timeZone.toLatin1());
    const QDateTime there = zone.isValid() ? time.toDateTime().toTimeZone(zone) : time.toDateTime();
    return there.date().toString(Qt::ISODate);
}

QString statusText(const QString& status) {
    QString words = cleanedLine(status, 40).toUpper();
    // Statuses are words of a shop's own list: anything else in them is not one.
    for (QChar& c : words)
        if (c < u'A' || c > u'Z') c = u'_';
    return words.left(24).split(u'_', Qt::SkipEmptyParts).join(u'_');
}

QString orderNameText(const QString& name) {
    return cleanedLine(name, 32);
}

QString firstNameOf(const QString& name) {
    const QStringList words = name.split(u' ', Qt::SkipEmptyParts);
    for (const QString& word : words)
        if (!word.endsWith(u'.')) return word;
    return {};
}

} // namespace aiva
