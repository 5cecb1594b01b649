#include "tests/bench/big_cache.h"

#include "core/base/clock.h"
#include "core/storage/conversations/conversation_repository.h"
#include "core/storage/records/record_writer.h"
#include "core/storage/stores/store_repository.h"

#include <QRandomGenerator>

namespace aiva::bench {
namespace {

using namespace Qt::StringLiterals;

template <typename T>
T need(Result<T> result) {
    if (!result) qFatal("%s", qPrintable(result.error().detail));
    return *std::move(result);
}

void need(Result<void> result) {
    if (!result) qFatal("%s", qPrintable(result.error().detail));
}

std::string emailOf(qint64 customer) {
    return "customer" + std::to_string(customer) + "@mail" + std::to_string(customer % 97) + ".example";
}

CustomerRecord customerAt(qint64 i, Currency usd, UtcTime now) {
    CustomerRecord record;
    record.externalId = "gid://shopify/Customer/" + std::to_string(5'000'000'000 + i);
    record.firstName = "Name" + std::to_string(i % 4001);
    record.lastName = "Family" + std::to_string(i % 9973);
    record.displayName = record.firstName + " " + record.lastName;
    record.email = emailOf(i);
    record.ordersCount = 5;
    record.amountSpent = Money(i % 90'000, usd);
    record.createdAt = now.plusDays(-400);
    record.updatedAt = now.plusSeconds(-i);
    return record;
}

} // namespace

OrderRecord bigOrder(qint64 i, qint64 customers, UtcTime now) {
    const Currency usd = need(Currency::parse("USD"));
    OrderRecord record;
    const std::string number = std::to_string(6'000'000'000 + i);
    record.externalId = "gid://shopify/Order/" + number;
    record.name = "#" + std::to_string(1001 + i);
    const qint64 customer = (i * 7919) % customers;
    record.customerExternalId = "gid://shopify/Customer/" + std::to_string(5'000'000'000 + customer);
    record.email = emailOf(customer);
    record.financialStatus = "PAID";
    record.fulfillmentStatus = i % 5 ? "FULFILLED" : "UNFULFILLED";
    record.currency = usd;
    record.total = record.subtotal = Money(2'000 + i % 20'000, usd);
    record.tax = record.discounts = record.shipping = record.refunded = Money(0, usd);
    record.createdAt = record.updatedAt = now.plusSeconds(-i * 25);
    for (int n = 0; n < 2; ++n) {
        OrderItemRecord item;
        item.externalId = "gid://shopify/LineItem/" + number + std::to_string(n);
        item.title = n ? "Trail Pack 28" : "Blue Widget";
        item.quantity = item.currentQuantity = 1 + n;
        item.unitPrice = Money(1'000 + n * 550, usd);
        record.items.push_back(item);
    }
    if (i % 5 == 0) return record;
    FulfillmentRecord fulfillment;
    fulfillment.externalId = "gid://shopify/Fulfillment/" + number;
    fulfillment.status = "SUCCESS";
    fulfillment.displayStatus = "IN_TRANSIT";
    fulfillment.createdAt = fulfillment.updatedAt = record.createdAt.plusDays(1);
    fulfillment.tracking.push_back(
        {"USPS", "9400111899" + number, "https://tools.usps.com/go/TrackConfirmAction?tLabels=9400111899" + number});
    record.fulfillments.push_back(fulfillment);
    return record;
}

namespace {

// Every `batch` steps a transaction.
template <typename Fn>
void inBatches(Database& writer, qint64 count, qint64 batch, Fn fn) {
    for (qint64 at = 0; at < count; at += batch) {
        const auto transaction = need(Transaction::begin(writer));
        for (qint64 i = at; i < std::min(count, at + batch); ++i)
            fn(i);
        need(transaction->commit());
    }
}

QString sentence(QRandomGenerator& random, const QStringList& words) {
    QStringList picked;
    const int length = 8 + static_cast<int>(random.bounded(24));
    // Skewed like language: the square of a uniform number favours the front of the list.
    for (int i = 0; i < length; ++i) {
        const double u = random.generateDouble();
        picked.append(words.at(static_cast<qsizetype>(u * u * u * static_cast<double>(words.size() - 1))));
    }
    return picked.join(u' ');
}

} // namespace

QStringList vocabulary() {
    QStringList words;
    for (int i = 0; i < 20'000; ++i) {
        QString word;
        for (int n = i + 17; n > 0; n /= 21)
            word += QChar(u'a' + n % 21);
        words.append(word + u"en"_s);
    }
    return words;
}

QStringList sampleEmails(qint64 customers) {
    QStringList emails;
    for (qint64 i = 0; i < customers; i += std::max<qint64>(1, customers / 5'000))
        emails.append(QString::fromStdString(emailOf(i)));
    return emails;
}

BigCache fillBigCache(Database& writer, qint64 orders, qint64 conversations) {
    const UtcTime now = SystemClock().now();
    const Currency usd = need(Currency::parse("USD"));
    StoreRow store;
    store.domain = store.name = u"big.myshopify.com"_s;
    store.currency = u"USD"_s;
    store.status = StoreStatus::Connected;
    store.historyLimited = false;
    store.createdAt = store.lastSyncAt.emplace(now);
    const StoreId storeId = need(need(StoreRepository::create(writer))->save(store));

    BigCache cache;
    cache.orders = orders;
    cache.customers = std::max<qint64>(1, orders / 5);
    cache.conversations = conversations;
    const QStringList words = vocabulary();
    const auto records = need(RecordWriter::create(writer, storeId));
    inBatches(writer, cache.customers, 5'000, [&](qint64 i) { need(records->put(customerAt(i, usd, now))); });
    inBatches(writer, orders, 5'000, [&](qint64 i) { need(records->put(bigOrder(i, cache.customers, now))); });

    const auto repository = need(ConversationRepository::create(writer));
    QRandomGenerator random(42);
    inBatches(writer, conversations, 1'000, [&](qint64 i) {
        const QString customer = QString::fromStdString(emailOf((i * 31) % cache.customers));
        for (int n = 0; n < 5; ++n) {
            MessageRecord message;
            const bool inbound = n % 2 == 0;
            message.messageId = u"%1.%2@big.example"_s.arg(i).arg(n);
            if (n > 0) message.references = QStringList{u"%1.%2@big.example"_s.arg(i).arg(n - 1)};
            message.inReplyTo = message.references.value(0);
            message.from.email = inbound ? customer : u"support@big.example"_s;
            message.to.append({QString(), inbound ? u"support@big.example"_s : customer});
            message.subject = (n ? u"Re: "_s : QString()) + u"Question about #%1"_s.arg(1001 + i);
            message.text = sentence(random, words) + u"\n\n"_s + sentence(random, words);
            message.date = now.plusSeconds(-(conversations - i) * 60 + n * 10);
            need(repository->add(message, inbound ? ConversationRepository::Direction::Inbound
                                                  : ConversationRepository::Direction::Outbound));
            ++cache.messages;
        }
    });
    return cache;
}

} // namespace aiva::bench
