// SentFiling: brings the copy of a sent mail into the Sent folder, once. Each step looks first, so it may be cut off
// anywhere and begun again. Made by SendRun after the mail was recorded as sent; never sends anything.
#pragma once

#include "core/outbox/outbox_doors.h"
#include "core/outbox/sent_copies.h"
#include "core/storage/replies/outbox_repository.h"

#include <QObject>
#include <QPointer>

namespace aiva {

class SentFiling final : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(const Result<void>&)>;
    // OwnCopy: the copy that arrives in INBOX is moved, or appended when none comes within the proof window after the
    // row's sentAt. None: appended at once. ServerFiles has nothing to do and makes no such object.
    SentFiling(MailboxPort& port, const OutboxRow& row, SentProof proof, const SendPace& pace, const Clock& clock,
               Done done, QObject* parent);
    void start() { look(); }

private:
    void look();
    void take(const SentCopies& copies);
    void moveFromInbox();
    void makeSentFolder();
    void removeFromInbox();
    void append();
    bool isCutOff(); // ends the filing when the mailbox is gone
    void end(const Result<void>& result);

    const QPointer<MailboxPort> m_port; // a mailbox may be disconnected at any time
    const OutboxRow m_row;
    const SentProof m_proof;
    const SendPace& m_pace;
    const Clock& m_clock;
    Done m_done;
    SentCopies m_copies;
    int m_looks = 0;
};

} // namespace aiva
