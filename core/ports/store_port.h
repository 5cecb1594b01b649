// The door to a shop: what sync asks of it, whatever platform it runs on. Adapters implement it; only app names them.
// All futures are answered on the thread that called. No method retries by itself except for rate limits, which are
// waited out inside (S6) and reported through setThrottleListener.
#pragma once

#include "core/base/async.h"
#include "core/domain/names.h"
#include "core/domain/shop/source_records.h"

#include <QByteArrayView>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace aiva {

struct ShopFacts {
    QString externalId;
    QString name;
    QString domain; // acme.myshopify.com
    QString currency;
    QString timeZone; // IANA
    QString plan;
    QStringList scopes;         // granted
    QString otherApi;           // the version of its interface that answered, when it is not the one asked for
    bool historyLimited = true; // no read_all_orders: orders older than 60 days are invisible
};

// Which records. Both bounds are inclusive; newest first.
struct RecordQuery {
    Resource resource = Resource::Customers;
    std::optional<UtcTime> updatedSince;
    std::optional<UtcTime> createdSince; // orders: the 90/60 day window of a first sync (S1)
};

struct RecordPage {
    // Only the queried resource's vector is filled. Nested connections are already complete.
    std::vector<CustomerRecord> customers;
    std::vector<OrderRecord> orders;
    std::vector<ProductRecord> products;
    std::vector<RecordFault> faults;
    std::vector<std::string> gone; // of a look-up: ids the shop says it does not have
    QString nextCursor;            // empty: this was the last page
};

// What a comparison with the cache needs of a record (S11).
struct RecordMark {
    std::string externalId;
    UtcTime createdAt;
    UtcTime updatedAt; // absent at the source: the epoch
};

struct MarkPage {
    std::vector<RecordMark> marks;
    QString nextCursor;
};

struct BulkStatus {
    enum class State { Running, Completed, Failed, Cancelled, Expired };
    QString operationId;
    State state = State::Running;
    qint64 objectCount = 0;
    QString url; // result or partial result; signed: never logged, never stored in clear; empty when there is none
    bool isPartial = false; // url is partialDataUrl of a failed or cancelled operation
    QString errorCode;
};

// Receives a download in order. accept() returning an error stops the download with that error.
class ByteSink {
public:
    virtual ~ByteSink();
    virtual Result<void> accept(QByteArrayView bytes) = 0;
};

class WebhookSubscriptionPort;

// Hears how the shop's interface does (S6), on the port's thread. Outlives no exchange it was not told of.
class ApiListener {
public:
    virtual ~ApiListener();
    // A request left and this came of it after `ms`: no error for an answer, RateLimited for "later", otherwise what
    // the shop or the network said instead. What was cancelled is not told.
    virtual void exchanged(qint64 ms, const std::optional<Error>& error) = 0;
    // A request waited for the rate limit, by the shop's word or ahead of it.
    virtual void heldBack(qint64 ms) = 0;
};

struct BulkOrderItem {
    std::string parentExternalId;
    OrderItemRecord item;
};
struct BulkVariant {
    std::string parentExternalId;
    VariantRecord variant;
};
// A line of a bulk file: a root record without its nested connections, or a child that names its parent. Children may
// come before, after or far from their parents. monostate: a line that is known and carries nothing we keep.
using BulkRecord = std::variant<std::monostate, CustomerRecord, OrderRecord, BulkOrderItem, ProductRecord, BulkVariant>;

class BulkDecoder {
public:
    virtual ~BulkDecoder();
    // `line` without its newline, with at least 64 readable bytes behind it. A record that cannot be read is a fault.
    virtual std::variant<BulkRecord, RecordFault> decode(std::string_view line) = 0;
};

class StorePort {
public:
    virtual ~StorePort();

    // Tests the credentials and reads what the shop says of itself.
    virtual Future<ShopFacts> shop() = 0;
    // How many records the query has at the source; absent when the shop cannot say exactly.
    virtual Future<std::optional<qint64>> count(const RecordQuery& query) = 0;
    // One page. Empty cursor: the first.
    virtual Future<RecordPage> page(const RecordQuery& query, const QString& cursor) = 0;

    // Comparison with the cache (S11). NotSupported where a platform cannot.
    // One page of marks in an order that does not move while it is walked. Empty cursor: the first.
    virtual Future<MarkPage> marks(const RecordQuery& query, const QString& cursor);
    // Records by their ids. Only what the shop clearly says it does not have is in `gone`; an id that stands nowhere in
    // the answer is not known to be either.
    virtual Future<RecordPage> lookup(Resource resource, const std::vector<std::string>& ids);

    // Bulk: start, poll, download, decode. startBulk fails with Conflict/BulkBusy when the shop runs too many.
    virtual Future<BulkStatus> startBulk(const RecordQuery& query) = 0;
    virtual Future<BulkStatus> bulkStatus(const QString& operationId) = 0;
    virtual Future<bool> cancelBulk(const QString& operationId) = 0;
    // Streams bytes [offset, end) of the result into the sink; answers the total size. The shop's token is not sent.
    virtual Future<qint64> download(const QString& url, qint64 offset, std::shared_ptr<ByteSink> sink) = 0;
    virtual std::unique_ptr<BulkDecoder> bulkDecoder(Resource resource) const = 0;

    // Told the milliseconds about to be waited for the rate limit; 0 when it is over.
    virtual void setThrottleListener(std::function<void(qint64 waitMs)> listener) = 0;
    // Told of each exchange with the shop's interface from now on. A platform without one tells nothing.
    virtual void setApiListener(std::shared_ptr<ApiListener> listener);
    // What this shop was asked to tell by itself; lives as long as the port. Null where a platform tells nothing.
    virtual WebhookSubscriptionPort* webhooks() { return nullptr; }
    // Gives up the credentials at the source where that is possible (C7). Already revoked counts as done.
    virtual Future<bool> revoke() = 0;
    // Aborts everything in flight; pending futures answer Refused.
    virtual void cancelAll() = 0;
};

} // namespace aiva
