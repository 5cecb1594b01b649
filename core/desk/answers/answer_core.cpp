#include "core/desk/answers/answer_core.h"

#include "core/answer/model/draft_run.h"
#include "core/base/log.h"
#include "core/desk/mail/mail_core.h"
#include "core/domain/email_address.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace aiva {

namespace {

constexpr int kBackgroundAtOnce = 200; // read from the cache at a time
constexpr int kSliceMs = 15;           // of background work at a time
constexpr int kRestMs = 100;           // between two of them
constexpr int kMakeWayMs = 20;         // while the window waits for something

double randomChance() {
    return QRandomGenerator::system()->generateDouble();
}

bool wouldSend(const GateDecision& gate) {
    return gate.outcome == GateDecision::Outcome::Send || gate.shadow;
}

// Nothing but the age of the orders stands in the way.
bool lacksOnlyFreshOrders(const GateDecision& gate) {
    const auto failed = std::count_if(gate.checks.begin(), gate.checks.end(), [](const GateCheck& check) {
        return !check.passed && check.name != "facts_fresh"_L1 && check.name != "mode_on"_L1;
    });
    const auto stale = std::any_of(gate.checks.begin(), gate.checks.end(), [](const GateCheck& check) {
        return !check.passed && check.name == "facts_fresh"_L1;
    });
    return stale && failed == 0;
}

} // namespace

AnswerCore::AnswerCore(Database& writer, const Clock& clock, const AnswerAdapters& adapters, MailCore* mail,
                       std::shared_ptr<std::atomic<int>> waiting)
    : m_writer(writer)
    , m_clock(clock)
    , m_adapters(adapters)
    , m_mail(mail)
    , m_waiting(std::move(waiting))
    , m_work(this)
    , m_lookAgain(this)
    , m_follow(this) {
    m_work.setSingleShot(true);
    connect(&m_work, &QTimer::timeout, this, &AnswerCore::work);
    m_lookAgain.setSingleShot(true);
    connect(&m_lookAgain, &QTimer::timeout, this, &AnswerCore::lookAgain);
    m_follow.setSingleShot(true);
    connect(&m_follow, &QTimer::timeout, this, &AnswerCore::followAttended);
}

AnswerCore::~AnswerCore() {
    for (auto& [conversation, run] : m_runs) // before its port
        delete run.run;
}

Result<void> AnswerCore::open() {
    AIVA_TRY(m_books, AnswerBooks::open(m_writer));
    AIVA_TRY(m_engine, AnswerEngine::create(m_writer, m_clock, randomChance));
    if (!m_mail) return {};
    AIVA_TRY(m_inbox, InboxQuery::create(m_writer));
    m_sender = std::make_unique<AutoSender>(*m_books, *m_mail, m_clock);
    return m_sender->open();
}

void AnswerCore::start() {
    const auto missing = m_books->agenda->withoutProposal(kBackgroundAtOnce + static_cast<int>(m_unanswerable.size()));
    if (!missing) return settle(u"propose"_s, missing.error());
    for (const ConversationId conversation : *missing)
        if (!m_unanswerable.contains(conversation)) m_queue.add(conversation, AnswerQueue::Urgency::Background);
    if (!m_queue.isEmpty() && !m_work.isActive()) m_work.start(0);
}

// What somebody waits for: one conversation a turn, so that what the window asks comes in between. The background: a
// few at once, then a rest. Each proposal is a commit, and each commit empties the window's page cache.
void AnswerCore::work() {
    const bool isUrgent = m_queue.isUrgent();
    if (!isUrgent && *m_waiting > 0) return m_work.start(kMakeWayMs);
    const qint64 until = m_clock.monotonicMs() + kSliceMs;
    while (workOne() && !isUrgent && !m_queue.isUrgent() && *m_waiting == 0 && m_clock.monotonicMs() < until) {
    }
    if (m_queue.isEmpty()) start();
    if (!m_queue.isEmpty()) m_work.start(m_queue.isUrgent() ? 0 : kRestMs);
}

bool AnswerCore::workOne() {
    const auto conversation = m_queue.next();
    if (!conversation) return false;
    if (const Result<void> done = proposeNow(*conversation); !done) {
        m_unanswerable.insert(*conversation); // until something new comes in: it would fail again
        settle(u"propose"_s, done);
    }
    return true;
}

void AnswerCore::propose(ConversationId conversation) {
    m_queue.add(conversation, AnswerQueue::Urgency::Asked);
    m_work.start(0);
}

Result<void> AnswerCore::proposeNow(ConversationId conversation) {
    AIVA_TRY(const std::optional<AnswerReading> reading, m_engine->read(conversation));
    if (!reading || reading->sources.conversation.status == ConversationStatus::Done) {
        m_unanswerable.insert(conversation);
        return m_books->proposals->remove(conversation);
    }
    if (m_sender && m_sender->isWaiting(conversation)) return {}; // it stands, and the outbox guards it
    // Answered while it waited its turn: nobody waits for anything until the customer writes again.
    const auto& messages = reading->sources.conversation.messages;
    if (!messages.empty() && messages.back().isOutbound) {
        m_unanswerable.insert(conversation);
        return m_books->proposals->remove(conversation);
    }
    AIVA_TRY(const std::optional<Proposal> before, m_books->proposals->byConversation(conversation));
    const bool isSame = before && before->answers == reading->sources.question->id;
    // What a person put aside, and what a model drafted, stays while nothing new is known.
    const bool isKept =
        isSame && before->basis == reading->sources.basis &&
        (before->state == ProposalState::Dismissed || (before->draft && before->draft->source == AnswerSource::Model));
    if (isKept) return {};
    AIVA_TRY(Proposal proposal, m_engine->propose(*reading));
    return keep(*reading, std::move(proposal));
}

Result<void> AnswerCore::keep(const AnswerReading& reading, Proposal proposal) {
    AIVA_CHECK(m_books->proposals->save(proposal));
    Q_EMIT rowsChanged(DeskChange::Answers);
    const StoreId store = reading.sources.store.id;
    if (!proposal.draft) return {};
    if (wouldSend(proposal.gate) || lacksOnlyFreshOrders(proposal.gate))
        AIVA_CHECK(m_books->note(m_clock.now(), AuditActor::Aiva, u"gate_decision"_s, proposal, store,
                                 {{u"shadow"_s, proposal.gate.shadow}}));
    if (lacksOnlyFreshOrders(proposal.gate) && store.isValid()) askForFreshOrders(store, proposal.conversation);
    if (!m_sender || proposal.gate.outcome != GateDecision::Outcome::Send) return {};
    AIVA_CHECK(m_sender->queue(reading, proposal));
    AIVA_CHECK(writeOutcome(proposal, store, reading.sources.conversation.customerEmail, DraftOutcome::AutoSent));
    Q_EMIT rowsChanged(DeskChange::Answers | DeskChange::Outbox);
    return {};
}

Result<void> AnswerCore::writeOutcome(const Proposal& proposal, StoreId store, const QString& customer,
                                      DraftOutcome outcome) {
    if (!store.isValid() || !proposal.draft) return {};
    DraftOutcomeRecord record;
    record.store = store;
    record.conversation = proposal.conversation;
    record.customerEmail = normalizedEmail(customer);
    record.intent = proposal.draft->intent;
    record.source = proposal.draft->source;
    record.outcome = outcome;
    record.wasShadowSend = proposal.gate.shadow;
    record.at = m_clock.now();
    return m_books->outcomes->add(record);
}

// What a person made of the draft: sent as it was, changed, or something else altogether.
void AnswerCore::personReplied(const ReplyRequest& reply) {
    const auto proposal = m_books->proposals->byConversation(reply.conversation);
    if (!proposal || !*proposal || !(*proposal)->draft) return;
    const QString sent = reply.text.simplified();
    const QString drafted = (*proposal)->draft->reply.simplified();
    const QString opening = drafted.left(24);
    const DraftOutcome outcome = sent.startsWith(drafted) ? DraftOutcome::Unedited
                                 : sent.contains(opening) ? DraftOutcome::Edited
                                                          : DraftOutcome::Discarded;
    const auto reading = m_engine->read(reply.conversation);
    const StoreId store = reading && *reading ? (*reading)->sources.store.id : StoreId();
    const QString customer = reading && *reading ? (*reading)->sources.conversation.customerEmail : QString();
    settle(u"outcome"_s, writeOutcome(**proposal, store, customer, outcome));
    const QString kind = outcome == DraftOutcome::Unedited ? u"draft_accepted"_s
                         : outcome == DraftOutcome::Edited ? u"draft_edited"_s
                                                           : u"draft_discarded"_s;
    settle(u"audit"_s, m_books->note(m_clock.now(), AuditActor::Person, kind, **proposal, store));
    if (outcome != DraftOutcome::Discarded && store.isValid())
        settle(u"learn"_s, learn(**proposal, store, (*proposal)->draft->intent));
    settle(u"propose"_s, m_books->proposals->remove(reply.conversation));
    Q_EMIT rowsChanged(DeskChange::Answers | DeskChange::Conversations);
}

Result<void> AnswerCore::learn(const Proposal& proposal, StoreId store, Intent label) {
    if (proposal.intent.intents.empty()) return {};
    IntentLabel made;
    made.message = proposal.answers;
    made.store = store;
    made.predicted = proposal.intent.intents.front().intent;
    made.confidence = proposal.intent.intents.front().confidence;
    made.label = label;
    made.madeAt = m_clock.now();
    AIVA_CHECK(m_books->labels->save(made));
    return m_engine->readSettings();
}

void AnswerCore::settle(const QString& command, const Result<void>& done) {
    if (done) return;
    qCWarning(logDesk, "%s: %s", qUtf8Printable(command), qUtf8Printable(errorWords(done.error())));
    Q_EMIT commandFailed(command, done.error());
}

} // namespace aiva
