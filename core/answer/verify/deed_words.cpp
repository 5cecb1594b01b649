#include "core/answer/verify/deed_words.h"

#include <QStringList>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr int tag(Deed deed) {
    return static_cast<int>(deed);
}

constexpr PhraseRow kDoneBeginnings[] = {
    {0, u"i have|i've|we have|we've|i|we|has been|have been|was|were|i just|we just|team has|is now|are now|already"},
    {0, u"ich habe|wir haben|habe ich|haben wir|habe|haben|hat|wurde|wurden|worden|ist|sind"},
    {0, u"j'ai|nous avons|on a|a été|ont été|avons|est maintenant|je viens de|nous venons de"},
    {0, u"he|hemos|ha sido|han sido|se ha|se han|fue|queda|ya está"},
};

constexpr PhraseRow kDoneVerbs[] = {
    {tag(Deed::Refund), u"refunded|reimbursed|issued|refund issued|processed|erstattet|zurückerstattet|überwiesen|"
                        u"rückerstattet|remboursé|émis|effectué|effectuée|traité|traitée|reembolsado|emitido|tramitado|"
                        u"tramitada|procesado|devuelto"},
    {tag(Deed::Cancel), u"cancelled|canceled|storniert|annulliert|annulé|annulée|cancelado|cancelada|anulado|anulada"},
    {tag(Deed::Address), u"address changed|address updated|redirected|rerouted|umgeleitet|redirigé|redirigido"},
    {tag(Deed::Change), u"changed|updated|modified|corrected|amended|adjusted|added|removed|extended|upgraded|moved|"
                        u"geändert|aktualisiert|angepasst|korrigiert|hinzugefügt|entfernt|verlängert|modifié|modifiée|"
                        u"mis à jour|mise à jour|changé|changée|corrigé|corrigée|ajouté|ajoutée|prolongé|cambiado|"
                        u"cambiada|actualizado|actualizada|modificado|modificada|corregido|corregida|añadido|ampliado"},
    {tag(Deed::Replace),
     u"replaced|reshipped|resent|exchanged|reordered|ersetzt|neu verschickt|nachgesendet|umgetauscht|"
     u"remplacé|renvoyé|échangé|reemplazado|sustituido|reenviado"},
    {tag(Deed::Credit),
     u"credited|applied|waived|deducted|gutgeschrieben|angewendet|erlassen|abgezogen|crédité|appliqué|"
     u"déduit|abonado|aplicado|aplicada|descontado"},
    {tag(Deed::Forward),
     u"escalated|forwarded|contacted|notified|informed|reported|filed|opened|submitted|weitergeleitet|"
     u"kontaktiert|benachrichtigt|informiert|gemeldet|eröffnet|beauftragt|transmis|contacté|informé|"
     u"signalé|ouvert|escaladé|contactado|notificado|informado|abierto|escalado|trasladado"},
    {tag(Deed::Approve), u"approved|authorised|authorized|granted|confirmed|accepted|reserved|genehmigt|bewilligt|"
                         u"bestätigt|reserviert|approuvé|approuvée|accordé|accordée|validé|validée|accepté|acceptée|"
                         u"réservé|aprobado|aprobada|concedido|autorizado|autorizada|aceptado|aceptada|confirmado|"
                         u"reservado"},
    {tag(Deed::Send),
     u"sent a|sent you a|sent the replacement|sent out a new|sent another|arranged|initiated|triggered|"
     u"requested|scheduled|booked|created|started|completed|placed a|generated|veranlasst|ausgelöst|"
     u"eingeleitet|gebucht|angelegt|erstellt|hinterlegt|angestoßen|beantragt|lancé|initié|créé|"
     u"programmé|demandé|organisé|gestionado|gestionada|iniciado|iniciada|creado|programado|solicitado|"
     u"generado|organizado"},
};

constexpr PhraseRow kPromiseBeginnings[] = {
    {0, u"will|we'll|i'll|you'll|we're going to|i'm going to|going to|shall|we can|i can|can we|can i|we could|i could|"
        u"we would|let me|let us|we are happy to|i am happy to|happy to|we intend to|we plan to|is entitled to|"
        u"are entitled to"},
    {0, u"werde|werden|wird|wir können|ich kann|können wir|kann ich|gerne|bekommen|erhalten|bekommst|erhältst|wir|ich"},
    {0, u"je vais|nous allons|on va|allez|vous allez|je peux|nous pouvons|nous vous|je vous|sera|seront|vous serez|"
        u"recevrez|nous"},
    {0, u"voy a|vamos a|va a|van a|puedo|podemos|se le|será|serán|recibirá|recibirás"},
};

constexpr PhraseRow kPromiseVerbs[] = {
    {0, u"refund|reimburse|cancel|replace|resend|reship|compensate|credit|waive|extend|upgrade|exchange|expedite|"
        u"prioritise|prioritize|give you|offer|pay|cover|honour|honor|guarantee|change|update|correct|process|issue|"
        u"arrange|receive a refund|receive your refund|get a refund|get your money|money back|make an exception|"
        u"send a new|send you a new|send another|send you another|escalate|redirect|reroute|take care of the cost|"
        u"reduce|deduct|apply|add"},
    {0, u"erstatten|erstatte|zurückerstatten|stornieren|storniere|ersetzen|ersetze|umtauschen|gutschreiben|schreiben "
        u"ihnen gut|überweisen|entschädigen|ändern|ändere|aktualisieren|verlängern|übernehmen|veranlassen|veranlasse|"
        u"eine erstattung|ihre erstattung|eine rückerstattung|ihre rückerstattung|eine gutschrift|ihr geld zurück|"
        u"geld zurück|nachsenden|neu versenden|erstattet|storniert|ersetzt|gutgeschrieben|umleiten"},
    {0, u"rembourser|remboursons|rembourserons|rembourse|annuler|annulons|annulerons|remplacer|remplacerons|renvoyer|"
        u"échanger|créditer|indemniser|dédommager|modifier|modifierons|prolonger|offrir|offrons|remboursé|remboursée|"
        u"un remboursement|votre remboursement|annulée|remplacé|remplacée|crédité"},
    {0,
     u"reembolsar|reembolsaremos|reembolsamos|cancelar|cancelaremos|anular|anularemos|reemplazar|sustituir|reenviar|"
     u"cambiar|abonar|abonaremos|compensar|compensaremos|modificar|ampliar|ofrecer|ofrecemos|reembolsado|reembolsada|"
     u"un reembolso|su reembolso|tu reembolso|cancelado|cancelada|abonado"},
};

constexpr PhraseRow kPromiseWords[] = {
    {0, u"guarantee|guarantees|guaranteed|promise|promised|promises|free|for free|free of charge|at no cost|no charge|"
        u"no extra cost|on the house|on us|full refund|compensat*|discount*|coupon*|voucher*|gift card*|store credit|"
        u"promo code*|discount code*|goodwill|complimentary|replacement|money back|reimbursement|bonus|cashback|"
        u"use code|with code|the code|definitely|certainly arrive|rest assured|refund you|refund your|refund the|"
        u"refund it"},
    {0, u"garantie*|garantier*|versprech*|versprochen|kostenlos*|kostenfrei*|gratis|umsonst|gutschein*|rabatt*|"
        u"entschädigung*|kulanz*|ersatzlieferung|ersatz|gutschrift|rückerstattungsbetrag|volle rückerstattung|volle "
        u"erstattung|geschenkt|nachlass|auf unsere kosten|rabattcode*|versichern ihnen|rembourserons|annulerons|"
        u"reembolsaremos|cancelaremos|anularemos|reembolsará|reembolsarán|abonaremos|abonará|cancelará|compensaremos"},
    {0, u"garanti*|garantis*|promet*|promesse|promis|gratuit*|offert|offerte|remise|réduction*|bon d'achat|code promo|"
        u"avoir|dédommag*|indemnis*|geste commercial|remplacement|remboursement intégral|carte cadeau|sans frais|"
        u"à nos frais"},
    {0, u"garantía*|garantiz*|promet*|gratuit*|sin coste|sin costo|sin cargo|descuento*|cupón|cupones|vale|código|"
        u"compensación|compensaci*|reemplazo|reembolso completo|reembolso íntegro|tarjeta regalo|regalo|obsequio|"
        u"por nuestra cuenta"},
};

constexpr PhraseRow kHarmless[] = {
    {0, u"feel free|please feel free|free to contact|free to reach|free to reply|free to ask|free to write|sin embargo|"
        u"avoir reçu|avoir des|avoir une|avoir un|après avoir|d'avoir|vale la pena"},
};

constexpr const char16_t* kJapanese[] = {u"無料",           u"割引",           u"保証",          u"クーポン",
                                         u"返金いたします", u"返金します",     u"補償",          u"お約束",
                                         u"値引",           u"交換いたします", u"再送いたします"};

} // namespace

QString stemOf(Deed deed) {
    switch (deed) {
    case Deed::Refund:
        return u"refund"_s;
    case Deed::Cancel:
        return u"cancel"_s;
    case Deed::Address:
    case Deed::Change:
        return u"address"_s;
    case Deed::Replace:
        return u"replace"_s;
    case Deed::Credit:
        return u"credit"_s;
    case Deed::Forward:
        return u"forward"_s;
    case Deed::Approve:
        return u"approve"_s;
    case Deed::Send:
        return u"send"_s;
    case Deed::Other:
        break;
    }
    return {};
}

const PhraseTable& doneBeginnings() {
    static const PhraseTable table(kDoneBeginnings);
    return table;
}

const PhraseTable& doneVerbs() {
    static const PhraseTable table(kDoneVerbs);
    return table;
}

const PhraseTable& promiseBeginnings() {
    static const PhraseTable table(kPromiseBeginnings);
    return table;
}

const PhraseTable& promiseVerbs() {
    static const PhraseTable table(kPromiseVerbs);
    return table;
}

const PhraseTable& promiseWords() {
    static const PhraseTable table(kPromiseWords);
    return table;
}

const PhraseTable& harmlessWords() {
    static const PhraseTable table(kHarmless);
    return table;
}

std::vector<Span> japanesePromisesIn(const NormalisedText& text) {
    std::vector<Span> found;
    for (const char16_t* word : kJapanese) {
        const QString wanted = QString::fromUtf16(word);
        for (qsizetype at = text.text.indexOf(wanted); at >= 0; at = text.text.indexOf(wanted, at + 1))
            found.push_back({static_cast<int>(at), static_cast<int>(wanted.size())});
    }
    return found;
}

} // namespace aiva
