#include "tests/core/answer/model/draft_script.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace aiva::test {

using namespace Qt::StringLiterals;

static Fact fact(const QString& id, FactKind kind, const QString& value, const QString& order = {}) {
    Fact fact;
    fact.id = id;
    fact.kind = kind;
    fact.value = value;
    fact.order = order;
    return fact;
}

FactSet oneOrder() {
    FactSet set;
    set.customerFirstName = u"Jane"_s;
    set.orderNames = {u"#1042"_s};
    set.facts = {fact(u"F1"_s, FactKind::CustomerName, u"Jane Doe"_s),
                 fact(u"F2"_s, FactKind::OrderName, u"#1042"_s, u"#1042"_s),
                 fact(u"F3"_s, FactKind::FulfillmentStatus, u"FULFILLED"_s, u"#1042"_s),
                 fact(u"F4"_s, FactKind::Carrier, u"USPS"_s, u"#1042"_s),
                 fact(u"F5"_s, FactKind::TrackingNumber, u"9400111899223197428490"_s, u"#1042"_s),
                 fact(u"P1"_s, FactKind::Policy, u"30 days from delivery"_s)};
    set.facts[3].parcel = set.facts[4].parcel = 1;
    return set;
}

DraftTask oneTask() {
    DraftTask task;
    task.context = u"# SHOPIFY CUSTOMER CONTEXT\nOrder: #1042"_s;
    task.facts = oneOrder();
    task.subject = u"My order"_s;
    task.mail = u"Where is it?\nJane"_s;
    task.language = u"en"_s;
    task.confidence = 0.91;
    return task;
}

QJsonObject goodAnswer() {
    const QJsonObject card{{u"type"_s, u"SHOPIFY_ORDER_CARD"_s}, {u"order"_s, u"#1042"_s}};
    return {{u"reply"_s, u"Hi Jane,\r\n\r\nOrder #1042 is on its way with USPS."_s},
            {u"intent"_s, u"order_status"_s},
            {u"facts"_s, QJsonArray{u"F2"_s, u"F4"_s, u"F2"_s}},
            {u"needs_human"_s, false},
            {u"reason"_s, QString()},
            {u"widgets"_s, QJsonArray{card}}};
}

QByteArray asJson(const QJsonObject& answer) {
    return QJsonDocument(answer).toJson(QJsonDocument::Compact);
}

} // namespace aiva::test
