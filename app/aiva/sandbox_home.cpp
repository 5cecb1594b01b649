#include "app/aiva/sandbox_home.h"

#include "app/common/store_connection.h"
#include "app/sandbox/maildir.h"

#include <QDir>
#include <QSettings>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

ShopifyCredentials credentialsOf(const SandboxServer& server) {
    ShopifyCredentials credentials;
    credentials.shop = server.shopDomain();
    credentials.baseUrl = server.baseUrl();
    credentials.clientId = server.clientId();
    credentials.clientSecret = server.clientSecret();
    return credentials;
}

} // namespace

SandboxHome::SandboxHome(const QString& dir, const Clock& clock) : m_dir(dir), m_clock(clock) {}

SandboxHome::~SandboxHome() = default;

QString SandboxHome::mailDir() const {
    return m_dir + "/mail"_L1;
}

Result<std::unique_ptr<SandboxHome>> SandboxHome::open(const QString& cacheDir, const Clock& clock) {
    std::unique_ptr<SandboxHome> home(new SandboxHome(cacheDir + "/aiva/sandbox"_L1, clock));
    AIVA_CHECK(home->prepare());
    return home;
}

Result<void> SandboxHome::prepare() {
    if (!QDir().mkpath(m_dir))
        return Error{ErrorKind::Storage, u"the sandbox folder cannot be made"_s, ErrorCause::ReadOnlyDisk};
    // The invented world has a "now" of its own: the moment it was made, so that it stays the same world.
    QSettings world(m_dir + "/world.ini"_L1, QSettings::IniFormat);
    if (!world.contains(u"now"_s)) world.setValue(u"now"_s, m_clock.now().ms());
    m_options.now = UtcTime(world.value(u"now"_s).toLongLong());
    AIVA_TRY(m_server, SandboxServer::start(m_options));

    UnlockOptions unlock;
    unlock.workspaceDir = m_dir + "/Acme Outdoor"_L1;
    unlock.keyFile = m_dir + "/key"_L1;
    if (!Workspace::exists(unlock.workspaceDir)) {
        AIVA_TRY(m_workspace, initWorkspace(unlock));
    } else {
        AIVA_TRY(m_workspace, openWorkspace(unlock));
    }
    if (!QDir(mailDir()).exists()) {
        const QString unfinished = mailDir() + ".new"_L1;
        QDir(unfinished).removeRecursively();
        AIVA_CHECK(writeMaildir(m_options, unfinished));
        if (!QDir().rename(unfinished, mailDir()))
            return Error{ErrorKind::Storage, u"the sandbox's mail cannot be put in place"_s, ErrorCause::ReadOnlyDisk};
    }
    return {};
}

Future<bool> SandboxHome::connectStore() {
    auto moved = [this]() -> Result<bool> {
        AIVA_TRY(const auto writer, m_workspace->openWriter());
        return moveStore(*writer);
    }();
    if (!moved) return readyFuture<bool>(moved.error());
    if (*moved) return readyFuture<bool>(false);
    m_http = std::make_unique<HttpTransport>();
    auto port = tryShopify(*m_http, m_clock, credentialsOf(*m_server));
    if (!port) return readyFuture<bool>(port.error());
    m_port = *std::move(port);
    return andThen(m_port->shop(), this, [this](const ShopFacts& facts) { return readyFuture(saveStore(facts)); });
}

// True when the store was already there and now points at this run's port.
Result<bool> SandboxHome::moveStore(Database& writer) {
    AIVA_TRY(const auto stores, StoreRepository::create(writer));
    AIVA_TRY(const std::vector<StoreRow> rows, stores->all());
    for (StoreRow row : rows) {
        if (row.domain != m_server->shopDomain()) continue;
        row.baseUrl = m_server->baseUrl();
        AIVA_CHECK(stores->save(row));
        return true;
    }
    return false;
}

Result<bool> SandboxHome::saveStore(const ShopFacts& facts) {
    AIVA_TRY(const auto writer, m_workspace->openWriter());
    AIVA_TRY(StoreSecrets secrets, StoreSecrets::open(*m_workspace, *writer));
    AIVA_CHECK(saveShopify(*writer, secrets, m_clock, credentialsOf(*m_server), facts));
    return true;
}

} // namespace aiva
