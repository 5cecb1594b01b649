#include "core/answer/verify/number_words.h"

#include <QHash>
#include <QSet>
#include <QStringList>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// Everywhere.
constexpr const char16_t* kPlain =
    u"two three four five seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    u"nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million dozen "
    u"dozens zero twice thrice double triple "
    u"zwei drei vier fünf sechs zehn zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig "
    u"dreißig dreissig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend dutzend zweimal doppelt "
    u"deux trois quatre cinq sept huit onze douze treize quatorze quinze seize vingt trente quarante cinquante "
    u"soixante "
    u"cents douzaine zéro "
    u"cuatro cinco seis siete ocho nueve diez doce trece catorce quince dieciséis diecisiete dieciocho diecinueve "
    u"veinte "
    u"veintiuno veintidós veintitrés veinticuatro veinticinco treinta cuarenta cincuenta sesenta setenta ochenta "
    u"noventa "
    u"cien ciento doscientos mil docena cero";

struct OwnRow {
    const char16_t* language;
    const char16_t* words;
};
constexpr OwnRow kOwn[] = {
    {u"en", u"six half"},
    {u"de", u"null sieben acht neun elf halb halben"},
    {u"fr", u"six neuf dix cent mille demi"},
    {u"es", u"dos tres once medio"},
};

QSet<QString> numberSetOf(const char16_t* words) {
    const QStringList list = QString::fromUtf16(words).split(u' ', Qt::SkipEmptyParts);
    return {list.begin(), list.end()};
}

const QHash<QString, QSet<QString>>& ownWords() {
    static const QHash<QString, QSet<QString>> table = [] {
        QHash<QString, QSet<QString>> rows;
        for (const OwnRow& row : kOwn)
            rows.insert(QString::fromUtf16(row.language), numberSetOf(row.words));
        return rows;
    }();
    return table;
}

// 三日, 二時間, 五千円: a numeral before a counter.
bool isKanjiNumber(const QString& word) {
    static const QString numerals = u"〇一二三四五六七八九十百千万"_s;
    static const QString counters = u"日時間週月年円個点分名"_s;
    for (qsizetype i = 0; i + 1 < word.size(); ++i)
        if (numerals.contains(word.at(i)) && counters.contains(word.at(i + 1))) return true;
    return false;
}

// "einundzwanzig", "fünfhundert"
bool isGermanCompound(const QString& word) {
    static const QStringList tens{u"undzwanzig"_s, u"unddreißig"_s, u"undvierzig"_s, u"undfünfzig"_s, u"undsechzig"_s,
                                  u"undsiebzig"_s, u"undachtzig"_s, u"undneunzig"_s, u"hundert"_s,    u"tausend"_s};
    for (const QString& ending : tens)
        if (word.size() > ending.size() && word.endsWith(ending)) return true;
    return false;
}

} // namespace

bool isNumberWord(const QString& word, const QString& language) {
    static const QSet<QString> plain = numberSetOf(kPlain);
    if (plain.contains(word) || isGermanCompound(word) || isKanjiNumber(word)) return true;
    if (!language.isEmpty()) return ownWords().value(language).contains(word);
    for (const QSet<QString>& words : ownWords())
        if (words.contains(word)) return true;
    return false;
}

} // namespace aiva
