#include "core/mailbox/folder_ledger.h"

#include "core/domain/email_address.h"
#include "core/ports/flag_words.h"

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

// Rows are cheap beside looking at the time.
static constexpr size_t kRowsAtATime = 32;

FolderLedger::FolderLedger(const MailboxBooks& books, MailFolderRow folder, QSet<QString> ownAddresses,
                           const Clock& clock, const MailboxPace& pace)
    : m_books(books)
    , m_folder(std::move(folder))
    , m_ownAddresses(std::move(ownAddresses))
    , m_clock(clock)
    , m_pace(pace)
    , m_newFrom(m_folder.uidNext) {}

KnownFolder FolderLedger::known() const {
    return {m_folder.uidValidity, isFresh() ? m_folder.highestModSeq : 0, m_folder.uidNext};
}

Result<FolderLedger::Slice> FolderLedger::writeSome() {
    Slice slice;
    slice.arrivals.mailbox = m_folder.mailbox;
    slice.news.folder = m_folder.id;
    if (m_work.empty()) return slice;
    m_sliceTime.start();
    const MailFolderRow before = m_folder;
    AIVA_TRY(const auto transaction, Transaction::begin(m_books.writer));
    const auto done = std::visit([&](auto& work) { return write(work, slice); }, m_work.front());
    auto committed = done ? transaction->commit() : Result<void>(done.error());
    if (!committed) {
        m_folder = before;
        return committed.error();
    }
    if (*done) m_work.pop_front();
    return slice;
}

// What the listing lacks is gone; new UIDs or mod-sequences end what was known.
Result<void> FolderLedger::begin(ChangesWork& work) {
    const FolderChanges& changes = work.changes;
    work.isBegun = true;
    if (changes.uidsStartedAnew) {
        AIVA_CHECK(m_books.mailboxes.forgetFolder(m_folder.id));
        m_newFrom = changes.state.uidNext;
    } else if (changes.modSeqWentBack) {
        AIVA_CHECK(m_books.mailboxes.forgetModSeqs(m_folder.id));
    }
    if (changes.uidsStartedAnew || changes.modSeqWentBack || m_folder.uidValidity == 0) {
        m_folder.uidValidity = changes.state.uidValidity;
        m_folder.highestModSeq = 0;
        m_folder.uidNext = changes.uidsStartedAnew ? 0 : m_folder.uidNext;
        AIVA_CHECK(m_books.mailboxes.saveFolder(m_folder));
    }
    if (m_newFrom == 0) m_newFrom = changes.state.uidNext;
    if (!changes.listsEverything) {
        work.gone = changes.vanished;
        return {};
    }
    AIVA_TRY(const std::vector<quint32> known, m_books.mailboxes.knownUids(m_folder.id));
    auto listed = changes.updates.begin();
    for (const quint32 uid : known) {
        while (listed != changes.updates.end() && listed->uid < uid)
            ++listed;
        if (listed == changes.updates.end() || listed->uid != uid) work.gone.push_back(uid);
    }
    return {};
}

Result<bool> FolderLedger::write(ChangesWork& work, Slice& slice) {
    if (!work.isBegun) {
        AIVA_CHECK(begin(work));
        slice.news.uidsStartedAnew = work.changes.uidsStartedAnew;
        slice.news.modSeqsWentBack = work.changes.modSeqWentBack;
    }
    const std::vector<FlagUpdate>& updates = work.changes.updates;
    do {
        if (work.nextGone < work.gone.size()) {
            const size_t end = std::min(work.nextGone + kRowsAtATime, work.gone.size());
            const std::vector<quint32> some(work.gone.begin() + static_cast<qptrdiff>(work.nextGone),
                                            work.gone.begin() + static_cast<qptrdiff>(end));
            AIVA_CHECK(m_books.mailboxes.removeLocations(m_folder.id, some));
            slice.counts.vanished += static_cast<qint64>(some.size());
            work.nextGone = end;
        } else {
            std::vector<MailLocationRow> rows;
            for (; work.nextUpdate < updates.size() && rows.size() < kRowsAtATime; ++work.nextUpdate) {
                const FlagUpdate& update = updates[work.nextUpdate];
                rows.push_back({m_folder.id, update.uid, std::nullopt, update.modSeq, flagWords(update.flags), {}});
                slice.news.flags.push_back(update);
            }
            AIVA_TRY(const qint64 changed, m_books.mailboxes.saveLocations(rows));
            slice.counts.updated += changed;
        }
        if (work.nextGone == work.gone.size() && work.nextUpdate == updates.size()) {
            AIVA_CHECK(finish(work, slice));
            slice.changesDone = true;
            return true;
        }
    } while (!isSliceOver());
    return false;
}

// Mod-sequences of a rebuilt index may have grown past ours again before we looked: then the numbers of mails differ.
Result<void> FolderLedger::finish(const ChangesWork& work, Slice& slice) {
    m_folder.uidValidity = work.changes.state.uidValidity;
    m_folder.highestModSeq = work.changes.state.highestModSeq;
    m_folder.uidNext = work.changes.state.uidNext;
    if (work.changes.listsEverything) {
        if (!isFresh()) {
            AIVA_CHECK(m_books.mailboxes.retryFaults(m_folder.id));
            m_folder.listedAt = m_clock.now();
        }
    } else {
        AIVA_TRY(const qint64 known, m_books.mailboxes.knownCount(m_folder.id));
        slice.mustListAgain = known != static_cast<qint64>(work.changes.state.messages);
        if (slice.mustListAgain) m_folder.highestModSeq = 0;
    }
    AIVA_CHECK(m_books.mailboxes.saveFolder(m_folder));
    return {};
}

Result<bool> FolderLedger::write(MailsWork& work, Slice& slice) {
    while (work.next < work.messages.size()) {
        AIVA_CHECK(write(work.messages[work.next], slice));
        work.messages[work.next++] = {}; // its attachments need no memory any more
        if (isSliceOver()) break;
    }
    std::vector<ConversationId>& conversations = slice.arrivals.conversations;
    std::sort(conversations.begin(), conversations.end());
    conversations.erase(std::unique(conversations.begin(), conversations.end()), conversations.end());
    slice.batchDone = work.next == work.messages.size();
    return slice.batchDone;
}

qint64 FolderLedger::unwrittenMails() const {
    qint64 mails = 0;
    for (const auto& work : m_work)
        if (const auto* batch = std::get_if<MailsWork>(&work))
            mails += static_cast<qint64>(batch->messages.size() - batch->next);
    return mails;
}

Result<void> FolderLedger::write(const ServerMessage& mail, Slice& slice) {
    ++slice.counts.processed;
    AIVA_CHECK(m_books.mailboxes.saveLocations(
        {{m_folder.id, mail.uid, std::nullopt, mail.modSeq, flagWords(mail.flags), {}}}));
    if (!mail.message || !*mail.message) {
        ++slice.counts.failed;
        return setFault(mail.uid,
                        mail.message ? mail.message->error() : Error{ErrorKind::Internal, u"fetched without a mail"_s});
    }
    return add(mail, **mail.message, slice);
}

Result<void> FolderLedger::add(const ServerMessage& mail, const MessageRecord& message, Slice& slice) {
    using Direction = ConversationRepository::Direction;
    const bool isOurs = m_folder.role == "sent"_L1 || m_ownAddresses.contains(normalizedEmail(message.from.email));
    const auto added = m_books.conversations.add(message, isOurs ? Direction::Outbound : Direction::Inbound,
                                                 {m_folder.mailbox, mail.flags.seen});
    // Known and let alone: nobody's trouble, and not asked for again.
    if (!added && added.error().kind == ErrorKind::Refused)
        return m_books.mailboxes.setFault(m_folder.id, mail.uid, u"erased"_s);
    if (!added && added.error().kind == ErrorKind::Invalid) {
        ++slice.counts.failed;
        return setFault(mail.uid, added.error());
    }
    if (!added) return added.error();
    AIVA_CHECK(m_books.mailboxes.linkMessage(m_folder.id, mail.uid, added->message));
    ++(added->isNew ? slice.counts.created : slice.counts.updated);
    slice.arrivals.conversations.push_back(added->conversation);
    slice.news.flags.push_back({mail.uid, mail.modSeq, mail.flags});
    if (added->isNew && !isOurs && !mail.flags.seen && mail.uid >= m_newFrom) ++slice.arrivals.newInbound;
    return {};
}

Result<void> FolderLedger::settleSeen(const std::vector<SeenWanted>& changes) {
    return m_books.mailboxes.settleSeen(m_folder.id, changes);
}

Result<void> FolderLedger::dropSeenWanted(const std::vector<SeenWanted>& changes) {
    return m_books.mailboxes.dropSeenWanted(m_folder.id, changes);
}

Result<void> FolderLedger::setFault(quint32 uid, const Error& error) {
    const QString words = errorWords(error);
    return m_books.mailboxes.setFault(m_folder.id, uid,
                                      error.detail.isEmpty() ? words : words + ": "_L1 + error.detail);
}

} // namespace aiva
