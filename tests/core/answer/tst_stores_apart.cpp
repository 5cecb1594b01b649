// Whatever two stores of a workspace, and another workspace, have in common: no row, no fact, no draft, no sum, no
// conversation and no search hit crosses where it must not, and when a store is dropped nothing of it stays. See
// apart_world.h for how a crossing is told. AIVA_RUNS and AIVA_SEED choose how many histories, and which.
#include "core/answer/engine/answer_engine.h"
#include "core/answer/facts/context_block.h"
#include "core/answer/facts/fact_collector.h"
#include "core/readmodel/answer_source_query.h"
#include "core/readmodel/inbox_query.h"
#include "core/readmodel/search_query.h"
#include "core/storage/answers/proposal_repository.h"
#include "core/storage/privacy/person_records.h"
#include "tests/core/answer/apart_world.h"
#include "tests/support/patience.h"

#include <QJsonDocument>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kStepsOfHistory = 50;
constexpr int kStepsBetweenLooks = 17;

} // namespace

class StoresApartTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ApartWorld> m_world;
    int m_spoken = 0;  // facts looked at
    int m_views = 0;   // of people
    int m_dropped = 0; // stores

    // The store's own word and nobody else's; any of them when there is none.
    void checkWords(const QString& text, const ApartStore& store, const QString& where) {
        const QStringList found = wordsIn(text, m_world->storeWords());
        QVERIFY2(found.isEmpty() || found == QStringList(store.word), qPrintable(where + u": "_s + text));
    }

    // Rows: whatever names a store holds that store's word alone.
    void checkRows(AnswerCache& cache) {
        for (const QString& table :
             cache.fixture().texts("SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c "
                                   "ON c.name = 'store_id' WHERE m.type = 'table' ORDER BY 1")) {
            const QStringList columns = textColumns(cache, table);
            for (const ApartStore& store : m_world->storesOf(cache)) {
                const QStringList rows = cache.fixture().texts(
                    u"SELECT %1 FROM \"%2\" WHERE store_id = %3"_s.arg(columns.join(u" || ' ' || "_s), table)
                        .arg(store.id.value())
                        .toStdString());
                for (const QString& row : rows)
                    checkWords(row, store, table);
            }
        }
        // Children name no store, but their parent does; and nothing of another workspace is anywhere.
        const QStringList dump = cache.fixture().dump();
        for (const QString& line : dump) {
            if (line.startsWith("[\"profile\""_L1) || line.startsWith("[\"customer\""_L1) ||
                line.startsWith("[\"order\""_L1))
                continue; // a person may be known at both stores
            QVERIFY2(wordsIn(line, m_world->storeWords()).size() <= 1, qPrintable(line));
        }
        for (const ApartStore& store : m_world->stores())
            if (store.cache != &cache) QVERIFY2(!dump.join(u'\n').contains(store.word), qPrintable(store.word));
        // One person is one, and no two are: nobody has two addresses here.
        for (const QString& names : cache.fixture().texts("SELECT group_concat(display_name) FROM customers "
                                                          "GROUP BY profile_id"))
            QCOMPARE(wordsIn(names, m_world->personWords()).size(), 1);
    }

    void checkStores(AnswerCache& cache, CustomerQuery& customers) {
        const auto stores = needed(StoreQuery::create(cache.reader()));
        const auto texts = needed(AnswerSourceQuery::create(cache.reader()));
        const auto inbox = needed(InboxQuery::create(cache.reader()));
        for (const StoreView& view : needed(stores->stores())) {
            const auto count = [&](const char* table) {
                return cache.fixture().integer(
                    u"SELECT count(*) FROM %1 WHERE store_id = %2"_s.arg(QLatin1String(table))
                        .arg(view.store.id.value())
                        .toStdString());
            };
            QCOMPARE(view.customers, count("customers"));
            QCOMPARE(view.orders, count("orders"));
            QCOMPARE(view.products, count("products"));
        }
        for (const ApartStore& store : m_world->storesOf(cache)) {
            const QStringList words{u"merino"_s, u"return"_s, u"beanie"_s};
            for (const Knowledge& one : needed(texts->knowledge(store.id, words, 20)))
                checkWords(one.text, store, u"knowledge"_s);
            for (const Knowledge& one : needed(texts->standingKnowledge(store.id)))
                checkWords(one.text, store, u"standing knowledge"_s);
            for (const ProductView& one : needed(texts->products(store.id, words, 20)))
                checkWords(one.title, store, u"products"_s);
            for (const ProductView& one : needed(stores->products(u"merino"_s, 50)))
                if (one.storeId == store.id) {
                    checkWords(one.title, store, u"products of all"_s);
                    QCOMPARE(one.price.currency(), store.currency);
                }
            for (int number = 1001; number <= 1008; ++number)
                for (const OrderView& one : needed(customers.orders(QString::number(number))))
                    if (one.storeId == store.id) checkWords(textOf(one), store, u"orders of a name"_s);
            InboxFilter ofStore{InboxView::All};
            ofStore.store = store.id;
            for (const InboxRow& row : needed(inbox->page(ofStore, {}, 200))) {
                QCOMPARE(row.storeId, std::optional(store.id));
                const QString mailbox = cache.fixture().text(
                    u"SELECT m.store_id FROM conversations c JOIN mailboxes m ON m.id = c.mailbox_id WHERE c.id = %1"_s
                        .arg(row.id.value())
                        .toStdString());
                QVERIFY(mailbox.isEmpty() || mailbox == QString::number(store.id.value()));
            }
        }
    }

    void checkPerson(AnswerCache& cache, CustomerQuery& customers, int person, bool exportsToo) {
        const QString address = QString::fromStdString(apartAddress(person));
        const auto view = needed(customers.byEmail(address, 50));
        if (!view) return;
        ++m_views;
        QString said = view->name + view->note + view->tags.join(u' ') + view->emails.join(u' ');
        for (const OrderView& order : view->orders)
            said += textOf(order);
        QCOMPARE(wordsIn(said, m_world->personWords()), QStringList(apartPersonWord(person)));
        const ApartSums sums = sumsOf(cache, view->profile);
        QCOMPARE(view->ordersCount, sums.orders);
        if (view->ltv.currency().isValid()) {
            const auto spent = sums.spent.find(view->ltv.currency().text());
            QVERIFY(spent != sums.spent.end());
            QCOMPARE(view->ltv.minor(), spent->second);
        }
        const auto byOrders = sums.orders >= 2   ? Precedence::Returning
                              : sums.orders == 1 ? Precedence::New
                                                 : Precedence::Prospect;
        QCOMPARE(view->precedence, sums.isVip ? Precedence::Vip : byOrders);
        for (const QString& word : cache.fixture().texts(
                 u"SELECT DISTINCT precedence FROM conversations WHERE profile_id = %1"_s.arg(view->profile.value())
                     .toStdString()))
            QCOMPARE(word, toWord(view->precedence)); // the inbox and the panel agree
        for (const ApartStore& store : m_world->storesOf(cache)) {
            const auto there = needed(customers.atStore(view->profile, store.id, address, 50));
            if (!there) continue;
            QString told = there->name + there->note + there->tags.join(u' ');
            for (const OrderView& order : there->orders) {
                QCOMPARE(order.storeId, store.id);
                QCOMPARE(order.total.currency(), store.currency);
                told += textOf(order);
            }
            checkWords(told, store, u"the person at one store"_s);
            if (there->ltv.currency().isValid()) QCOMPARE(there->ltv.currency(), store.currency);
            QCOMPARE(there->precedence == Precedence::Vip, view->precedence == Precedence::Vip);
            if (exportsToo) checkExport(cache, store, address);
        }
    }

    // What a shop asks for of a person is what it knows of them.
    void checkExport(AnswerCache& cache, const ApartStore& store, const QString& address) {
        PersonQuestion question{address};
        question.store = store.id;
        const PersonRows rows = needed(findPerson(cache.reader(), question));
        for (const PersonPart& part : needed(needed(PersonRecords::create(cache.reader(), rows))->parts({})))
            checkWords(QString::fromUtf8(QJsonDocument(part.rows).toJson(QJsonDocument::Compact)), store,
                       u"export of "_s + part.name);
    }

    // Facts, the context a model would see, and the draft: of this store and this sender alone.
    void checkAnswer(const ApartConversation& conversation, AnswerEngine& engine, ProposalRepository* keep) {
        const auto reading = needed(engine.read(conversation.id));
        QVERIFY(reading);
        const Proposal proposal = needed(engine.propose(*reading));
        if (keep != nullptr) QVERIFY(keep->save(proposal));
        const QString sender = reading->sources.question->from.email;
        const StoreId answering = reading->sources.store.id;
        if (conversation.firstThrough) {
            QCOMPARE(answering, *conversation.firstThrough);
            for (const std::optional<StoreId>& through : conversation.through)
                QVERIFY2(!through || *through == answering, "mail to another store is in this one's conversation");
        }
        QString said = toJson(reading->facts) + contextBlock(reading->sources, reading->facts);
        if (proposal.draft) said += proposal.draft->reply;
        m_spoken += int(reading->facts.facts.size());
        const QStringList stores = wordsIn(said, m_world->storeWords());
        const QStringList people = wordsIn(said, m_world->personWords());
        QStringList allowed;
        for (const ApartStore& store : m_world->storesOf(*conversation.cache)) {
            if (store.id != answering) continue;
            allowed << store.word;
            for (const Fact& fact : reading->facts.facts)
                if (fact.money) QCOMPARE(fact.money->currency(), store.currency);
        }
        QVERIFY2(stores.isEmpty() || stores == allowed, qPrintable(stores.join(u' ') + u" in "_s + said));
        const QStringList may = m_world->allowedFor(*conversation.cache, sender);
        QVERIFY2(people.isEmpty() || (people.size() == 1 && may.contains(people.first())),
                 qPrintable(people.join(u' ') + u" for "_s + sender + u" in "_s + said));
        const auto suggestion = reading->sources.conversation.suggestion;
        if (!suggestion || !conversation.firstThrough) return;
        for (const ApartConversation& other : m_world->conversations())
            if (other.cache == conversation.cache && other.id == suggestion->other && other.firstThrough)
                QCOMPARE(*other.firstThrough, *conversation.firstThrough);
    }

    void checkSearch(AnswerCache& cache) {
        const auto search = needed(SearchQuery::create(cache.reader()));
        for (const ApartStore& store : m_world->stores()) {
            for (const SearchHit& hit : needed(search->search(store.word, 50))) {
                QVERIFY2(store.cache == &cache, qPrintable(hit.title));
                if (hit.kind == SearchHit::Kind::Message) continue; // a person's own words
                const char* table = hit.kind == SearchHit::Kind::Customer ? "customers" : "orders";
                QCOMPARE(
                    cache.fixture().integer(
                        u"SELECT store_id FROM %1 WHERE id = %2"_s.arg(QLatin1String(table)).arg(hit.id).toStdString()),
                    store.id.value());
                checkWords(hit.title + hit.snippet, store, u"search"_s);
            }
        }
        for (const SearchHit& hit : needed(search->search(u"merino"_s, 50)))
            for (const ApartStore& store : m_world->stores())
                if (store.cache != &cache) QVERIFY(!(hit.title + hit.snippet).contains(store.word));
    }

    // The last look before a store goes is the longest: an export takes as long as all the rest.
    void checkAll(bool keepsProposals) {
        const ManualClock clock(day(40));
        m_world->rematch();
        for (AnswerCache* cache : m_world->caches()) {
            checkRows(*cache);
            if (QTest::currentTestFailed()) return;
            checkSearch(*cache);
            const auto customers = needed(CustomerQuery::create(cache->reader()));
            checkStores(*cache, *customers);
            for (int person = 0; person < kApartPeople && !QTest::currentTestFailed(); ++person)
                checkPerson(*cache, *customers, person, keepsProposals);
            Database& database = cache->fixture().database();
            const auto engine = needed(AnswerEngine::create(database, clock, [] { return 0.5; }));
            const auto proposals = needed(ProposalRepository::create(database));
            for (const ApartConversation& conversation : m_world->conversations()) {
                if (QTest::currentTestFailed()) return;
                if (conversation.cache == cache)
                    checkAnswer(conversation, *engine, keepsProposals ? proposals.get() : nullptr);
            }
        }
    }

    // In no column of no table, be it only in what was proposed to answer.
    void checkGone(AnswerCache& cache, const QString& word) {
        for (const QString& table : cache.fixture().texts("SELECT name FROM sqlite_master WHERE type = 'table' "
                                                          "AND name NOT LIKE '%\\_fts%' ESCAPE '\\' "
                                                          "AND name NOT IN ('mailboxes', 'sqlite_stat1')")) {
            const QString whole = textColumns(cache, table).join(u" || ' ' || "_s);
            const QStringList left = cache.fixture().texts(
                u"SELECT %1 FROM \"%2\" WHERE instr(%1, '%3') > 0"_s.arg(whole, table, word).toStdString());
            QVERIFY2(left.isEmpty(), qPrintable(table + u": "_s + left.join(u'\n')));
        }
    }

private Q_SLOTS:
    void nothingCrosses() {
        const int runs = qEnvironmentVariableIsSet("AIVA_RUNS") ? qEnvironmentVariableIntValue("AIVA_RUNS") : 12;
        const quint32 seed = qEnvironmentVariableIsSet("AIVA_SEED") ? quint32(qEnvironmentVariableIntValue("AIVA_SEED"))
                                                                    : QRandomGenerator::global()->generate();
        for (int run = 0; run < runs; ++run) {
            m_world = std::make_unique<ApartWorld>(seed + quint32(run));
            for (int i = 0; i < kStepsOfHistory; ++i) {
                m_world->step();
                if (i % kStepsBetweenLooks == kStepsBetweenLooks - 1) checkAll(false);
                if (QTest::currentTestFailed()) qFatal("AIVA_SEED=%u, step %d", seed + quint32(run), i);
            }
            checkAll(true);
            const QString gone = m_world->dropStore();
            ++m_dropped;
            if (!QTest::currentTestFailed()) checkGone(*m_world->caches().front(), gone);
            if (!QTest::currentTestFailed()) checkAll(false);
            if (QTest::currentTestFailed()) qFatal("AIVA_SEED=%u, at the end", seed + quint32(run));
        }
        qInfo("%d histories from seed %u, %d facts and %d people looked at, %d stores dropped", runs, seed, m_spoken,
              m_views, m_dropped);
        QVERIFY(m_spoken > runs * 50); // else it proves nothing
        QVERIFY(m_views > runs * 10);
    }
};

QTEST_GUILESS_MAIN(StoresApartTest)
#include "tst_stores_apart.moc"
