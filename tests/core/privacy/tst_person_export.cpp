// What a person is given: every row of theirs, none of another's, in a folder nobody else can read.
#include "core/privacy/export_page.h"
#include "core/privacy/request_answer.h"
#include "core/storage/privacy/audit_repository.h"
#include "core/storage/webhooks/webhook_privacy_tasks.h"
#include "tests/core/privacy/privacy_world.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"

#include <QDir>
#include <QDirIterator>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool queueLast(Database& writer, const QString& body) {
    return writer
        .execute(u"INSERT INTO webhook_deliveries (source, shop, delivery_id, topic, api_version, received_at, state, "
                 "result) VALUES ('shopify', 'licht.myshopify.com', 'last', 'orders/updated', '2026-07', 1, 'queued', "
                 "'');"
                 "INSERT INTO webhook_bodies SELECT max(id), CAST('%1' AS BLOB) FROM webhook_deliveries"_s.arg(body)
                     .toStdString())
        .has_value();
}

QByteArray everythingIn(const QString& dir) {
    QByteArray all;
    QDirIterator it(dir, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString path = it.next();
        all += path.toUtf8() + '\n' + contentOf(path);
    }
    return all;
}

PrivacyTaskId putDataRequest(PrivacyWorld& world, StoreId store, const QString& subject) {
    const auto tasks = PrivacyTasks::create(world.writer());
    PrivacyTask task;
    task.store = store;
    task.kind = u"data_request"_s;
    task.subject = subject;
    if (!tasks || !(*tasks)->add(task, DeliveryId(900'000))) return {};
    return (*tasks)->pending()->front().id;
}

} // namespace

class PersonExportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void givesEverythingOfOneAndNothingOfAnother();
    void writesReadableFilesOnlyForTheirOwner();
    void closesTheShopsRequest();
    void answersARequestByACustomersIdAlone();
    void closesARequestAboutNobodyKnown();
    void givesNothingOfABuyerWhoNamesThem();
    void givesWhatIsQueuedWithoutTheirAddress();
    void overwritesNothing();
    void leavesNothingWhenItFails();
    void namesFilesSafely_data();
    void namesFilesSafely();
    void escapesWhatPeopleWrote();
};

void PersonExportTest::givesEverythingOfOneAndNothingOfAnother() {
    for (quint32 seed = 300; seed < 306; ++seed) {
        PrivacyWorld world(seed);
        QVERIFY(world.isMade());
        const ManualClock clock(world.now());
        QTemporaryDir home;
        for (const WorldPerson& person : world.people()) {
            const QString dir = home.filePath(person.word);
            const auto given = exportPerson(world.writer(), clock, {person.email}, dir, AuditActor::Person);
            QVERIFY2(given, given ? "" : qPrintable(given.error().detail));
            const QByteArray all = everythingIn(dir).replace(home.path().toUtf8(), "");
            const QJsonObject parts =
                QJsonDocument::fromJson(contentOf(dir + u"/person.json"_s))["parts"_L1].toObject();
            QCOMPARE(parts["messages"_L1].toArray().size(), static_cast<qsizetype>(person.mails.size()));
            QCOMPARE(parts["attachments"_L1].toArray().size(), static_cast<qsizetype>(person.mails.size()));
            QCOMPARE(parts["orders"_L1].toArray().size(), static_cast<qsizetype>(person.orders.size()));
            QCOMPARE(parts["order_items"_L1].toArray().size(), static_cast<qsizetype>(person.orders.size()));
            QCOMPARE(parts["fulfillments"_L1].toArray().size(), static_cast<qsizetype>(person.orders.size()));
            QCOMPARE(parts["refunds"_L1].toArray().size(), static_cast<qsizetype>(person.orders.size()));
            QCOMPARE(parts["customers"_L1].toArray().size(), static_cast<qsizetype>(person.customers.size()));
            for (const char* one : {"notes", "draft_versions", "draft_attachments", "outbox", "proposals",
                                    "draft_outcomes", "queued_webhooks"})
                QCOMPARE(parts[QLatin1String(one)].toArray().size(), qsizetype(1));
            QCOMPARE(parts["drafts"_L1].toArray().size(), qsizetype(2)); // the reply and the note
            // A mail, a draft's file and the mail in the outbox, as they are.
            QCOMPARE(given->files, static_cast<qint64>(person.mails.size()) + 2);
            QVERIFY(all.contains((person.word + u" signs"_s).toUtf8()));
            for (const auto& [store, order] : person.orders)
                QVERIFY(all.contains(order.name.c_str()));
            for (const WorldPerson& other : world.people()) {
                if (other.word == person.word) continue;
                // The first one's address stands in mails others wrote: that is the writer's own text.
                const bool isNamed = other.word == world.people().front().word;
                QVERIFY2(isNamed || !all.toLower().contains(other.word.toUtf8()), qPrintable(other.word));
            }
        }
    }
}

void PersonExportTest::writesReadableFilesOnlyForTheirOwner() {
    PrivacyWorld world(310);
    const ManualClock clock(world.now());
    QTemporaryDir home;
    const QString dir = home.filePath(u"below/export"_s);
    const auto buyer = std::find_if(world.people().begin(), world.people().end(),
                                    [](const WorldPerson& person) { return !person.orders.empty(); });
    QVERIFY(exportPerson(world.writer(), clock, {buyer->email.toUpper()}, dir, AuditActor::Person));
    constexpr auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup |
                            QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;
    QCOMPARE(QFileInfo(dir).permissions() & others, QFileDevice::Permissions());
    QDirIterator it(dir, QDir::AllEntries | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (it.hasNext())
        QVERIFY2(!(QFileInfo(it.next()).permissions() & others), qPrintable(it.filePath()));
    QCOMPARE(QDir(home.filePath(u"below"_s)).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList(u"export"_s));
    const QJsonObject order =
        QJsonDocument::fromJson(contentOf(dir + u"/person.json"_s))["parts"_L1]["orders"_L1][0].toObject();
    QVERIFY(order["created_at"_L1].toString().endsWith(u'Z'));
    QCOMPARE(order["total"_L1]["currency"_L1].toString(), u"EUR"_s);
    QVERIFY(order["total"_L1]["amount"_L1].toString().contains(u'.'));
    const QByteArray page = contentOf(dir + u"/index.html"_s);
    QVERIFY(page.contains(buyer->email.toUtf8()));
    QVERIFY(!page.contains("<script"));
}

void PersonExportTest::closesTheShopsRequest() {
    PrivacyWorld world(320);
    const ManualClock clock(world.now());
    QTemporaryDir home;
    const auto customer = std::find_if(world.people().begin(), world.people().end(),
                                       [](const WorldPerson& person) { return !person.customers.empty(); });
    const QString open = rows(world.writer(), "SELECT count(*) FROM privacy_tasks WHERE state = 'pending'").value(0);
    const auto given =
        exportPerson(world.writer(), clock, {customer->email}, home.filePath(u"x"_s), AuditActor::Person);
    QVERIFY(given);
    QCOMPARE(given->tasks, static_cast<qint64>(customer->customers.size()));
    QCOMPARE(rows(world.writer(), "SELECT count(*) FROM privacy_tasks WHERE state = 'pending'").value(0).toLongLong(),
             open.toLongLong() - given->tasks);
    const QString detail = rows(world.writer(), "SELECT detail FROM audit WHERE kind = 'person_exported'").value(0);
    QVERIFY(detail.contains(u"\"person\""_s));
    QVERIFY(!detail.contains(customer->word));
    const auto audit = AuditRepository::create(world.writer());
    QVERIFY(audit && (*audit)->verifyChain() && !(*audit)->verifyChain()->broken);
}

// A shop need not say an address.
void PersonExportTest::answersARequestByACustomersIdAlone() {
    PrivacyWorld world(325);
    QVERIFY(world.isMade());
    const ManualClock clock(world.now());
    QVERIFY(world.writer().execute("DELETE FROM privacy_tasks"));
    const auto buyer = std::find_if(world.people().begin(), world.people().end(),
                                    [](const WorldPerson& person) { return !person.customers.empty(); });
    const auto& [store, customer] = buyer->customers.front();
    const PrivacyTaskId request = putDataRequest(
        world, store, u"{\"customer\":{\"id\":\"%1\"}}"_s.arg(QString::fromStdString(customer.externalId)));
    QVERIFY(!closeRequest(world.writer(), clock, request, AuditActor::Person));
    QTemporaryDir home;
    const auto given = answerRequest(world.writer(), clock, request, home.filePath(u"x"_s), AuditActor::Person);
    QVERIFY2(given, given ? "" : qPrintable(given.error().detail));
    QCOMPARE(given->tasks, 1);
    QVERIFY(contentOf(home.filePath(u"x/person.json"_s)).contains(buyer->word.toUtf8()));
    QCOMPARE(rows(world.writer(), "SELECT state FROM privacy_tasks"), QStringList(u"done"_s));
    QVERIFY(!answerRequest(world.writer(), clock, request, home.filePath(u"y"_s), AuditActor::Person));
}

void PersonExportTest::closesARequestAboutNobodyKnown() {
    PrivacyWorld world(326, 2);
    QVERIFY(world.isMade());
    const ManualClock clock(world.now());
    QVERIFY(world.writer().execute("DELETE FROM privacy_tasks"));
    const PrivacyTaskId request =
        putDataRequest(world, world.store(0),
                       u"{\"customer\":{\"id\":\"gid://shopify/Customer/1\",\"email\":\"eve@else.example\"}}"_s);
    QTemporaryDir home;
    const auto given = answerRequest(world.writer(), clock, request, home.filePath(u"x"_s), AuditActor::Person);
    QVERIFY(!given);
    QCOMPARE(given.error().kind, ErrorKind::NotFound);
    const auto closed = closeRequest(world.writer(), clock, request, AuditActor::Person);
    QVERIFY2(closed, closed ? "" : qPrintable(closed.error().detail));
    QCOMPARE(rows(world.writer(), "SELECT state FROM privacy_tasks"), QStringList(u"done"_s));
    const QString detail = rows(world.writer(), "SELECT detail FROM audit WHERE kind = 'request_closed'").value(0);
    QVERIFY(detail.contains(u"nothing_is_kept"_s) && !detail.contains(u"eve@"_s));
    const auto again = closeRequest(world.writer(), clock, request, AuditActor::Person);
    QVERIFY(!again);
    QCOMPARE(again.error().kind, ErrorKind::NotFound);
}

// Another's order says their address in its note: that it does is theirs to know, the order is not.
void PersonExportTest::givesNothingOfABuyerWhoNamesThem() {
    PrivacyWorld world(327);
    QVERIFY(world.isMade());
    const ManualClock clock(world.now());
    const WorldPerson& person = world.people().front();
    const WorldPerson& buyer = world.people().back();
    const QString body = u"{\"email\":\"%1\",\"note\":\"for %2\"}"_s.arg(buyer.email, person.email);
    QVERIFY(queueLast(world.writer(), body));
    QTemporaryDir home;
    QVERIFY(exportPerson(world.writer(), clock, {person.email}, home.filePath(u"x"_s), AuditActor::Person));
    const QByteArray json = contentOf(home.filePath(u"x/person.json"_s));
    QVERIFY(!json.contains(buyer.word.toUtf8()));
    const QJsonArray queued = QJsonDocument::fromJson(json)["parts"_L1]["queued_webhooks"_L1].toArray();
    QCOMPARE(queued.size(), qsizetype(2));
    QVERIFY(queued[0]["body"_L1].isString());
    QCOMPARE(queued[1]["topic"_L1].toString(), u"orders/updated"_s);
    QVERIFY(queued[1]["body"_L1].isUndefined());
}

void PersonExportTest::givesWhatIsQueuedWithoutTheirAddress() {
    PrivacyWorld world(320);
    const ManualClock clock(world.now());
    const auto buyer = std::find_if(world.people().begin(), world.people().end(), [&world](const WorldPerson& person) {
        return !person.customers.empty() && person.customers.front().first == world.store(0);
    });
    QVERIFY(buyer != world.people().end());
    const QString number = QString::fromStdString(buyer->customers.front().second.externalId).section(u'/', -1);
    QVERIFY(queueLast(world.writer(), u"{\"id\":1,\"customer\":{\"id\":%1}}"_s.arg(number)));
    QTemporaryDir home;
    QVERIFY(exportPerson(world.writer(), clock, {buyer->email}, home.filePath(u"x"_s), AuditActor::Person));
    const QJsonArray queued =
        QJsonDocument::fromJson(contentOf(home.filePath(u"x/person.json"_s)))["parts"_L1]["queued_webhooks"_L1]
            .toArray();
    QCOMPARE(queued.size(), qsizetype(2));
    QVERIFY(queued[1]["body"_L1].toString().contains(number));
}

void PersonExportTest::overwritesNothing() {
    PrivacyWorld world(330, 2);
    const ManualClock clock(world.now());
    QTemporaryDir home;
    const QString email = world.people().front().email;
    QFile file(home.filePath(u"mine"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("mine") == 4);
    file.close();
    for (const QString& dir : {home.path(), home.filePath(u"mine"_s)}) {
        const auto given = exportPerson(world.writer(), clock, {email}, dir, AuditActor::Person);
        QVERIFY(!given);
        QCOMPARE(given.error().kind, ErrorKind::Conflict);
    }
    QCOMPARE(contentOf(home.filePath(u"mine"_s)), QByteArray("mine"));
    QVERIFY(QDir(home.path()).mkdir(u"empty"_s));
    QVERIFY(exportPerson(world.writer(), clock, {email}, home.filePath(u"empty"_s), AuditActor::Person));
    QVERIFY(QFile::exists(home.filePath(u"empty/person.json"_s)));
    const auto nobody =
        exportPerson(world.writer(), clock, {u"nobody@else.example"_s}, home.filePath(u"n"_s), AuditActor::Person);
    QVERIFY(!nobody);
    QCOMPARE(nobody.error().kind, ErrorKind::NotFound);
    QVERIFY(!QFile::exists(home.filePath(u"n"_s)));
}

void PersonExportTest::leavesNothingWhenItFails() {
    PrivacyWorld world(340, 2);
    const ManualClock clock(world.now());
    QTemporaryDir home;
    QFile inTheWay(home.filePath(u"closed"_s)); // a file, under which nobody can make a folder, root included
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    inTheWay.close();
    const auto given = exportPerson(world.writer(), clock, {world.people().front().email}, home.filePath(u"closed/x"_s),
                                    AuditActor::Person);
    QVERIFY(!given);
    QCOMPARE(given.error().kind, ErrorKind::Storage);
    QCOMPARE(QDir(home.path()).entryList(QDir::NoDotAndDotDot | QDir::AllEntries), QStringList(u"closed"_s));
    QCOMPARE(rows(world.writer(), "SELECT count(*) FROM audit"), QStringList(u"0"_s));
}

void PersonExportTest::namesFilesSafely_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << u"photo.jpg"_s << u"photo.jpg"_s;
    QTest::newRow("path") << u"../../etc/passwd"_s << u"_.._etc_passwd"_s;
    QTest::newRow("windows path") << u"C:\\x\\y.exe"_s << u"C__x_y.exe"_s;
    QTest::newRow("hidden") << u"...ssh"_s << u"ssh"_s;
    QTest::newRow("control") << u"a\nb\u202e.txt"_s << u"a_b_.txt"_s;
    QTest::newRow("nothing") << u"..."_s << u"file"_s;
    QTest::newRow("ends in dots") << u"a..."_s << u"a"_s;
}

void PersonExportTest::namesFilesSafely() {
    QFETCH(QString, name);
    QTEST(safeFileName(name), "expected");
    QVERIFY(safeFileName(name.repeated(60)).size() <= 100);
}

void PersonExportTest::escapesWhatPeopleWrote() {
    const QJsonArray rows{QJsonObject{{u"text"_s, u"<script>alert(1)</script> %1 & \"you\""_s}}};
    const QByteArray page = exportPage({{u"messages"_s, rows}}, {u"<b>.txt"_s}, UtcTime(0));
    QVERIFY(!page.contains("<script>alert"));
    QVERIFY(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; %1 &amp; &quot;you&quot;"));
    QVERIFY(page.contains("files/%3Cb%3E.txt"));
}

QTEST_GUILESS_MAIN(PersonExportTest)
#include "tst_person_export.moc"
