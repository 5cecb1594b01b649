// The stores half of a desk for tests of widgets: writes down what it is asked, and answers as it was told.
#pragma once

#include "core/desk/stores/store_desk.h"
#include "tests/ui/support/fake_mail_desk.h"

namespace aiva::test {

class FakeStoreDesk final : public StoreDesk {
    Q_OBJECT
public:
    explicit FakeStoreDesk(QObject* parent = nullptr) : StoreDesk(parent) {}

    QStringList calls;                 // "sync 1 incremental", "schedule 1 daily", in order
    std::vector<QByteArray> secrets;   // given to signInStore(), testStore() and connectStore(), copied for comparison
    std::vector<QByteArray> grants;    // likewise
    std::vector<StoreAccess> accesses; // likewise
    RedirectPages pages;               // of the last sign-in in the browser
    ToldAnswer<SecretString> grant{SecretString("grant")};
    ToldAnswer<ShopFacts> facts{ShopFacts()};
    ToldAnswer<StoreId> connected{StoreId(1)};
    ToldAnswer<bool> renamed{true};
    ToldAnswer<bool> scheduled{true};
    ToldAnswer<bool> disconnected{true};
    ToldAnswer<CsvImportOutcome> imported{CsvImportOutcome()};
    std::vector<CsvImportRequest> imports;

    Future<SecretString> signInStore(const StoreSignIn& signIn) override {
        note(QStringLiteral("signIn"), signIn);
        pages = signIn.pages;
        Q_EMIT openUrl(QUrl(QStringLiteral("https://acme.myshopify.com/admin/oauth/authorize?state=1")));
        return grant.future();
    }
    void cancelSignIn() override { calls << QStringLiteral("cancelSignIn"); }
    Future<ShopFacts> testStore(const StoreSignIn& signIn) override {
        note(QStringLiteral("test"), signIn);
        return facts.future();
    }
    Future<StoreId> connectStore(const StoreSignIn& signIn) override {
        note(QStringLiteral("connect"), signIn);
        return connected.future();
    }
    void cancelConnect() override { calls << QStringLiteral("cancelConnect"); }
    Future<bool> renameStore(StoreId store, const QString& name) override {
        calls << QStringLiteral("rename %1 %2").arg(store.value()).arg(name);
        return renamed.future();
    }
    Future<bool> setSchedule(StoreId store, const QString& schedule) override {
        calls << QStringLiteral("schedule %1 %2").arg(store.value()).arg(schedule);
        return scheduled.future();
    }
    Future<bool> disconnectStore(StoreId store) override {
        calls << QStringLiteral("disconnect %1").arg(store.value());
        return disconnected.future();
    }
    Future<CsvImportOutcome> importFiles(const CsvImportRequest& request) override {
        imports.push_back(request);
        return imported.future();
    }
    void cancelImport() override { calls << QStringLiteral("cancel import"); }
    void syncStore(StoreId store, SyncKind kind) override {
        calls << QStringLiteral("sync %1 %2").arg(store.value()).arg(toWord(kind));
    }
    void cancelSync(StoreId store) override { calls << QStringLiteral("cancel %1").arg(store.value()); }
    void compareStore(StoreId store) override { calls << QStringLiteral("compare %1").arg(store.value()); }

private:
    void note(const QString& what, const StoreSignIn& signIn) {
        calls << QStringLiteral("%1 %2 %3").arg(what, signIn.address, signIn.clientId).trimmed();
        const std::string_view secret = (signIn.token.isEmpty() ? signIn.secret : signIn.token).reveal();
        secrets.emplace_back(secret.data(), static_cast<qsizetype>(secret.size()));
        accesses.push_back(signIn.access);
        const std::string_view given = signIn.grant.reveal();
        grants.emplace_back(given.data(), static_cast<qsizetype>(given.size()));
    }
};

} // namespace aiva::test
