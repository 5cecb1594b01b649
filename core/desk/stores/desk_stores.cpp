#include "core/desk/stores/desk_stores.h"

#include "core/desk/stores/store_core.h"

namespace aiva {

DeskStores::DeskStores(const StoreCore& core, CorePost<StoreCore>::Post post)
    : m_core(CorePost<StoreCore>::Other::There, std::move(post)) {
    connect(&core, &StoreCore::openUrl, this, &StoreDesk::openUrl);
    connect(&core, &StoreCore::compared, this, &StoreDesk::compared);
    connect(&core, &StoreCore::noticed, this, &StoreDesk::noticed);
    connect(&core, &StoreCore::importProgressed, this, &StoreDesk::importProgressed);
}

Future<SecretString> DeskStores::signInStore(const StoreSignIn& signIn) {
    return m_core.ask<SecretString>([=](StoreCore& core) { return core.signIn(signIn); });
}

void DeskStores::cancelSignIn() {
    m_core.tell([](StoreCore& core) { core.cancelSignIn(); });
}

Future<ShopFacts> DeskStores::testStore(const StoreSignIn& signIn) {
    return m_core.ask<ShopFacts>([=](StoreCore& core) { return core.test(signIn); });
}

Future<StoreId> DeskStores::connectStore(const StoreSignIn& signIn) {
    return m_core.ask<StoreId>([=](StoreCore& core) { return core.connectStore(signIn); });
}

void DeskStores::cancelConnect() {
    m_core.tell([](StoreCore& core) { core.cancelConnect(); });
}

Future<bool> DeskStores::renameStore(StoreId store, const QString& name) {
    return m_core.ask<bool>([=](StoreCore& core) { return readyFuture(core.rename(store, name)); });
}

Future<bool> DeskStores::setSchedule(StoreId store, const QString& schedule) {
    return m_core.ask<bool>([=](StoreCore& core) { return readyFuture(core.setSchedule(store, schedule)); });
}

Future<bool> DeskStores::disconnectStore(StoreId store) {
    return m_core.ask<bool>([=](StoreCore& core) { return core.disconnectStore(store); });
}

Future<CsvImportOutcome> DeskStores::importFiles(const CsvImportRequest& request) {
    return m_core.ask<CsvImportOutcome>([=](StoreCore& core) { return core.importFiles(request); });
}

void DeskStores::cancelImport() {
    m_core.tell([](StoreCore& core) { core.cancelImport(); });
}

void DeskStores::syncStore(StoreId store, SyncKind kind) {
    m_core.tell([=](StoreCore& core) { core.syncs().sync(store, kind, SyncTrigger::User); });
}

void DeskStores::cancelSync(StoreId store) {
    m_core.tell([=](StoreCore& core) { core.syncs().cancel(store); });
}

void DeskStores::compareStore(StoreId store) {
    m_core.tell([=](StoreCore& core) { core.syncs().compare(store); });
}

} // namespace aiva
