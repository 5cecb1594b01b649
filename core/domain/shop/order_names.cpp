#include "core/domain/shop/order_names.h"

#include "core/domain/mail/quoted_text.h"

#include <QRegularExpression>

namespace aiva {

using namespace Qt::StringLiterals;

QStringList orderNamesIn(const QString& text, int most) {
    // Either a '#', or a word for "order" with at most a "number" word between. Digits alone are prices and phones.
    static const QRegularExpression expression(
        uR"((?:(?<![\w&#])#\s?|\b(?:order|bestellung|bestellnummer|auftrag|auftragsnummer|commande|pedido|encomenda|ordine|bestelling|bestelnummer|beställning|ordre|ordernummer|order-?id|zamówieni[ea]|заказ\w?|objednávk\w|tilaus)\b\s*(?:number|numéro|numero|número|nummer|no|nr|num|id|n°|nº|#)?\s*[.:#]?\s*#?|注文番号\s*[:：#]?\s*|订单号?\s*[:：#]?\s*)(\d{3}-\d{7}-\d{7}|\d{2}-\d{5}-\d{5}|(?:[A-Z]{1,6}-?)?\d{3,12}(?:-[A-Z0-9]{1,6})?)(?![\w]))"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    QStringList names;
    for (auto it = expression.globalMatch(text); it.hasNext() && names.size() < most;) {
        const QString name = it.next().captured(1).toUpper();
        if (!names.contains(name)) names << name;
    }
    return names;
}

QStringList orderNamesSaid(const QString& subject, const QString& text, const std::vector<FoldedRange>& folded) {
    return orderNamesIn(subject + u'\n' + unfoldedText(text, folded));
}

QString withoutHash(const QString& name) {
    QString bare = name.trimmed();
    while (bare.startsWith(u'#'))
        bare.remove(0, 1);
    return bare;
}

} // namespace aiva
