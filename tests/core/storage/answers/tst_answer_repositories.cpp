// Proposals, the rules of sending by itself, and what became of drafts.
#include "core/storage/answers/auto_send_repository.h"
#include "core/storage/answers/outcome_repository.h"
#include "core/storage/answers/proposal_repository.h"
#include "tests/core/readmodel/plans.h"
#include "tests/core/storage/records/record_fixture.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class AnswerRepositoriesTest : public QObject {
    Q_OBJECT

    std::unique_ptr<RecordFixture> m_cache;
    StoreId m_store;

    ConversationId addConversation(const QString& status = u"open"_s, bool customerSpokeLast = true) {
        auto insert = m_cache->database().prepare(
            "INSERT INTO conversations (subject, base_subject, status, customer_email, customer_name, snippet, "
            "message_count, unread_count, first_message_at, last_message_at, customer_spoke_last) "
            "VALUES ('S', '', ?1, 'ada@example.com', 'Ada', '', 1, 0, 0, 0, ?2)");
        if (!insert || !insert->bind(1, status).bind(2, customerSpokeLast).run()) qFatal("no conversation");
        return ConversationId(m_cache->database().lastInsertId());
    }
    static Proposal proposal(ConversationId conversation, ProposalState state = ProposalState::Ready) {
        Proposal made;
        made.conversation = conversation;
        made.answers = MessageId(7);
        made.state = state;
        made.intent.intents = {{Intent::OrderStatus, 0.93}, {Intent::Refund, 0.4}};
        made.intent.votes = {{u"rules"_s, u"order_status"_s}};
        made.intent.handOver = {HandOverSignal::Legal};
        made.intent.language = u"de"_s;
        made.draft =
            AnswerDraft{AnswerSource::Model, u"some-model"_s, u"de"_s, Intent::OrderStatus, 0.93, u"Hallo Ada, …"_s,
                        {u"#1042"_s},        {u"F1"_s},       true,    u"unsure"_s};
        made.facts.storeName = u"Acme"_s;
        made.facts.readAt = UtcTime(5);
        Fact fact;
        fact.id = u"F1"_s;
        fact.value = u"#1042"_s;
        made.facts.facts.push_back(fact);
        made.verdict.claims = {{1, ClaimStatus::Proven, 3, 5, u"#1042"_s, u"order_name"_s, u"F1"_s, u""_s}};
        made.gate.outcome = GateDecision::Outcome::Send;
        made.gate.sendAt = UtcTime(1'770'000'000'000);
        made.gate.shadow = true;
        made.gate.checks = {{u"not_vip"_s, true, true, u"a new customer"_s}};
        made.handOver = u"legal"_s;
        made.basis = {MessageId(7), {{4, 44}}};
        made.madeAt = UtcTime(9);
        return made;
    }
    static void compare(const Proposal& one, const Proposal& other) {
        QCOMPARE(one.conversation, other.conversation);
        QCOMPARE(one.answers, other.answers);
        QCOMPARE(toWord(one.state), toWord(other.state));
        QVERIFY(one.intent == other.intent);
        QVERIFY(one.draft == other.draft);
        QVERIFY(one.facts.facts == other.facts.facts);
        QCOMPARE(one.facts.storeName, other.facts.storeName);
        QVERIFY(one.verdict == other.verdict);
        QVERIFY(one.gate == other.gate);
        QCOMPARE(one.handOver, other.handOver);
        QVERIFY(one.basis == other.basis);
        QCOMPARE(one.madeAt, other.madeAt);
        QCOMPARE(one.outbox, other.outbox);
    }
    std::unique_ptr<ProposalRepository> proposals() {
        auto made = ProposalRepository::create(m_cache->database());
        if (!made) qFatal("%s", qPrintable(made.error().detail));
        return std::move(*made);
    }
    std::unique_ptr<AutoSendRepository> autoSend() {
        auto made = AutoSendRepository::create(m_cache->database());
        if (!made) qFatal("%s", qPrintable(made.error().detail));
        return std::move(*made);
    }
    void add(const DraftOutcomeRecord& outcome) {
        const auto outcomes = OutcomeRepository::create(m_cache->database());
        QVERIFY(outcomes && (*outcomes)->add(outcome));
    }

private Q_SLOTS:
    void init() {
        m_cache = std::make_unique<RecordFixture>();
        m_store = m_cache->addStore(u"acme.myshopify.com"_s);
    }

    void givesAProposalBackWhole() {
        const ConversationId conversation = addConversation();
        const auto repository = proposals();
        QVERIFY(!*repository->byConversation(conversation));
        QVERIFY(repository->save(proposal(conversation)));
        const auto read = repository->byConversation(conversation);
        QVERIFY(read && *read);
        compare(**read, proposal(conversation));

        Proposal other = proposal(conversation, ProposalState::HandOver);
        other.draft.reset();
        other.answers = MessageId(8);
        other.gate = {};
        other.outbox = OutboxId(3);
        QVERIFY(repository->save(other)); // replaces
        compare(**repository->byConversation(conversation), other);
        QCOMPARE(m_cache->integer("SELECT count(*) FROM proposals"), 1);
        compare(**repository->byOutbox(OutboxId(3)), other);
        QVERIFY(repository->remove(conversation));
        QVERIFY(!*repository->byConversation(conversation));
        QVERIFY(!*repository->byOutbox(OutboxId(3)));
    }

    void changesStateAndMailOfWhatIsThere() {
        const ConversationId conversation = addConversation();
        const auto repository = proposals();
        QCOMPARE(repository->setState(conversation, ProposalState::Dismissed).error().kind, ErrorKind::NotFound);
        QCOMPARE(repository->setOutbox(conversation, OutboxId(3)).error().kind, ErrorKind::NotFound);
        QVERIFY(repository->save(proposal(conversation)));
        QVERIFY(repository->setState(conversation, ProposalState::Dismissed));
        QVERIFY(repository->setOutbox(conversation, OutboxId(3)));
        QCOMPARE(toWord((*repository->byOutbox(OutboxId(3)))->state), u"dismissed"_s);
        QVERIFY(repository->setOutbox(conversation, OutboxId()));
        QVERIFY(!*repository->byOutbox(OutboxId(3)));
        QVERIFY(!(*repository->byConversation(conversation))->outbox.isValid());
    }

    void savesNothingForAConversationThatIsGone() {
        QCOMPARE(proposals()->save(proposal(ConversationId(99))).error().kind, ErrorKind::NotFound);
        QCOMPARE(m_cache->integer("SELECT count(*) FROM proposals"), 0);
    }

    void aRowOfAnotherVersionReadsAsNone() {
        const auto repository = proposals();
        for (const char* column : {"state", "intent", "draft", "facts", "verdict", "gate", "basis"}) {
            const ConversationId conversation = addConversation();
            QVERIFY(repository->save(proposal(conversation)));
            const QString sql = u"UPDATE proposals SET %1 = '[0' WHERE conversation_id = %2"_s;
            // The inbox's trigger reads the intent; a broken one cannot even be written.
            const auto written =
                m_cache->database().execute(sql.arg(QLatin1String(column)).arg(conversation.value()).toStdString());
            QCOMPARE(written.has_value(), qstrcmp(column, "intent") != 0);
            if (!written) continue;
            const auto read = repository->byConversation(conversation);
            QVERIFY(read);
            QVERIFY2(!*read, column);
        }
    }

    void theInboxFollowsTheProposal() {
        const ConversationId conversation = addConversation();
        const auto repository = proposals();
        const auto shown = [&] { return m_cache->text("SELECT answer_state || ' ' || intent FROM conversations"); };
        const auto ready = [&] { return m_cache->integer("SELECT sum(conversations) FROM ready_counts"); };
        QVERIFY(repository->save(proposal(conversation)));
        QCOMPARE(shown(), u"ready order_status"_s);
        QCOMPARE(ready(), 1);
        QVERIFY(repository->setState(conversation, ProposalState::Check));
        QCOMPARE(shown(), u"check order_status"_s);
        QCOMPARE(ready(), 0);
        Proposal other = proposal(conversation);
        other.intent.intents = {{Intent::Return, 0.8}};
        QVERIFY(repository->save(other));
        QCOMPARE(shown(), u"ready return"_s);
        QCOMPARE(ready(), 1);
        QVERIFY(repository->remove(conversation));
        QCOMPARE(shown(), u" return"_s);
        QCOMPARE(ready(), 0);
        QVERIFY(repository->save(other));
        QVERIFY(m_cache->database().execute("DELETE FROM conversations"));
        QCOMPARE(ready(), 0);
        QCOMPARE(m_cache->integer("SELECT count(*) FROM proposals"), 0);
    }

    void whatNobodySetIsOff() {
        const auto rules = autoSend()->rules(m_store);
        QVERIFY(rules);
        QCOMPARE(rules->size(), intentsWithPlaybooks().size());
        for (const AutoSendRule& rule : *rules) {
            AutoSendRule untouched;
            untouched.store = m_store;
            untouched.intent = rule.intent;
            QVERIFY(rule == untouched);
            QCOMPARE(toWord(rule.mode), u"off"_s);
        }
    }

    void keepsARuleForItsStoreAndIntentOnly() {
        AutoSendRule rule;
        rule.store = m_store;
        rule.intent = Intent::Return;
        rule.mode = AutoSendMode::Shadow;
        rule.thresholdPercent = 91;
        rule.delayMinutes = 3;
        rule.delayMaxMinutes = 8;
        rule.windowStartMinute = 540;
        rule.windowEndMinute = 1020;
        rule.capPerHour = 7;
        rule.capPerCustomerDay = 2;
        rule.approvalsNeeded = 40;
        rule.languages = {u"en"_s, u"fr"_s};
        const auto repository = autoSend();
        QVERIFY(repository->save(rule));
        QVERIFY(*repository->rule(m_store, Intent::Return) == rule);
        rule.mode = AutoSendMode::On;
        rule.languages.clear();
        QVERIFY(repository->save(rule));
        QVERIFY(*repository->rule(m_store, Intent::Return) == rule);
        QCOMPARE(toWord(repository->rule(m_store, Intent::Refund)->mode), u"off"_s);
        QCOMPARE(toWord(repository->rule(m_cache->addStore(u"b.myshopify.com"_s), Intent::Return)->mode), u"off"_s);
    }

    void aModeNobodyKnowsIsOff() {
        AutoSendRule rule;
        rule.store = m_store;
        rule.mode = AutoSendMode::On;
        QVERIFY(autoSend()->save(rule));
        QVERIFY(m_cache->database().execute("UPDATE auto_send_rules SET mode = 'always'"));
        QCOMPARE(toWord(autoSend()->rule(m_store, Intent::OrderStatus)->mode), u"off"_s);
    }

    void theKillSwitchStaysWhereItWasPut() {
        const auto repository = autoSend();
        QVERIFY(!*repository->isStopped());
        QVERIFY(repository->stop());
        QVERIFY(*autoSend()->isStopped());
        QVERIFY(repository->allow());
        QVERIFY(!*repository->isStopped());
        QVERIFY(m_cache->database().execute("UPDATE settings SET value = 'what' WHERE name = 'auto_send.stopped'"));
        QVERIFY(*repository->isStopped());
    }

    void earnsARecordFromWhatPeopleDid() {
        DraftOutcomeRecord outcome{m_store, ConversationId(1), u"a@b"_s};
        const auto happened = [&](DraftOutcome what, bool shadowSend, int times) {
            outcome.outcome = what;
            outcome.wasShadowSend = shadowSend;
            for (int i = 0; i < times; ++i)
                add(outcome);
        };
        happened(DraftOutcome::Unedited, false, 3);
        happened(DraftOutcome::Unedited, true, 5);
        happened(DraftOutcome::Edited, false, 2);
        happened(DraftOutcome::Edited, true, 1);
        happened(DraftOutcome::Discarded, true, 4);
        happened(DraftOutcome::AutoSent, false, 6);
        happened(DraftOutcome::Cancelled, false, 7);
        outcome.intent = Intent::Return;
        happened(DraftOutcome::Unedited, true, 1);
        outcome.intent = Intent::OrderStatus;
        outcome.store = m_cache->addStore(u"b.myshopify.com"_s);
        happened(DraftOutcome::Unedited, true, 2);

        const auto record = autoSend()->record(m_store, Intent::OrderStatus);
        QVERIFY(record);
        EarnedRecord expected{m_store, Intent::OrderStatus, 8, 3, 4, 10, 5, 6};
        QVERIFY(*record == expected);
        QVERIFY(*autoSend()->record(m_store, Intent::Cancel) == EarnedRecord({m_store, Intent::Cancel}));
    }

    void countsForTheCapsWhatWasSetGoing() {
        const UtcTime now = UtcTime(1'770'000'000'000);
        const UtcTime midnight = now.plusMs(-90 * 60'000);
        DraftOutcomeRecord outcome{m_store, ConversationId(1), u"a@b"_s};
        outcome.outcome = DraftOutcome::AutoSent;
        const auto sent = [&](qint64 minutesAgo) {
            outcome.at = now.plusMs(-minutesAgo * 60'000);
            add(outcome);
        };
        sent(59);
        sent(60); // an hour ago is not within the last hour
        sent(91); // yesterday
        sent(24 * 60);
        sent(-5); // the clock was set back
        outcome.outcome = DraftOutcome::Unedited;
        sent(1);
        outcome.outcome = DraftOutcome::AutoSent;
        outcome.intent = Intent::Return; // another rule, the same customer and conversation
        sent(1);
        outcome.customerEmail = u"c@d"_s;
        outcome.conversation = ConversationId(2);
        outcome.intent = Intent::OrderStatus;
        sent(1);

        const AutoSendCase asked{m_store, Intent::OrderStatus, ConversationId(1), u"a@b"_s, now, midnight};
        const auto counts = autoSend()->counts(asked);
        QVERIFY(counts);
        QCOMPARE(counts->ofRuleThisHour, 3);
        QCOMPARE(counts->ofCustomerThisDay, 5);
        QCOMPARE(counts->ofConversationToday, 4);
    }

    void givesOutcomesBackInOrder() {
        DraftOutcomeRecord outcome{m_store,        ConversationId(4),   u"a@b"_s,
                                   Intent::Refund, AnswerSource::Model, DraftOutcome::Edited,
                                   true,           UtcTime(20)};
        add(outcome);
        DraftOutcomeRecord earlier = outcome;
        earlier.at = UtcTime(10);
        earlier.source = AnswerSource::Playbook;
        earlier.outcome = DraftOutcome::Cancelled;
        add(earlier);
        const auto outcomes = OutcomeRepository::create(m_cache->database());
        const auto read = (*outcomes)->ofConversation(ConversationId(4));
        QVERIFY(read);
        QVERIFY(*read == std::vector<DraftOutcomeRecord>({earlier, outcome}));
    }

    void readsNothingWhole() {
        Database& database = m_cache->database(); // a reader does not trust the trigger that reads JSON
        const auto repository = ProposalRepository::create(database);
        const auto rules = AutoSendRepository::create(database);
        const auto outcomes = OutcomeRepository::create(database);
        QVERIFY2(repository, repository ? "" : qPrintable(repository.error().detail));
        QVERIFY2(rules, rules ? "" : qPrintable(rules.error().detail));
        QVERIFY2(outcomes, outcomes ? "" : qPrintable(outcomes.error().detail));
        QCOMPARE(slowSteps(database).join(u'\n'), QString());
    }
};

QTEST_GUILESS_MAIN(AnswerRepositoriesTest)
#include "tst_answer_repositories.moc"
