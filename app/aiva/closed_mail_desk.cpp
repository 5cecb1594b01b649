#include "app/aiva/closed_mail_desk.h"

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

template <typename T>
Future<T> refused() {
    return readyFuture<T>(Error{ErrorKind::Refused, u"no mailbox service here"_s, ErrorCause::NotSupported});
}

} // namespace

Future<std::vector<MailServerGuess>> ClosedMailDesk::findServers(const QString&) {
    return refused<std::vector<MailServerGuess>>();
}

Future<MailAccount> ClosedMailDesk::testMailbox(const MailAccount&, const SecretString&) {
    return refused<MailAccount>();
}

Future<SecretString> ClosedMailDesk::signIn(const OAuthProvider&, const QString&) {
    return refused<SecretString>();
}

Future<MailboxId> ClosedMailDesk::saveMailbox(const MailAccount&, const std::optional<SecretString>&) {
    return refused<MailboxId>();
}

Future<bool> ClosedMailDesk::disconnectMailbox(MailboxId) {
    return refused<bool>();
}

Future<bool> ClosedMailDesk::joinTeam(MailboxId, const QString&) {
    return refused<bool>();
}

Future<QByteArray> ClosedMailDesk::originalMail(MessageId) {
    return refused<QByteArray>();
}

Future<OutboxId> ClosedMailDesk::send(const ReplyRequest&) {
    return refused<OutboxId>();
}

Future<bool> ClosedMailDesk::cancelSend(OutboxId) {
    return refused<bool>();
}

Future<bool> ClosedMailDesk::addNote(ConversationId, const QString&) {
    return refused<bool>();
}

Future<ConversationId> ClosedMailDesk::merge(ConversationId, ConversationId) {
    return refused<ConversationId>();
}

Future<ConversationId> ClosedMailDesk::split(ConversationId, MessageId) {
    return refused<ConversationId>();
}

Future<bool> ClosedMailDesk::revertMove(ConversationId) {
    return refused<bool>();
}

Future<bool> ClosedMailDesk::takeOver(ConversationId, int) {
    return refused<bool>();
}

Future<bool> ClosedMailDesk::keepApart(ConversationId, ConversationId) {
    return refused<bool>();
}

Future<CannedReplyId> ClosedMailDesk::saveCannedReply(const CannedReply&) {
    return refused<CannedReplyId>();
}

} // namespace aiva
