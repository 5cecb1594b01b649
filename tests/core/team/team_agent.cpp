#include "tests/core/team/team_agent.h"

using namespace Qt::StringLiterals;

namespace aiva::test {

AnchorPace quickAnchorPace() {
    AnchorPace pace;
    pace.reconnectMs = {0, 1, 2};
    return pace;
}

MessageRecord customerMail(const QString& id, const QString& references) {
    MessageRecord mail;
    mail.messageId = id;
    mail.from = {u"Ann"_s, u"ann@customer.example"_s};
    mail.to = {{u"Shop"_s, kShopAddress}};
    mail.date = UtcTime(1'770'000'000'000);
    mail.subject = u"About "_s + id;
    mail.text = u"Where is my lamp?"_s;
    if (!references.isEmpty()) mail.references = QStringList{references};
    return mail;
}

MessageRecord shopAnswer(const QString& id, const QString& references) {
    MessageRecord mail = customerMail(id, references);
    mail.from = {u"Shop"_s, kShopAddress};
    mail.to = {{u"Ann"_s, u"ann@customer.example"_s}};
    mail.text = u"On its way."_s;
    return mail;
}

TeamAgentDesk::TeamAgentDesk(std::unique_ptr<MailboxPort> thePort, int slot) : port(std::move(thePort)) {
    Database& writer = workspace.writer();
    sql(u"INSERT INTO mailboxes (id, address, display_name, own_addresses, user_name, auth, imap_host, imap_port, "
        "imap_security, smtp_host, smtp_port, smtp_security, team_mode, agent_slot, created_at) VALUES (1, '%1', "
        "'Shop', 'old@shop.example', 'help', 'password', 'h', 1, 'tls', 'h', 1, 'tls', 'shared', %2, 0)"_s
            .arg(kShopAddress)
            .arg(slot));
    sql(u"INSERT INTO mail_folders (id, mailbox_id, name, role) VALUES (1, 1, 'INBOX', 'inbox'), "
        "(2, 1, 'Sent', 'sent')"_s);
    auto madeConversations = ConversationRepository::create(writer);
    auto madeRepository = TeamRepository::create(writer);
    if (!madeConversations || !madeRepository) qFatal("repositories");
    conversations = *std::move(madeConversations);
    repository = *std::move(madeRepository);
    std::vector<TeamAgent> agents;
    for (int i = 1; i <= 8; ++i)
        agents.push_back({i, u"Agent %1"_s.arg(i), i == slot});
    if (!repository->setAgents(mailbox, agents)) qFatal("agents");
    claims = std::make_unique<TeamClaims>(
        writer, *repository, [this](MailboxId) { return line(); }, quickAnchorPace());
}

TeamAgentDesk::~TeamAgentDesk() {
    claims.reset();
}

bool TeamAgentDesk::sync() {
    return syncFolder(inbox, u"INBOX"_s) && syncFolder(sent, u"Sent"_s);
}

bool TeamAgentDesk::syncFolder(FolderId id, const QString& name) {
    const auto changes = await(port->changes(name, {}));
    if (!changes) return false;
    std::vector<quint32> uids;
    for (const FlagUpdate& update : changes->updates)
        uids.push_back(update.uid);
    const auto mails = await(port->fetch(name, uids));
    if (!mails) return false;
    sql(u"UPDATE mail_folders SET uid_next = %2 WHERE id = %1"_s.arg(id.value()).arg(changes->state.uidNext));
    for (const ServerMessage& mail : *mails) {
        if (!mail.message || !*mail.message) continue;
        const auto direction = (**mail.message).from.email == kShopAddress ? ConversationRepository::Direction::Outbound
                                                                           : ConversationRepository::Direction::Inbound;
        const auto added = conversations->add(**mail.message, direction);
        if (!added) return false;
        sql(u"INSERT OR REPLACE INTO mail_locations (folder_id, uid, message_id, mod_seq, flags) "
            "VALUES (%1, %2, %3, %4, '%5')"_s.arg(id.value())
                .arg(mail.uid)
                .arg(added->message.value())
                .arg(mail.modSeq)
                .arg(wordsOf(mail.flags).join(u' ')));
    }
    return true;
}

ConversationId TeamAgentDesk::conversationOf(const QString& messageId) {
    return ConversationId(
        sqlText(qPrintable(u"SELECT conversation_id FROM messages WHERE message_id = '%1'"_s.arg(messageId)))
            .toLongLong());
}

Result<ClaimAnswer> TeamAgentDesk::claim(ConversationId conversation) {
    return await(claims->claim(mailbox, conversation));
}

Result<bool> TeamAgentDesk::release(ConversationId conversation, ClaimPort::Ending ending) {
    return await(claims->release(mailbox, conversation, ending));
}

ConversationTeamState TeamAgentDesk::row(ConversationId conversation) {
    const auto state = repository->state(conversation);
    return state && *state ? **state : ConversationTeamState();
}

TeamAnchor TeamAgentDesk::anchor(ConversationId conversation) {
    const auto anchor = repository->anchor(conversation);
    return anchor && *anchor ? **anchor : TeamAnchor();
}

void TeamAgentDesk::setMembership(TeamMode mode, int slot) {
    sql(u"UPDATE mailboxes SET team_mode = '%1', agent_slot = %2"_s.arg(toWord(mode)).arg(slot));
}

QString TeamAgentDesk::sqlText(const char* query) {
    auto statement = workspace.writer().prepare(query);
    if (!statement) qFatal("%s", qPrintable(statement.error().detail));
    const auto row = statement->step();
    return row && *row ? statement->text(0) : QString();
}

void TeamAgentDesk::sql(const QString& statement) {
    const QByteArray utf8 = statement.toUtf8();
    const auto done = workspace.writer().execute({utf8.constData(), static_cast<size_t>(utf8.size())});
    if (!done) qFatal("%s", qPrintable(done.error().detail));
}

} // namespace aiva::test
