// What a conversation knows, as values for variables of canned replies and as facts of its orders. Pure.
#pragma once

#include "core/domain/reply/reply_variables.h"
#include "core/domain/shop/order_facts.h"
#include "core/readmodel/customer_query.h"
#include "core/readmodel/mailbox_query.h"

#include <QLocale>

namespace aiva {

struct ReplyValueSources {
    std::optional<CustomerView> customer;
    const OrderView* order = nullptr; // the one in question
    QString customerName;             // as the mail says, when the cache knows nobody
    QString customerEmail;
    const MailboxView* mailbox = nullptr;
};
// Dates and money as the customer's language writes them.
VariableValues replyValues(const ReplyValueSources& sources, const QLocale& locale);

OrderFactsMap orderFacts(const std::vector<OrderView>& orders, const QLocale& locale);
// "Fulfillment", "Total": the words of OrderFacts for people.
QString factFieldText(const QString& field);
QString factValueText(const QString& field, const QString& value);

} // namespace aiva
