#include "core/answer/verify/status_words.h"

namespace aiva {
namespace {

constexpr int tag(StatusWord word) {
    return static_cast<int>(word);
}
constexpr int tag(Turn turn) {
    return static_cast<int>(turn);
}

constexpr PhraseRow kStatuses[] = {
    {tag(StatusWord::Shipped),
     u"shipped|dispatched|despatched|been sent|was sent|were sent|is sent|"
     u"sent out|left our warehouse|left the warehouse|handed over to|handed to|fulfilled|"
     u"be sent|we sent your|sent your order|sent your parcel|sent your package|have sent your"},
    {tag(StatusWord::Shipped), u"versandt|versendet|verschickt|abgeschickt|versandte|verlassen|"
                               u"übergeben"},
    {tag(StatusWord::Shipped), u"expédié|expédiée|expédiés|expédiées|envoyé|envoyée|envoyés|envoyées|remis à|remise à|"
                               u"remis au|quitté notre|parti|partie"},
    {tag(StatusWord::Shipped), u"enviado|enviada|enviados|enviadas|despachado|despachada|ha salido|salió|expedido|"
                               u"expedida"},
    {tag(StatusWord::ToShip),
     u"ship|ships|dispatch|go out|leave our warehouse|leaves our warehouse|verschicken|versenden|"
     u"verlässt unser lager|expédier|partir|partira|partiront|expédierons|expédions|enviar|"
     u"saldrá|saldrán|enviará|enviarán|enviaremos"},
    {tag(StatusWord::OnItsWay),
     u"on its way|on the way|on their way|in transit|underway|en route|shipping now|on route"},
    {tag(StatusWord::OnItsWay), u"unterwegs|auf dem weg|auf dem versandweg|in zustellung"},
    {tag(StatusWord::OnItsWay), u"en chemin|en transit|en cours d'acheminement|en cours de livraison|acheminement"},
    {tag(StatusWord::OnItsWay), u"en camino|en tránsito|de camino|en ruta"},
    {tag(StatusWord::OutForDelivery), u"out for delivery|with the driver|wird heute zugestellt|en cours de livraison "
                                      u"aujourd'hui|en reparto"},
    {tag(StatusWord::Delivered), u"delivered|arrived|has arrived|been received by|zugestellt|geliefert|ausgeliefert|"
                                 u"angekommen|eingetroffen|livré|livrée|livrés|livrées|arrivé|arrivée|remis en main|"
                                 u"entregado|entregada|entregados|entregadas|ha llegado|llegó"},
    {tag(StatusWord::Cancelled),
     u"cancelled|canceled|voided|called off|storniert|annulliert|abgebrochen|annulé|annulée|"
     u"annulés|cancelado|cancelada|anulado|anulada"},
    {tag(StatusWord::Refunded), u"refunded|reimbursed|erstattet|zurückerstattet|rückerstattet|rückvergütet|remboursé|"
                                u"remboursée|remboursés|reembolsado|reembolsada|reintegrado|devuelto el importe|"
                                u"refund was recorded|refund has been recorded"},
    {tag(StatusWord::PartlyRefunded), u"partially refunded|partly refunded|partial refund|teilweise erstattet|"
                                      u"teilerstattet|teilerstattung|partiellement remboursé|partiellement remboursée|"
                                      u"remboursement partiel|parcialmente reembolsado|reembolso parcial|"
                                      u"part of it was refunded"},
    {tag(StatusWord::BeingPacked),
     u"being packed|being prepared|being processed|packed|getting ready|being put together|"
     u"in preparation|preparing|processing|unfulfilled|picked and packed|"
     u"not yet shipped|waiting to be shipped"},
    {tag(StatusWord::BeingPacked), u"gepackt|verpackt|vorbereitet|in bearbeitung|bearbeitet|in vorbereitung|"
                                   u"zusammengestellt"},
    {tag(StatusWord::BeingPacked), u"en préparation|en cours de préparation|préparée|préparé|emballée|emballé|"
                                   u"en cours de traitement|prépare|préparent"},
    {tag(StatusWord::BeingPacked), u"en preparación|preparando|preparado|preparada|empaquetando|embalando|empaquetado|"
                                   u"en proceso|procesando"},
    {tag(StatusWord::PartlyShipped),
     u"partially shipped|partly shipped|partially fulfilled|partially dispatched|part of your order has shipped|"
     u"part of your order has been shipped|teilweise versandt|teilweise verschickt|teillieferung|"
     u"partiellement expédiée|partiellement expédié|parcialmente enviado|parcialmente enviada|envío parcial"},
    {tag(StatusWord::Paid), u"paid|payment received|received your payment|bezahlt|zahlung erhalten|payé|payée|"
                            u"paiement reçu|pagado|pagada|pago recibido"},
    {tag(StatusWord::Waiting), u"on hold|scheduled|zurückgestellt|angehalten|en attente|suspendue|en espera|retenido"},
    {tag(StatusWord::PaymentOpen), u"unpaid|payment pending|payment is pending|awaiting payment|zahlung ausstehend|"
                                   u"unbezahlt|paiement en attente|impayée|pago pendiente|pendiente de pago"},
};

constexpr PhraseRow kTurns[] = {
    {tag(Turn::Not),
     u"not|never|hasn't|haven't|isn't|aren't|wasn't|weren't|won't|didn't|cannot|can't|yet to be|neither|"
     u"nor|without|nicht|nie|kein|keine|noch nicht|weder|pas|jamais|non|ni|aucun|aucune|no|nunca|aún no|"
     u"todavía no|tampoco|sin|ningún|ninguna"},
    {tag(Turn::Later), u"will|will be|shall|to be|going to|should|should be|may|might|wird|werden|sollte|soll|sera|"
                       u"seront|va|vont|devrait|será|serán|va a|van a|debería|can be|can|could|kann|können|konnte|peut|"
                       u"peuvent|puede|pueden|we'll|it'll|ready to|bereit"},
    {tag(Turn::Supposed), u"once|if|when|as soon as|after|until|before|whether|unless|sobald|wenn|falls|nachdem|ob|"
                          u"bis|bevor|dès que|dès qu'elle|dès qu'il|si|lorsque|lorsqu'elle|lorsqu'il|quand|après|avant|"
                          u"une fois|cuando|en cuanto|después|hasta|antes|una vez|tan pronto"},
};

constexpr PhraseRow kParts[] = {
    {0,
     u"part of|parts of|some of|partially|partly|first parcel|first package|one of the|one parcel|remaining|the rest|"
     u"ein teil|teil ihrer|teilweise|erste paket|restliche|übrigen|rest ihrer|une partie|partiellement|premier colis|"
     u"le reste|una parte|parte de|parcialmente|primer paquete|el resto|remainder|first part"},
};

struct JapaneseRow {
    StatusWord word;
    const char16_t* text;
};
// Longer ones before what they hold.
constexpr JapaneseRow kJapanese[] = {
    {StatusWord::BeingPacked, u"まだ発送"},     {StatusWord::BeingPacked, u"未発送"},
    {StatusWord::BeingPacked, u"発送準備"},     {StatusWord::BeingPacked, u"準備中"},
    {StatusWord::BeingPacked, u"梱包"},         {StatusWord::PartlyShipped, u"一部発送"},
    {StatusWord::Shipped, u"発送済"},           {StatusWord::Shipped, u"発送しました"},
    {StatusWord::Shipped, u"発送いたしました"}, {StatusWord::Shipped, u"発送されました"},
    {StatusWord::OnItsWay, u"配送中"},          {StatusWord::OnItsWay, u"輸送中"},
    {StatusWord::OutForDelivery, u"配達中"},    {StatusWord::Delivered, u"配達済"},
    {StatusWord::Delivered, u"配達完了"},       {StatusWord::Delivered, u"配達されました"},
    {StatusWord::Delivered, u"お届け済"},       {StatusWord::Delivered, u"お届けしました"},
    {StatusWord::Cancelled, u"キャンセル"},     {StatusWord::Refunded, u"返金"},
};

} // namespace

const PhraseTable& statusPhrases() {
    static const PhraseTable table(kStatuses);
    return table;
}

const PhraseTable& turnPhrases() {
    static const PhraseTable table(kTurns);
    return table;
}

const PhraseTable& partPhrases() {
    static const PhraseTable table(kParts);
    return table;
}

std::vector<StatusPlace> japaneseStatusesIn(const NormalisedText& text) {
    std::vector<StatusPlace> places;
    std::vector<bool> taken(static_cast<size_t>(text.text.size()), false);
    for (const JapaneseRow& row : kJapanese) {
        const QString wanted = QString::fromUtf16(row.text);
        for (qsizetype at = text.text.indexOf(wanted); at >= 0; at = text.text.indexOf(wanted, at + 1)) {
            if (taken[static_cast<size_t>(at)]) continue;
            places.push_back({{static_cast<int>(at), static_cast<int>(wanted.size())}, row.word});
            std::fill_n(taken.begin() + at, wanted.size(), true);
        }
    }
    return places;
}

} // namespace aiva
