// PersonEraser: takes one person out of the cache (P2) inside the caller's transaction: customers, addresses, phones,
// conversations with everything that hangs on them, and what is queued about them. Orders stay, nobody's. Marks what it
// took so that it does not come back. Files and free pages are PrivacyCleanups' matter.
#pragma once

#include "core/base/utc_time.h"
#include "core/storage/privacy/erasure_marks.h"
#include "core/storage/privacy/person_rows.h"

#include <memory>

namespace aiva {

struct ErasureCounts {
    qint64 profiles = 0;
    qint64 customers = 0;
    qint64 orders = 0; // made anonymous
    qint64 conversations = 0;
    qint64 messages = 0;
    qint64 attachments = 0;
    qint64 drafts = 0; // open ones and earlier versions, replies and notes
    qint64 notes = 0;
    qint64 outbox = 0;
    qint64 proposals = 0;
    qint64 queued = 0;      // deliveries, staged lines and records to be read again
    qint64 mentions = 0;    // rows of others that spelled out an address or phone of the person
    qint64 inMailboxes = 0; // mails their servers still have
    qint64 tasks = 0;       // requests of shops that are answered by this
};

class PersonEraser {
public:
    static Result<std::unique_ptr<PersonEraser>> create(Database& writer);
    ~PersonEraser();

    // Conflict: a reply to the person is on its way at this moment. Nothing was changed then.
    Result<ErasureCounts> erase(const PersonRows& person, UtcTime at);

private:
    class Private;
    explicit PersonEraser(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
