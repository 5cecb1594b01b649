// The fields of orders a draft may have spoken of, as they stood when it was begun: what changed since is shown from
// them (V6). Pure.
#pragma once

#include <QMap>
#include <QString>

#include <vector>

namespace aiva {

struct OrderFacts {
    QString name;                  // #1042
    QMap<QString, QString> fields; // word → value as shown: financial, fulfillment, total, refunded, cancelled, items …

    bool operator==(const OrderFacts&) const = default;
};
using OrderFactsMap = QMap<qint64, OrderFacts>; // by OrderId value

struct FactDifference {
    QString order;
    QString field;
    QString before; // empty: it was not there
    QString after;  // empty: it is gone

    bool operator==(const FactDifference&) const = default;
};

// In the order of `now`'s ids, newest order first. An order nobody knew before is one difference with field "new".
std::vector<FactDifference> factDifferences(const OrderFactsMap& then, const OrderFactsMap& now);

QString toJson(const OrderFactsMap& facts); // empty for none
OrderFactsMap orderFactsFromJson(const QString& json);

} // namespace aiva
