#include "core/outbox/sent_filing.h"

#include <QTimer>

namespace aiva {

using namespace Qt::StringLiterals;

static const QString kInbox = u"INBOX"_s;
static const QStringList kSeen{u"\\Seen"_s};

SentFiling::SentFiling(MailboxPort& port, const OutboxRow& row, SentProof proof, const SendPace& pace,
                       const Clock& clock, Done done, QObject* parent)
    : QObject(parent)
    , m_port(&port)
    , m_row(row)
    , m_proof(proof)
    , m_pace(pace)
    , m_clock(clock)
    , m_done(std::move(done)) {}

void SentFiling::look() {
    if (isCutOff()) return;
    const auto taken = [this](const Result<SentCopies>& copies) {
        if (!copies) return end(copies.error());
        take(*copies);
    };
    (new SentCopiesRun(*m_port, m_row.messageId, taken, this))->start();
}

void SentFiling::take(const SentCopies& copies) {
    m_copies = copies;
    if (copies.sentFolder.isEmpty()) return makeSentFolder();
    // Moved before, by us or by a rule of the user's, and cut off before the other copy went.
    if (!copies.inSent.empty()) return copies.inInbox.empty() ? end({}) : removeFromInbox();
    if (!copies.inInbox.empty()) return moveFromInbox();
    const qint64 waited = m_clock.now().msSince(m_row.sentAt.value_or(m_clock.now()));
    if (m_proof == SentProof::OwnCopy && !copies.isElsewhere && waited < m_pace.proofWindowMs) {
        QTimer::singleShot(static_cast<int>(m_pace.lookAfter(++m_looks)), this, [this] { look(); });
        return;
    }
    append();
}

void SentFiling::moveFromInbox() {
    if (isCutOff()) return;
    const std::vector<quint32> one{m_copies.inInbox.front()};
    m_copies.inInbox.erase(m_copies.inInbox.begin());
    whenDone(m_port->store(kInbox, one, FlagChange::Add, kSeen), this, [this, one](const Result<bool>& marked) {
        if (!marked) return end(marked.error());
        if (isCutOff()) return;
        whenDone(m_port->move(kInbox, one, m_copies.sentFolder), this, [this](const Result<bool>& moved) {
            if (!moved) return end(moved.error());
            m_copies.inInbox.empty() ? end({}) : removeFromInbox();
        });
    });
}

// What is left in INBOX of a mail already filed is our own words: read, and gone where the server can take away exactly
// this one.
void SentFiling::removeFromInbox() {
    if (isCutOff()) return;
    whenDone(m_port->store(kInbox, m_copies.inInbox, FlagChange::Add, kSeen), this, [this](const Result<bool>& marked) {
        if (!marked) return end(marked.error());
        if (isCutOff()) return;
        whenDone(m_port->erase(kInbox, m_copies.inInbox), this, [this](const Result<bool>& erased) {
            if (!erased && erased.error().kind != ErrorKind::Refused) return end(erased.error());
            end({});
        });
    });
}

void SentFiling::makeSentFolder() {
    if (isCutOff()) return;
    const QString name = u"Sent"_s;
    whenDone(m_port->createFolder(name), this, [this, name](const Result<bool>& made) {
        if (!made) return end(made.error());
        // A server that gives it no role is not asked for one again and again.
        m_copies.sentFolder = name;
        if (isCutOff()) return;
        whenDone(m_port->findMessageId(name, m_row.messageId), this, [this](const Result<std::vector<quint32>>& uids) {
            if (!uids) return end(uids.error());
            SentCopies copies = m_copies;
            copies.inSent = *uids;
            take(copies);
        });
    });
}

void SentFiling::append() {
    if (isCutOff()) return;
    whenDone(m_port->append(m_copies.sentFolder, m_row.mail, kSeen), this,
             [this](const Result<AppendedMail>& appended) {
                 if (!appended) return end(appended.error());
                 end({});
             });
}

bool SentFiling::isCutOff() {
    if (m_port) return false;
    end(Error{ErrorKind::Network, u"the mailbox was disconnected"_s});
    return true;
}

void SentFiling::end(const Result<void>& result) {
    deleteLater();
    const Done done = std::move(m_done);
    done(result);
}

} // namespace aiva
