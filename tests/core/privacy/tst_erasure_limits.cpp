// Where erasing ends: a reply that is leaving, another store, a family's telephone, our own address.
#include "core/privacy/person_erasure.h"
#include "tests/core/privacy/cache_traces.h"
#include "tests/core/privacy/privacy_world.h"
#include "tests/support/table_dump.h"

#include <QtTest>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

constexpr quint32 kFirstSeed = 4711;

bool hasWord(const QString& line, const QByteArrayList& words) {
    return std::any_of(words.begin(), words.end(),
                       [&](const QByteArray& word) { return line.contains(QLatin1String(word), Qt::CaseInsensitive); });
}

} // namespace

class ErasureLimitsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusesWhileAReplyIsOnItsWay();
    void erasesForOneStoreOnly();
    void knowsNobodyOfAnUnknownAddress();
    void givesNoConversationItsNumber();
    void leavesAFamilyItsTelephone();
    void erasesNobodyByOurOwnAddress();
};

void ErasureLimitsTest::refusesWhileAReplyIsOnItsWay() {
    PrivacyWorld world(kFirstSeed + 300);
    QVERIFY(world.isMade());
    const ManualClock clock(world.now());
    const WorldPerson& person = world.people().front();
    for (const char* change : {"state = 'sending'", "state = 'unknown'", "state = 'filing'", "holds_claim = 1"}) {
        const QByteArray sql =
            QByteArray("UPDATE outbox SET state = 'sent', holds_claim = 0; UPDATE outbox SET ") + change;
        QVERIFY(world.writer().execute(sql.toStdString()));
        const auto before = rowsOfTables(world.writer());
        const auto erased =
            erasePerson(world.home().workspace(), world.writer(), clock, {person.email}, AuditActor::Person);
        QVERIFY(!erased);
        QCOMPARE(erased.error().kind, ErrorKind::Conflict);
        QCOMPARE(rowsOfTables(world.writer()), before);
    }
}

void ErasureLimitsTest::erasesForOneStoreOnly() {
    int tried = 0;
    for (quint32 seed = kFirstSeed + 400; seed < kFirstSeed + 410; ++seed) {
        PrivacyWorld world(seed);
        QVERIFY(world.isMade());
        const ManualClock clock(world.now());
        for (const WorldPerson& person : world.people()) {
            if (person.customers.size() != 2) continue;
            ++tried;
            const auto& [store, customer] = person.customers.front();
            PersonQuestion question{person.email, store, {QString::fromStdString(customer.externalId)}, {}};
            const auto erased =
                erasePerson(world.home().workspace(), world.writer(), clock, question, AuditActor::Aiva);
            QVERIFY(erased);
            QCOMPARE(erased->customers, 1);
            QCOMPARE(erased->profiles, 0);
            const QByteArray ofStore = " WHERE store_id = " + QByteArray::number(store.value());
            const QByteArrayList words = person.traces();
            for (const char* columns : {"* FROM customers", "* FROM orders", "customer_email FROM conversations"})
                QVERIFY2(!hasWord(rows(world.writer(), QByteArray("SELECT ") + columns + ofStore).join(u'\n'), words),
                         columns);
            const StoreId other = person.customers.back().first;
            QVERIFY(hasWord(
                rows(world.writer(), "SELECT * FROM customers WHERE store_id = " + QByteArray::number(other.value()))
                    .join(u'\n'),
                words));
        }
    }
    QVERIFY(tried > 3);
}

void ErasureLimitsTest::knowsNobodyOfAnUnknownAddress() {
    PrivacyWorld world(kFirstSeed + 500, 2);
    QVERIFY(world.isMade());
    const ManualClock clock(world.now());
    const auto before = rowsOfTables(world.writer());
    const auto erased =
        erasePerson(world.home().workspace(), world.writer(), clock, {u"nobody@else.example"_s}, AuditActor::Person);
    QVERIFY(!erased);
    QCOMPARE(erased.error().kind, ErrorKind::NotFound);
    QCOMPARE(rowsOfTables(world.writer()), before);
    QCOMPARE(rows(world.writer(), "SELECT count(*) FROM audit"), QStringList(u"0"_s));
}

// The audit log speaks of conversations by number: a new one must not take an erased one's.
void ErasureLimitsTest::givesNoConversationItsNumber() {
    PrivacyWorld world(kFirstSeed + 600, 2);
    QVERIFY(world.isMade());
    const ManualClock clock(world.now());
    const QString highest = rows(world.writer(), "SELECT max(id) FROM conversations").value(0);
    for (const WorldPerson& person : world.people())
        QVERIFY(erasePerson(world.home().workspace(), world.writer(), clock, {person.email}, AuditActor::Person));
    MessageRecord mail = world.people().front().mails.front();
    mail.messageId = u"new@mail.example"_s;
    mail.from.email = u"new@mail.example"_s;
    const auto conversations = ConversationRepository::create(world.writer());
    QVERIFY(conversations);
    const auto added = (*conversations)->add(mail, ConversationRepository::Direction::Inbound);
    QVERIFY(added);
    QVERIFY(added->conversation.value() > highest.toLongLong());
}

void ErasureLimitsTest::leavesAFamilyItsTelephone() {
    PrivacyWorld world(kFirstSeed + 700);
    QVERIFY(world.isMade());
    const ManualClock clock(world.now());
    const auto buyer = std::find_if(world.people().begin(), world.people().end(),
                                    [](const WorldPerson& person) { return !person.customers.empty(); });
    auto [store, relative] = buyer->customers.front();
    relative.externalId = "gid://shopify/Customer/8888888888888";
    relative.displayName = relative.firstName = "Relative";
    relative.email = "relative@mail.example";
    relative.note = relative.addressText = {};
    relative.tags = {};
    const auto records = RecordWriter::create(world.writer(), store);
    QVERIFY(records && (*records)->put(relative));
    QVERIFY(erasePerson(world.home().workspace(), world.writer(), clock, {buyer->email}, AuditActor::Person));
    QCOMPARE(rows(world.writer(), "SELECT phone FROM customers WHERE email = 'relative@mail.example'"),
             QStringList(buyer->phone));
}

// A shop tries its checkout with the address all its mail comes to.
void ErasureLimitsTest::erasesNobodyByOurOwnAddress() {
    PrivacyWorld world(kFirstSeed + 800);
    QVERIFY(world.isMade());
    const ManualClock clock(world.now());
    CustomerRecord tester;
    tester.externalId = "gid://shopify/Customer/7777777777777";
    tester.displayName = "Checkout test";
    tester.email = "Support@licht.example";
    tester.createdAt = tester.updatedAt = world.now();
    const auto records = RecordWriter::create(world.writer(), world.store(0));
    QVERIFY(records && (*records)->put(tester));
    const auto before = rowsOfTables(world.writer());
    const auto erased =
        erasePerson(world.home().workspace(), world.writer(), clock, {u"support@licht.example"_s}, AuditActor::Person);
    QVERIFY(!erased);
    QCOMPARE(erased.error().kind, ErrorKind::NotFound);
    QCOMPARE(rowsOfTables(world.writer()), before);
}

QTEST_GUILESS_MAIN(ErasureLimitsTest)
#include "tst_erasure_limits.moc"
