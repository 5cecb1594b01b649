#include "core/readmodel/answer_query.h"
#include "core/storage/answers/auto_send_repository.h"
#include "core/storage/answers/endpoint_repository.h"
#include "core/storage/answers/knowledge_repository.h"
#include "core/storage/answers/outcome_repository.h"
#include "core/storage/answers/proposal_repository.h"
#include "core/storage/privacy/audit_repository.h"
#include "tests/core/readmodel/plans.h"
#include "tests/core/storage/records/record_fixture.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class AnswerQueryTest : public QObject {
    Q_OBJECT

    std::unique_ptr<RecordFixture> m_cache;
    std::unique_ptr<Database> m_reader;
    std::unique_ptr<AnswerQuery> m_query;

    template <typename Repository>
    std::unique_ptr<Repository> repository() {
        auto made = Repository::create(m_cache->database());
        if (!made) qFatal("%s", qPrintable(made.error().detail));
        return std::move(*made);
    }
    void sql(const QString& statements) {
        const auto done = m_cache->database().execute(statements.toStdString());
        QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    }
    void addConversation(qint64 id, const QString& subject) {
        sql(u"INSERT INTO conversations (id, subject, base_subject, status, customer_email, customer_name, snippet, "
            "message_count, unread_count, first_message_at, last_message_at, customer_spoke_last) "
            "VALUES (%1, '%2', '', 'open', '', '', '', 1, 0, 0, 0, 1)"_s.arg(id)
                .arg(subject));
    }
    QList<qint64> audited(const AuditFilter& filter, std::optional<AuditId> after = {}, int limit = 100) {
        QList<qint64> ids;
        const auto entries = m_query->audit(filter, after, limit);
        if (!entries) return {-1};
        for (const AuditEntryView& entry : *entries)
            ids.append(entry.id.value());
        return ids;
    }

private Q_SLOTS:
    void init() {
        m_query.reset();
        m_reader.reset();
        m_cache = std::make_unique<RecordFixture>();
        m_reader = m_cache->reader();
        auto query = AnswerQuery::create(*m_reader);
        QVERIFY2(query, query ? "" : qPrintable(query.error().detail));
        m_query = std::move(*query);
    }

    void showsWhatTheRepositoriesWrote() {
        const StoreId store = m_cache->addStore(u"acme.myshopify.com"_s);
        addConversation(1, u"Lamp"_s);
        QVERIFY(!*m_query->proposal(ConversationId(1)));
        Proposal proposal;
        proposal.conversation = ConversationId(1);
        proposal.state = ProposalState::Check;
        proposal.intent.intents = {{Intent::Return, 0.7}};
        proposal.handOver = u"two_intents"_s;
        QVERIFY(repository<ProposalRepository>()->save(proposal));
        const auto shown = m_query->proposal(ConversationId(1));
        QVERIFY(shown && *shown);
        QCOMPARE(toWord((*shown)->state), u"check"_s);
        QCOMPARE((*shown)->handOver, u"two_intents"_s);

        AutoSendRule rule;
        rule.store = store;
        rule.intent = Intent::Return;
        rule.mode = AutoSendMode::Shadow;
        QVERIFY(repository<AutoSendRepository>()->save(rule));
        const auto rules = m_query->rules(store);
        QCOMPARE(rules->size(), intentsWithPlaybooks().size());
        for (const AutoSendRule& each : *rules)
            QCOMPARE(toWord(each.mode), each.intent == Intent::Return ? u"shadow"_s : u"off"_s);
        QVERIFY(repository<OutcomeRepository>()->add({store, ConversationId(1), u"a@b"_s, Intent::Return}));
        QCOMPARE(m_query->record(store, Intent::Return)->unedited, 1);
        QVERIFY(!*m_query->isAutoSendStopped());
        QVERIFY(repository<AutoSendRepository>()->stop());
        QVERIFY(*m_query->isAutoSendStopped());

        ModelEndpoint endpoint;
        endpoint.name = u"One"_s;
        endpoint.model = u"m"_s;
        endpoint.baseUrl = QUrl(u"https://models.example"_s);
        QVERIFY(repository<EndpointRepository>()->save(endpoint));
        QCOMPARE(m_query->endpoints()->front().name, u"One"_s);
        QVERIFY(repository<KnowledgeRepository>()->save(
            {{}, store, KnowledgeKind::Policy, u"Returns"_s, u"30 days"_s, u""_s}));
        QCOMPARE(m_query->knowledge(store)->front().title, u"Returns"_s);
    }

    void pagesTheAuditLogNewestFirst() {
        const auto audit = repository<AuditRepository>();
        addConversation(1, u"Übergröße"_s);
        addConversation(2, u"Lamp"_s);
        const auto note = [&](qint64 at, const QString& kind, qint64 conversation, const QString& detail) {
            AuditNote made{UtcTime(at), AuditActor::Aiva, kind};
            if (conversation > 0) made.conversation = ConversationId(conversation);
            made.detail = detail;
            QVERIFY(audit->append(made));
        };
        note(10, u"gate_decision"_s, 1, u"{\"decision\":\"hold\"}"_s);
        note(20, u"auto_queued"_s, 2, u"{}"_s);
        note(30, u"auto_sent"_s, 2, u"{\"mail\":\"abc\"}"_s);
        note(40, u"rule_changed"_s, 0, u"{\"mode\":\"shadow\"}"_s);
        note(50, u"gate_decision"_s, 3, u"{}"_s); // of a conversation that is gone

        QCOMPARE(audited({}), QList<qint64>({5, 4, 3, 2, 1}));
        QCOMPARE(audited({}, {}, 2), QList<qint64>({5, 4}));
        QCOMPARE(audited({}, AuditId(4), 2), QList<qint64>({3, 2}));
        QCOMPARE(audited({}, AuditId(1), 2), QList<qint64>());
        QCOMPARE(audited({}, {}, 0), QList<qint64>());
        QCOMPARE(audited({u"GATE"_s}), QList<qint64>({5, 1}));
        QCOMPARE(audited({u" shadow "_s}), QList<qint64>({4}));
        QCOMPARE(audited({u"übergrösse"_s}), QList<qint64>()); // another spelling
        QCOMPARE(audited({u"ÜBERGRÖ"_s}), QList<qint64>({1}));
        QCOMPARE(audited({u"lamp"_s}, {}, 1), QList<qint64>({3}));
        QCOMPARE(audited({u"lamp"_s}, AuditId(3), 1), QList<qint64>({2}));
        QCOMPARE(audited({u""_s, ConversationId(2)}), QList<qint64>({3, 2}));
        QCOMPARE(audited({u"abc"_s, ConversationId(2)}), QList<qint64>({3}));
        QCOMPARE(audited({u""_s, std::nullopt, UtcTime(20), UtcTime(40)}), QList<qint64>({3, 2}));
        QCOMPARE(audited({u""_s, ConversationId(2), UtcTime(30)}), QList<qint64>({3}));

        const AuditEntryView entry = m_query->audit({}, AuditId(4), 1)->front();
        QCOMPARE(entry.at, UtcTime(30));
        QCOMPARE(entry.actor, u"aiva"_s);
        QCOMPARE(entry.kind, u"auto_sent"_s);
        QCOMPARE(entry.conversation, std::optional(ConversationId(2)));
        QVERIFY(!entry.store);
        QCOMPARE(entry.detail, u"{\"mail\":\"abc\"}"_s);
        QCOMPARE(entry.digest.size(), 64);
    }

    void aMergedConversationKeepsItsEntries() {
        const auto audit = repository<AuditRepository>();
        addConversation(1, u"Lamp"_s);
        for (const qint64 conversation : {1, 2, 3}) {
            AuditNote note{UtcTime(10), AuditActor::Person, u"draft_accepted"_s};
            note.conversation = ConversationId(conversation);
            QVERIFY(audit->append(note));
        }
        sql(u"INSERT INTO conversation_moves (kind, from_id, to_id, undo, made_at, reverted_at) VALUES "
            "('merge', 2, 1, '{}', 0, NULL), ('merge', 3, 1, '{}', 0, 5)"_s);
        QCOMPARE(audited({u""_s, ConversationId(1)}), QList<qint64>({2, 1}));
        QCOMPARE(audited({u""_s, ConversationId(1)}, AuditId(2)), QList<qint64>({1}));
    }

    void readsNothingLargeWhole() {
        // What one person sets up by hand is a handful of rows.
        static const QRegularExpression handful(u"^(?!SCAN (model_endpoints|playbook_texts|playbooks_off))"
                                                "(?!USE TEMP B-TREE FOR ORDER BY  <-  \\s*SELECT id, name)"_s);
        QCOMPARE(slowSteps(*m_reader).filter(handful).join(u'\n'), QString());
    }
};

QTEST_GUILESS_MAIN(AnswerQueryTest)
#include "tst_answer_query.moc"
