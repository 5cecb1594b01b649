// RereadRun: asks the shop for records that deliveries named without saying all of them, one at a time, until none is
// due; and whether our credentials are still good, when a shop says we were uninstalled. Its wishes are rows, so a kill
// forgets none. One shop that does not answer keeps none of the others waiting. Lives on the core thread.
#pragma once

#include "core/base/clock.h"
#include "core/ports/store_port.h"
#include "core/storage/privacy/audit_repository.h"
#include "core/storage/webhooks/webhook_rereads.h"
#include "core/webhook/webhook_applier.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>

namespace aiva {

using StorePortMaker = std::function<Result<std::unique_ptr<StorePort>>(const StoreRow& store)>;

class RereadRun : public QObject {
    Q_OBJECT
public:
    static Result<std::unique_ptr<RereadRun>> create(Database& writer, WebhookBooks& books, WebhookRereads& rereads,
                                                     StorePortMaker makePort, const Clock& clock);
    ~RereadRun() override;

    void wake();
    // Nothing is due and nothing is being asked.
    bool isIdle() const { return m_isIdle; }

Q_SIGNALS:
    void changed(aiva::WebhookChanges changes);
    void storesChanged();
    void parted(aiva::StoreId store); // it took the app away
    // This shop gives no single records, or too many are wanted.
    void syncWanted(aiva::StoreId store);
    void answered(); // what a question led to is on the disk
    void idle();
    void failed(const aiva::Error& error); // the disk; tried again by itself

private:
    RereadRun(Database& writer, WebhookBooks& books, WebhookRereads& rereads, StorePortMaker makePort,
              const Clock& clock);
    void next();
    void rest();
    void begin(const Reread& reread);
    void askRecord(const Reread& reread, StorePort& port);
    void askShop(const Reread& reread, StorePort& port);
    void takeRecord(const Reread& reread, const Result<RecordPage>& page);
    void takeShop(const Reread& reread, const Result<ShopFacts>& facts);
    Result<WebhookChanges> write(const Reread& reread, const RecordPage& page);
    Result<bool> isHidden(const StoreBooks& books, const RecordName& name);
    void takeRefusal(const Reread& reread, const Error& error);
    void leaveToSync(StoreId store);
    Result<void> disconnect(StoreId store, const Error& error);
    void settle(const Result<void>& done);

    Database& m_database;
    WebhookBooks& m_books;
    WebhookRereads& m_rereads;
    StorePortMaker m_makePort;
    const Clock& m_clock;
    std::unique_ptr<AuditRepository> m_audit;
    std::map<StoreId, std::unique_ptr<StorePort>> m_ports;
    QTimer m_timer;
    bool m_isAsking = false;
    UtcTime m_askedAt;
    int m_troubles = 0; // of the disk, in a row
    bool m_isIdle = true;
};

} // namespace aiva
