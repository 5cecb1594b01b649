#include "tests/ui/support/fake_mail_desk.h"

namespace aiva::test {

using namespace Qt::StringLiterals;

namespace {

QByteArray copyOf(const SecretString& secret) {
    return QByteArray(secret.reveal().data(), static_cast<qsizetype>(secret.size()));
}

} // namespace

Future<std::vector<MailServerGuess>> FakeMailDesk::findServers(const QString& address) {
    calls << u"findServers %1"_s.arg(address);
    return servers.future();
}

Future<MailAccount> FakeMailDesk::testMailbox(const MailAccount& account, const SecretString& secret) {
    calls << u"testMailbox %1"_s.arg(account.address);
    tested.push_back(account);
    testSecrets.push_back(copyOf(secret));
    return testedAccount.future();
}

void FakeMailDesk::cancelTest() {
    calls << u"cancelTest"_s;
}

Future<SecretString> FakeMailDesk::signIn(const MailSignIn& wanted) {
    calls << u"signIn %1 %2 %3"_s.arg(wanted.provider.clientId, QString::fromUtf8(copyOf(wanted.clientSecret)),
                                      wanted.address);
    return refreshToken.future();
}

Future<MailboxId> FakeMailDesk::saveMailbox(const MailAccount& account, const std::optional<SecretString>& secret) {
    calls << u"saveMailbox %1"_s.arg(account.address);
    saved.push_back(account);
    savedSecrets.push_back(secret ? copyOf(*secret) : QByteArray());
    return savedMailbox.future();
}

Future<bool> FakeMailDesk::disconnectMailbox(MailboxId mailbox) {
    calls << u"disconnectMailbox %1"_s.arg(mailbox.value());
    return disconnected.future();
}

Future<bool> FakeMailDesk::joinTeam(MailboxId mailbox, const QString& agentName) {
    calls << u"joinTeam %1 %2"_s.arg(mailbox.value()).arg(agentName);
    return joined.future();
}

void FakeMailDesk::syncMailbox(MailboxId mailbox) {
    calls << u"syncMailbox %1"_s.arg(mailbox.value());
}

Future<QByteArray> FakeMailDesk::originalMail(MessageId message) {
    calls << u"originalMail %1"_s.arg(message.value());
    return original.future();
}

Future<QByteArray> FakeMailDesk::remotePicture(const QUrl& address) {
    calls << u"remotePicture %1"_s.arg(address.toString());
    return picture.future();
}

Future<OutboxId> FakeMailDesk::send(const ReplyRequest& reply) {
    calls << u"send %1"_s.arg(reply.conversation.value());
    replies.push_back(reply);
    return queued.future();
}

Future<bool> FakeMailDesk::cancelSend(OutboxId id) {
    calls << u"cancelSend %1"_s.arg(id.value());
    return cancelled.future();
}

void FakeMailDesk::sendNow(OutboxId id) {
    calls << u"sendNow %1"_s.arg(id.value());
}

void FakeMailDesk::resolveUnknown(OutboxId id, bool wasSent) {
    calls << u"resolveUnknown %1 %2"_s.arg(id.value()).arg(wasSent ? u"sent"_s : u"again"_s);
}

void FakeMailDesk::pauseOutbox(bool paused) {
    calls << (paused ? u"pauseOutbox"_s : u"resumeOutbox"_s);
    m_isPaused = paused;
}

void FakeMailDesk::assign(ConversationId conversation, int slot) {
    calls << u"assign %1 %2"_s.arg(conversation.value()).arg(slot);
}

Future<bool> FakeMailDesk::addNote(ConversationId conversation, const QString& text) {
    calls << u"addNote %1 %2"_s.arg(conversation.value()).arg(text);
    return noted.future();
}

Future<ConversationId> FakeMailDesk::merge(ConversationId into, ConversationId from) {
    calls << u"merge %1 %2"_s.arg(into.value()).arg(from.value());
    return merged.future();
}

Future<ConversationId> FakeMailDesk::split(ConversationId conversation, MessageId firstOfNew) {
    calls << u"split %1 %2"_s.arg(conversation.value()).arg(firstOfNew.value());
    return parted.future();
}

Future<bool> FakeMailDesk::revertMove(ConversationId conversation) {
    calls << u"revertMove %1"_s.arg(conversation.value());
    return reverted.future();
}

Future<bool> FakeMailDesk::takeOver(ConversationId conversation, int holderSlot) {
    calls << u"takeOver %1 %2"_s.arg(conversation.value()).arg(holderSlot);
    return takenOver.future();
}

Future<bool> FakeMailDesk::keepApart(ConversationId one, ConversationId other) {
    calls << u"keepApart %1 %2"_s.arg(one.value()).arg(other.value());
    return keptApart.future();
}

Future<CannedReplyId> FakeMailDesk::saveCannedReply(const CannedReply& reply) {
    calls << u"saveCannedReply %1"_s.arg(reply.name);
    savedReplies.push_back(reply);
    return savedReply.future();
}

void FakeMailDesk::removeCannedReply(CannedReplyId id) {
    calls << u"removeCannedReply %1"_s.arg(id.value());
}

Future<bool> FakeMailDesk::saveDraftToServer(ConversationId conversation) {
    calls << u"saveDraftToServer %1"_s.arg(conversation.value());
    return savedToServer.future();
}

std::optional<MailSyncProgress> FakeMailDesk::progress(MailboxId mailbox) const {
    const auto found = progresses.constFind(mailbox.value());
    return found == progresses.cend() ? std::nullopt : std::optional(*found);
}

} // namespace aiva::test
