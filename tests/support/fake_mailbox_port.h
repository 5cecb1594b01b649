// FakeMailboxPort: one client's line to a FakeMailServer. Commands run one after the other and are answered from the
// event loop, as a network does. Loses the line, refuses and keeps silent on demand.
#pragma once

#include "core/ports/mailbox_port.h"
#include "tests/support/fake_mail_server.h"

#include <QMap>

#include <deque>
#include <functional>
#include <set>

namespace aiva::test {

class FakeMailboxPort final : public MailboxPort {
    Q_OBJECT
public:
    explicit FakeMailboxPort(FakeMailServer& server);
    ~FakeMailboxPort() override;

    enum class Call {
        Open,
        Folders,
        State,
        Create,
        Changes,
        Fetch,
        FetchRaw,
        Flags,
        FindMessageId,
        Store,
        ConditionalStore,
        Append,
        Move,
        Erase
    };
    // Whether a command that is answered with an error took effect: after a lost line nobody knows.
    enum class Effect { None, Taken };

    int latencyMs = 0;
    bool findsMessageIds = true;                      // false: the server's search index lags behind
    std::set<quint32> poison;                         // UIDs whose fetch ends the line
    std::function<void(Call, int number)> beforeEach; // before the n-th call (from 1) of a kind takes effect
    std::function<bool(Call, int number)> isSilent;   // true: this call is never answered

    // The next `times` calls of this kind, after letting `after` pass, answer the error.
    void failNext(Call call, Error error, int times = 1, int after = 0, Effect effect = Effect::None);
    // Off: every command answers Network and the watch is lost. On again: restored, and the folder may have changed.
    void setOnline(bool online);
    int calls(Call call) const { return m_calls.value(call); }
    QStringList log() const { return m_log; } // "fetch INBOX 3,2,1", "store INBOX 4 + \\Seen" …
    void clearLog() { m_log.clear(); }
    QString watched() const { return m_watched; }

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
    struct Script {
        Error error;
        int times = 0;
        int after = 0;
        Effect effect = Effect::None;
    };
    struct Command {
        std::function<void()> run;
        std::function<void()> cancel;
    };
    template <typename T>
    Future<T> answer(Call call, const QString& what, std::function<Result<T>()> make);
    template <typename T>
    Future<T> inFolder(Call call, const QString& what, const QString& folder,
                       std::function<Result<T>(FakeFolder&)> make);
    std::optional<Script> scripted(Call call);
    Result<std::vector<ServerMessage>> give(const FakeFolder& box, const std::vector<quint32>& uids);
    void runNext();
    void enqueue(Command command);

    FakeMailServer& m_server;
    QMap<Call, std::deque<Script>> m_scripts;
    QMap<Call, int> m_calls;
    QStringList m_log;
    std::deque<Command> m_commands;
    QString m_watched;
    bool m_isScheduled = false;
    bool m_isOnline = true;
    bool m_isClosed = false;
};

} // namespace aiva::test
