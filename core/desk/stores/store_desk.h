// The stores half of the desk: connect, rename, schedule, sync, compare, disconnect. Same rules as Desk: commands go in
// and return at once, they run on the core thread, answers and notices come out on the GUI thread. Owned by Desk.
#pragma once

#include "core/base/async.h"
#include "core/desk/stores/store_values.h"
#include "core/sync/files/csv_import_values.h"

#include <QObject>
#include <QUrl>

namespace aiva {

class StoreDesk : public QObject {
    Q_OBJECT
public:
    // Opens the shop's page in the system's browser (through openUrl) and waits on loopback for the person's answer: a
    // name for the grant of the sign-in, whose tokens stay in the core; good until the next sign-in, or until one is
    // cancelled. Conflict when another program has the port, Timeout, Refused when the person declined.
    virtual Future<SecretString> signInStore(const StoreSignIn& signIn) = 0;
    virtual void cancelSignIn() = 0; // also of one that ended: what it brought is forgotten
    // Asks the shop about itself with these credentials; keeps nothing.
    virtual Future<ShopFacts> testStore(const StoreSignIn& signIn) = 0;
    // Tests, keeps, and begins the first sync. The same address again is a reconnect: its history stays (C7).
    virtual Future<StoreId> connectStore(const StoreSignIn& signIn) = 0;
    // The shop is not asked any more, or its answer not heard: connectStore() then answers Refused and keeps nothing,
    // unless it was kept already.
    virtual void cancelConnect() = 0;
    virtual Future<bool> renameStore(StoreId store, const QString& name) = 0;
    // A word of sync_schedule.h, or "manual".
    virtual Future<bool> setSchedule(StoreId store, const QString& schedule) = 0;
    // Ends what runs, gives the credentials back to the shop, forgets them, keeps the data. Answers false when the shop
    // could not be told: then the credentials are only forgotten here.
    virtual Future<bool> disconnectStore(StoreId store) = 0;

    // Customers and orders of a shop that cannot be connected (C10); a dry run writes nothing. Its progress comes
    // through importProgressed. One at a time: another one meanwhile is refused (Conflict).
    virtual Future<CsvImportOutcome> importFiles(const CsvImportRequest& request) = 0;
    virtual void cancelImport() = 0; // ends soon; what was written stays

    virtual void syncStore(StoreId store, SyncKind kind) = 0; // a person's wish: also what Retry does
    virtual void cancelSync(StoreId store) = 0;
    virtual void compareStore(StoreId store) = 0;

Q_SIGNALS:
    void openUrl(const QUrl& url);
    void compared(const aiva::ReconcileReport& report);
    void noticed(const aiva::StoreNotice& notice);
    void importProgressed(const aiva::CsvImportProgress& progress);

protected:
    using QObject::QObject;
};

} // namespace aiva
