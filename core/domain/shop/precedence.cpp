#include "core/domain/shop/precedence.h"

#include <algorithm>

namespace aiva {

static bool isAbove(Money amount, qint64 majorUnits) {
    qint64 minor = majorUnits;
    for (int i = 0; i < amount.currency().minorDigits(); ++i)
        if (__builtin_mul_overflow(minor, qint64(10), &minor)) return false;
    return amount.minor() > minor;
}

Precedence precedenceOf(Money amountSpent, qint64 ordersCount, const QStringList& tags, PrecedenceRule rule) {
    const bool taggedVip = std::any_of(tags.begin(), tags.end(), [](const QString& tag) {
        return tag.trimmed().compare(QLatin1String("vip"), Qt::CaseInsensitive) == 0;
    });
    if (taggedVip || isAbove(amountSpent, rule.vipAboveMajorUnits)) return Precedence::Vip;
    if (ordersCount >= 2) return Precedence::Returning;
    return ordersCount == 1 ? Precedence::New : Precedence::Prospect;
}

} // namespace aiva
