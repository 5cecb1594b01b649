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

bool isStated(StoreId store, const std::vector<StatedSpending>& stated) {
    return std::any_of(stated.begin(), stated.end(), [store](const StatedSpending& one) {
        return one.store == store && one.spent.currency().isValid();
    });
}

// Two records of one store may be one person's: what they spent there is the sum.
static Money spentWhereOf(const StatedSpending& record, const std::vector<StatedSpending>& stated) {
    Money spent(0, record.spent.currency());
    for (const StatedSpending& one : stated) {
        if (one.store != record.store) continue;
        if (const auto sum = spent.plus(one.spent)) spent = *sum; // another currency is no part of it
    }
    return spent;
}

Precedence precedenceAcross(const std::vector<StatedSpending>& stated, const std::vector<CountedOrders>& counted,
                            PrecedenceRule rule) {
    qint64 orders = 0;
    bool isVip = false;
    for (const StatedSpending& record : stated) {
        const bool isSpoken = record.spent.currency().isValid();
        const Money spent = isSpoken ? spentWhereOf(record, stated) : Money();
        isVip = isVip || precedenceOf(spent, 0, record.tags, rule) == Precedence::Vip;
        if (isSpoken) orders += record.orders;
    }
    for (const CountedOrders& one : counted) {
        if (isStated(one.store, stated)) continue;
        isVip = isVip || precedenceOf(one.total, 0, {}, rule) == Precedence::Vip;
        orders += one.orders;
    }
    return isVip ? Precedence::Vip : precedenceOf(Money(), orders, {}, rule);
}

} // namespace aiva
