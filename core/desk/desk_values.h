// What passes between the desk and its core thread: notices, adapters, pacing. Plain values.
#pragma once

#include "core/desk/answers/answer_adapters.h"
#include "core/desk/mail/mail_adapters.h"
#include "core/desk/mail/mail_pace.h"
#include "core/desk/stores/store_values.h"
#include "core/ports/mail_file_port.h"
#include "core/ports/store_port.h"
#include "core/storage/stores/store_repository.h"
#include "core/sync/sync_pace.h"
#include "core/sync/sync_progress.h"
#include "core/webhook/webhook_adapters.h"

#include <QFlags>

#include <functional>
#include <memory>

namespace aiva {

// What a notice says changed; views re-read what they show.
enum class DeskChange {
    Conversations = 1,
    Customers = 2,
    Stores = 4,
    Drafts = 8,
    Outbox = 16,
    Mailboxes = 32,
    Answers = 64,
    Privacy = 128 // requests of shops about people's data
};
Q_DECLARE_FLAGS(DeskChanges, DeskChange)
Q_DECLARE_OPERATORS_FOR_FLAGS(DeskChanges)

// What only app knows how to build. Called on the core thread.
struct DeskAdapters {
    // Without it nothing can be asked of a shop.
    std::function<Result<std::unique_ptr<StorePort>>(const StoreRow& store)> storePort;
    StoreAdapters stores; // without them no store can be connected from the desk
    std::function<std::unique_ptr<MailFilePort>()> mailFiles;
    MailAdapters mail;        // without them the desk has no mailboxes
    AnswerAdapters answer;    // without them no model can be asked
    WebhookAdapters webhooks; // without them the desk listens to no shop
};

// Tests shorten these.
struct DeskPace {
    int draftMs = 60;            // typing is saved this long after the first unsaved change
    int noticeMs = 100;          // notices come at most this often
    int webhookNoticeMs = 20;    // those of what shops send, for the row one is looking at
    int scheduleTickMs = 15'000; // how often the clock is compared with the schedules; also finds out about sleep
    int firstTickMs = 2'000;     // after opening
    int elsewhereMs = 10'000;    // until a store that another process is syncing is tried again
    SyncPace sync;
    MailPace mail;
};

} // namespace aiva
