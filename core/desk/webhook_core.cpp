#include "core/desk/webhook_core.h"

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kListenSetting = "webhook.listen"_L1; // on, off
constexpr auto kPortSetting = "webhook.port"_L1;
constexpr qint64 kFreshMs = 60'000; // what was read this short ago is not asked for again

} // namespace

WebhookCore::WebhookCore(Database& writer, const Clock& clock, const WebhookAdapters& adapters, StorePortMaker makePort,
                         std::shared_ptr<std::atomic<int>> waiting)
    : m_writer(writer)
    , m_clock(clock)
    , m_adapters(adapters)
    , m_makePort(std::move(makePort))
    , m_waiting(std::move(waiting)) {}

WebhookCore::~WebhookCore() {
    end();
}

void WebhookCore::end() {
    if (!m_listener) return;
    m_station->setTaking(WebhookIntake::Taking::Off);
    m_listener.reset();
    m_station->setTaking(WebhookIntake::Taking::On);
}

Result<void> WebhookCore::open() {
    AIVA_TRY(m_settings, SettingsRepository::create(m_writer));
    AIVA_TRY(m_station, WebhookStation::create(m_writer, m_clock, m_adapters.decoder, m_makePort, m_waiting));
    const WebhookStation* station = m_station.get();
    connect(station, &WebhookStation::rowsChanged, this, &WebhookCore::rowsChanged);
    connect(station, &WebhookStation::conversationsMatched, this, &WebhookCore::conversationsMatched);
    connect(station, &WebhookStation::storesChanged, this, &WebhookCore::storesChanged);
    connect(station, &WebhookStation::syncWanted, this, &WebhookCore::syncWanted);
    connect(station, &WebhookStation::failed, this, &WebhookCore::failed);
    return {};
}

void WebhookCore::start() {
    m_station->start();
    if (const auto listens = listenAsSet(); !listens) Q_EMIT failed(listens.error());
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
    return {};
}

Result<quint16> WebhookCore::listen(std::optional<quint16> port) {
    if (port) {
        AIVA_CHECK(begin(*port));
        AIVA_CHECK(m_settings->setValue(kPortSetting, QString::number(*port)));
    } else {
        end();
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
    if (!m_listener) return;
    if (const auto read = m_adapters.readKeys(); !read) Q_EMIT failed(read.error());
}

} // namespace aiva
