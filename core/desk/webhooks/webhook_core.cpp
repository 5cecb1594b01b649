#include "core/desk/webhooks/webhook_core.h"

#include "core/base/log.h"

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kListenSetting = "webhook.listen"_L1; // on, off
constexpr auto kPortSetting = "webhook.port"_L1;
constexpr qint64 kFreshMs = 60'000; // what was read this short ago is not asked for again
constexpr int kStateMs = 1'000;
constexpr int kDoorMs = 10'000; // WooCommerce gives an address up that failed six times in a row
// Not while the desk opens; then as often as a door that could not be opened is tried again.
constexpr int kFirstCareMs = 60'000;
constexpr int kCareMs = 10 * 60'000;

} // namespace

WebhookCore::WebhookCore(Database& writer, const Clock& clock, const WebhookAdapters& adapters, StorePortMaker makePort,
                         std::shared_ptr<std::atomic<int>> waiting)
    : m_writer(writer)
    , m_clock(clock)
    , m_adapters(adapters)
    , m_makePort(std::move(makePort))
    , m_waiting(std::move(waiting))
    , m_stateTimer(this)
    , m_doorTimer(this)
    , m_careTimer(this) {
    m_stateTimer.setSingleShot(true);
    m_stateTimer.setInterval(kStateMs);
    connect(&m_stateTimer, &QTimer::timeout, this, &WebhookCore::stateChanged);
    connect(&m_doorTimer, &QTimer::timeout, this, &WebhookCore::reopenDoor);
    connect(&m_careTimer, &QTimer::timeout, this, &WebhookCore::care);
}

WebhookCore::~WebhookCore() {
    end();
}

void WebhookCore::end() {
    m_lostPort = 0;
    m_doorTimer.stop();
    if (!m_listener) return;
    m_station->setTaking(WebhookIntake::Taking::Off);
    m_listener.reset();
    m_station->setTaking(WebhookIntake::Taking::On);
}

Result<void> WebhookCore::open() {
    AIVA_TRY(m_settings, SettingsRepository::create(m_writer));
    AIVA_TRY(m_queue, WebhookQueue::create(m_writer));
    AIVA_TRY(m_station, WebhookStation::create(m_writer, m_clock, m_adapters.decoder, m_makePort, m_waiting));
    AIVA_TRY(m_subscriber, WebhookSubscriber::create(m_writer, m_adapters, m_makePort));
    m_pull = std::make_unique<PullCore>(m_writer, m_adapters, *m_settings, m_station->sink());
    m_care = std::make_unique<WebhookCare>(m_writer, m_clock, *m_subscriber, [this](WebhookWay way) {
        return way == WebhookWay::Tunnel ? port() > 0 : m_pull->state().has_value();
    });
    const WebhookStation* station = m_station.get();
    connect(station, &WebhookStation::rowsChanged, this, &WebhookCore::rowsChanged);
    connect(station, &WebhookStation::conversationsMatched, this, &WebhookCore::conversationsMatched);
    connect(station, &WebhookStation::storesChanged, this, &WebhookCore::storesChanged);
    connect(station, &WebhookStation::parted, this, &WebhookCore::parted);
    connect(station, &WebhookStation::syncWanted, this, &WebhookCore::syncWanted);
    connect(station, &WebhookStation::failed, this, &WebhookCore::failed);
    connect(station, &WebhookStation::settled, this, &WebhookCore::noteState);
    connect(m_pull.get(), &PullCore::changed, this, &WebhookCore::noteState);
    connect(m_care.get(), &WebhookCare::mended, this, &WebhookCore::noteState);
    return {};
}

void WebhookCore::start() {
    m_station->start();
    if (const auto listens = listenAsSet(); !listens) {
        m_listenError = listens.error();
        Q_EMIT failed(listens.error());
    }
    if (const auto pulls = m_pull->start(); !pulls) Q_EMIT failed(pulls.error());
    m_careTimer.start(kFirstCareMs);
}

// A port may be free by now, and a keychain open. Why not stands in the status; it was told when it began.
void WebhookCore::care() {
    m_careTimer.start(kCareMs);
    reopenDoor();
    if (!m_listener && m_listenError && m_lostPort == 0) {
        if (const auto listens = listenAsSet(); !listens) m_listenError = listens.error();
        noteState();
    }
    m_pull->startAgain();
    m_care->look();
}

// One that the machine closed, as where it has no file handle left; nobody else notices. Said once, and tried until
// it is open again: shops give an address up sooner than care() comes by.
void WebhookCore::reopenDoor() {
    if (m_listener && m_listener->isListening()) return;
    if (m_listener) {
        m_lostPort = m_listener->port();
        qCWarning(logSync, "port %d of webhooks was closed by this machine", m_lostPort);
    }
    if (m_lostPort == 0) return;
    const quint16 lost = m_lostPort;
    if (const auto begun = begin(lost); !begun) {
        m_listenError = begun.error();
        m_lostPort = lost;
        m_doorTimer.start(kDoorMs);
    }
    noteState();
}

Result<void> WebhookCore::listenAsSet() {
    AIVA_TRY(const auto listens, m_settings->value(kListenSetting));
    if (listens != u"on"_s) return {};
    AIVA_TRY(const auto port, m_settings->value(kPortSetting));
    return begin(static_cast<quint16>(port.value_or(QString()).toUInt()));
}

Result<void> WebhookCore::begin(quint16 port) {
    end();
    AIVA_CHECK(m_adapters.readKeys());
    AIVA_TRY(m_listener, m_adapters.listen(port, m_station->inbox()));
    m_listenError.reset();
    m_doorTimer.start(kDoorMs);
    return {};
}

Result<quint16> WebhookCore::listen(std::optional<quint16> port) {
    noteState();
    if (port) {
        AIVA_CHECK(begin(*port));
        AIVA_CHECK(m_settings->setValue(kPortSetting, QString::number(*port)));
    } else {
        end();
        m_listenError.reset();
    }
    AIVA_CHECK(m_settings->setValue(kListenSetting, port ? u"on"_s : u"off"_s));
    return this->port();
}

void WebhookCore::attend(ConversationId conversation) {
    if (!conversation.isValid()) return;
    const qint64 now = m_clock.monotonicMs();
    std::erase_if(m_attendedAt, [now](const auto& one) { return now - one.second >= kFreshMs; });
    if (!m_attendedAt.emplace(conversation, now).second) return;
    const auto asked = m_station->askAbout(conversation, m_clock.now().plusMs(-kFreshMs));
    if (!asked) Q_EMIT failed(asked.error());
}

void WebhookCore::readKeys() {
    if (!m_listener && !m_pull->state()) return;
    if (const auto read = m_adapters.readKeys(); !read) Q_EMIT failed(read.error());
}

void WebhookCore::synced(StoreId store) {
    if (const auto asked = m_station->askBuried(store); !asked) Q_EMIT failed(asked.error());
}

void WebhookCore::noteState() {
    if (!m_stateTimer.isActive()) m_stateTimer.start();
}

Result<WebhookStatus> WebhookCore::status(StoreId store) {
    WebhookStatus status;
    AIVA_TRY(status.address, m_subscriber->keptAddress(store));
    status.way = webhookWayOf(status.address);
    status.port = port();
    AIVA_TRY(const auto wanted, m_settings->value(kPortSetting));
    status.wantedPort = static_cast<quint16>(wanted.value_or(QString()).toUInt());
    status.listenError = m_listenError;
    AIVA_TRY(status.place, m_pull->place());
    status.hasAccount = m_pull->hasAccount();
    status.pull = m_pull->state();
    status.pullError = m_pull->error();
    AIVA_CHECK(addCounts(store, status));
    return status;
}

Result<void> WebhookCore::addCounts(StoreId store, WebhookStatus& status) {
    AIVA_TRY(const auto stores, StoreRepository::create(m_writer));
    AIVA_TRY(const auto row, stores->byId(store));
    if (!row) return Error{ErrorKind::NotFound, u"no store has this id"_s};
    AIVA_TRY(status.lastDeliveryAt, m_queue->lastReceived(row->kind, row->domain));
    AIVA_TRY(const auto refusals, m_queue->refusals(m_clock.now()));
    qint64 most = 0;
    for (const RefusalCount& refusal : refusals) {
        if (refusal.source != row->kind) continue;
        status.refusedToday += refusal.deliveries;
        if (refusal.deliveries <= most) continue;
        most = refusal.deliveries;
        status.refusedWhy = refusal.reason;
    }
    return {};
}

// One subscription is fetched from, and it has one topic: a store that delivers into another would fall silent.
Result<bool> WebhookCore::isAnotherTopicHeard(StoreId store, const QString& address) {
    AIVA_TRY(const auto stores, StoreRepository::create(m_writer));
    AIVA_TRY(const auto rows, stores->all());
    for (const StoreRow& row : rows) {
        if (row.id == store || row.status == StoreStatus::Disconnected) continue;
        AIVA_TRY(const QString other, m_subscriber->keptAddress(row.id));
        if (webhookWayOf(other) == WebhookWay::PubSub && other != address) return true;
    }
    return false;
}

Future<bool> WebhookCore::openDoor(StoreId store, const WebhookChoice& choice) {
    if (!choice.key.isEmpty())
        if (const auto kept = m_subscriber->keepKey(store, choice.key); !kept) return readyFuture<bool>(kept.error());
    if (choice.way == WebhookWay::PubSub) {
        const auto isHeard = isAnotherTopicHeard(store, choice.deliveryAddress());
        if (!isHeard) return readyFuture<bool>(isHeard.error());
        if (*isHeard)
            return readyFuture<bool>(Error{ErrorKind::Refused, u"another store delivers into another topic"_s});
        return m_pull->open(choice.place, choice.account);
    }
    if (choice.way == WebhookWay::Off) return readyFuture<bool>(true);
    // Another port is taken only when it can be had: until then the former one is listened on.
    if (port() > 0 && port() == choice.port) {
        if (const auto read = m_adapters.readKeys(); !read) return readyFuture<bool>(read.error());
        return readyFuture<bool>(true);
    }
    const auto listening = listen(choice.port);
    if (!listening) {
        if (const auto former = listenAsSet(); !former) m_listenError = former.error();
        return readyFuture<bool>(listening.error());
    }
    return readyFuture<bool>(true);
}

Future<SubscriptionReport> WebhookCore::subscribe(StoreId store, const QString& address) {
    const WebhookWay former = webhookWayOf(m_subscriber->keptAddress(store).value_or(QString()));
    const auto ask = [this, store, address] { return m_subscriber->subscribe(store, address); };
    return settled(m_care->afterMending(store, ask), former);
}

Future<SubscriptionReport> WebhookCore::stop(StoreId store) {
    const WebhookWay former = webhookWayOf(m_subscriber->keptAddress(store).value_or(QString()));
    const auto ask = [this, store] { return m_subscriber->unsubscribe(store); };
    return settled(m_care->afterMending(store, ask), former);
}

// A store's own key may have been made just now, and a door may be needed by nobody any more.
Future<SubscriptionReport> WebhookCore::settled(const Future<SubscriptionReport>& asked, WebhookWay former) {
    return andThen(asked, this, [this, former](const SubscriptionReport& report) {
        readKeys();
        noteState();
        const bool hasLeft = former != webhookWayOf(report.address);
        const auto closed = hasLeft ? closeAfter(former) : Result<void>();
        if (!closed) Q_EMIT failed(closed.error());
        return readyFuture<SubscriptionReport>(report);
    });
}

// The door stays open while another store's deliveries come through it.
Result<void> WebhookCore::closeAfter(WebhookWay left) {
    if (left == WebhookWay::Off) return {};
    AIVA_TRY(const auto stores, StoreRepository::create(m_writer));
    AIVA_TRY(const auto rows, stores->all());
    for (const StoreRow& row : rows) {
        AIVA_TRY(const QString address, m_subscriber->keptAddress(row.id));
        // Of a store that was parted from an address is left where the shop could not be told.
        if (row.status != StoreStatus::Disconnected && webhookWayOf(address) == left) return {};
    }
    if (left == WebhookWay::PubSub) return m_pull->close();
    AIVA_CHECK(listen(std::nullopt));
    return {};
}

} // namespace aiva
