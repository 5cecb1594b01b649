// What is set up for answering: model endpoints and their requests, knowledge, playbook texts, labels of intents.
#include "core/storage/answers/endpoint_repository.h"
#include "core/storage/answers/intent_label_repository.h"
#include "core/storage/answers/knowledge_repository.h"
#include "core/storage/answers/playbook_text_repository.h"
#include "tests/core/readmodel/plans.h"
#include "tests/core/storage/records/record_fixture.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class AnswerSettingsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<RecordFixture> m_cache;
    StoreId m_store;

    template <typename Repository>
    std::unique_ptr<Repository> repository() {
        auto made = Repository::create(m_cache->database());
        if (!made) qFatal("%s", qPrintable(made.error().detail));
        return std::move(*made);
    }
    static ModelEndpoint endpoint(const QString& name) {
        ModelEndpoint made;
        made.name = name;
        made.protocol = ModelProtocol::OpenAiResponses;
        made.baseUrl = QUrl(u"https://models.example/v1"_s);
        made.model = u"some-model"_s;
        made.retention = u"none, by contract"_s;
        made.maxOutputTokens = 512;
        made.requestsPerDay = 9;
        made.requestsPerConversation = 2;
        return made;
    }
    qint64 addMessage(const QString& text) {
        auto conversation = m_cache->database().prepare(
            "INSERT INTO conversations (subject, base_subject, status, customer_email, customer_name, snippet, "
            "message_count, unread_count, first_message_at, last_message_at, customer_spoke_last) "
            "VALUES ('S', '', 'open', '', '', '', 1, 0, 0, 0, 1)");
        if (!conversation || !conversation->run()) qFatal("no conversation");
        auto message = m_cache->database().prepare(
            "INSERT INTO messages (conversation_id, message_id, in_reply_to, direction, from_name, from_email, "
            "recipients, sent_at, subject, folded, automated, unread, raw_size, text, safe_html) VALUES (?1, ?1, '', "
            "'in', '', '', '{}', 0, 'Lamp', '[]', 0, 0, 0, ?2, '')");
        if (!message || !message->bind(1, m_cache->database().lastInsertId()).bind(2, text).run()) qFatal("no message");
        return m_cache->database().lastInsertId();
    }

private Q_SLOTS:
    void init() {
        m_cache = std::make_unique<RecordFixture>();
        m_store = m_cache->addStore(u"acme.myshopify.com"_s);
    }

    void keepsAnEndpointAsItWasConfigured() {
        const auto endpoints = repository<EndpointRepository>();
        ModelEndpoint one = endpoint(u"One"_s);
        const auto id = endpoints->save(one);
        QVERIFY2(id, id ? "" : qPrintable(id.error().detail));
        one.id = *id;
        one.isActive = true; // the first is
        QVERIFY(**endpoints->byId(*id) == one);
        one.protocol = ModelProtocol::AnthropicMessages;
        one.baseUrl = QUrl(u"http://127.0.0.1:11434"_s);
        one.retention.clear();
        QVERIFY(endpoints->save(one));
        QVERIFY(**endpoints->byId(*id) == one);
        QVERIFY(!*endpoints->byId(EndpointId(99)));
    }

    void neverHasTwoActive() {
        const auto endpoints = repository<EndpointRepository>();
        QVERIFY(!*endpoints->active());
        const auto one = endpoints->save(endpoint(u"One"_s));
        const auto two = endpoints->save(endpoint(u"Two"_s));
        QVERIFY(one && two);
        QCOMPARE((*endpoints->active())->id, *one);
        ModelEndpoint second = endpoint(u"Two"_s);
        second.id = *two;
        second.isActive = true;
        QVERIFY(endpoints->save(second));
        QCOMPARE((*endpoints->active())->id, *two);
        QCOMPARE(m_cache->integer("SELECT count(*) FROM model_endpoints WHERE is_active = 1"), 1);
        QVERIFY(!m_cache->database().execute("UPDATE model_endpoints SET is_active = 1"));
        // Nobody's mail goes to the other one because this one is gone.
        QVERIFY(endpoints->remove(*two));
        QVERIFY(!*endpoints->active());
        QCOMPARE(endpoints->all()->size(), 1);
        second.id = *two;
        QCOMPARE(endpoints->save(second).error().kind, ErrorKind::NotFound);
        QVERIFY(!*endpoints->active());
    }

    void aSaveThatFailsLeavesTheActiveOne() {
        const auto endpoints = repository<EndpointRepository>();
        const auto one = endpoints->save(endpoint(u"One"_s));
        ModelEndpoint gone = endpoint(u"Gone"_s);
        gone.id = EndpointId(99);
        gone.isActive = true;
        QCOMPARE(endpoints->save(gone).error().kind, ErrorKind::NotFound);
        QCOMPARE((*endpoints->active())->id, *one);
    }

    void refusesAnEndpointThatLeadsNowhere() {
        const auto endpoints = repository<EndpointRepository>();
        ModelEndpoint bad = endpoint(u"  "_s);
        QCOMPARE(endpoints->save(bad).error().kind, ErrorKind::Invalid);
        bad = endpoint(u"One"_s);
        bad.model.clear();
        QCOMPARE(endpoints->save(bad).error().kind, ErrorKind::Invalid);
        for (const QString& url : {u""_s, u"models.example"_s, u"file:///etc/passwd"_s, u"https://"_s}) {
            bad = endpoint(u"One"_s);
            bad.baseUrl = QUrl(url);
            QVERIFY2(!endpoints->save(bad), qPrintable(url));
        }
    }

    void countsRequestsForTheBudgets() {
        const auto endpoints = repository<EndpointRepository>();
        const auto one = *endpoints->save(endpoint(u"One"_s));
        const auto two = *endpoints->save(endpoint(u"Two"_s));
        const auto asked = [&](EndpointId id, qint64 conversation, qint64 at) {
            QVERIFY(endpoints->addRequest(
                {id, ConversationId(conversation), UtcTime(at), u"d%1"_s.arg(at), u"ok"_s, 3, 4}));
        };
        asked(one, 1, 999);
        asked(one, 1, 1000);
        asked(one, 2, 1001);
        asked(two, 1, 1002);
        QVERIFY(*endpoints->counts(one, ConversationId(1), UtcTime(1000)) == ModelRequestCounts({2, 3}));
        QVERIFY(*endpoints->counts(two, ConversationId(9), UtcTime(1000)) == ModelRequestCounts({1, 0}));
        const auto requests = endpoints->requests(ConversationId(1));
        QCOMPARE(requests->size(), 3);
        QVERIFY(requests->front() ==
                ModelRequestRecord({two, ConversationId(1), UtcTime(1002), u"d1002"_s, u"ok"_s, 3, 4}));
        QVERIFY(endpoints->remove(one));
        QCOMPARE(endpoints->requests(ConversationId(1))->size(), 1);
    }

    void keepsWhatAStoreSaysOfItself() {
        const auto repo = repository<KnowledgeRepository>();
        Knowledge policy{{}, m_store, KnowledgeKind::Policy, u"Returns"_s, u"30 days"_s, u""_s, UtcTime(5)};
        const auto id = repo->save(policy);
        QVERIFY(id);
        policy.id = *id;
        policy.text = u"60 days"_s;
        policy.kind = KnowledgeKind::Faq;
        QCOMPARE(*repo->save(policy), *id);
        const auto all = repo->ofStore(m_store);
        QCOMPARE(all->size(), 1);
        QVERIFY(all->front() == policy);
        policy.store = m_cache->addStore(u"b.myshopify.com"_s);
        QCOMPARE(repo->save(policy).error().kind, ErrorKind::NotFound); // another store's is not taken over
        QVERIFY(repo->remove(*id));
        QCOMPARE(repo->ofStore(m_store)->size(), 0);
    }

    void refusesKnowledgeThatSaysNothing_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("holds");
        const auto row = [](const char* name, KnowledgeKind kind, const QString& title, const QString& text,
                            const QString& url, bool holds) {
            QTest::newRow(name) << static_cast<int>(kind) << title << text << url << holds;
        };
        row("policy", KnowledgeKind::Policy, u"A"_s, u"B"_s, u""_s, true);
        row("policy without text", KnowledgeKind::Policy, u"A"_s, u" "_s, u""_s, false);
        row("faq without title", KnowledgeKind::Faq, u""_s, u"B"_s, u""_s, false);
        row("contact", KnowledgeKind::Contact, u""_s, u"help@shop.example"_s, u""_s, true);
        row("contact without address", KnowledgeKind::Contact, u"Mail"_s, u""_s, u""_s, false);
        row("link", KnowledgeKind::Link, u"Returns"_s, u""_s, u"https://shop.example/returns"_s, true);
        row("link to nowhere", KnowledgeKind::Link, u"Returns"_s, u"x"_s, u"shop"_s, false);
        row("link to a script", KnowledgeKind::Link, u"Returns"_s, u"x"_s, u"javascript:alert(1)"_s, false);
        row("handling time", KnowledgeKind::HandlingTime, u""_s, u"24 hours"_s, u""_s, true);
        row("return window", KnowledgeKind::ReturnWindow, u""_s, u" 30 "_s, u""_s, true);
        row("return window in words", KnowledgeKind::ReturnWindow, u""_s, u"thirty"_s, u""_s, false);
        row("return window of no day", KnowledgeKind::ReturnWindow, u""_s, u"0"_s, u""_s, false);
    }
    void refusesKnowledgeThatSaysNothing() {
        QFETCH(int, kind);
        QFETCH(QString, title);
        QFETCH(QString, text);
        QFETCH(QString, url);
        QFETCH(bool, holds);
        const auto saved = repository<KnowledgeRepository>()->save(
            {{}, m_store, static_cast<KnowledgeKind>(kind), title, text, url, UtcTime(5)});
        QCOMPARE(saved.has_value(), holds);
        if (!saved) QCOMPARE(saved.error().kind, ErrorKind::Invalid);
    }

    void keepsOwnWordingUntilItIsEmptied() {
        const auto repo = repository<PlaybookTextRepository>();
        QVERIFY(repo->save({u"return"_s, u"de"_s, u"Hallo"_s}, UtcTime(1)));
        QVERIFY(repo->save({u"return"_s, u"en"_s, u"Hello"_s}, UtcTime(1)));
        QVERIFY(repo->save({u"return"_s, u"de"_s, u"Guten Tag"_s}, UtcTime(2)));
        QVERIFY(*repo->all() == std::vector<PlaybookText>(
                                    {{u"return"_s, u"de"_s, u"Guten Tag"_s}, {u"return"_s, u"en"_s, u"Hello"_s}}));
        QVERIFY(repo->save({u"return"_s, u"de"_s, u" \n"_s}, UtcTime(3)));
        QCOMPARE(repo->all()->size(), 1);
    }

    void turnsPlaybooksOffAndOn() {
        const auto repo = repository<PlaybookTextRepository>();
        QCOMPARE(*repo->off(), QStringList());
        QVERIFY(repo->turnOff(u"return"_s) && repo->turnOff(u"return"_s) && repo->turnOff(u"cancel"_s));
        QCOMPARE(*repo->off(), QStringList({u"cancel"_s, u"return"_s}));
        QVERIFY(repo->turnOn(u"return"_s) && repo->turnOn(u"never"_s));
        QCOMPARE(*repo->off(), QStringList{u"cancel"_s});
    }

    void learnsWhatPeopleSaidLast() {
        const auto repo = repository<IntentLabelRepository>();
        const MessageId one(addMessage(u"Where is it"_s));
        const MessageId two(addMessage(u"Send it back"_s));
        const IntentLabel first{one, m_store, Intent::Refund, 0.625, Intent::OrderStatus, UtcTime(10)};
        const IntentLabel second{two, m_store, Intent::Return, 0.5, Intent::Return, UtcTime(5)};
        QVERIFY(repo->save({one, m_store, Intent::Refund, 0.625, Intent::Refund, UtcTime(1)}));
        QVERIFY(repo->save(first) && repo->save(second));
        QVERIFY(**repo->ofMessage(one) == first);
        QVERIFY(!*repo->ofMessage(MessageId(99)));
        const auto mails = repo->ofStore(m_store, 10);
        QCOMPARE(mails->size(), 2);
        QVERIFY(mails->front().label == first);
        QCOMPARE(mails->front().text, u"Where is it"_s);
        QCOMPARE(mails->front().subject, u"Lamp"_s);
        QVERIFY(mails->back().label == second);
        QCOMPARE(repo->ofStore(m_store, 1)->size(), 1);
        QCOMPARE(repo->save({MessageId(99), m_store, Intent::Refund, 0.5, Intent::Refund, UtcTime(1)}).error().kind,
                 ErrorKind::NotFound);
    }

    void readsNothingLargeWhole() {
        Database& database = m_cache->database(); // a reader does not trust the triggers of the full-text index
        const auto endpoints = EndpointRepository::create(database);
        const auto knowledge = KnowledgeRepository::create(database);
        const auto texts = PlaybookTextRepository::create(database);
        const auto labels = IntentLabelRepository::create(database);
        QVERIFY2(endpoints, endpoints ? "" : qPrintable(endpoints.error().detail));
        QVERIFY2(knowledge, knowledge ? "" : qPrintable(knowledge.error().detail));
        QVERIFY2(texts, texts ? "" : qPrintable(texts.error().detail));
        QVERIFY2(labels, labels ? "" : qPrintable(labels.error().detail));
        // What one person sets up by hand is a handful of rows; T is the full-text index's own way to rebuild itself.
        static const QRegularExpression handful(
            u"^(?!SCAN (model_endpoints|playbook_texts|playbooks_off))(?!SCAN T  <-)"
            "(?!USE TEMP B-TREE FOR ORDER BY  <-  \\s*SELECT id, name)"_s);
        QCOMPARE(slowSteps(database).filter(handful).join(u'\n'), QString());
    }
};

QTEST_GUILESS_MAIN(AnswerSettingsTest)
#include "tst_answer_settings.moc"
