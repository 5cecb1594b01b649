#include "core/adapters/mail/imap/imap_mailbox.h"

#include "core/adapters/mail/imap/change_run.h"
#include "core/adapters/mail/imap/fetch_runs.h"
#include "core/adapters/mail/imap/folder_runs.h"
#include "core/adapters/mail/imap/imap_engine.h"
#include "core/adapters/mail/imap/imap_errors.h"
#include "core/adapters/mail/imap/imap_watch.h"
#include "core/adapters/mail/imap/store_runs.h"

#include <QPromise>

#include <utility>

namespace aiva {

ImapMailbox::ImapMailbox(const MailAccount& account, CredentialSource credentials, const ImapPace& pace,
                         QObject* parent)
    : MailboxPort(parent)
    , m_credentials(std::move(credentials))
    , m_listed(std::make_shared<ListedFolders>())
    , m_decoder(std::make_unique<MailDecodeQueue>()) {
    const auto ask = [this](const SecretString& refused, CredentialAnswer answer) {
        QMetaObject::invokeMethod(
            this, [this, refused, answer] { askCredentials(refused, answer); }, Qt::QueuedConnection);
    };
    const ImapContext context{account, pace, ask};
    m_engine = new ImapEngine(context, *m_decoder);
    m_watch = new ImapWatch(context);
    connect(m_watch, &ImapWatch::changed, this, &MailboxPort::folderChanged);
    connect(m_watch, &ImapWatch::lost, this, &MailboxPort::watchLost);
    connect(m_watch, &ImapWatch::restored, this, &MailboxPort::watchRestored);
    for (QObject* inhabitant : std::initializer_list<QObject*>{m_engine, m_watch}) {
        inhabitant->moveToThread(&m_thread);
        connect(&m_thread, &QThread::finished, inhabitant, &QObject::deleteLater);
    }
    m_thread.setObjectName(QStringLiteral("imap"));
    m_thread.start();
}

ImapMailbox::~ImapMailbox() {
    close();
    m_thread.quit();
    m_thread.wait();
    m_decoder.reset(); // its last answers are posted to this object, and go with it
}

void ImapMailbox::askCredentials(const SecretString& refused,
                                 const std::function<void(const Result<MailCredentials>&)>& answer) {
    if (m_isClosed) return;
    whenDone(m_credentials(refused), this, [this, answer](const Result<MailCredentials>& credentials) {
        if (m_isClosed) return;
        QMetaObject::invokeMethod(
            m_engine, [answer, credentials] { answer(credentials); }, Qt::QueuedConnection);
    });
}

template <typename T, typename MakeRun>
Future<T> ImapMailbox::ask(MakeRun makeRun) {
    if (m_isClosed) return readyFuture<T>(imapClosed());
    const auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    const Future<T> future = promise->future();
    const quint64 question = ++m_lastQuestion;
    m_pending.insert(question, [promise](const Error& error) {
        promise->addResult(Result<T>(error));
        promise->finish();
    });
    // Called on the connection's or the decoder's thread; both end before this object does.
    const ImapAnswer<T> answer = [this, promise, question](Result<T> result) {
        QMetaObject::invokeMethod(
            this,
            [this, promise, question, result = std::move(result)]() mutable {
                if (!m_pending.remove(question)) return;
                promise->addResult(std::move(result));
                promise->finish();
            },
            Qt::QueuedConnection);
    };
    const std::shared_ptr<ImapRun> run = makeRun(answer);
    QMetaObject::invokeMethod(
        m_engine, [engine = m_engine, run] { engine->add(run); }, Qt::QueuedConnection);
    return future;
}

Future<MailboxAbilities> ImapMailbox::open() {
    return ask<MailboxAbilities>([](const auto& answer) { return std::make_shared<OpenRun>(answer); });
}

Future<std::vector<MailFolder>> ImapMailbox::folders() {
    return ask<std::vector<MailFolder>>([](const auto& answer) { return std::make_shared<ListRun>(answer); });
}

Future<FolderState> ImapMailbox::folderState(const QString& folder) {
    return ask<FolderState>([&](const auto& answer) { return std::make_shared<FolderStateRun>(folder, answer); });
}

Future<bool> ImapMailbox::createFolder(const QString& folder) {
    return ask<bool>([&](const auto& answer) { return std::make_shared<CreateFolderRun>(folder, answer); });
}

Future<FolderChanges> ImapMailbox::changes(const QString& folder, const KnownFolder& known) {
    return ask<FolderChanges>(
        [&](const auto& answer) { return std::make_shared<ChangeRun>(folder, known, m_listed, answer); });
}

Future<std::vector<ServerMessage>> ImapMailbox::fetch(const QString& folder, const std::vector<quint32>& uids) {
    return ask<std::vector<ServerMessage>>(
        [&](const auto& answer) { return std::make_shared<FetchRun>(folder, uids, *m_decoder, answer); });
}

Future<QByteArray> ImapMailbox::fetchRaw(const QString& folder, quint32 uid) {
    return ask<QByteArray>([&](const auto& answer) { return std::make_shared<FetchRawRun>(folder, uid, answer); });
}

Future<std::vector<FlagUpdate>> ImapMailbox::flags(const QString& folder, const std::vector<quint32>& uids) {
    return ask<std::vector<FlagUpdate>>(
        [&](const auto& answer) { return std::make_shared<FlagsRun>(folder, uids, answer); });
}

Future<std::vector<quint32>> ImapMailbox::findMessageId(const QString& folder, const QString& messageId) {
    return ask<std::vector<quint32>>(
        [&](const auto& answer) { return std::make_shared<FindRun>(folder, messageId, answer); });
}

Future<bool> ImapMailbox::store(const QString& folder, const std::vector<quint32>& uids, FlagChange change,
                                const QStringList& flags) {
    return ask<bool>(
        [&](const auto& answer) { return std::make_shared<StoreRun>(folder, uids, change, flags, answer); });
}

Future<ConditionalStore> ImapMailbox::storeUnchangedSince(const QString& folder, quint32 uid, quint64 modSeq,
                                                          FlagChange change, const QStringList& flags) {
    const ConditionalStoreRun::Request request{uid, modSeq, change, flags};
    return ask<ConditionalStore>(
        [&](const auto& answer) { return std::make_shared<ConditionalStoreRun>(folder, request, answer); });
}

Future<AppendedMail> ImapMailbox::append(const QString& folder, const QByteArray& mail, const QStringList& flags) {
    return ask<AppendedMail>(
        [&](const auto& answer) { return std::make_shared<AppendRun>(folder, mail, flags, answer); });
}

Future<bool> ImapMailbox::move(const QString& folder, const std::vector<quint32>& uids, const QString& target) {
    return ask<bool>([&](const auto& answer) { return std::make_shared<MoveRun>(folder, uids, target, answer); });
}

Future<bool> ImapMailbox::erase(const QString& folder, const std::vector<quint32>& uids) {
    return ask<bool>([&](const auto& answer) { return std::make_shared<EraseRun>(folder, uids, answer); });
}

void ImapMailbox::watch(const QString& folder) {
    if (m_isClosed) return;
    QMetaObject::invokeMethod(
        m_watch, [watch = m_watch, folder] { watch->watch(folder); }, Qt::QueuedConnection);
}

void ImapMailbox::close() {
    if (std::exchange(m_isClosed, true)) return;
    m_watch->disconnect(this);
    QMetaObject::invokeMethod(m_engine, &ImapEngine::close, Qt::QueuedConnection);
    QMetaObject::invokeMethod(m_watch, &ImapWatch::close, Qt::QueuedConnection);
    for (const auto& refuse : std::exchange(m_pending, {}))
        refuse(imapClosed());
}

} // namespace aiva
