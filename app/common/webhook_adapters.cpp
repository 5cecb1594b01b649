#include "app/common/webhook_adapters.h"

#include "app/common/secrets_claim.h"
#include "app/common/store_connection.h"

#include "core/adapters/pubsub/pubsub_puller.h"
#include "core/adapters/store/shopify/webhook_decoder.h"
#include "core/adapters/webhook/named_records_decoder.h"
#include "core/adapters/webhook/webhook_listener.h"
#include "core/base/log.h"

#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QUrl>

#include <array>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

// Shopify names its shops by their domain. WooCommerce gives the address the site has for itself, which may have a www
// that was not typed, or lack one that was.
QString shopKey(StoreKind source, const QString& name) {
    const QString lower = name.toLower();
    if (source == StoreKind::Shopify) return lower;
    const QUrl url(lower.contains("://"_L1) ? lower : "https://"_L1 + lower);
    QString path = url.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    const QString port = url.port() > 0 ? u":%1"_s.arg(url.port()) : QString();
    const QString host = url.host();
    return (host.startsWith("www."_L1) ? host.mid(4) : host) + port + path;
}

constexpr qint64 kReadAgainMs = 1'000;
constexpr qint64 kUnreadableMs = 60'000;

// 256 bits, in letters that no shop escapes.
SecretString freshWebhookKey() {
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    QByteArray text = QByteArray::fromRawData(reinterpret_cast<const char*>(words.data()), sizeof words).toHex();
    wipeMemory(words.data(), sizeof words);
    return SecretString::takeFrom(text);
}

// Not the workspace's id itself, which names its key in the keychain.
QString subscriptionMark(const Workspace& workspace) {
    const auto id = Workspace::keyId(workspace.dir());
    if (!id) return {};
    const QByteArray digest = QCryptographicHash::hash("webhooks of " + id->toUtf8(), QCryptographicHash::Sha256);
    return u"aiva-"_s + QString::fromLatin1(digest.toHex().left(8));
}

Result<WebhookKey> keyOfStore(const Workspace& workspace, Database& writer, const StoreRow& row) {
    AIVA_TRY(StoreSecrets secrets, StoreSecrets::open(workspace, writer));
    WebhookKey key;
    if (row.kind == StoreKind::WooCommerce) {
        // Two processes that find none would make two, and a shop would sign with the one that is not kept.
        AIVA_TRY(const auto claim, claimSecrets(workspace));
        AIVA_TRY(const auto own, secrets.ownWebhookKey(row));
        key.isNew = !own;
        key.own = own ? *own : freshWebhookKey();
        // On the disk before a shop signs with it.
        if (key.isNew) AIVA_CHECK(secrets.saveWebhookKey(row, key.own));
        key.canProve = true;
        return key;
    }
    AIVA_TRY(const auto all, secrets.webhookKeys(row));
    key.canProve = !all.empty();
    return key;
}

// Only Shopify delivers into Pub/Sub. What is no shop's of ours is booked and done with: it would come for ever. But
// nothing is dropped before the keys are as they are now.
Result<void> takePulled(const std::vector<PulledMessage>& messages, StoreWebhookKeys& keys, WebhookSink& sink) {
    std::vector<WebhookDelivery> deliveries;
    bool isKeyKnown = false;
    for (const PulledMessage& message : messages) {
        if (message.isBroken) {
            sink.noteRefusal(StoreKind::Shopify, u"malformed"_s);
            continue;
        }
        WebhookRequest request;
        request.headers = message.attributes;
        request.body = message.body;
        WebhookVerdict verdict = judgeWebhook(request, keys, WebhookRoute::PubSub);
        if (wantsAnotherKey(verdict) && !std::exchange(isKeyKnown, true)) {
            AIVA_CHECK(keys.read());
            verdict = judgeWebhook(request, keys, WebhookRoute::PubSub);
        }
        if (auto* delivery = std::get_if<WebhookDelivery>(&verdict)) deliveries.push_back(std::move(*delivery));
        if (const auto* refused = std::get_if<WebhookRefused>(&verdict))
            sink.noteRefusal(StoreKind::Shopify, refused->reason);
    }
    if (deliveries.empty()) return {};
    AIVA_CHECK(sink.storeAll(deliveries));
    return {};
}

} // namespace

std::optional<WebhookKeys::Shop> StoreWebhookKeys::find(StoreKind source, const QString& name) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_shops.find({source, shopKey(source, name)});
    return found == m_shops.end() ? std::nullopt : std::optional(found->second);
}

bool StoreWebhookKeys::readAgain() {
    const std::unique_lock reading(m_reading, std::try_to_lock);
    if (!reading.owns_lock()) return false;
    const qint64 rest = m_isReadable ? kReadAgainMs : kUnreadableMs;
    if (m_sinceReadAgain.isValid() && m_sinceReadAgain.elapsed() < rest) return false;
    const auto isRead = readLocked();
    m_isReadable = isRead.has_value();
    m_sinceReadAgain.start();
    if (!isRead)
        qCWarning(logSync, "the stores' keys could not be read: %s", qUtf8Printable(errorWords(isRead.error())));
    return m_isReadable;
}

Result<void> StoreWebhookKeys::read() {
    const std::lock_guard reading(m_reading);
    const auto isRead = readLocked();
    m_isReadable = isRead.has_value();
    return isRead;
}

Result<void> StoreWebhookKeys::readLocked() {
    AIVA_TRY(const auto reader, m_workspace.openReader());
    AIVA_TRY(const auto stores, StoreRepository::create(*reader));
    AIVA_TRY(StoreSecrets secrets, StoreSecrets::open(m_workspace, *reader));
    AIVA_TRY(const std::vector<StoreRow> rows, stores->all());
    std::map<std::pair<StoreKind, QString>, Shop> shops;
    for (const StoreRow& row : rows) {
        if (row.kind != StoreKind::Shopify && row.kind != StoreKind::WooCommerce) continue;
        AIVA_TRY(std::vector<SecretString> keys, secrets.webhookKeys(row));
        // A keychain that is locked for the night says of every key that it is not there, which takes none back.
        const bool isConnected = row.status != StoreStatus::Disconnected;
        if (keys.empty() && isConnected && !isByToken(row))
            if (auto known = find(row.kind, row.domain); known && known->domain == row.domain)
                keys = std::move(known->keys);
        // One without a key is known all the same while it is connected: what cannot be proved is told from what is
        // not ours. Shopify asks to drop a shop's data two days after it was parted from: where no key is needed
        // (Pub/Sub), that must not be taken for a stranger's.
        const bool isParted = keys.empty() && !isConnected;
        if (isParted && row.kind != StoreKind::Shopify) continue;
        shops[{row.kind, shopKey(row.kind, row.domain)}] = Shop{row.domain, std::move(keys), isParted};
    }
    const std::lock_guard lock(m_mutex);
    m_shops.swap(shops);
    return {};
}

namespace {

struct WebhookParts {
    explicit WebhookParts(const Workspace& workspace) : keys(workspace) {}

    StoreWebhookKeys keys;
    std::unique_ptr<HttpTransport> transport; // of the core thread, for who pulls; made at first use
    std::unique_ptr<WebhookDecoder> shopify = makeShopifyWebhookDecoder();
    std::unique_ptr<WebhookDecoder> woocommerce = makeWooCommerceWebhookDecoder();
};

void addPulling(WebhookAdapters& adapters, const std::shared_ptr<WebhookParts>& parts, const Workspace& workspace,
                const Clock& clock) {
    using Kind = WebhookAdapters::PullKind;
    adapters.pull = [parts, &clock](const PullPlace& place, const SecretString& account, Kind kind, WebhookSink& sink,
                                    PullEvents events) {
        if (!parts->transport) parts->transport = std::make_unique<HttpTransport>();
        events.take = [parts, &sink](const std::vector<PulledMessage>& messages) {
            return takePulled(messages, parts->keys, sink);
        };
        return pullFromPubSub(*parts->transport, clock, place, account,
                              kind == Kind::AtOnce ? PullWait::AtOnce : PullWait::Patient, std::move(events));
    };
    adapters.readAccount = [](const SecretString& file) -> Result<SecretString> {
        AIVA_TRY(const ServiceAccount account, ServiceAccount::parse(file));
        return account.kept();
    };
    adapters.account = [&workspace](Database& database) -> Result<std::optional<SecretString>> {
        AIVA_TRY(StoreSecrets secrets, StoreSecrets::open(workspace, database));
        return secrets.pullAccount();
    };
    adapters.keepAccount = [&workspace](Database& writer, const SecretString& account) -> Result<void> {
        AIVA_TRY(StoreSecrets secrets, StoreSecrets::open(workspace, writer));
        return secrets.savePullAccount(account);
    };
}

} // namespace

WebhookAdapters webhookAdapters(const Workspace& workspace, const Clock& clock) {
    const auto parts = std::make_shared<WebhookParts>(workspace);
    WebhookAdapters adapters;
    adapters.decoder = [parts](StoreKind source) -> const WebhookDecoder* {
        if (source == StoreKind::Shopify) return parts->shopify.get();
        return source == StoreKind::WooCommerce ? parts->woocommerce.get() : nullptr;
    };
    adapters.listen = [parts](quint16 port, WebhookInbox& inbox) {
        return listenForWebhooks(port, inbox, parts->keys);
    };
    adapters.readKeys = [parts] { return parts->keys.read(); };
    adapters.mark = subscriptionMark(workspace);
    adapters.key = [&workspace](Database& writer, const StoreRow& row) { return keyOfStore(workspace, writer, row); };
    adapters.keepKey = [&workspace](Database& writer, const StoreRow& row, const SecretString& key) -> Result<void> {
        AIVA_TRY(StoreSecrets secrets, StoreSecrets::open(workspace, writer));
        return secrets.saveWebhookKey(row, key);
    };
    addPulling(adapters, parts, workspace, clock);
    return adapters;
}

} // namespace aiva
