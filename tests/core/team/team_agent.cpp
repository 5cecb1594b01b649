#include "tests/core/team/team_agent.h"

#include "core/ports/flag_words.h"

#include <QSet>
#include <QSignalSpy>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace aiva::test {

AnchorPace quickAnchorPace() {
    AnchorPace pace;
    pace.reconnectMs = {0, 1, 2};
    pace.settleMs = 0;
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

template <typename T>
static T must(Result<T> result) {
    if (!result) qFatal("%s", qPrintable(result.error().detail));
    return *std::move(result);
}

TeamAgentDesk::TeamAgentDesk(std::unique_ptr<MailboxPort> thePort, int slot) : port(std::move(thePort)) {
    Database& writer = workspace.writer();
    conversations = must(ConversationRepository::create(writer));
    repository = must(TeamRepository::create(writer));
    mailboxes = must(MailboxRepository::create(writer));
    MailAccount account;
    account.address = kShopAddress;
    account.ownAddresses = QStringList{u"old@shop.example"_s};
    account.userName = u"help"_s;
    mailbox = must(mailboxes->save(account));
    setMembership(TeamMode::Shared, slot);
    MailFolderRow folder;
    folder.mailbox = mailbox;
    folder.name = u"INBOX"_s;
    folder.role = u"inbox"_s;
    inbox = must(mailboxes->saveFolder(folder));
    folder.name = u"Sent"_s;
    folder.role = u"sent"_s;
    sent = must(mailboxes->saveFolder(folder));
    std::vector<TeamAgent> agents;
    for (int i = 1; i <= 8; ++i)
        agents.push_back({i, u"Agent %1"_s.arg(i), i == slot});
    if (!repository->setAgents(mailbox, agents)) qFatal("agents");
    claims = std::make_unique<TeamClaims>(
        writer, *repository, [this](MailboxId) { return line(); }, quickAnchorPace());
    state = std::make_unique<TeamState>(
        writer, *repository, [this](MailboxId) { return line(); }, quickAnchorPace());
}

TeamAgentDesk::~TeamAgentDesk() {
    state.reset();
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
    MailFolderRow folder{id, mailbox, name, id == inbox ? u"inbox"_s : u"sent"_s};
    folder.uidNext = changes->state.uidNext;
    must(mailboxes->saveFolder(folder));
    if (!forgetMissing(id, uids)) return false;
    for (const ServerMessage& mail : *mails) {
        if (!mail.message || !*mail.message) continue;
        const auto direction = (**mail.message).from.email == kShopAddress ? ConversationRepository::Direction::Outbound
                                                                           : ConversationRepository::Direction::Inbound;
        const auto added = must(conversations->add(**mail.message, direction, {mailbox, false}));
        const MailLocationRow row{id, mail.uid, added.message, mail.modSeq, aiva::flagWords(mail.flags), {}};
        if (!mailboxes->saveLocations({row})) return false;
    }
    state->flagsChanged(id, changes->updates);
    return true;
}

bool TeamAgentDesk::forgetMissing(FolderId folder, const std::vector<quint32>& there) {
    std::vector<quint32> gone = must(mailboxes->knownUids(folder));
    std::erase_if(gone, [&](quint32 uid) { return std::find(there.begin(), there.end(), uid) != there.end(); });
    QSet<ConversationId> touched;
    for (const quint32 uid : gone)
        if (const auto conversation = must(repository->conversationAt(folder, uid))) touched.insert(*conversation);
    if (!mailboxes->removeLocations(folder, gone)) return false;
    for (const ConversationId conversation : touched)
        state->placesChanged(conversation);
    return true;
}

bool TeamAgentDesk::carry() {
    QSignalSpy carried(state.get(), &TeamState::carried);
    state->carry(mailbox);
    return !carried.isEmpty() || carried.wait(30'000);
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
    const auto found = repository->state(conversation);
    return found && *found ? **found : ConversationTeamState();
}

TeamAnchor TeamAgentDesk::anchor(ConversationId conversation) {
    const auto anchor = repository->anchor(conversation);
    return anchor && *anchor ? **anchor : TeamAnchor();
}

void TeamAgentDesk::setMembership(TeamMode mode, int slot) {
    if (!mailboxes->setTeam(mailbox, mode, {}, slot)) qFatal("membership");
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
