#include "core/domain/text_language.h"

#include <QHash>
#include <QMap>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace aiva {

namespace {

constexpr qsizetype enoughText = 4'000;
constexpr int enoughWords = 2;

struct CommonWords {
    QStringView language;
    QStringView words;
};

constexpr CommonWords commonWords[] = {
    {u"en", u"the and you your have is was for with this that not can my please order thanks thank hello what when "
            u"where are would could it of to from been will"},
    {u"de", u"der die das und ich ist nicht ein eine mit für auf wie mein meine bestellung bitte danke hallo sie haben "
            u"wurde kann noch dass wann wo habe den dem zu von es guten tag"},
    {u"fr", u"le la les et je vous est pas une un des pour avec mon ma commande merci bonjour que qui dans sur reçu "
            u"avez votre quand où bien cordialement ce n'ai j'ai du au"},
    {u"es", u"el los las y que no es una un por para con mi pedido gracias hola cuándo dónde está ha he del se su "
            u"favor buenos días recibido pueden usted lo"},
    {u"it", u"il lo gli e che non è una un per con mio ordine grazie buongiorno ho sono quando dove della del mi si "
            u"ricevuto ancora salve cordiali vorrei"},
    {u"nl", u"de het een en ik is niet van mijn bestelling met voor dat wanneer waar bedankt hallo graag heb wordt nog "
            u"kunt jullie u op te"},
    {u"pt", u"o os as e que não é uma um por para com meu pedido obrigado obrigada olá quando onde está do da você "
            u"recebi ainda bom dia encomenda"},
    {u"sv", u"och jag är inte en ett för med min beställning tack hej när var att det som på har kan ni vill"},
    {u"pl", u"i nie jest że na do się z w moje zamówienie dziękuję dzień dobry kiedy gdzie proszę czy mam jak od za"},
};

const QHash<QString, quint32>& languagesByWord() {
    static const QHash<QString, quint32> table = [] {
        QHash<QString, quint32> words;
        quint32 bit = 1;
        for (const CommonWords& common : commonWords) {
            for (const QStringView word : common.words.split(u' '))
                words[word.toString()] |= bit;
            bit <<= 1;
        }
        return words;
    }();
    return table;
}

} // namespace

QString languageOf(const QString& text) {
    constexpr size_t languages = std::size(commonWords);
    double scores[languages] = {};
    int hits = 0;
    const auto count = [&](const QString& word) {
        const quint32 mask = languagesByWord().value(word);
        if (mask == 0) return;
        ++hits;
        int shared = 0;
        for (size_t i = 0; i < languages; ++i)
            shared += (mask >> i) & 1;
        for (size_t i = 0; i < languages; ++i)
            if ((mask >> i) & 1) scores[i] += 1.0 / shared; // a word of one language says more than one of three
    };
    QString word;
    for (const QChar c : QStringView(text).left(enoughText)) {
        if (c.isLetter() || c == u'\'') {
            word += c.toLower();
            continue;
        }
        if (!word.isEmpty()) count(word);
        word.clear();
    }
    if (!word.isEmpty()) count(word);
    const auto best = std::max_element(std::begin(scores), std::end(scores));
    if (hits < enoughWords || *best < 1.5) return {};
    for (auto other = std::begin(scores); other != std::end(scores); ++other)
        if (other != best && *other >= *best * 0.9) return {};
    return commonWords[std::distance(std::begin(scores), best)].language.toString();
}

} // namespace aiva
