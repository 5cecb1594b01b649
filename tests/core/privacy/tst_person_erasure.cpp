// Erasing somebody, seen by an adversary: whatever the cache held of them is looked for everywhere a cache could keep
// it, and whatever was not theirs must be as it was.
#include "core/domain/mentions.h"
#include "core/privacy/cleanup_run.h"
#include "core/privacy/person_erasure.h"
#include "core/storage/privacy/audit_repository.h"
#include "core/storage/vault/spool.h"
#include "core/storage/webhooks/webhook_privacy_tasks.h"
#include "tests/core/privacy/cache_traces.h"
#include "tests/core/privacy/privacy_world.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"

#include <QSet>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

constexpr quint32 kFirstSeed = 4711;
constexpr int kWorlds = 8;

// Which rows are the person's, told by ids as they were.
struct TheirIds {
    QSet<QString> conversations, messages, attachments, orders, deliveries;

    TheirIds(Database& db, const QString& word, const QString& email) {
        const QByteArray w = word.toUtf8();
        const auto set = [&](const QByteArray& sql) {
            const QStringList ids = rows(db, sql);
            return QSet<QString>(ids.begin(), ids.end());
        };
        conversations = set("SELECT id FROM conversations WHERE customer_email = '" + email.toUtf8() + "'");
        messages = set("SELECT m.id FROM messages m JOIN conversations c ON c.id = m.conversation_id "
                       "WHERE c.customer_email = '" +
                       email.toUtf8() + "'");
        attachments = set("SELECT a.id FROM attachments a WHERE a.name LIKE '" + w + "%'");
        orders = set("SELECT id FROM orders WHERE lower(email) = '" + email.toUtf8() + "'");
        deliveries = set("SELECT delivery FROM webhook_bodies WHERE instr(body, '" + w + "')");
    }

    bool hold(const QString& table, const TableRow& row) const {
        return conversations.contains(row.value(u"conversation_id"_s)) ||
               messages.contains(row.value(u"message_id"_s)) || attachments.contains(row.value(u"attachment_id"_s)) ||
               orders.contains(row.value(u"order_id"_s)) || deliveries.contains(row.value(u"delivery"_s)) ||
               (table == u"orders"_s && orders.contains(row.value(u"id"_s))) ||
               (table == u"webhook_deliveries"_s && deliveries.contains(row.value(u"id"_s))) ||
               (table == u"profiles"_s); // only numbers; who has them is compared through the rows that name them
    }
};

QString lineOf(const TableRow& row) {
    QStringList parts;
    for (auto it = row.begin(); it != row.end(); ++it)
        parts << it.key() + u'=' + it.value();
    return parts.join(u'|');
}

bool hasWord(const QString& line, const QByteArrayList& words) {
    return std::any_of(words.begin(), words.end(),
                       [&](const QByteArray& word) { return line.contains(QLatin1String(word), Qt::CaseInsensitive); });
}

} // namespace

class PersonErasureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void leavesNoTraceAndNobodyElseChanged_data();
    void leavesNoTraceAndNobodyElseChanged();
    void findsTracesBeforeCleaningUp();
    void staysErasedWhenItsSourcesComeAgain();
    void takesWhatComesLater();

private:
    void compareOthers(const QMap<QString, QList<TableRow>>& before, const QMap<QString, QList<TableRow>>& after,
                       const TheirIds& theirs, const WorldPerson& person);
};

void PersonErasureTest::leavesNoTraceAndNobodyElseChanged_data() {
    QTest::addColumn<quint32>("seed");
    for (quint32 i = 0; i < kWorlds; ++i)
        QTest::addRow("world %u", kFirstSeed + i) << kFirstSeed + i;
}

void PersonErasureTest::compareOthers(const QMap<QString, QList<TableRow>>& before,
                                      const QMap<QString, QList<TableRow>>& after, const TheirIds& theirs,
                                      const WorldPerson& person) {
    const QByteArrayList words = person.traces();
    const QStringList names{person.email, person.phone};
    for (auto table = before.begin(); table != before.end(); ++table) {
        QSet<QString> left;
        for (const TableRow& row : after.value(table.key()))
            left.insert(lineOf(row));
        for (const TableRow& row : table.value()) {
            QString line = lineOf(row);
            if (theirs.hold(table.key(), row)) continue;
            if (left.contains(line)) continue;
            // A row of another that spelled them out: the same without it. Proposals and faults are made anew.
            const bool named = eraseMentions(line, names);
            QVERIFY2(named || hasWord(line, words), qPrintable(u"%1 lost %2"_s.arg(table.key(), line)));
        }
    }
    for (auto table = after.begin(); table != after.end(); ++table) {
        QSet<QString> known;
        for (const TableRow& row : before.value(table.key())) {
            QString line = lineOf(row);
            known.insert(line);
            eraseMentions(line, names);
            known.insert(line);
        }
        for (const TableRow& row : table.value()) {
            const QString line = lineOf(row);
            if (known.contains(line) || theirs.hold(table.key(), row)) continue;
            const bool isExpected = table.key() == u"mail_locations"_s && row.value(u"fault"_s) == u"erased"_s;
            const bool isTask = table.key() == u"privacy_tasks"_s && row.value(u"state"_s) == u"done"_s;
            QVERIFY2(isExpected || isTask, qPrintable(u"%1 got %2"_s.arg(table.key(), line)));
        }
    }
}

void PersonErasureTest::leavesNoTraceAndNobodyElseChanged() {
    QFETCH(quint32, seed);
    PrivacyWorld world(seed);
    QVERIFY(world.isMade());
    const ManualClock clock(world.now());
    const Workspace& workspace = world.home().workspace();
    const QStringList totals = world.totals();
    for (const WorldPerson& person : world.people()) {
        const TheirIds theirs(world.writer(), person.word, person.email);
        const auto before = rowsOfTables(world.writer());
        QVERIFY(!tracesInTables(world.writer(), person.traces()).isEmpty());
        const auto erased = erasePerson(workspace, world.writer(), clock, {person.email}, AuditActor::Person);
        QVERIFY2(erased, erased ? "" : qPrintable(erased.error().detail));
        QCOMPARE(erased->messages, static_cast<qint64>(person.mails.size()));
        QCOMPARE(erased->inMailboxes, erased->messages);
        QCOMPARE(erased->customers, static_cast<qint64>(person.customers.size()));
        QCOMPARE(erased->orders, static_cast<qint64>(person.orders.size()));
        QCOMPARE(tracesInTables(world.writer(), person.traces()), QStringList());
        compareOthers(before, rowsOfTables(world.writer()), theirs, person);
        if (QTest::currentTestFailed()) return;
        QCOMPARE(world.totals(), totals);
        const auto cleaned = runCleanups(workspace, world.writer(), {});
        QVERIFY(cleaned);
        QVERIFY2(cleaned->left == 0, cleaned->error ? qPrintable(cleaned->error->detail) : "");
        QCOMPARE(tracesInTables(world.writer(), person.traces()), QStringList());
        QCOMPARE(tracesInIndexes(world.writer(), person.traces()), QStringList());
        QCOMPARE(tracesInPages(world.writer(), person.traces()), QStringList());
        QCOMPARE(tracesInFolder(workspace, person.traces()), QStringList());
        const auto problems = workspace.check();
        QVERIFY(problems);
        QCOMPARE(*problems, QStringList());
    }
}

// The looking itself is proved: without the cleaning it finds what SQLite leaves behind.
void PersonErasureTest::findsTracesBeforeCleaningUp() {
    PrivacyWorld world(kFirstSeed);
    QVERIFY(world.isMade());
    const ManualClock clock(world.now());
    const WorldPerson& person = world.people().at(1);
    QVERIFY(!tracesInIndexes(world.writer(), person.traces()).isEmpty());
    QVERIFY(world.writer().execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    QVERIFY(!tracesInPages(world.writer(), person.traces()).isEmpty());
    QVERIFY(erasePerson(world.home().workspace(), world.writer(), clock, {person.email}, AuditActor::Person));
    QVERIFY(world.writer().execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    QVERIFY2(!tracesInIndexes(world.writer(), person.traces()).isEmpty(),
             "FTS5 forgets at once now: is the rebuild still needed?");
    QVERIFY(!tracesInPages(world.writer(), person.traces()).isEmpty());
}

void PersonErasureTest::staysErasedWhenItsSourcesComeAgain() {
    PrivacyWorld world(kFirstSeed + 100);
    QVERIFY(world.isMade());
    const ManualClock clock(world.now());
    const QStringList totals = world.totals();
    for (const WorldPerson& person : world.people()) {
        QVERIFY(erasePerson(world.home().workspace(), world.writer(), clock, {person.email}, AuditActor::Person));
        QVERIFY(world.bringAgain(person));
        QCOMPARE(tracesInTables(world.writer(), person.traces()), QStringList());
        QCOMPARE(world.totals(), totals);
        const auto again =
            erasePerson(world.home().workspace(), world.writer(), clock, {person.email}, AuditActor::Person);
        QVERIFY(!again);
        QCOMPARE(again.error().kind, ErrorKind::NotFound);
    }
}

void PersonErasureTest::takesWhatComesLater() {
    PrivacyWorld world(kFirstSeed + 200);
    QVERIFY(world.isMade());
    const ManualClock clock(world.now());
    const auto buyer = std::find_if(world.people().begin(), world.people().end(),
                                    [](const WorldPerson& person) { return !person.orders.empty(); });
    QVERIFY(buyer != world.people().end());
    QVERIFY(erasePerson(world.home().workspace(), world.writer(), clock, {buyer->email}, AuditActor::Person));
    MessageRecord mail = buyer->mails.front();
    mail.messageId = u"later@mail.example"_s;
    mail.date = world.now().plusMs(1);
    const auto conversations = ConversationRepository::create(world.writer());
    QVERIFY(conversations);
    QVERIFY((*conversations)->add(mail, ConversationRepository::Direction::Inbound));
    auto [store, order] = buyer->orders.front();
    order.externalId += "1";
    order.name = "#later";
    order.createdAt = order.updatedAt = world.now().plusMs(1);
    const auto records = RecordWriter::create(world.writer(), store);
    QVERIFY(records);
    QVERIFY((*records)->put(order));
    QCOMPARE(rows(world.writer(), "SELECT email FROM orders WHERE name = '#later'"), QStringList(buyer->email));
}

QTEST_GUILESS_MAIN(PersonErasureTest)
#include "tst_person_erasure.moc"
