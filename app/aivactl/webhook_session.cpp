#include "app/aivactl/webhook_session.h"

#include "app/aivactl/output.h"
#include "app/common/store_connection.h"

#include "core/adapters/webhook/webhook_listener.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTimer>

#include <csignal>

#include <unistd.h>

namespace aiva::ctl {

using namespace Qt::StringLiterals;

namespace {

// For a shop that is asked about a delivery and does not answer.
constexpr int kApplyMs = 60'000;
constexpr int kDoorMs = 10'000;
// For another process that syncs the store.
constexpr int kElsewhereMs = 5'000;

// A signal handler may only write a byte; the loop reads it and quits.
int stopPipe[2] = {-1, -1};
extern "C" void onStopSignal(int) {
    const char byte = 0;
    [[maybe_unused]] const auto written = ::write(stopPipe[1], &byte, 1);
}

QJsonObject settledJson(const SettledDelivery& delivery) {
    return {{u"event"_s, u"delivery"_s},   {u"source"_s, toWord(delivery.source)},
            {u"shop"_s, delivery.shop},    {u"id"_s, delivery.deliveryId},
            {u"topic"_s, delivery.topic},  {u"received_at"_s, delivery.receivedAt.isoText()},
            {u"status"_s, delivery.state}, {u"result"_s, delivery.result}};
}

} // namespace

WebhookSession::WebhookSession(const Workspace& workspace, Database& writer, const Clock& clock)
    : m_workspace(workspace)
    , m_writer(writer)
    , m_clock(clock)
    , m_keys(workspace)
    , m_adapters(webhookAdapters(workspace, clock))
    , m_health(writer, clock) {}

WebhookSession::~WebhookSession() = default;

Result<std::unique_ptr<WebhookSession>> WebhookSession::open(const Workspace& workspace, Database& writer,
                                                             const Clock& clock) {
    std::unique_ptr<WebhookSession> session(new WebhookSession(workspace, writer, clock));
    AIVA_CHECK(session->m_keys.read());
    WebhookSession* const self = session.get();
    AIVA_TRY(session->m_station,
             WebhookStation::create(writer, clock, session->m_adapters.decoder,
                                    [self](const StoreRow& store) { return self->makePort(store); }));
    connect(session->m_station.get(), &WebhookStation::syncWanted, self, &WebhookSession::sync);
    return session;
}

Result<std::unique_ptr<StorePort>> WebhookSession::makePort(const StoreRow& store) {
    AIVA_TRY(StoreSecrets secrets, StoreSecrets::open(m_workspace, m_writer));
    auto port = openStorePort(m_http, m_clock, secrets, store);
    if (port) m_health.watch(**port, store.id);
    return port;
}

void WebhookSession::sync(StoreId store) {
    if (m_syncs.contains(store)) return;
    const auto stores = StoreRepository::create(m_writer);
    const auto row = stores ? (*stores)->byId(store) : Result<std::optional<StoreRow>>(stores.error());
    if (!row || !*row) return;
    auto lease = takeStoreLease(m_workspace, store);
    if (!lease) {
        printError(lease.error());
        return;
    }
    if (!*lease) return syncLater(store);
    auto port = makePort(**row);
    if (!port) {
        printError(port.error());
        return;
    }
    SyncRequest request;
    request.store = store;
    request.kind = SyncKind::Incremental;
    request.trigger = SyncTrigger::Webhook;
    Sync& sync = m_syncs[store];
    sync.lease = *std::move(lease);
    sync.port = *std::move(port);
    sync.run = std::make_unique<StoreSyncRun>(m_workspace, m_writer, *sync.port, m_clock, request);
    // The run is still in its own function when it says so.
    connect(sync.run.get(), &StoreSyncRun::finished, this, [this, store](const SyncOutcome& outcome) {
        if (outcome.error) printError(*outcome.error);
        QTimer::singleShot(0, this, [this, store] {
            m_syncs.erase(store);
            if (const auto asked = m_station->askBuried(store); !asked) printError(asked.error());
            if (m_onSynced) m_onSynced();
        });
    });
    sync.run->start();
}

// What the other one brings was asked of the shop before this was wanted.
void WebhookSession::syncLater(StoreId store) {
    m_syncs.try_emplace(store);
    QTimer::singleShot(kElsewhereMs, this, [this, store] {
        m_syncs.erase(store);
        sync(store);
        if (m_syncs.empty() && m_onSynced) m_onSynced();
    });
}

QString WebhookSession::applyAll(const QString& id) {
    QString result;
    const auto noted = connect(m_station.get(), &WebhookStation::settled, this, [&](const SettledDelivery& delivery) {
        if (delivery.deliveryId == id) result = delivery.result;
    });
    applyRest();
    disconnect(noted);
    return result;
}

void WebhookSession::applyRest() {
    bool isOver = false;
    const auto stop = [&isOver] {
        isOver = true;
        QCoreApplication::quit();
    };
    const auto idle = connect(m_station.get(), &WebhookStation::idle, this, stop);
    QTimer patience;
    patience.setSingleShot(true);
    connect(&patience, &QTimer::timeout, this, stop);
    patience.start(kApplyMs);
    m_onSynced = [] { QCoreApplication::quit(); };
    m_station->start();
    while (!isOver || (!m_syncs.empty() && patience.isActive()))
        QCoreApplication::exec();
    m_onSynced = {};
    disconnect(idle);
}

void WebhookSession::printSettled(const Print& print) {
    connect(m_station.get(), &WebhookStation::settled, this, [this, print](const SettledDelivery& delivery) {
        ++m_received;
        print(settledJson(delivery), u"%1  %2  %3"_s.arg(delivery.topic, delivery.shop, delivery.result));
    });
    connect(m_station.get(), &WebhookStation::failed, this, [](const Error& error) { printError(error); });
}

// Who reads that it is ready may stop it at once. A listener whose port the machine closed ends it too: whoever runs
// this can start it again.
Result<int> WebhookSession::runUntilStopped(const Print& print, const std::function<void()>& sayReady,
                                            const WebhookListener* listener) {
    if (::pipe(stopPipe) != 0) return Error{ErrorKind::Internal, u"no pipe for signals"_s};
    QSocketNotifier signals(stopPipe[0], QSocketNotifier::Read);
    connect(&signals, &QSocketNotifier::activated, this, [] { QCoreApplication::quit(); });
    std::signal(SIGTERM, onStopSignal);
    std::signal(SIGINT, onStopSignal);
    const auto isShut = [listener] { return listener && !listener->isListening(); };
    QTimer door;
    connect(&door, &QTimer::timeout, this, [isShut] {
        if (isShut()) QCoreApplication::quit();
    });
    door.start(kDoorMs);
    sayReady();
    m_station->start();
    QCoreApplication::exec();
    m_station->setTaking(WebhookIntake::Taking::Off);
    if (isShut()) return Error{ErrorKind::Network, u"port %1 was closed by this machine"_s.arg(listener->port())};
    print({{u"event"_s, u"finished"_s}, {u"status"_s, u"completed"_s}, {u"deliveries"_s, m_received}},
          u"%1 deliveries"_s.arg(m_received));
    return static_cast<int>(Done);
}

Result<int> WebhookSession::listen(quint16 port, const Print& print) {
    AIVA_TRY(const auto listener, listenForWebhooks(port, m_station->inbox(), m_keys));
    printSettled(print);
    const auto sayReady = [&] {
        print({{u"event"_s, u"listening"_s}, {u"port"_s, listener->port()}},
              u"Listening on http://127.0.0.1:%1/webhooks/shopify and /webhooks/woocommerce"_s.arg(listener->port()));
    };
    return runUntilStopped(print, sayReady, listener.get());
}

Result<int> WebhookSession::pull(const PullPlace& place, const SecretString& account, Until until, const Print& print) {
    const bool isOnce = until == Until::Drained;
    std::optional<Error> error;
    bool wasTold = false;
    PullEvents events;
    events.changed = [&](const PullState& state) {
        error = state.error;
        if (error && !isOnce && !wasTold) printError(*error); // it goes on by itself, and says so once
        wasTold = error.has_value();
        if (error && isOnce) QCoreApplication::quit();
    };
    if (isOnce) events.drained = [] { QCoreApplication::quit(); };
    AIVA_CHECK(m_adapters.readKeys());
    using Kind = WebhookAdapters::PullKind;
    AIVA_TRY(auto puller, m_adapters.pull(place, account, isOnce ? Kind::AtOnce : Kind::Standing, m_station->sink(),
                                          std::move(events)));
    printSettled(print);
    const auto sayReady = [&] {
        print({{u"event"_s, u"pulling"_s}, {u"project"_s, place.project}, {u"subscription"_s, place.subscription}},
              u"Fetching from projects/%1/subscriptions/%2"_s.arg(place.project, place.subscription));
    };
    if (!isOnce) return runUntilStopped(print, sayReady);
    sayReady();
    QCoreApplication::exec();
    puller.reset();
    applyRest();
    if (error) return *error;
    print({{u"event"_s, u"finished"_s}, {u"status"_s, u"completed"_s}, {u"deliveries"_s, m_received}},
          u"%1 deliveries"_s.arg(m_received));
    return static_cast<int>(Done);
}

} // namespace aiva::ctl
