#include "core/desk/stores/store_core.h"

#include "core/base/log.h"
#include "core/desk/stores/sync_schedule.h"
#include "core/webhook/webhook_subscriber.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace aiva {
namespace {

Error notOffered() {
    return {ErrorKind::Refused, u"this desk cannot connect such a store"_s, ErrorCause::NotSupported};
}

Error givenUp() {
    return {ErrorKind::Refused, u"cancelled"_s};
}

template <typename T>
std::function<void(Result<T>)> answerOf(const std::shared_ptr<QPromise<Result<T>>>& promise) {
    promise->start();
    return [promise](Result<T> result) {
        promise->addResult(std::move(result));
        promise->finish();
    };
}

} // namespace

StoreCore::StoreCore(Database& writer, const Clock& clock, const DeskAdapters& adapters, SyncDispatcher& syncs)
    : m_writer(writer), m_clock(clock), m_adapters(adapters), m_syncs(syncs) {
    connect(&syncs, &SyncDispatcher::compared, this, &StoreCore::compared);
    connect(&syncs, &SyncDispatcher::noticed, this, &StoreCore::noticed);
}

StoreCore::~StoreCore() {
    cancelSignIn();
}

Result<StoreSignIn> StoreCore::withGrant(const StoreSignIn& signIn) const {
    if (signIn.grant.isEmpty()) return signIn;
    if (!m_granted || !m_granted->name.equals(signIn.grant))
        return Error{ErrorKind::Auth, u"this sign-in in the browser is over"_s, ErrorCause::TokenRefused};
    StoreSignIn whole = signIn;
    whole.grant = m_granted->grant;
    return whole;
}

Result<StorePort*> StoreCore::open(const StoreSignIn& signIn) {
    if (!m_adapters.stores.tryStore) return notOffered();
    AIVA_TRY(const StoreSignIn whole, withGrant(signIn));
    AIVA_TRY(auto port, m_adapters.stores.tryStore(whole));
    StorePort* const opened = port.get();
    m_ports.emplace(opened, std::move(port));
    return opened;
}

void StoreCore::close(StorePort* port) {
    QTimer::singleShot(0, this, [this, port] { m_ports.erase(port); });
}

Future<SecretString> StoreCore::signIn(const StoreSignIn& signIn) {
    if (!m_adapters.stores.signIn) return readyFuture<SecretString>(notOffered());
    m_granted.reset();
    const int number = ++m_signIns;
    return andThen(m_adapters.stores.signIn(signIn, [this](const QUrl& url) { Q_EMIT openUrl(url); }), this,
                   [this, number](const SecretString& grant) {
                       if (number != m_signIns) return readyFuture<SecretString>(givenUp());
                       const QByteArray name = "grant " + QByteArray::number(number);
                       m_granted = Granted{SecretString(name.toStdString()), grant};
                       return readyFuture<SecretString>(m_granted->name);
                   });
}

void StoreCore::cancelSignIn() {
    ++m_signIns;
    m_granted.reset();
    if (m_adapters.stores.cancelSignIn) m_adapters.stores.cancelSignIn();
}

Future<ShopFacts> StoreCore::test(const StoreSignIn& signIn) {
    const auto port = open(signIn);
    if (!port) return readyFuture<ShopFacts>(port.error());
    auto promise = std::make_shared<QPromise<Result<ShopFacts>>>();
    const auto answer = answerOf(promise);
    whenDone((*port)->shop(), this, [this, answer, shop = *port](const Result<ShopFacts>& facts) {
        close(shop);
        answer(facts);
    });
    return promise->future();
}

Future<StoreId> StoreCore::connectStore(const StoreSignIn& signIn) {
    return andThen(test(signIn), this, [this, signIn, connect = ++m_connects](const ShopFacts& facts) {
        if (connect != m_connects) return readyFuture<StoreId>(givenUp());
        const auto id = keep(signIn, facts);
        if (id) {
            m_granted.reset();
            begin(*id);
        }
        return readyFuture(id);
    });
}

void StoreCore::cancelConnect() {
    ++m_connects;
}

Result<StoreId> StoreCore::keep(const StoreSignIn& signIn, const ShopFacts& facts) {
    if (!m_adapters.stores.save) return notOffered();
    AIVA_TRY(const StoreSignIn whole, withGrant(signIn));
    return m_adapters.stores.save(m_writer, whole, facts);
}

// What may still run for the store has the keys of before: it would be refused, and take the new ones for bad.
void StoreCore::begin(StoreId store) {
    Q_EMIT storesChanged();
    Q_EMIT keysChanged();
    m_syncs.release(store, [this, store] { m_syncs.sync(store, SyncKind::Full, SyncTrigger::User); });
}

Result<bool> StoreCore::rename(StoreId store, const QString& name) {
    const QString trimmed = name.trimmed();
    if (trimmed.isEmpty()) return Error{ErrorKind::Invalid, u"a store needs a name"_s};
    AIVA_TRY(const auto stores, StoreRepository::create(m_writer));
    AIVA_CHECK(stores->rename(store, trimmed));
    Q_EMIT storesChanged();
    return true;
}

Result<bool> StoreCore::setSchedule(StoreId store, const QString& schedule) {
    if (schedule != "manual"_L1 && !scheduleIntervalMs(schedule))
        return Error{ErrorKind::Invalid, u"no such schedule"_s};
    AIVA_TRY(const auto stores, StoreRepository::create(m_writer));
    AIVA_CHECK(stores->setSchedule(store, schedule));
    Q_EMIT storesChanged();
    return true;
}

// A shop that cannot be told is still disconnected here: the credentials are forgotten either way (C7).
Future<bool> StoreCore::disconnectStore(StoreId store) {
    const auto stores = StoreRepository::create(m_writer);
    const auto row = stores ? (*stores)->byId(store) : stores.error();
    if (!row) return readyFuture<bool>(row.error());
    if (!*row) return readyFuture<bool>(Error{ErrorKind::NotFound, u"no such store"_s});
    auto promise = std::make_shared<QPromise<Result<bool>>>();
    const auto answer = answerOf(promise);
    m_syncs.release(store, [this, answer, known = **row] {
        // First of all, for nothing may begin by itself while the shop takes its time to answer.
        if (const auto parted = setParted(known.id); !parted) return answer(parted.error());
        whenDone(revoke(known), this, [this, answer, known](const Result<bool>& revoked) {
            answer(forget(known, revoked.value_or(false)));
            Q_EMIT storesChanged();
            Q_EMIT keysChanged();
        });
    });
    return promise->future();
}

Future<bool> StoreCore::revoke(const StoreRow& row) {
    auto made = m_adapters.storePort(row);
    if (!made) return readyFuture<bool>(false);
    StorePort* const port = made->get();
    m_ports.emplace(port, *std::move(made));
    auto promise = std::make_shared<QPromise<Result<bool>>>();
    const auto answer = answerOf(promise);
    whenDone(takeBack(port, row.id), this, [this, answer, port](const Result<bool>&) {
        whenDone(port->revoke(), this, [this, answer, port](const Result<bool>& revoked) {
            close(port);
            answer(revoked);
        });
    });
    return promise->future();
}

// What the shop was asked to tell it tells nobody any more; asked only where something was subscribed to.
Future<bool> StoreCore::takeBack(StorePort* port, StoreId store) {
    const auto subscriber = WebhookSubscriber::create(m_writer, m_adapters.webhooks, m_adapters.storePort);
    const auto address = subscriber ? (*subscriber)->keptAddress(store) : Result<QString>(subscriber.error());
    if (!address || address->isEmpty()) return readyFuture<bool>(true);
    auto promise = std::make_shared<QPromise<Result<bool>>>();
    const auto answer = answerOf(promise);
    whenDone(takeBackWebhooks(*port, m_adapters.webhooks.mark, this), this,
             [this, answer, store](const Result<SubscriptionReport>& report) {
                 const auto error = report ? report->firstError() : std::optional<Error>(report.error());
                 if (error) qCWarning(logSync, "webhooks stay at the shop: %s", qUtf8Printable(errorWords(*error)));
                 if (error) return answer(false);
                 const auto settings = WebhookSubscriber::create(m_writer, m_adapters.webhooks, m_adapters.storePort);
                 answer(settings && (*settings)->keepAddress(store, {}));
             });
    return promise->future();
}

Result<void> StoreCore::setParted(StoreId store, const QString& lastError) {
    AIVA_TRY(const auto stores, StoreRepository::create(m_writer));
    AIVA_CHECK(stores->setStatus(store, StoreStatus::Disconnected, lastError));
    Q_EMIT storesChanged();
    return {};
}

// A keychain that is locked keeps what it has; the store is disconnected all the same, and the row says why it can be
// asked for again.
Result<bool> StoreCore::forget(const StoreRow& row, bool isRevoked) {
    if (!m_adapters.stores.removeSecrets) return isRevoked;
    const auto removed = m_adapters.stores.removeSecrets(m_writer, row);
    if (removed) return isRevoked;
    if (removed.error().kind == ErrorKind::Conflict) return removed.error(); // connected again meanwhile
    AIVA_CHECK(setParted(row.id, errorWords(removed.error())));
    return removed.error();
}

Future<CsvImportOutcome> StoreCore::importFiles(const CsvImportRequest& request) {
    if (!m_adapters.stores.recordFiles) return readyFuture<CsvImportOutcome>(notOffered());
    if (m_import)
        return readyFuture<CsvImportOutcome>(Error{ErrorKind::Conflict, u"files are being imported already"_s});
    m_files = m_adapters.stores.recordFiles();
    m_import = std::make_unique<CsvImportRun>(*m_files, m_writer, m_clock, request);
    auto promise = std::make_shared<QPromise<Result<CsvImportOutcome>>>();
    const auto answer = answerOf(promise);
    const CsvImportRun* run = m_import.get();
    connect(run, &CsvImportRun::progressed, this, &StoreCore::importProgressed);
    connect(run, &CsvImportRun::finished, this,
            [this, answer, isDryRun = request.mode == CsvImportRequest::Mode::DryRun](const CsvImportOutcome& outcome) {
                m_import.release()->deleteLater(); // it is in its own signal
                if (!isDryRun) {
                    Q_EMIT imported();
                    Q_EMIT storesChanged();
                }
                answer(outcome);
            });
    m_import->start();
    return promise->future();
}

void StoreCore::cancelImport() {
    if (m_import) m_import->cancel();
}

} // namespace aiva
