#include "core/domain/reply/draft_basis.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace aiva {

std::optional<BasisChange> basisChange(const DraftBasis& then, const DraftBasis& now) {
    BasisChange change;
    change.newMessages = now.newestMessage != then.newestMessage;
    for (auto order = now.orders.begin(); order != now.orders.end(); ++order)
        if (then.orders.value(order.key(), -1) != order.value()) change.changedOrders.emplace_back(order.key());
    for (auto order = then.orders.begin(); order != then.orders.end(); ++order)
        if (!now.orders.contains(order.key())) change.changedOrders.emplace_back(order.key());
    change.isOtherPerson = then.person && then.person->isValid() && now.person && *now.person != *then.person;
    if (!change.newMessages && change.changedOrders.empty() && !change.isOtherPerson) return std::nullopt;
    return change;
}

QString toJson(const DraftBasis& basis) {
    QJsonObject orders;
    for (auto order = basis.orders.begin(); order != basis.orders.end(); ++order)
        orders.insert(QString::number(order.key()), QString::number(order.value()));
    // As text: a JSON number is a double, and ids are 64 bits.
    QJsonObject whole{{u"message"_s, QString::number(basis.newestMessage.value())}, {u"orders"_s, orders}};
    if (basis.person) whole.insert(u"person"_s, QString::number(basis.person->value()));
    return QString::fromUtf8(QJsonDocument(whole).toJson(QJsonDocument::Compact));
}

std::optional<DraftBasis> draftBasisFromJson(const QString& json) {
    const QJsonDocument document = QJsonDocument::fromJson(json.toUtf8());
    if (!document.isObject() || !document.object().value(u"orders"_s).isObject()) return std::nullopt;
    bool isNumber = false;
    DraftBasis basis;
    basis.newestMessage = MessageId(document.object().value(u"message"_s).toString().toLongLong(&isNumber));
    if (!isNumber) return std::nullopt;
    if (const QJsonValue person = document.object().value(u"person"_s); !person.isUndefined()) {
        basis.person = ProfileId(person.toString().toLongLong(&isNumber));
        if (!isNumber) return std::nullopt;
    }
    const QJsonObject orders = document.object().value(u"orders"_s).toObject();
    for (auto order = orders.begin(); order != orders.end(); ++order) {
        const qint64 id = order.key().toLongLong(&isNumber);
        if (!isNumber) return std::nullopt;
        const qint64 updatedAt = order.value().toString().toLongLong(&isNumber);
        if (!isNumber) return std::nullopt;
        basis.orders.insert(id, updatedAt);
    }
    return basis;
}

} // namespace aiva
