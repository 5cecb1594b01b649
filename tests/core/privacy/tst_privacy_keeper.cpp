// What shops ask for is done by itself and in time; what only a person may do waits for one.
#include "core/privacy/privacy_keeper.h"
#include "tests/core/privacy/privacy_world.h"
#include "tests/support/await.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class PrivacyKeeperTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void erasesWhomAShopRedacts();
    void doesOneThingATurn();
    void goesOnAfterAKillBetweenTwoSteps();
    void answersOnceTheClearingIsThrough();
    void waitsWhileAReplyIsOnItsWay();
    void remembersWhomItNeverKnew();
    void dropsAShopThatLeft();
    void givesAConnectedShopItsTime();
    void endsWhatRunsBeforeItDrops();
    void leavesDataRequestsToAPerson();
    void goesOnWithClearingAtTheNextStart();

private:
    void ask(const QString& kind, const QJsonObject& subject, qint64 dueInDays);
    QJsonObject subjectOf(const WorldPerson& person, size_t store = 0) const;
    const WorldPerson& buyer() const;
    std::unique_ptr<PrivacyKeeper> keeper(PrivacyDoors doors = {}) {
        doors.removeSecrets = [](Database&, const StoreRow&) { return Result<void>(); };
        return std::make_unique<PrivacyKeeper>(m_world->home().workspace(), m_world->writer(), *m_clock,
                                               std::move(doors), 1'000'000);
    }
    QString one(const QByteArray& sql) { return rows(m_world->writer(), sql).value(0); }

    std::unique_ptr<PrivacyWorld> m_world;
    std::unique_ptr<ManualClock> m_clock;
    qint64 m_delivery = 500'000;
};

void PrivacyKeeperTest::init() {
    m_world = std::make_unique<PrivacyWorld>(42, 8);
    QVERIFY(m_world->isMade());
    m_clock = std::make_unique<ManualClock>(m_world->now());
    QVERIFY(m_world->writer().execute("DELETE FROM privacy_tasks"));
}

const WorldPerson& PrivacyKeeperTest::buyer() const {
    return *std::find_if(m_world->people().begin(), m_world->people().end(), [this](const WorldPerson& person) {
        return person.customers.size() == 1 && person.customers.front().first == m_world->store(0);
    });
}

QJsonObject PrivacyKeeperTest::subjectOf(const WorldPerson& person, size_t store) const {
    return {{u"customer"_s, QJsonObject{{u"id"_s, QString::fromStdString(person.customers.at(store).second.externalId)},
                                        {u"email"_s, person.email},
                                        {u"phone"_s, person.phone}}}};
}

void PrivacyKeeperTest::ask(const QString& kind, const QJsonObject& subject, qint64 dueInDays) {
    const auto tasks = PrivacyTasks::create(m_world->writer());
    QVERIFY(tasks);
    PrivacyTask task;
    task.store = m_world->store(0);
    task.kind = kind;
    task.subject = QString::fromUtf8(QJsonDocument(subject).toJson(QJsonDocument::Compact));
    task.requestedAt = m_clock->now();
    task.dueAt = m_clock->now().plusDays(dueInDays);
    QVERIFY((*tasks)->add(task, DeliveryId(++m_delivery)));
}

void PrivacyKeeperTest::erasesWhomAShopRedacts() {
    ask(u"customer_redact"_s, subjectOf(buyer()), 30);
    const auto made = keeper();
    QSignalSpy erased(made.get(), &PrivacyKeeper::erased);
    made->look();
    QCOMPARE(erased.count(), 1);
    QCOMPARE(one("SELECT count(*) FROM customers WHERE email = '" + buyer().email.toUtf8() + "'"), u"0"_s);
    QCOMPARE(one("SELECT group_concat(state || subject) FROM privacy_tasks"), u"done{\"request\":\"\"}"_s);
    QCOMPARE(one("SELECT count(*) FROM privacy_cleanups"), u"0"_s);
    QCOMPARE(one("SELECT actor FROM audit WHERE kind = 'person_erased'"), u"aiva"_s);
    made->look();
    QCOMPARE(erased.count(), 1);
}

// A hundred requests, and writing the cache anew, must not hold up what the window asks for.
void PrivacyKeeperTest::doesOneThingATurn() {
    QVERIFY(m_world->writer().execute("UPDATE outbox SET state = 'sent'"));
    const int asked = static_cast<int>(m_world->people().size());
    for (const WorldPerson& person : m_world->people())
        ask(u"customer_redact"_s, {{u"customer"_s, QJsonObject{{u"email"_s, person.email}}}}, 30);
    const auto made = keeper();
    QSignalSpy erased(made.get(), &PrivacyKeeper::erased);
    for (int turn = 1; turn <= asked; ++turn) {
        QVERIFY(made->next());
        QCOMPARE(erased.count(), turn);
        QCOMPARE(one("SELECT count(*) FROM privacy_tasks WHERE state = 'pending'").toInt(), asked - turn);
    }
    int left = one("SELECT count(*) FROM privacy_cleanups").toInt();
    QVERIFY(left > 2);
    for (; left > 0; --left) {
        QCOMPARE(one("SELECT count(*) FROM privacy_cleanups").toInt(), left);
        QVERIFY(made->next());
    }
    QCOMPARE(one("SELECT count(*) FROM privacy_cleanups").toInt(), 0);
    QVERIFY(!made->next());
}

void PrivacyKeeperTest::goesOnAfterAKillBetweenTwoSteps() {
    ask(u"customer_redact"_s, subjectOf(buyer()), 30);
    {
        const auto killed = keeper();
        QVERIFY(killed->next());
        QVERIFY(killed->next());
    }
    QVERIFY(one("SELECT count(*) FROM privacy_cleanups") != u"0"_s);
    const auto made = keeper();
    made->start();
    QTRY_COMPARE(one("SELECT count(*) FROM privacy_cleanups"), u"0"_s);
}

void PrivacyKeeperTest::answersOnceTheClearingIsThrough() {
    const auto made = keeper();
    QSignalSpy erased(made.get(), &PrivacyKeeper::erased);
    const auto counts = made->erase({buyer().email});
    QCOMPARE(erased.count(), 1);
    QVERIFY(!counts.isFinished());
    const auto answered = await(counts);
    QVERIFY2(answered, answered ? "" : qPrintable(answered.error().detail));
    QCOMPARE(answered->customers, 1);
    QCOMPARE(one("SELECT count(*) FROM privacy_cleanups"), u"0"_s);
}

void PrivacyKeeperTest::waitsWhileAReplyIsOnItsWay() {
    ask(u"customer_redact"_s, subjectOf(buyer()), 30);
    QVERIFY(m_world->writer().execute("UPDATE outbox SET state = 'sending'"));
    const auto made = keeper();
    QSignalSpy failed(made.get(), &PrivacyKeeper::failed);
    made->look();
    QCOMPARE(one("SELECT state FROM privacy_tasks"), u"pending"_s);
    QVERIFY(m_world->writer().execute("UPDATE outbox SET state = 'sent'"));
    made->look();
    QCOMPARE(one("SELECT state FROM privacy_tasks"), u"done"_s);
    QCOMPARE(failed.count(), 0);
}

// The shop knows somebody the first sync has not brought yet: it never does.
void PrivacyKeeperTest::remembersWhomItNeverKnew() {
    CustomerRecord late = buyer().customers.front().second;
    late.externalId = "gid://shopify/Customer/9999999999999";
    late.email = "late@mail.example";
    ask(u"customer_redact"_s,
        {{u"customer"_s, QJsonObject{{u"id"_s, QString::fromStdString(late.externalId)}, {u"email"_s, u""_s}}}}, 30);
    keeper()->look();
    QCOMPARE(one("SELECT state FROM privacy_tasks"), u"done"_s);
    const auto records = RecordWriter::create(m_world->writer(), m_world->store(0));
    QVERIFY(records && (*records)->put(late));
    QCOMPARE(one("SELECT count(*) FROM customers WHERE email = 'late@mail.example'"), u"0"_s);
}

void PrivacyKeeperTest::dropsAShopThatLeft() {
    ask(u"shop_redact"_s, {}, 2);
    QVERIFY(m_world->writer().execute("UPDATE stores SET status = 'disconnected' WHERE id = 1"));
    const auto made = keeper();
    QSignalSpy dropped(made.get(), &PrivacyKeeper::dropped);
    made->look();
    QCOMPARE(dropped.count(), 1);
    QCOMPARE(one("SELECT group_concat(domain) FROM stores"), u"holz.myshopify.com"_s);
}

void PrivacyKeeperTest::givesAConnectedShopItsTime() {
    ask(u"shop_redact"_s, {}, 2);
    const auto made = keeper();
    made->look();
    QCOMPARE(one("SELECT count(*) FROM stores"), u"2"_s);
    m_clock->advanceMs(46 * 3'600'000LL);
    made->look();
    QCOMPARE(one("SELECT count(*) FROM stores"), u"2"_s);
    m_clock->advanceMs(3'600'000LL + 1); // within the 48 hours still
    made->look();
    QCOMPARE(one("SELECT count(*) FROM stores"), u"1"_s);
}

void PrivacyKeeperTest::endsWhatRunsBeforeItDrops() {
    std::function<void()> then;
    const auto made = keeper({[&](StoreId store, std::function<void()> released) {
                                  QCOMPARE(store, m_world->store(0));
                                  then = std::move(released);
                              },
                              {}});
    const auto dropped = made->drop(m_world->store(0));
    QVERIFY(then);
    QCOMPARE(one("SELECT count(*) FROM stores"), u"2"_s);
    then();
    const auto counts = await(dropped);
    QVERIFY(counts);
    QVERIFY(counts->orders > 0);
    QCOMPARE(one("SELECT count(*) FROM stores"), u"1"_s);
}

void PrivacyKeeperTest::leavesDataRequestsToAPerson() {
    ask(u"data_request"_s, subjectOf(buyer()), 30);
    const auto made = keeper();
    QSignalSpy told(made.get(), &PrivacyKeeper::tasksChanged);
    made->look();
    made->look();
    QCOMPARE(told.count(), 1);
    QCOMPARE(one("SELECT state FROM privacy_tasks"), u"pending"_s);
    QTemporaryDir home;
    QVERIFY(made->give({buyer().email}, home.filePath(u"x"_s)));
    QCOMPARE(told.count(), 2);
    QCOMPARE(one("SELECT state FROM privacy_tasks"), u"done"_s);
}

// Erased by a process that died before it cleared.
void PrivacyKeeperTest::goesOnWithClearingAtTheNextStart() {
    QVERIFY(erasePerson(m_world->home().workspace(), m_world->writer(), *m_clock, {buyer().email}, AuditActor::Person));
    QVERIFY(one("SELECT count(*) FROM privacy_cleanups") != u"0"_s);
    const auto made = keeper();
    made->start();
    QTRY_COMPARE(one("SELECT count(*) FROM privacy_cleanups"), u"0"_s);
}

QTEST_GUILESS_MAIN(PrivacyKeeperTest)
#include "tst_privacy_keeper.moc"
