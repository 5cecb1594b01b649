// The mail half of a desk for tests of widgets: writes down what it is asked, and answers as it was told, at once or
// when the test lets the answer go.
#pragma once

#include "core/desk/mail/mail_desk.h"

#include <QMap>
#include <QStringList>

#include <memory>
#include <utility>
#include <vector>

namespace aiva::test {

// What one command answers. Held: the future stays open until release().
template <typename T>
class ToldAnswer {
public:
    explicit ToldAnswer(Result<T> first) : m_result(std::move(first)) {}
    void set(Result<T> result) { m_result = std::move(result); }
    void hold() { m_isHeld = true; }
    void release() {
        m_isHeld = false;
        for (auto& promise : std::exchange(m_open, {})) {
            promise->addResult(m_result);
            promise->finish();
        }
    }
    size_t waiting() const { return m_open.size(); }
    Future<T> future() {
        if (!m_isHeld) return readyFuture<T>(m_result);
        m_open.push_back(std::make_shared<QPromise<Result<T>>>());
        m_open.back()->start();
        return m_open.back()->future();
    }

private:
    Result<T> m_result;
    bool m_isHeld = false;
    std::vector<std::shared_ptr<QPromise<Result<T>>>> m_open;
};

class FakeMailDesk final : public MailDesk {
    Q_OBJECT
public:
    explicit FakeMailDesk(QObject* parent = nullptr) : MailDesk(parent) {}

    // "findServers support@acme.example", "cancelSend 3", "resolveUnknown 3 sent": every call, in order.
    QStringList calls;
    std::vector<ReplyRequest> replies;   // given to send()
    std::vector<MailAccount> tested;     // given to testMailbox()
    std::vector<MailAccount> saved;      // given to saveMailbox()
    std::vector<QByteArray> testSecrets; // given to testMailbox(), copied out for comparison
    std::vector<QByteArray> savedSecrets;
    std::vector<CannedReply> savedReplies;
    QMap<qint64, MailSyncProgress> progresses; // by mailbox

    ToldAnswer<std::vector<MailServerGuess>> servers{std::vector<MailServerGuess>()};
    ToldAnswer<MailAccount> testedAccount{MailAccount{}};
    ToldAnswer<SecretString> refreshToken{SecretString("refresh-token")};
    ToldAnswer<MailboxId> savedMailbox{MailboxId(1)};
    ToldAnswer<bool> disconnected{true};
    ToldAnswer<bool> joined{true};
    ToldAnswer<QByteArray> original{QByteArray()};
    ToldAnswer<QByteArray> picture{QByteArray()};
    ToldAnswer<OutboxId> queued{OutboxId(1)};
    ToldAnswer<bool> cancelled{true};
    ToldAnswer<bool> noted{true};
    ToldAnswer<ConversationId> merged{ConversationId(1)};
    ToldAnswer<ConversationId> parted{ConversationId(2)};
    ToldAnswer<bool> reverted{true};
    ToldAnswer<bool> keptApart{true};
    ToldAnswer<bool> takenOver{true};
    ToldAnswer<bool> savedToServer{true};
    ToldAnswer<CannedReplyId> savedReply{CannedReplyId(1)};

    Future<std::vector<MailServerGuess>> findServers(const QString& address) override;
    Future<MailAccount> testMailbox(const MailAccount& account, const SecretString& secret) override;
    void cancelTest() override;
    Future<SecretString> signIn(const MailSignIn& wanted) override;
    Future<MailboxId> saveMailbox(const MailAccount& account, const std::optional<SecretString>& secret) override;
    Future<bool> disconnectMailbox(MailboxId mailbox) override;
    Future<bool> joinTeam(MailboxId mailbox, const QString& agentName) override;
    void syncMailbox(MailboxId mailbox) override;
    Future<QByteArray> originalMail(MessageId message) override;
    Future<QByteArray> remotePicture(const QUrl& address) override;
    Future<OutboxId> send(const ReplyRequest& reply) override;
    Future<bool> cancelSend(OutboxId id) override;
    void sendNow(OutboxId id) override;
    void resolveUnknown(OutboxId id, bool wasSent) override;
    void pauseOutbox(bool paused) override;
    bool isOutboxPaused() const override { return m_isPaused; }
    void assign(ConversationId conversation, int slot) override;
    Future<bool> addNote(ConversationId conversation, const QString& text) override;
    Future<ConversationId> merge(ConversationId into, ConversationId from) override;
    Future<ConversationId> split(ConversationId conversation, MessageId firstOfNew) override;
    Future<bool> revertMove(ConversationId conversation) override;
    Future<bool> keepApart(ConversationId one, ConversationId other) override;
    Future<bool> takeOver(ConversationId conversation, int holderSlot) override;
    Future<CannedReplyId> saveCannedReply(const CannedReply& reply) override;
    void removeCannedReply(CannedReplyId id) override;
    Future<bool> saveDraftToServer(ConversationId conversation) override;
    std::optional<MailSyncProgress> progress(MailboxId mailbox) const override;

private:
    bool m_isPaused = false;
};

} // namespace aiva::test
