// Signs, codes and words of currencies. Pure tables.
#pragma once

#include <QString>
#include <QStringList>

namespace aiva {

struct CurrencyMark {
    QStringList currencies; // ISO 4217 codes it can stand for; empty: it is no mark of a currency
    bool isPart = false;    // cents, pence
};

// Codes only in capitals, words and signs in any case.
CurrencyMark currencyMark(const QString& mark);
bool isCurrencySign(QChar c);

} // namespace aiva
