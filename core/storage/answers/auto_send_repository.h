// How far Aiva may go by itself: the rules, the kill switch, the record they earned and what left already. Written by
// the desk; the answer engine reads what the gate asks.
#pragma once

#include "core/base/result.h"
#include "core/domain/answering/auto_send_rule.h"
#include "core/storage/database/database.h"

#include <memory>
#include <vector>

namespace aiva {

// The setting of the kill switch. Stopped unless absent or "0": a value nobody understands lets nothing out.
inline constexpr QLatin1String kAutoSendStoppedSetting("auto_send.stopped");

// Whose caps are asked for, and from when on.
struct AutoSendCase {
    StoreId store;
    Intent intent = Intent::OrderStatus;
    ConversationId conversation;
    QString customerEmail; // normalised
    UtcTime now;
    UtcTime dayStart; // of today in the store's time zone
};

// Answers queued to leave by themselves, those that wait included: a cap is about what was set going.
struct AutoSendCounts {
    int ofRuleThisHour = 0;      // this store and intent, the 60 minutes before now
    int ofCustomerThisDay = 0;   // any store and intent, the 24 hours before now
    int ofConversationToday = 0; // since dayStart

    bool operator==(const AutoSendCounts&) const = default;
};

class AutoSendRepository {
public:
    static Result<std::unique_ptr<AutoSendRepository>> create(Database& database);
    ~AutoSendRepository();

    // What nobody set is Off, with the defaults.
    Result<AutoSendRule> rule(StoreId store, Intent intent);
    Result<std::vector<AutoSendRule>> rules(StoreId store); // one for each of intentsWithPlaybooks()
    Result<void> save(const AutoSendRule& rule);

    Result<bool> isStopped();
    Result<void> stop();
    Result<void> allow();

    Result<EarnedRecord> record(StoreId store, Intent intent);
    Result<AutoSendCounts> counts(const AutoSendCase& asked);

private:
    class Private;
    explicit AutoSendRepository(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
