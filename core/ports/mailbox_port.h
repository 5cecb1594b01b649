// The door to one mailbox on an IMAP server (RFC 9051/3501). Called and answered on the thread that made it; the
// connection lives on a thread of its own, so nothing here blocks. Commands run one after the other on a working
// connection that selects folders as needed and reconnects for the next command after a loss; watching has a second
// connection. A command in flight when the line is lost answers Network: whether it took effect is unknown.
#pragma once

#include "core/base/async.h"
#include "core/domain/mail/message_record.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

struct MailboxAbilities {
    bool condStore = false; // RFC 7162, advertised
    bool qresync = false;
    bool idle = false;
    bool move = false;
    bool uidPlus = false;
    bool threadReferences = false; // RFC 5256, for tests
    qint64 appendLimit = 0;        // RFC 7889 bytes; 0: not said
    QString serverName;            // ID or greeting, for the log and the setup page; cleaned, at most 80 characters
};

enum class FolderRole { None, Inbox, Sent, Drafts, Archive, Trash, Junk, All };

struct MailFolder {
    QString name;                       // as the server spells it, decoded (modified UTF-7 or UTF-8)
    FolderRole role = FolderRole::None; // RFC 6154, else guessed from well-known names in en/de/fr/es
    bool canSelect = true;
};

struct FolderState {
    quint32 uidValidity = 0;
    quint32 uidNext = 0;
    quint32 messages = 0;
    quint64 highestModSeq = 0;  // 0: NOMODSEQ or no CONDSTORE
    bool keepsKeywords = false; // \* in PERMANENTFLAGS

    bool operator==(const FolderState&) const = default;
};

struct MailFlags {
    bool seen = false;
    bool answered = false;
    bool flagged = false;
    bool deleted = false;
    bool draft = false;
    QStringList keywords; // as the server spells them; compare without case

    bool operator==(const MailFlags&) const = default;
};

struct FlagUpdate {
    quint32 uid = 0;
    quint64 modSeq = 0; // 0 without CONDSTORE
    MailFlags flags;
};

// What the cache knows of a folder when it asks for changes.
struct KnownFolder {
    quint32 uidValidity = 0;
    quint64 highestModSeq = 0; // 0: unknown
    quint32 uidNext = 0;
};

struct FolderChanges {
    FolderState state;
    bool uidsStartedAnew = false;    // UIDVALIDITY changed: nothing known of this folder holds
    bool modSeqWentBack = false;     // drop every cached mod-sequence (index rebuilt on the server)
    bool listsEverything = false;    // `updates` names every message: what it lacks is gone
    std::vector<FlagUpdate> updates; // new and changed messages, ascending by UID
    std::vector<quint32> vanished;   // only UIDs the server named (QRESYNC)
};

struct ServerMessage {
    quint32 uid = 0;
    quint64 modSeq = 0;
    MailFlags flags;
    std::shared_ptr<const Result<MessageRecord>> message; // Invalid when the guard refused the mail (S8)
};

enum class FlagChange { Add, Remove, Replace };

struct ConditionalStore {
    enum class Outcome { Done, Modified, Gone };
    Outcome outcome = Outcome::Gone;
    quint64 modSeq = 0; // after the change, when Done and said; else 0
};

struct AppendedMail {
    quint32 uidValidity = 0; // 0 without UIDPLUS
    quint32 uid = 0;
};

class MailboxPort : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    ~MailboxPort() override;

    // Connects and logs in; everything else does so by itself when needed.
    virtual Future<MailboxAbilities> open() = 0;
    virtual Future<std::vector<MailFolder>> folders() = 0;
    virtual Future<FolderState> folderState(const QString& folder) = 0;
    virtual Future<bool> createFolder(const QString& folder) = 0; // true also when it is already there

    // QRESYNC where offered, CHANGEDSINCE plus the list of UIDs with CONDSTORE, all flags without.
    virtual Future<FolderChanges> changes(const QString& folder, const KnownFolder& known) = 0;
    // Bodies (BODY.PEEK[]), decoded; answered in the order asked, absent UIDs left out. Ask in batches of 50…500.
    virtual Future<std::vector<ServerMessage>> fetch(const QString& folder, const std::vector<quint32>& uids) = 0;
    virtual Future<QByteArray> fetchRaw(const QString& folder, quint32 uid) = 0;
    virtual Future<std::vector<FlagUpdate>> flags(const QString& folder, const std::vector<quint32>& uids) = 0;
    virtual Future<std::vector<quint32>> findMessageId(const QString& folder, const QString& messageId) = 0;

    virtual Future<bool> store(const QString& folder, const std::vector<quint32>& uids, FlagChange change,
                               const QStringList& flags) = 0; // "\\Seen", "$Keyword"
    // UID STORE (UNCHANGEDSINCE modSeq): compare-and-set. Refused without CONDSTORE.
    virtual Future<ConditionalStore> storeUnchangedSince(const QString& folder, quint32 uid, quint64 modSeq,
                                                         FlagChange change, const QStringList& flags) = 0;
    virtual Future<AppendedMail> append(const QString& folder, const QByteArray& mail, const QStringList& flags) = 0;
    // MOVE (RFC 6851), else COPY + \Deleted + UID EXPUNGE.
    virtual Future<bool> move(const QString& folder, const std::vector<quint32>& uids, const QString& target) = 0;
    // Marks deleted and expunges exactly these; Refused without UIDPLUS.
    virtual Future<bool> erase(const QString& folder, const std::vector<quint32>& uids) = 0;

    // IDLE, re-issued before 29 minutes, or NOOP every half minute without it. Survives lost lines by itself.
    virtual void watch(const QString& folder) = 0;
    // Ends everything; pending futures answer Refused.
    virtual void close() = 0;

Q_SIGNALS:
    void folderChanged(const QString& folder); // something happened in the watched folder, or may have while away
    void watchLost(const aiva::Error& error);  // told once until it is restored
    void watchRestored();
};

} // namespace aiva
