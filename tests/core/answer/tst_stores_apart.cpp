// Two stores of one workspace and one store of another, fed in any order with people, order numbers and ids they have
// in common: no row, no fact, no draft and no search hit crosses where it must not. Every text of a store carries the
// store's own word, and every text about a person the person's, so that a crossing can be read off. AIVA_RUNS and
// AIVA_SEED choose how many histories, and which.
#include "core/answer/engine/answer_engine.h"
#include "core/answer/facts/context_block.h"
#include "core/answer/facts/fact_collector.h"
#include "core/readmodel/search_query.h"
#include "core/storage/records/record_remover.h"
#include "tests/core/answer/facts/answer_cache.h"

#include <QRandomGenerator>
#include <QTest>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPeople = 5;
constexpr int kOrders = 8;
constexpr int kStepsOfHistory = 50;

template <typename T>
T need(Result<T> result) {
    if (!result) qFatal("%s", qPrintable(result.error().detail));
    return *std::move(result);
}

QString personWord(int person) {
    return u"qpers"_s + QChar(u'a' + person);
}
std::string addressOf(int person) {
    return "person" + std::to_string(person) + "@mail.example";
}

struct Store {
    QString word; // in all its texts
    AnswerCache* cache = nullptr;
    StoreId id = {};
    MailboxId mailbox = {};
};

QStringList wordsIn(const QString& text, const QStringList& words) {
    QStringList found;
    for (const QString& word : words)
        if (text.contains(word)) found << word;
    return found;
}

} // namespace

class StoresApartTest : public QObject {
    Q_OBJECT

    std::unique_ptr<AnswerCache> m_home;
    std::unique_ptr<AnswerCache> m_away; // another workspace
    std::vector<Store> m_stores;
    std::vector<MailboxId> m_common; // of the home workspace: mail for either store
    QStringList m_storeWords;
    QStringList m_personWords;
    std::vector<std::pair<AnswerCache*, ConversationId>> m_conversations;
    std::map<ConversationId, int> m_homeWriters;
    QRandomGenerator m_random;
    qint64 m_now = 0;
    int m_spoken = 0; // facts looked at

    int any(int below) { return static_cast<int>(m_random.bounded(quint32(below))); }
    Store& anyStore() { return m_stores[static_cast<size_t>(any(int(m_stores.size())))]; }

    void begin() {
        m_conversations.clear();
        m_stores.clear();
        m_home = std::make_unique<AnswerCache>();
        m_away = std::make_unique<AnswerCache>();
        m_storeWords = {u"qshopone"_s, u"qshoptwo"_s, u"qshopaway"_s};
        for (const QString& word : std::as_const(m_storeWords)) {
            Store store{word, word == m_storeWords.last() ? m_away.get() : m_home.get()};
            store.id = store.cache->addStore(word + u".myshopify.com"_s);
            store.mailbox = store.cache->addMailbox(u"help@"_s + word + u".example"_s, store.id);
            m_stores.push_back(store);
        }
        m_common = {m_home->addMailbox(u"both@home.example"_s, std::nullopt)};
        m_personWords.clear();
        for (int person = 0; person < kPeople; ++person)
            m_personWords << personWord(person);
        m_now = 20;
    }

    void putCustomer(const Store& store) {
        const int person = any(kPeople);
        // The same ids everywhere, for other people: a store's id means nothing in another store.
        const int id = (person + (store.word == m_storeWords[1] ? 1 : 0)) % kPeople;
        CustomerRecord record = customer(std::to_string(id), addressOf(person));
        const std::string words = (store.word + u' ' + personWord(person)).toStdString();
        record.displayName = "Ada " + words;
        record.lastName = words;
        record.note = "note " + words;
        record.addressText = "Ada " + words + "\n1 Main Street";
        record.tags = {words};
        record.amountSpent = usd(1'000 + any(30'000));
        record.updatedAt = day(any(40)); // often older than what is there
        store.cache->put(store.id, record);
    }

    void putOrder(const Store& store) {
        const int number = 1001 + any(kOrders);
        const int person = (number + (store.word == m_storeWords[1] ? 2 : 0)) % kPeople;
        const int customerId = (person + (store.word == m_storeWords[1] ? 1 : 0)) % kPeople;
        const std::string words = (store.word + u' ' + personWord(person)).toStdString();
        OrderRecord record =
            order(std::to_string(number), any(4) == 0 ? "" : std::to_string(customerId), addressOf(person));
        record.note = "note " + words;
        record.shippingAddressText = "Ada " + words + "\n1 Main Street";
        for (OrderItemRecord& one : record.items)
            one.title += " " + words;
        record.total = usd(5'000 + any(9'000));
        record.updatedAt = day(any(40));
        for (FulfillmentRecord& parcel : record.fulfillments)
            parcel.tracking = {
                {"UPS", "1Z" + std::to_string(number),
                 "https://track.example/" + store.word.toStdString() + "/" + personWord(person).toStdString()}};
        if (any(3) == 0) {
            record.fulfillments.clear();
            record.fulfillmentStatus = "UNFULFILLED";
        }
        store.cache->put(store.id, record);
    }

    void putShopWords(const Store& store) {
        if (any(2) == 0)
            store.cache->put(store.id,
                             product("p" + std::to_string(any(4)), "Merino Beanie " + store.word.toStdString()));
        else
            store.cache->addKnowledge(store.id, any(2) == 0 ? KnowledgeKind::Policy : KnowledgeKind::Faq,
                                      u"Returns %1"_s.arg(store.word), u"Returns and beanies: %1."_s.arg(store.word));
    }

    void removeSomething(const Store& store) {
        const auto remover = need(RecordRemover::create(store.cache->fixture().database(), store.id));
        const bool isOrder = any(2) == 0;
        const std::string id = std::to_string(isOrder ? 1001 + any(kOrders) : any(kPeople));
        need(remover->remove(isOrder ? Resource::Orders : Resource::Customers, id));
    }

    void writeMail(const Store& store) {
        static const QStringList kTexts = {u"Where is my order #%1?"_s, u"I want to return #%1, the beanie"_s,
                                           u"Is the merino beanie warm? What about returns?"_s,
                                           u"Any news of order %1?"_s};
        const QString said = kTexts[any(int(kTexts.size()))];
        const int person = any(kPeople);
        const bool toBoth = store.cache == m_home.get() && any(3) == 0;
        const ConversationId id = store.cache->mail(QString::fromStdString(addressOf(person)), u"Question"_s,
                                                    said.contains(u'%') ? said.arg(1001 + any(kOrders)) : said,
                                                    toBoth ? m_common.front() : store.mailbox);
        m_conversations.emplace_back(store.cache, id);
    }

    void step() {
        const Store& store = anyStore();
        const int what = any(20);
        if (what < 5)
            putCustomer(store);
        else if (what < 12)
            putOrder(store);
        else if (what < 14)
            putShopWords(store);
        else if (what < 15)
            removeSomething(store);
        else
            writeMail(store);
    }

    // Rows: whatever names a store holds that store's word alone.
    void checkRows(AnswerCache& cache) {
        for (const QString& table :
             cache.fixture().texts("SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c "
                                   "ON c.name = 'store_id' WHERE m.type = 'table' ORDER BY 1")) {
            const QStringList columns = cache.fixture().texts(
                u"SELECT 'coalesce(\"' || name || '\", '''')' FROM pragma_table_info('%1')"_s.arg(table).toStdString());
            for (const Store& store : m_stores) {
                if (store.cache != &cache) continue;
                const QStringList rows = cache.fixture().texts(
                    u"SELECT %1 FROM \"%2\" WHERE store_id = %3"_s.arg(columns.join(u" || ' ' || "_s), table)
                        .arg(store.id.value())
                        .toStdString());
                for (const QString& row : rows) {
                    const QStringList found = wordsIn(row, m_storeWords);
                    QVERIFY2(found.isEmpty() || found == QStringList(store.word), qPrintable(table + u": "_s + row));
                }
            }
        }
        // Children name no store, but their parent does; and nothing of another workspace is anywhere.
        for (const QString& line : cache.fixture().dump()) {
            if (line.startsWith("[\"profile\""_L1) || line.startsWith("[\"customer\""_L1) ||
                line.startsWith("[\"order\""_L1))
                continue; // a person may be known at both stores
            QVERIFY2(wordsIn(line, m_storeWords).size() <= 1, qPrintable(line));
        }
        const QString everything = cache.fixture().dump().join(u'\n');
        for (const Store& store : m_stores)
            if (store.cache != &cache) QVERIFY2(!everything.contains(store.word), qPrintable(store.word));
    }

    // Facts, the context a model would see, and the draft: of this store and this sender alone.
    void checkAnswer(AnswerCache& cache, ConversationId conversation, AnswerEngine& engine) {
        const auto reading = need(engine.read(conversation));
        QVERIFY(reading);
        const Proposal proposal = need(engine.propose(*reading));
        const QString sender = reading->sources.question->from.email;
        const int person = sender.mid(6, 1).toInt();
        QString said = toJson(reading->facts) + contextBlock(reading->sources, reading->facts);
        if (proposal.draft) said += proposal.draft->reply;
        m_spoken += int(reading->facts.facts.size());
        const QStringList stores = wordsIn(said, m_storeWords);
        const QStringList people = wordsIn(said, m_personWords);
        QStringList allowed;
        for (const Store& store : m_stores)
            if (store.cache == &cache && store.id == reading->sources.store.id) allowed << store.word;
        QVERIFY2(stores.isEmpty() || stores == allowed, qPrintable(stores.join(u' ') + u" in "_s + said));
        QVERIFY2(people.isEmpty() || people == QStringList(personWord(person)),
                 qPrintable(people.join(u' ') + u" for "_s + sender + u" in "_s + said));
    }

    void checkSearch(AnswerCache& cache) {
        const auto search = need(SearchQuery::create(cache.reader()));
        for (const Store& store : m_stores) {
            for (const SearchHit& hit : need(search->search(store.word, 50))) {
                QVERIFY2(store.cache == &cache, qPrintable(hit.title));
                const char* sql = hit.kind == SearchHit::Kind::Customer
                                      ? "SELECT store_id FROM customers WHERE profile_id = %1 AND store_id = %2"
                                      : "SELECT store_id FROM orders WHERE id = %1 AND store_id = %2";
                if (hit.kind == SearchHit::Kind::Message) continue; // a person's own words
                const qint64 id = hit.kind == SearchHit::Kind::Customer ? hit.profile.value() : hit.id;
                QCOMPARE(cache.fixture().integer(QString::fromLatin1(sql).arg(id).arg(store.id.value()).toStdString()),
                         store.id.value());
            }
        }
        for (const SearchHit& hit : need(search->search(u"merino"_s, 50)))
            for (const Store& store : m_stores)
                if (store.cache != &cache) QVERIFY(!(hit.title + hit.snippet).contains(store.word));
    }

    void checkAll() {
        const ManualClock clock(day(40));
        for (AnswerCache* cache : {m_home.get(), m_away.get()}) {
            checkRows(*cache);
            if (QTest::currentTestFailed()) return;
            checkSearch(*cache);
            const auto engine = need(AnswerEngine::create(cache->fixture().database(), clock, [] { return 0.5; }));
            for (const auto& [where, conversation] : m_conversations) {
                if (where == cache) checkAnswer(*cache, conversation, *engine);
                if (QTest::currentTestFailed()) return;
            }
        }
    }

private Q_SLOTS:
    void nothingCrosses() {
        const int runs = qEnvironmentVariableIsSet("AIVA_RUNS") ? qEnvironmentVariableIntValue("AIVA_RUNS") : 12;
        const quint32 seed = qEnvironmentVariableIsSet("AIVA_SEED") ? quint32(qEnvironmentVariableIntValue("AIVA_SEED"))
                                                                    : QRandomGenerator::global()->generate();
        for (int run = 0; run < runs; ++run) {
            m_random.seed(seed + quint32(run));
            begin();
            for (int i = 0; i < kStepsOfHistory; ++i) {
                step();
                if (i % 10 == 9) checkAll();
                if (QTest::currentTestFailed()) qFatal("AIVA_SEED=%u, step %d", seed + quint32(run), i);
            }
        }
        qInfo("%d histories from seed %u, %d facts looked at", runs, seed, m_spoken);
        QVERIFY(m_spoken > runs * 50); // else it proves nothing
    }
};

QTEST_GUILESS_MAIN(StoresApartTest)
#include "tst_stores_apart.moc"
