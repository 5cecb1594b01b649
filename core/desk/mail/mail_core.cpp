#include "core/desk/mail/mail_core.h"

using namespace Qt::StringLiterals;

namespace aiva {

MailCore::MailCore(Database& writer, ConversationRepository& conversations, const Clock& clock,
                   const MailAdapters& adapters, const MailPace& pace, QString leaseFile)
    : m_writer(writer)
    , m_conversations(conversations)
    , m_clock(clock)
    , m_adapters(adapters)
    , m_pace(pace)
    , m_leaseFile(std::move(leaseFile)) {}

MailCore::~MailCore() = default;

Result<void> MailCore::open() {
    AIVA_CHECK(openBooks());
    connectTeam();
    connectOutbox();
    m_accounts =
        std::make_unique<MailAccounts>(m_writer, *m_mailboxes, m_adapters, sharingTest(), m_clock, m_pace.setup);
    connect(m_accounts.get(), &MailAccounts::stepped, this, &MailCore::setupStepped);
    connect(m_accounts.get(), &MailAccounts::openUrl, this, &MailCore::openUrl);
    connect(&m_teamTimer, &QTimer::timeout, this, [this] {
        for (const auto& [mailbox, station] : m_stations)
            m_looks->look(mailbox, {});
    });
    return {};
}

void MailCore::start() {
    const Result<std::vector<MailAccount>> accounts = m_mailboxes->all();
    if (!accounts) {
        Q_EMIT commandFailed(u"openMailboxes"_s, accounts.error());
        return;
    }
    for (const MailAccount& account : *accounts)
        if (account.status != MailboxStatus::Disconnected) startStation(account);
    m_outbox->start();
    m_teamTimer.start(m_pace.teamMs);
}

Result<void> MailCore::openBooks() {
    AIVA_TRY(m_mailboxes, MailboxRepository::create(m_writer));
    AIVA_TRY(m_teams, TeamRepository::create(m_writer));
    AIVA_TRY(m_ledger, OutboxLedger::create(m_writer));
    AIVA_TRY(m_edits, ConversationEdits::create(m_writer, m_conversations, m_clock));
    return {};
}

void MailCore::connectTeam() {
    const MailboxLines lines = [this](MailboxId mailbox) { return urgentLine(mailbox); };
    m_claims = std::make_unique<TeamClaims>(m_writer, *m_teams, lines, m_pace.anchor);
    m_teamState = std::make_unique<TeamState>(m_writer, *m_teams, lines, m_pace.anchor);
    const auto noteState = [this](ConversationId) { Q_EMIT rowsChanged(DeskChange::Conversations); };
    connect(m_claims.get(), &TeamClaims::stateChanged, this, noteState);
    connect(m_teamState.get(), &TeamState::stateChanged, this, noteState);
    connect(m_teamState.get(), &TeamState::wishLost, this, [this](ConversationId, bool, bool) {
        Q_EMIT commandFailed(u"assign"_s, Error{ErrorKind::Conflict, u"a colleague changed it first"_s});
    });
    connect(m_teamState.get(), &TeamState::failed, this,
            [this](const Error& error) { Q_EMIT commandFailed(u"team"_s, error); });
    m_looks = std::make_unique<TeamLooks>(TeamLooks::Books{m_writer, *m_teams, *m_mailboxes}, lines, m_clock,
                                          m_adapters.personName);
    connect(m_looks.get(), &TeamLooks::looked, this, [this](MailboxId mailbox) {
        m_teamState->carry(mailbox);
        m_outbox->tryAgain(mailbox);
        Q_EMIT rowsChanged(DeskChange::Mailboxes | DeskChange::Outbox);
        Q_EMIT mailboxStateChanged(mailbox);
    });
}

void MailCore::connectOutbox() {
    m_mailWriter = m_adapters.writer();
    OutboxDoors doors{[this](MailboxId mailbox) { return urgentLine(mailbox); }, m_adapters.submission, *m_claims,
                      m_clock};
    m_outbox = std::make_unique<OutboxDispatcher>(*m_ledger, std::move(doors), m_pace.send, m_leaseFile);
    const OutboxDispatcher* outbox = m_outbox.get();
    connect(outbox, &OutboxDispatcher::changed, this,
            [this](OutboxId) { Q_EMIT rowsChanged(DeskChange::Outbox | DeskChange::Drafts); });
    connect(outbox, &OutboxDispatcher::sent, this, [this](OutboxId id, ConversationId conversation) {
        Q_EMIT rowsChanged(DeskChange::Conversations | DeskChange::Outbox);
        Q_EMIT sent(id, conversation);
        for (const auto& [mailbox, station] : m_stations)
            station->keeper().syncNow(); // where its copy lies
    });
    connect(outbox, &OutboxDispatcher::held, this, &MailCore::sendHeld);
    connect(outbox, &OutboxDispatcher::pausedChanged, this, &MailCore::pausedChanged);
}

void MailCore::startStation(const MailAccount& account) {
    m_stations.erase(account.id);
    auto made = std::make_unique<MailStation>(
        account, m_adapters, MailboxBooks{*m_mailboxes, m_conversations, m_writer}, m_clock, m_pace.mailbox);
    const MailboxId mailbox = account.id;
    const MailStation* station = made.get();
    connect(station, &MailStation::arrived, this, &MailCore::takeArrivals);
    connect(station, &MailStation::newsCame, this, &MailCore::takeNews);
    connect(station, &MailStation::rowsChanged, this,
            [this] { Q_EMIT rowsChanged(DeskChange::Conversations | DeskChange::Mailboxes); });
    connect(station, &MailStation::progressed, this, &MailCore::syncProgressed);
    connect(station, &MailStation::passEnded, this, [this, mailbox] {
        m_teamState->carry(mailbox);
        Q_EMIT mailboxStateChanged(mailbox);
        Q_EMIT rowsChanged(DeskChange::Mailboxes);
    });
    connect(station, &MailStation::contactChanged, this, [this, mailbox](bool reached) {
        if (reached) m_outbox->tryAgain(mailbox);
        Q_EMIT contactChanged(reached);
    });
    m_stations.insert_or_assign(mailbox, std::move(made)).first->second->start();
    m_looks->look(mailbox, {});
}

// The cache first, then the guards of what waits: both see the same.
void MailCore::takeNews(const FolderNews& news) {
    if (news.uidsStartedAnew) m_teamState->uidsStartedAnew(news.folder);
    if (news.modSeqsWentBack) m_teamState->modSeqsWentBack(news.folder);
    if (!news.flags.empty()) m_teamState->flagsChanged(news.folder, news.flags);
}

void MailCore::takeArrivals(const MailArrivals& arrivals) {
    for (const ConversationId conversation : arrivals.conversations) {
        m_outbox->conversationChanged(conversation);
        if (arrivals.newInbound > 0) m_teamState->customerWrote(conversation);
    }
    if (!arrivals.conversations.empty())
        Q_EMIT conversationsArrived({arrivals.conversations.begin(), arrivals.conversations.end()});
    if (arrivals.newInbound > 0) Q_EMIT mailArrived(arrivals.mailbox, arrivals.newInbound);
}

MailboxPort* MailCore::urgentLine(MailboxId mailbox) {
    const auto found = m_stations.find(mailbox);
    return found == m_stations.end() ? nullptr : &found->second->urgentLine();
}

} // namespace aiva
