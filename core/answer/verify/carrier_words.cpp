#include "core/answer/verify/carrier_words.h"

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

// The first phrase names the service; those after it are other spellings. Services stand behind their carrier.
struct Row {
    const char16_t* carrier;
    const char16_t* phrases;
};

constexpr Row kCarriers[] = {
    {u"usps", u"usps|u s postal service|us postal service|united states postal service"},
    {u"ups", u"ups|united parcel service"},
    {u"fedex", u"fedex|fed ex|federal express"},
    {u"dhl", u"dhl"},
    {u"dhl", u"dhl express"},
    {u"dhl", u"dhl paket"},
    {u"dhl", u"dhl ecommerce|dhl e commerce"},
    {u"royal mail", u"royal mail"},
    {u"parcelforce", u"parcelforce"},
    {u"dpd", u"dpd"},
    {u"gls", u"gls"},
    {u"hermes", u"hermes"},
    {u"evri", u"evri"},
    {u"yodel", u"yodel"},
    {u"la poste", u"la poste"},
    {u"colissimo", u"colissimo"},
    {u"chronopost", u"chronopost"},
    {u"mondial relay", u"mondial relay"},
    {u"japan post", u"japan post|日本郵便|ゆうパック"},
    {u"yamato", u"yamato|yamato transport|ヤマト運輸|クロネコヤマト"},
    {u"sagawa", u"sagawa|佐川急便"},
    {u"nova post", u"nova post|nova poshta"},
    {u"ukrposhta", u"ukrposhta"},
    {u"canada post", u"canada post"},
    {u"purolator", u"purolator"},
    {u"correos", u"correos"},
    {u"seur", u"seur"},
    {u"mrw", u"mrw"},
    {u"nacex", u"nacex"},
    {u"postnl", u"postnl|post nl"},
    {u"postnord", u"postnord|post nord"},
    {u"bpost", u"bpost"},
    {u"deutsche post", u"deutsche post"},
    {u"österreichische post", u"österreichische post|austrian post"},
    {u"schweizerische post", u"schweizerische post|swiss post|die post"},
    {u"poste italiane", u"poste italiane"},
    {u"brt", u"brt|bartolini"},
    {u"an post", u"an post"},
    {u"australia post", u"australia post|auspost"},
    {u"startrack", u"startrack"},
    {u"new zealand post", u"new zealand post|nz post"},
    {u"amazon", u"amazon|amazon logistics"},
    {u"ontrac", u"ontrac"},
    {u"lasership", u"lasership"},
    {u"inpost", u"inpost"},
    {u"tnt", u"tnt"},
    {u"aramex", u"aramex"},
    {u"4px", u"4px"},
    {u"yanwen", u"yanwen"},
    {u"sf express", u"sf express"},
    {u"cainiao", u"cainiao"},
};

std::vector<Word> wordsOf(const QString& text) {
    std::vector<Word> words;
    QString word;
    const auto flush = [&] {
        if (!word.isEmpty()) words.push_back({{}, word, 0, false, false});
        word.clear();
    };
    for (const QChar c : normalisedText(text).folded) {
        if (c.isLetterOrNumber())
            word += c;
        else
            flush();
    }
    flush();
    return words;
}

} // namespace

const PhraseTable& carrierPhrases() {
    static const PhraseTable table = [] {
        std::vector<PhraseRow> rows;
        for (size_t i = 0; i < std::size(kCarriers); ++i)
            rows.push_back({static_cast<int>(i), kCarriers[i].phrases});
        return PhraseTable(rows);
    }();
    return table;
}

CarrierName carrierNamed(const QString& text) {
    const std::vector<Word> words = wordsOf(text);
    if (words.empty()) return {};
    const QString folded = foldedWords(text);
    const auto match = carrierPhrases().at(words, 0);
    if (!match) return {folded, folded};
    const Row& row = kCarriers[static_cast<size_t>(match->tag)];
    // "UPS Ground" is a service of UPS that the table does not know.
    const bool isWhole = static_cast<size_t>(match->words) == words.size();
    const QString service = QString::fromUtf16(row.phrases).section(u'|', 0, 0);
    return {QString::fromUtf16(row.carrier), isWhole ? service : folded};
}

} // namespace aiva
