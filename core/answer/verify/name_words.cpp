#include "core/answer/verify/name_words.h"

#include "core/answer/verify/calendar_words.h"

#include <QSet>
#include <QStringList>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr PhraseRow kGreetings[] = {
    {0, u"hi|hello|hey|dear|good morning|good afternoon|good evening|good day|greetings"},
    {0, u"hallo|liebe|lieber|guten tag|guten morgen|guten abend|sehr geehrte|sehr geehrter|moin|servus|grüß gott"},
    {0, u"bonjour|bonsoir|cher|chère|salut"},
    {0, u"hola|estimado|estimada|querido|querida|buenos días|buenas tardes|buenas noches|buenas"},
};

QSet<QString> setOf(const char16_t* words) {
    const QStringList list = QString::fromUtf16(words).split(u' ', Qt::SkipEmptyParts);
    return {list.begin(), list.end()};
}

} // namespace

const PhraseTable& greetingPhrases() {
    static const PhraseTable table(kGreetings);
    return table;
}

bool isEverybody(const QString& word) {
    static const QSet<QString> words =
        setOf(u"there all everyone team customer friend again valued and sir madam zusammen kunde kundin kunden team "
              u"damen herren und à a tous toutes et madame monsieur client cliente clients y todos todas señor señora "
              u"from thank thanks");
    return words.contains(word);
}

bool isTitleOfAddress(const QString& word) {
    static const QSet<QString> words = setOf(
        u"mr mrs ms miss mx dr prof herr herrn frau familie monsieur madame mademoiselle mme mlle señor señora sr "
        u"sra don doña");
    return words.contains(word);
}

bool isOrdinaryWord(const QString& word) {
    static const QSet<QString> words = setOf(
        u"i we you your yours our my the a an and or of for to in on at by with from it its this that these those "
        u"there "
        u"is are was were be been has have had will would can could should may do does did not no yes please thank "
        u"thanks sorry hello hi hey dear good morning afternoon evening day best kind kindest warm warmest regards "
        u"wishes sincerely yours cheers customer service care support team shop store order orders status tracking "
        u"number carrier link parcel package shipment shipping delivery date estimated items item total amount refund "
        u"return returns policy policies portal faq note update information details as if when once here just let "
        u"happy new year merry christmas unfortunately currently regarding about what where how why we're you're i'm "
        u"we'll you'll it's that's paid fulfilled unfulfilled delivered cancelled pending subtotal tax vip english "
        u"mit freundlichen grüßen ihr ihre ihrer ihrem viele beste liebe guten tag "
        u"bonjour merci votre vos notre nos nous vous le la les un une de du des cordialement bien numéro suivi "
        u"commande colis transporteur service client équipe et "
        u"hola gracias su sus nuestro nuestra el los las una del saludos cordiales atentamente pedido número "
        u"seguimiento transportista servicio atención al equipo y buenos días estimado estimada");
    return words.contains(word) || monthOf(word) > 0 || weekdayOf(word) > 0;
}

} // namespace aiva
