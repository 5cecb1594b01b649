#include "core/answer/verify/currency_words.h"

#include <QHash>
#include <QSet>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

struct CurrencyRow {
    const char16_t* marks;
    const char16_t* currencies;
};

constexpr CurrencyRow kMarks[] = {
    {u"$ dollar dollars dólar dólares dolares dollari", u"USD CAD AUD NZD HKD SGD MXN CLP COP ARS TWD"},
    {u"us$ u$s", u"USD"},
    {u"ca$ c$ can$ cdn$", u"CAD"},
    {u"au$ a$", u"AUD"},
    {u"nz$", u"NZD"},
    {u"hk$", u"HKD"},
    {u"s$ sg$", u"SGD"},
    {u"mx$", u"MXN"},
    {u"nt$", u"TWD"},
    {u"r$ real reais", u"BRL"},
    {u"€ euro euros ユーロ", u"EUR"},
    {u"£ pound pounds quid pfund livres libras ポンド", u"GBP"},
    {u"¥ yen yenes 円", u"JPY CNY"},
    {u"元 yuan rmb", u"CNY"},
    {u"ドル", u"USD CAD AUD"},
    {u"₴ uah hryvnia hrywnja грн", u"UAH"},
    {u"₹ rupee rupees rupien roupies rupias", u"INR"},
    {u"₩ won", u"KRW"},
    {u"₺ lira", u"TRY"},
    {u"zł zloty złoty złotych zlotys", u"PLN"},
    {u"kr kronen kronor kroner krona krone", u"SEK NOK DKK ISK"},
    {u"kč", u"CZK"},
    {u"ft forint", u"HUF"},
    {u"fr sfr franken francs franc francos rappen", u"CHF"},
    {u"peso pesos", u"MXN CLP COP ARS"},
};

constexpr const char16_t* kParts =
    u"¢ cent cents pence penny centimes centime céntimo céntimos rappen centavo centavos";

constexpr const char16_t* kCodes =
    u"AED ARS AUD BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JOD JPY KRW KWD MAD MXN "
    u"MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD UAH USD UYU VND ZAR";

const QHash<QString, QStringList>& marks() {
    static const QHash<QString, QStringList> table = [] {
        QHash<QString, QStringList> rows;
        for (const CurrencyRow& row : kMarks)
            for (const QString& mark : QString::fromUtf16(row.marks).split(u' '))
                rows.insert(mark, QString::fromUtf16(row.currencies).split(u' '));
        return rows;
    }();
    return table;
}

QSet<QString> wordSet(const char16_t* words) {
    const QStringList list = QString::fromUtf16(words).split(u' ');
    return {list.begin(), list.end()};
}

} // namespace

bool isCurrencySign(QChar c) {
    return c.category() == QChar::Symbol_Currency;
}

CurrencyMark currencyMark(const QString& mark) {
    static const QSet<QString> codes = wordSet(kCodes);
    static const QSet<QString> parts = wordSet(kParts);
    if (codes.contains(mark)) return {{mark}, false};
    const QString folded = mark.toLower();
    if (parts.contains(folded)) return {{u"USD"_s, u"EUR"_s, u"GBP"_s}, true};
    const auto known = marks().constFind(folded);
    if (known != marks().constEnd()) return {*known, false};
    // A sign nobody listed is money all the same.
    const bool isSign = !mark.isEmpty() && (isCurrencySign(mark.back()) || isCurrencySign(mark.front()));
    return isSign ? CurrencyMark{{u"?"_s}, false} : CurrencyMark{};
}

} // namespace aiva
