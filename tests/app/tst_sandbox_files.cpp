// What the sandbox writes to disk, its carriers, its command line and its program.
#include "app/sandbox/bulk_files.h"
#include "app/sandbox/mail/situations.h"
#include "app/sandbox/mail/stories.h"
#include "app/sandbox/maildir.h"
#include "app/sandbox/world/carriers.h"
#include "core/adapters/mail/files/mail_file_reader.h"
#include "tests/app/shop_visitor.h"
#include "tests/support/patience.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>

#include <map>

using namespace Qt::StringLiterals;
using namespace aiva;

namespace {

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// Relative names and bytes of everything below a folder.
std::map<QString, QByteArray> tree(const QString& folder) {
    std::map<QString, QByteArray> files;
    for (const QString& part : {u"cur"_s, u"new"_s, u"tmp"_s}) {
        const QDir directory(folder + u"/"_s + part);
        const QStringList names = directory.entryList(QDir::Files);
        for (const QString& name : names)
            files.emplace(part + u"/"_s + name, contentOf(directory.filePath(name)));
    }
    return files;
}

std::vector<MessageRecord> messagesOf(const QString& folder) {
    std::vector<MessageRecord> messages;
    MailFileReader reader;
    const auto done = reader.read(folder, [&](const QString& name, Result<MessageRecord> message) {
        if (!message)
            QTest::qFail(qPrintable(name + u": "_s + message.error().detail), __FILE__, __LINE__);
        else
            messages.push_back(*std::move(message));
        return true;
    });
    if (!done) QTest::qFail(qPrintable(done.error().detail), __FILE__, __LINE__);
    std::sort(messages.begin(), messages.end(),
              [](const auto& left, const auto& right) { return left.date > right.date; });
    return messages;
}

std::size_t fileCount(const QString& folder) {
    std::size_t count = 0;
    for (const QString& part : {u"cur"_s, u"new"_s, u"tmp"_s})
        count += static_cast<std::size_t>(QDir(folder + u"/"_s + part).entryList(QDir::Files).size());
    return count;
}

constexpr int kPatienceMs = 60'000; // a program's start on a machine that has much else to do

QString program() {
    return qEnvironmentVariable("AIVA_BIN_DIR", u"build/dev/bin"_s) + u"/aiva-sandbox"_s;
}

} // namespace

class TestSandboxFiles : public QObject {
    Q_OBJECT

    // Of the steady world, made once: reading a mailbox takes longer than all that is asked of it here.
    QTemporaryDir m_mail;
    QTemporaryDir m_bulk;
    BulkFileCounts m_bulkCounts;
    std::vector<MessageRecord> m_messages; // newest first

private Q_SLOTS:
    void initTestCase();
    void sameOptionsMakeTheSameMaildir();
    void sameOptionsMakeTheSameBulkFiles();
    void bulkFileIsWhatTheServerServes();
    void writesAsManyMessagesAsAsked_data();
    void writesAsManyMessagesAsAsked();
    void everyMailCanBeRead();
    void newestMailIsTheOneOfThePicture();
    void mailboxHasEachKindOfTrouble();
    void repliesPointAtWhatTheyAnswer();
    void lettersSpeakOfRealOrders();
    void situationsAreManyAndComplete();
    void trackingNumbersPassTheirCheckDigits();
    void smallAndEmptyWorldsHold_data();
    void smallAndEmptyWorldsHold();
    void refusesWrongArguments_data();
    void refusesWrongArguments();
    void programSaysWhereItIsAndStops();
    void programEndsWithItsParent();
};

void TestSandboxFiles::initTestCase() {
    const auto written = writeMaildir(steadyOptions(), m_mail.path());
    QVERIFY(written.has_value());
    QCOMPARE(*written, 220);
    m_messages = messagesOf(m_mail.path());
    QCOMPARE(m_messages.size(), std::size_t(220));
    const auto counts = writeBulkFiles(steadyOptions(), m_bulk.filePath(u"a"_s));
    QVERIFY(counts.has_value());
    m_bulkCounts = *counts;
}

void TestSandboxFiles::sameOptionsMakeTheSameMaildir() {
    QTemporaryDir again;
    QTemporaryDir other;
    SandboxOptions options = steadyOptions();
    QVERIFY(writeMaildir(options, again.path()).has_value());
    options.seed = 8;
    QVERIFY(writeMaildir(options, other.path()).has_value());
    const auto first = tree(m_mail.path());
    QVERIFY(first == tree(again.path()));
    QVERIFY(first != tree(other.path()));
}

void TestSandboxFiles::sameOptionsMakeTheSameBulkFiles() {
    QVERIFY(writeBulkFiles(steadyOptions(), m_bulk.filePath(u"b"_s)).has_value());
    const QByteArray first = contentOf(m_bulk.filePath(u"a"_s));
    QVERIFY(first.size() > 1'000'000);
    QVERIFY(first == contentOf(m_bulk.filePath(u"b"_s)));
    QVERIFY(first == contentOf(m_bulk.filePath(u"a.customers.jsonl"_s)) +
                         contentOf(m_bulk.filePath(u"a.orders.jsonl"_s)) +
                         contentOf(m_bulk.filePath(u"a.products.jsonl"_s)));
}

void TestSandboxFiles::bulkFileIsWhatTheServerServes() {
    QCOMPARE(m_bulkCounts.orders, 1060);
    QCOMPARE(m_bulkCounts.customers, 420);
    ShopVisitor visitor;
    for (const QString& resource : {u"customers"_s, u"orders"_s, u"products"_s}) {
        const QJsonObject operation =
            visitor.finishedBulk(documentText(u"bulk_"_s + resource).replace(u"%filter%"_s, QString()));
        const QString url = operation.value("url"_L1).toString();
        const std::string path = url.mid(url.indexOf("/bulk/"_L1)).section('?'_L1, 0, 0).toStdString();
        const QByteArray served = contentOf(visitor.get(path, "Signature=x").file);
        QVERIFY(!served.isEmpty());
        QVERIFY(served == contentOf(m_bulk.filePath(u"a.%1.jsonl"_s.arg(resource))));
    }
}

void TestSandboxFiles::writesAsManyMessagesAsAsked_data() {
    QTest::addColumn<int>("messages");
    for (const int count : {0, 1, 25, 700})
        QTest::addRow("%d", count) << count;
}

void TestSandboxFiles::writesAsManyMessagesAsAsked() {
    QFETCH(int, messages);
    QTemporaryDir folder;
    SandboxOptions options = steadyOptions();
    options.messages = messages;
    const auto count = writeMaildir(options, folder.path());
    QVERIFY(count.has_value());
    QCOMPARE(*count, messages);
    QCOMPARE(fileCount(folder.path()), static_cast<std::size_t>(messages));
    QVERIFY(QDir(folder.filePath(u"tmp"_s)).exists());
}

void TestSandboxFiles::everyMailCanBeRead() {
    QSet<QString> ids;
    static const QRegularExpression placeholder(u"\\{[a-z_]+\\}"_s);
    for (const MessageRecord& message : m_messages) {
        ids.insert(message.messageId);
        QVERIFY2(message.warnings.isEmpty(), qPrintable(message.subject));
        QVERIFY2(!message.from.email.isEmpty() && !message.subject.isEmpty(), qPrintable(message.messageId));
        QVERIFY2(message.text.size() > 15, qPrintable(message.subject));
        QVERIFY2(!message.text.contains(placeholder) && !message.subject.contains(placeholder),
                 qPrintable(message.text));
        QVERIFY2(!message.text.contains(QChar::ReplacementCharacter), qPrintable(message.text));
    }
    QCOMPARE(ids.size(), 220);
}

void TestSandboxFiles::newestMailIsTheOneOfThePicture() {
    const MessageRecord& newest = m_messages.front();
    QCOMPARE(newest.from.name, u"John Okafor"_s);
    QCOMPARE(newest.from.email, u"john@example.com"_s);
    QCOMPARE(newest.subject, u"Where is my order?"_s);
    QVERIFY(newest.text.contains("birthday present for Saturday"_L1));
    QVERIFY(newest.text.contains("> good news: #1042 is on its way"_L1));
    QCOMPARE(m_messages.at(1).subject, u"Rossz méret érkezett"_s);
}

void TestSandboxFiles::mailboxHasEachKindOfTrouble() {
    std::map<QString, int> found;
    std::map<QString, int> perThread;
    for (const MessageRecord& message : m_messages) {
        for (const AttachmentRecord& attachment : message.attachments) {
            ++found[attachment.mimeType + (attachment.isInline ? u" inline"_s : QString())];
            if (attachment.mimeType == "image/png"_L1) QVERIFY(attachment.content.startsWith("\x89PNG"));
            if (attachment.mimeType == "application/pdf"_L1) QVERIFY(attachment.content.endsWith("%%EOF\n"));
        }
        found[u"automated"_s] += message.isAutomated ? 1 : 0;
        found[u"html"_s] += message.safeHtml.isEmpty() ? 0 : 1;
        found[u"plain only"_s] += message.safeHtml.isEmpty() ? 1 : 0;
        found[u"long subject"_s] += message.subject.size() > 200 ? 1 : 0;
        found[u"right to left"_s] += message.text.contains(u"السلام"_s) ? 1 : 0;
        found[u"japanese"_s] += message.text.contains(u"注文"_s) ? 1 : 0;
        found[u"alias"_s] += message.from.email == "aoife@gallagherdaly.example"_L1 ? 1 : 0;
        found[u"guest"_s] += message.from.email == "chloe.dubois@example.org"_L1 ? 1 : 0;
        found[u"unknown"_s] += message.from.email == "jtate88@post.example.net"_L1 ? 1 : 0;
        found[u"legal"_s] += message.text.contains("hand the whole thing over to our lawyer"_L1) ? 1 : 0;
        if (!message.references.isEmpty()) ++perThread[message.references.front()];
    }
    for (const QString& kind :
         {u"image/png inline"_s, u"application/pdf"_s, u"automated"_s, u"html"_s, u"plain only"_s, u"long subject"_s,
          u"right to left"_s, u"japanese"_s, u"alias"_s, u"guest"_s, u"unknown"_s, u"legal"_s})
        QVERIFY2(found[kind] > 0, qPrintable(kind));
    const auto longest = std::max_element(perThread.begin(), perThread.end(), [](const auto& left, const auto& right) {
        return left.second < right.second;
    });
    QCOMPARE(longest->second, 11); // and the mail that began it
}

void TestSandboxFiles::repliesPointAtWhatTheyAnswer() {
    QSet<QString> known;
    for (const MessageRecord& message : m_messages)
        known.insert(message.messageId);
    int replies = 0;
    int folded = 0;
    for (const MessageRecord& message : m_messages) {
        if (!message.subject.startsWith("Re: "_L1)) continue;
        ++replies;
        folded += message.folded.empty() ? 0 : 1;
        QVERIFY2(message.references.contains(message.inReplyTo), qPrintable(message.subject));
        // The oldest thread may begin before the mailbox does.
        if (&message - m_messages.data() < 180)
            QVERIFY2(known.contains(message.inReplyTo), qPrintable(message.subject));
    }
    QVERIFY(replies > 80);
    QVERIFY2(folded * 100 > replies * 80, qPrintable(u"%1 of %2 folded"_s.arg(folded).arg(replies)));
}

void TestSandboxFiles::lettersSpeakOfRealOrders() {
    const sandbox::World world(steadyOptions());
    std::map<QString, QString> ownerOf;
    for (std::int64_t i = 0; i < world.orderCount(); ++i) {
        const OrderRecord record = world.order(i).record;
        ownerOf[QString::fromStdString(record.name)] = QString::fromStdString(record.email).toLower();
    }
    static const QRegularExpression name(u"#\\d{4}"_s);
    int named = 0;
    for (const MessageRecord& message : m_messages) {
        const auto match = name.match(message.subject + u" "_s + message.text);
        const QString mail = message.from.email.toLower();
        if (!match.hasMatch() || mail.startsWith("support@"_L1)) continue;
        QVERIFY2(ownerOf.contains(match.captured()), qPrintable(match.captured()));
        if (mail == "aoife@gallagherdaly.example"_L1 || mail == "joan.greene@post.example.com"_L1) continue;
        QCOMPARE(ownerOf[match.captured()], mail);
        ++named;
    }
    QVERIFY(named > 80);
}

void TestSandboxFiles::situationsAreManyAndComplete() {
    using namespace sandbox;
    std::size_t count = openStories().size() + longerStories().size();
    QSet<QString> languages;
    for (const auto* table : {&englishSituations(), &westernSituations(), &easternSituations()}) {
        count += table->size();
        for (const Situation& situation : *table)
            languages.insert(QString::fromLatin1(situation.language));
    }
    QVERIFY(count >= 40);
    QCOMPARE(languages.size(), 8);
    for (const char* language : {"en", "de", "ar", "ja", "sv"})
        for (const Phase phase : {Phase::Open, Phase::Moving, Phase::Delivered, Phase::Refunded, Phase::Cancelled})
            QVERIFY(!situationsFor(language, phase).empty());
}

void TestSandboxFiles::trackingNumbersPassTheirCheckDigits() {
    using namespace sandbox;
    // Published examples of the carriers.
    QCOMPARE(upsCheckDigit("1Z5R8939035756712"), '7');
    QCOMPARE(fedexCheckDigit("98657878885"), '5');
    QCOMPARE(s10CheckDigit("12345678"), '5');
    Random random(11);
    for (int i = 0; i < 500; ++i) {
        const std::string usps = makeTracking(Carrier::Usps, random).number;
        QCOMPARE(usps.size(), std::size_t(22));
        QCOMPARE(usps.back(), uspsCheckDigit(usps.substr(0, 21)));
        const std::string ups = makeTracking(Carrier::Ups, random).number;
        QCOMPARE(ups.size(), std::size_t(18));
        QCOMPARE(ups.back(), upsCheckDigit(ups.substr(0, 17)));
        const TrackingRecord royal = makeTracking(Carrier::RoyalMail, random);
        QVERIFY(royal.url.ends_with(royal.number));
    }
}

void TestSandboxFiles::smallAndEmptyWorldsHold_data() {
    QTest::addColumn<int>("customers");
    QTest::addColumn<int>("orders");
    QTest::newRow("nothing") << 0 << 0;
    QTest::newRow("nobody bought") << 10 << 0;
    QTest::newRow("guests only") << 0 << 40;
    QTest::newRow("one and one") << 1 << 1;
    QTest::newRow("few") << 5 << 12;
    QTest::newRow("many orders, few customers") << 3 << 400;
}

void TestSandboxFiles::smallAndEmptyWorldsHold() {
    QFETCH(int, customers);
    QFETCH(int, orders);
    SandboxOptions options = steadyOptions();
    options.customers = customers;
    options.orders = orders;
    options.messages = 30;
    QTemporaryDir folder;
    const auto bulk = writeBulkFiles(options, folder.filePath(u"bulk"_s));
    QVERIFY(bulk.has_value());
    QCOMPARE(bulk->customers, customers);
    QCOMPARE(bulk->orders, orders);
    const auto mails = writeMaildir(options, folder.path());
    QVERIFY(mails.has_value());
    QVERIFY(*mails <= 30);
    const sandbox::World world(options);
    QSet<QString> names;
    for (std::int64_t i = 0; i < world.orderCount(); ++i)
        names.insert(QString::fromStdString(world.orderName(i)));
    QCOMPARE(names.size(), orders);
}

void TestSandboxFiles::refusesWrongArguments_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("part");
    QTest::newRow("unknown") << QStringList{u"--colour"_s} << u"unknown argument --colour"_s;
    QTest::newRow("no value") << QStringList{u"--seed"_s} << u"--seed needs a value"_s;
    QTest::newRow("no number") << QStringList{u"--customers"_s, u"many"_s} << u"whole number"_s;
    QTest::newRow("port") << QStringList{u"--port=70000"_s} << u"65535"_s;
    QTest::newRow("time") << QStringList{u"--now"_s, u"yesterday"_s} << u"--now yesterday"_s;
    QTest::newRow("currency") << QStringList{u"--currency=EUR"_s} << u"USD, JPY or BHD"_s;
}

void TestSandboxFiles::refusesWrongArguments() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, part);
    QProcess process;
    process.start(program(), arguments);
    QVERIFY(process.waitForFinished(kPatienceMs));
    QCOMPARE(process.exitCode(), 2);
    const QString complaint = QString::fromUtf8(process.readAllStandardError());
    QVERIFY2(complaint.contains(part), qPrintable(complaint));
    QCOMPARE(complaint.count('\n'_L1), 1);
    QVERIFY(process.readAllStandardOutput().isEmpty());
}

void TestSandboxFiles::programSaysWhereItIsAndStops() {
    QTemporaryDir folder;
    QProcess process;
    process.start(program(), {u"--port"_s, u"0"_s, u"--messages"_s, u"12"_s, u"--mail"_s, folder.path()});
    QVERIFY(process.waitForReadyRead(kPatienceMs));
    const QByteArray line = process.readLine();
    const QJsonObject ready = QJsonDocument::fromJson(line).object();
    for (const char* name :
         {"port", "base_url", "shop", "client_id", "client_secret", "token", "mail", "support_address"})
        QVERIFY2(ready.contains(QLatin1StringView(name)), name);
    QVERIFY(ready.value("port"_L1).toInt() > 0);
    QCOMPARE(ready.value("messages"_L1).toInt(), 12);
    process.terminate();
    QVERIFY(process.waitForFinished(kPatienceMs));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
}

void TestSandboxFiles::programEndsWithItsParent() {
    QProcess process;
    process.start(program(), {u"--exit-with-parent"_s});
    QVERIFY(process.waitForReadyRead(kPatienceMs));
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished(kPatienceMs));
    QCOMPARE(process.exitCode(), 0);
}

QTEST_GUILESS_MAIN(TestSandboxFiles)
#include "tst_sandbox_files.moc"
