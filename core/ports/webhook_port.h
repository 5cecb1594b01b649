// The doors of webhooks (S4): the listener outside, the inbox behind it, the keys it proves signatures with, and the
// decoder that says what a delivery means. Adapters and core/webhook implement them for each other; only app joins
// them.
#pragma once

#include "core/base/result.h"
#include "core/base/secret_string.h"
#include "core/domain/names.h"
#include "core/domain/shop/source_records.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace aiva {

// One delivery whose signature holds.
struct WebhookDelivery {
    StoreKind source = StoreKind::Shopify;
    QString id;    // the source's own; the same when it is sent again
    QString shop;  // the domain its store has
    QString topic; // as the source spells it: "orders/updated", "order.updated"
    QString apiVersion;
    std::optional<UtcTime> triggeredAt; // as the source says; not signed
    QByteArray body;
};

enum class WebhookReceipt {
    Stored,      // on the disk
    Known,       // was there before
    Unavailable, // not stored, or not known to be in time: the source sends it again
};

// Any thread may call; the listener's threads do.
class WebhookInbox {
public:
    virtual ~WebhookInbox();
    // Answers when the delivery is on the disk, or after a few seconds that it is not.
    virtual WebhookReceipt accept(const WebhookDelivery& delivery) = 0;
    // Books a refusal; answers at once. `reason` is one of a handful of words.
    virtual void noteRefusal(StoreKind source, const QString& reason) = 0;
};

// The same inbox for who fetches deliveries on the core thread itself, where accept() would wait for ever.
class WebhookSink {
public:
    virtual ~WebhookSink();
    // All in one transaction; on the disk when it answers.
    virtual Result<std::vector<WebhookReceipt>> storeAll(const std::vector<WebhookDelivery>& deliveries) = 0;
    virtual void noteRefusal(StoreKind source, const QString& reason) = 0;
};

// Any thread may call.
class WebhookKeys {
public:
    virtual ~WebhookKeys();
    struct Shop {
        QString domain; // as its store has it
        std::vector<SecretString> keys;
        // Disconnected, and its keys forgotten: only what the law lets a shop ask of us is still taken.
        bool isParted = false;
    };
    // The shop of this name as a delivery gives it, and what its deliveries may be signed with; absent when none is
    // known.
    virtual std::optional<Shop> find(StoreKind source, const QString& name) const = 0;
    // Asked when a delivery could not be proved: its shop may have been connected, or its key given, after they were
    // read. True: they were read just now, and it pays to judge again.
    virtual bool readAgain();
};

// Listens while it lives, unless the machine takes its port from it.
class WebhookListener {
public:
    virtual ~WebhookListener();
    virtual quint16 port() const = 0;
    // Once false it stays false: nothing comes in through it any more.
    virtual bool isListening() const = 0;
};

// What a delivery means ---------------------------------------------------------------------------------------------

struct RecordName {
    Resource resource = Resource::Orders;
    std::string externalId;

    bool operator==(const RecordName&) const = default;
};

struct WebhookReread { // something changed that the delivery does not carry
    std::vector<RecordName> records;
};
struct WebhookDeletion {
    RecordName record;
    std::optional<RecordName> mergedInto;
};
struct WebhookUninstalled {};
struct WebhookPrivacy {
    enum class Kind { DataRequest, CustomerRedact, ShopRedact };
    Kind kind = Kind::DataRequest;
    QByteArray subject; // JSON, see privacy_tasks
};
struct WebhookNote {}; // nothing to do
struct WebhookFault {  // cannot be read
    std::string cause; // English, no customer data
};
// A record is whole, but the shop may know more of it than its deliveries say: it is to be asked as well.
using WebhookContent = std::variant<CustomerRecord, OrderRecord, ProductRecord, WebhookReread, WebhookDeletion,
                                    WebhookUninstalled, WebhookPrivacy, WebhookNote, WebhookFault>;

// Pure. Topics are not signed: a body that does not look like its topic is a fault.
class WebhookDecoder {
public:
    virtual ~WebhookDecoder();
    virtual WebhookContent decode(const WebhookDelivery& delivery, Currency shopCurrency) const = 0;
};

} // namespace aiva
