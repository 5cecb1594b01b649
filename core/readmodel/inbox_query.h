// The inbox list: keyset pages of conversation rows for a split, plus the splits' counts. Query-only connection, GUI
// thread.
#pragma once

#include "core/base/result.h"
#include "core/base/utc_time.h"
#include "core/domain/answering/intent.h"
#include "core/domain/ids.h"
#include "core/domain/names.h"
#include "core/storage/database/database.h"

#include <QMap>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

// What became of the newest mail on its way out of a conversation.
enum class Outgoing { None, OnItsWay, NeedsYou };

struct InboxRow {
    ConversationId id;
    QString fromName; // falls back to the address
    QString fromEmail;
    QString subject;
    QString snippet;
    UtcTime lastMessageAt;
    int messageCount = 0;
    int unreadCount = 0;
    bool customerSpokeLast = false;
    bool hasDraft = false;
    Precedence precedence = Precedence::Prospect;
    ConversationStatus status = ConversationStatus::Open;
    std::optional<StoreId> storeId;
    QString storeName; // empty when there is only one store
    std::optional<MailboxId> mailbox;
    int assigneeSlot = 0; // of that mailbox's team; 0: nobody
    QString assigneeName; // empty when the team no longer has the slot
    bool isMine = false;  // assigned to me
    QString answering;    // the colleague who is sending an answer right now; never me
    Outgoing outgoing = Outgoing::None;
    QString answerState;          // of the proposed answer: ready check blocked hand_over dismissed; empty: none
    std::optional<Intent> intent; // what the customer wants, as far as it was found out

    bool operator==(const InboxRow&) const = default;
};

enum class InboxSort { Newest, Oldest };

struct InboxAssignee {
    MailboxId mailbox;
    int slot = 0;
    bool operator==(const InboxAssignee&) const = default;
};

struct InboxFilter {
    InboxView view = InboxView::NeedsMe;
    InboxSort sort = InboxSort::Newest;
    bool unreadOnly = false;
    bool customerSpokeLastOnly = false;
    std::optional<StoreId> store = std::nullopt;
    // Absent: whoever. Empty: nobody. Else any of these; one person has a slot in each mailbox.
    std::optional<std::vector<InboxAssignee>> assignees = std::nullopt;

    bool narrows() const { return store.has_value() || assignees.has_value(); }
};

// Where a page continues: the last row's sort key.
struct InboxKey {
    UtcTime at;
    ConversationId id;
};

class InboxQuery {
public:
    static Result<std::unique_ptr<InboxQuery>> create(Database& reader);
    ~InboxQuery();
    // At most `limit` rows behind `after` in the filter's order.
    Result<std::vector<InboxRow>> page(const InboxFilter& filter, std::optional<InboxKey> after, int limit);
    Result<std::optional<InboxRow>> row(ConversationId id);
    // NeedsMe, ReadyToSend, Waiting, Vip and All; views without a meaning yet count 0.
    Result<QMap<InboxView, qint64>> counts();

private:
    class Private;
    explicit InboxQuery(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
