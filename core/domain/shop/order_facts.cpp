#include "core/domain/shop/order_facts.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace aiva {

namespace {

void addDifferences(const OrderFacts& before, const OrderFacts& after, std::vector<FactDifference>& differences) {
    QMap<QString, QString> all = before.fields;
    all.insert(after.fields);
    for (auto field = all.begin(); field != all.end(); ++field) {
        const QString was = before.fields.value(field.key());
        const QString is = after.fields.value(field.key());
        if (was != is) differences.push_back({after.name, field.key(), was, is});
    }
}

} // namespace

std::vector<FactDifference> factDifferences(const OrderFactsMap& then, const OrderFactsMap& now) {
    std::vector<FactDifference> differences;
    const QList<qint64> ids = now.keys();
    for (auto id = ids.crbegin(); id != ids.crend(); ++id) {
        const OrderFacts after = now.value(*id);
        if (then.contains(*id))
            addDifferences(then.value(*id), after, differences);
        else
            differences.push_back({after.name, u"new"_s, {}, after.fields.value(u"total"_s)});
    }
    return differences;
}

QString toJson(const OrderFactsMap& facts) {
    if (facts.isEmpty()) return {};
    QJsonObject whole;
    for (auto order = facts.begin(); order != facts.end(); ++order) {
        QJsonObject fields;
        for (auto field = order->fields.begin(); field != order->fields.end(); ++field)
            fields.insert(field.key(), field.value());
        whole.insert(QString::number(order.key()), QJsonObject{{u"name"_s, order->name}, {u"fields"_s, fields}});
    }
    return QString::fromUtf8(QJsonDocument(whole).toJson(QJsonDocument::Compact));
}

OrderFactsMap orderFactsFromJson(const QString& json) {
    OrderFactsMap facts;
    if (json.isEmpty()) return facts;
    const QJsonObject whole = QJsonDocument::fromJson(json.toUtf8()).object();
    for (auto order = whole.begin(); order != whole.end(); ++order) {
        OrderFacts& one = facts[order.key().toLongLong()];
        one.name = order.value()["name"_L1].toString();
        const QJsonObject fields = order.value()["fields"_L1].toObject();
        for (auto field = fields.begin(); field != fields.end(); ++field)
            one.fields.insert(field.key(), field.value().toString());
    }
    return facts;
}

} // namespace aiva
