// ImapMailbox: MailboxPort over IMAP4rev1/rev2. Built by app for each account; owned and called on the core thread,
// with its connections on one thread and the decoding of mail on another, both joined when it goes.
#pragma once

#include "core/adapters/mail/imap/imap_pace.h"
#include "core/adapters/mail/wire/credentials.h"
#include "core/domain/mail/mail_account.h"
#include "core/ports/mailbox_port.h"

#include <QHash>
#include <QThread>

#include <functional>
#include <memory>

namespace aiva {

class ImapEngine;
class ImapWatch;
class MailDecodeQueue;
struct ListedUids;

class ImapMailbox final : public MailboxPort {
    Q_OBJECT
public:
    // `credentials` is asked on this object's thread at each login of each of its connections, and once more when an
    // OAuth token was refused.
    ImapMailbox(const MailAccount& account, CredentialSource credentials, const ImapPace& pace = {},
                QObject* parent = nullptr);
    ~ImapMailbox() override;

    Future<MailboxAbilities> open() override;
    Future<std::vector<MailFolder>> folders() override;
    Future<FolderState> folderState(const QString& folder) override;
    Future<bool> createFolder(const QString& folder) override;

    Future<FolderChanges> changes(const QString& folder, const KnownFolder& known) override;
    Future<std::vector<ServerMessage>> fetch(const QString& folder, const std::vector<quint32>& uids) override;
    Future<QByteArray> fetchRaw(const QString& folder, quint32 uid) override;
    Future<std::vector<FlagUpdate>> flags(const QString& folder, const std::vector<quint32>& uids) override;
    Future<std::vector<quint32>> findMessageId(const QString& folder, const QString& messageId) override;

    Future<bool> store(const QString& folder, const std::vector<quint32>& uids, FlagChange change,
                       const QStringList& flags) override;
    Future<ConditionalStore> storeUnchangedSince(const QString& folder, quint32 uid, quint64 modSeq, FlagChange change,
                                                 const QStringList& flags) override;
    Future<AppendedMail> append(const QString& folder, const QByteArray& mail, const QStringList& flags) override;
    Future<bool> move(const QString& folder, const std::vector<quint32>& uids, const QString& target) override;
    Future<bool> erase(const QString& folder, const std::vector<quint32>& uids) override;

    void watch(const QString& folder) override;
    void close() override;

private:
    // The run gets a function that answers the future from any thread.
    template <typename T, typename MakeRun>
    Future<T> ask(MakeRun makeRun);
    void askCredentials(const SecretString& refused, const std::function<void(const Result<MailCredentials>&)>& answer);

    CredentialSource m_credentials;
    std::shared_ptr<QHash<QString, ListedUids>> m_listed; // touched by the runs only, on their thread
    std::unique_ptr<MailDecodeQueue> m_decoder;
    QThread m_thread;
    ImapEngine* m_engine;
    ImapWatch* m_watch;
    quint64 m_lastQuestion = 0;
    QHash<quint64, std::function<void(const Error&)>> m_pending;
    bool m_isClosed = false;
};

} // namespace aiva
