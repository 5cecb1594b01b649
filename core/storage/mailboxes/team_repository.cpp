#include "core/storage/mailboxes/team_repository.h"

namespace aiva {

using namespace Qt::StringLiterals;

class TeamRepository::Private {
public:
    explicit Private(Database& theDatabase) : database(theDatabase) {}

    Database& database;
    Statement removeAgents;
    Statement addAgent;
    Statement agents;
    Statement agentName;
    Statement membership;
    Statement saveAnchor;
    Statement anchor;
    Statement wanted;
    Statement places;
    Statement placeAt;
    Statement mailboxOf;
    Statement conversationAt;
    Statement setState;
    Statement state;

    Result<void> prepareAgents();
    Result<void> prepareAnchors();
    Result<void> prepareConversations();
};

#define AIVA_ANCHOR_COLUMNS                                                                                            \
    "SELECT a.conversation_id, a.folder_id, a.uid, a.mod_seq, a.words, a.wanted, a.is_claiming FROM team_anchors a "

static constexpr std::string_view kAnchor = AIVA_ANCHOR_COLUMNS "WHERE a.conversation_id = ?1";
// Through the partial index team_anchors_wanted: few anchors wait at a time.
static constexpr std::string_view kWanted = AIVA_ANCHOR_COLUMNS
    "JOIN mail_folders f ON f.id = a.folder_id WHERE a.wanted <> '' AND f.mailbox_id = ?1 ORDER BY a.conversation_id";
#undef AIVA_ANCHOR_COLUMNS

static constexpr std::string_view kSaveAnchor = R"sql(
INSERT INTO team_anchors (conversation_id, folder_id, uid, mod_seq, words, wanted, is_claiming)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (conversation_id) DO UPDATE SET folder_id = excluded.folder_id, uid = excluded.uid,
    mod_seq = excluded.mod_seq, words = excluded.words, wanted = excluded.wanted, is_claiming = excluded.is_claiming)sql";

static constexpr std::string_view kPlaces = R"sql(
SELECT f.id, f.name, l.uid, l.mod_seq, l.flags
FROM messages m
JOIN mail_locations l ON l.message_id = m.id
JOIN mail_folders f ON f.id = l.folder_id
WHERE m.conversation_id = ?1 AND f.mailbox_id = ?2 AND f.role IN ('inbox', 'archive', 'all', 'none')
ORDER BY f.role <> 'inbox', f.name, l.uid
LIMIT 200)sql";

static constexpr std::string_view kPlaceAt = R"sql(
SELECT f.id, f.name, l.uid, l.mod_seq, l.flags
FROM mail_locations l JOIN mail_folders f ON f.id = l.folder_id
WHERE l.folder_id = ?1 AND l.uid = ?2)sql";

static constexpr std::string_view kConversationAt = R"sql(
SELECT m.conversation_id FROM mail_locations l JOIN messages m ON m.id = l.message_id
WHERE l.folder_id = ?1 AND l.uid = ?2)sql";

static constexpr std::string_view kSetState = R"sql(
UPDATE conversations SET status = ?2, assignee_slot = ?3, claim_slot = ?4
WHERE id = ?1 AND (status <> ?2 OR assignee_slot <> ?3 OR claim_slot <> ?4))sql";

static TeamAnchor anchorFrom(const Statement& row) {
    TeamAnchor anchor;
    anchor.conversation = row.id<ConversationId>(0);
    anchor.folder = row.id<FolderId>(1);
    anchor.uid = static_cast<quint32>(row.integer(2));
    anchor.modSeq = static_cast<quint64>(row.integer(3));
    anchor.words = row.text(4);
    anchor.wanted = row.text(5);
    anchor.isClaiming = row.boolean(6);
    return anchor;
}

static TeamPlace placeFrom(const Statement& row) {
    return {row.id<FolderId>(0), row.text(1), static_cast<quint32>(row.integer(2)),
            static_cast<quint64>(row.integer(3)), row.text(4).split(u' ', Qt::SkipEmptyParts)};
}

Result<void> TeamRepository::Private::prepareAgents() {
    AIVA_TRY(removeAgents, database.prepare("DELETE FROM team_agents WHERE mailbox_id = ?1"));
    AIVA_TRY(addAgent, database.prepare("INSERT OR REPLACE INTO team_agents (mailbox_id, slot, name, is_me) "
                                        "VALUES (?1, ?2, ?3, ?4)"));
    AIVA_TRY(agents, database.prepare("SELECT slot, name, is_me FROM team_agents WHERE mailbox_id = ?1 ORDER BY slot"));
    AIVA_TRY(agentName, database.prepare("SELECT name FROM team_agents WHERE mailbox_id = ?1 AND slot = ?2"));
    AIVA_TRY(membership, database.prepare("SELECT team_mode, agent_slot FROM mailboxes WHERE id = ?1"));
    AIVA_TRY(mailboxOf, database.prepare("SELECT mailbox_id FROM mail_folders WHERE id = ?1"));
    return {};
}

Result<void> TeamRepository::Private::prepareAnchors() {
    AIVA_TRY(saveAnchor, database.prepare(kSaveAnchor));
    AIVA_TRY(anchor, database.prepare(kAnchor));
    AIVA_TRY(wanted, database.prepare(kWanted));
    AIVA_TRY(places, database.prepare(kPlaces));
    AIVA_TRY(placeAt, database.prepare(kPlaceAt));
    AIVA_TRY(conversationAt, database.prepare(kConversationAt));
    return {};
}

Result<void> TeamRepository::Private::prepareConversations() {
    AIVA_TRY(setState, database.prepare(kSetState));
    AIVA_TRY(state, database.prepare("SELECT mailbox_id, status, assignee_slot, claim_slot, customer_spoke_last "
                                     "FROM conversations WHERE id = ?1"));
    return {};
}

TeamRepository::TeamRepository(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

TeamRepository::~TeamRepository() = default;

Result<std::unique_ptr<TeamRepository>> TeamRepository::create(Database& database) {
    auto priv = std::make_unique<Private>(database);
    AIVA_CHECK(priv->prepareAgents());
    AIVA_CHECK(priv->prepareAnchors());
    AIVA_CHECK(priv->prepareConversations());
    return std::unique_ptr<TeamRepository>(new TeamRepository(std::move(priv)));
}

Result<void> TeamRepository::setAgents(MailboxId mailbox, const std::vector<TeamAgent>& agents) {
    std::unique_ptr<Transaction> own;
    if (!d->database.isInTransaction()) {
        AIVA_TRY(own, Transaction::begin(d->database));
    }
    AIVA_CHECK(d->removeAgents.bind(1, mailbox).run());
    for (const TeamAgent& agent : agents)
        AIVA_CHECK(d->addAgent.bind(1, mailbox).bind(2, agent.slot).bind(3, agent.name).bind(4, agent.isMe).run());
    return own ? own->commit() : Result<void>();
}

Result<std::vector<TeamAgent>> TeamRepository::agents(MailboxId mailbox) {
    std::vector<TeamAgent> agents;
    d->agents.bind(1, mailbox);
    for (;;) {
        AIVA_TRY(const bool more, d->agents.step());
        if (!more) return agents;
        agents.push_back({static_cast<int>(d->agents.integer(0)), d->agents.text(1), d->agents.boolean(2)});
    }
}

Result<QString> TeamRepository::agentName(MailboxId mailbox, int slot) {
    AIVA_TRY(const bool found, d->agentName.bind(1, mailbox).bind(2, slot).step());
    const QString name = found ? d->agentName.text(0) : QString();
    d->agentName.reset();
    return name;
}

Result<TeamMembership> TeamRepository::membership(MailboxId mailbox) {
    AIVA_TRY(const bool found, d->membership.bind(1, mailbox).step());
    if (!found) return Error{ErrorKind::NotFound, u"there is no such mailbox"_s};
    const TeamMembership membership{fromWord<TeamMode>(d->membership.text(0)).value_or(TeamMode::Unknown),
                                    static_cast<int>(d->membership.integer(1))};
    d->membership.reset();
    return membership;
}

Result<void> TeamRepository::saveAnchor(const TeamAnchor& anchor) {
    d->saveAnchor.bind(1, anchor.conversation).bind(2, anchor.folder).bind(3, static_cast<qint64>(anchor.uid));
    d->saveAnchor.bind(4, static_cast<qint64>(anchor.modSeq)).bind(5, anchor.words).bind(6, anchor.wanted);
    return d->saveAnchor.bind(7, anchor.isClaiming).run();
}

Result<std::optional<TeamAnchor>> TeamRepository::anchor(ConversationId conversation) {
    AIVA_TRY(const bool found, d->anchor.bind(1, conversation).step());
    if (!found) return std::optional<TeamAnchor>();
    const TeamAnchor anchor = anchorFrom(d->anchor);
    d->anchor.reset();
    return std::optional<TeamAnchor>(anchor);
}

Result<std::vector<TeamAnchor>> TeamRepository::wanted(MailboxId mailbox) {
    std::vector<TeamAnchor> anchors;
    d->wanted.bind(1, mailbox);
    for (;;) {
        AIVA_TRY(const bool more, d->wanted.step());
        if (!more) return anchors;
        anchors.push_back(anchorFrom(d->wanted));
    }
}

Result<std::vector<TeamPlace>> TeamRepository::places(MailboxId mailbox, ConversationId conversation) {
    std::vector<TeamPlace> places;
    d->places.bind(1, conversation).bind(2, mailbox);
    for (;;) {
        AIVA_TRY(const bool more, d->places.step());
        if (!more) return places;
        const bool sameFolder = places.empty() || places.front().folder == d->places.id<FolderId>(0);
        if (sameFolder) places.push_back(placeFrom(d->places));
    }
}

Result<std::optional<ConversationId>> TeamRepository::conversationAt(FolderId folder, quint32 uid) {
    AIVA_TRY(const bool found, d->conversationAt.bind(1, folder).bind(2, static_cast<qint64>(uid)).step());
    if (!found) return std::optional<ConversationId>();
    const auto conversation = d->conversationAt.id<ConversationId>(0);
    d->conversationAt.reset();
    return std::optional<ConversationId>(conversation);
}

Result<std::optional<TeamPlace>> TeamRepository::placeAt(FolderId folder, quint32 uid) {
    AIVA_TRY(const bool found, d->placeAt.bind(1, folder).bind(2, static_cast<qint64>(uid)).step());
    if (!found) return std::optional<TeamPlace>();
    const TeamPlace place = placeFrom(d->placeAt);
    d->placeAt.reset();
    return std::optional<TeamPlace>(place);
}

Result<std::optional<MailboxId>> TeamRepository::mailboxOf(FolderId folder) {
    AIVA_TRY(const bool found, d->mailboxOf.bind(1, folder).step());
    if (!found) return std::optional<MailboxId>();
    const auto mailbox = d->mailboxOf.id<MailboxId>(0);
    d->mailboxOf.reset();
    return std::optional<MailboxId>(mailbox);
}

Result<void> TeamRepository::setState(ConversationId conversation, ConversationStatus status, int assigneeSlot,
                                      int claimSlot) {
    return d->setState.bind(1, conversation).bind(2, toWord(status)).bind(3, assigneeSlot).bind(4, claimSlot).run();
}

Result<std::optional<ConversationTeamState>> TeamRepository::state(ConversationId conversation) {
    AIVA_TRY(const bool found, d->state.bind(1, conversation).step());
    if (!found) return std::optional<ConversationTeamState>();
    ConversationTeamState state;
    if (!d->state.isNull(0)) state.mailbox = d->state.id<MailboxId>(0);
    state.status = fromWord<ConversationStatus>(d->state.text(1)).value_or(ConversationStatus::Open);
    state.assigneeSlot = static_cast<int>(d->state.integer(2));
    state.claimSlot = static_cast<int>(d->state.integer(3));
    state.customerSpokeLast = d->state.boolean(4);
    d->state.reset();
    return std::optional<ConversationTeamState>(state);
}

Result<void> TeamRepository::forgetModSeqs(FolderId folder) {
    AIVA_TRY(Statement statement, d->database.prepare("UPDATE team_anchors SET mod_seq = 0 WHERE folder_id = ?1"));
    return statement.bind(1, folder).run();
}

Result<void> TeamRepository::forgetPlaces(FolderId folder) {
    AIVA_TRY(Statement statement, d->database.prepare("UPDATE team_anchors SET uid = 0, mod_seq = 0, words = '' "
                                                      "WHERE folder_id = ?1"));
    return statement.bind(1, folder).run();
}

} // namespace aiva
