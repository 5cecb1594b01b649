#include "core/adapters/mail/files/mail_file_reader.h"
#include "core/adapters/mail/files/mbox_splitter.h"
#include "tests/support/patience.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

struct Read {
    QStringList names;
    QStringList ids; // "!" and the cause where the mail was refused
    QStringList texts;
    Result<void> result;
};

Read readAll(const QString& path, int most = 1'000'000) {
    Read read;
    MailFileReader reader;
    read.result = reader.read(path, [&](const QString& name, Result<MessageRecord> message) {
        read.names << name;
        read.ids << (message ? message->messageId : u'!' + message.error().detail);
        read.texts << (message ? message->text : QString());
        return read.names.size() < most;
    });
    return read;
}

QByteArray mail(const QByteArray& id, const QByteArray& text) {
    return "From: Ann <ann@x.example>\nTo: help@shop.example\nMessage-ID: <" + id +
           ">\nDate: Mon, 2 Feb 2026 10:00:00 +0100\nSubject: s\n\n" + text;
}

} // namespace

class TestMailFileReader : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }
    void readsAnMbox();
    void unquotesFromLines();
    void splitsWhateverTheBlocksOfTheFile();
    void leavesOutMessagesTooLarge();
    void recognisesSeparators_data();
    void recognisesSeparators();
    void readsAMaildirAndItsFolders();
    void readsAFolderOfMailsRecursively();
    void readsOneMail();
    void saysWhatIsNotMail();
    void stopsWhenTheHandlerHasEnough();
    void goesOnBehindARefusedMail();
    void datesAMailWithoutDateByItsFile();

private:
    QString write(const QString& name, const QByteArray& bytes) {
        const QString path = m_dir->filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(path));
        return path;
    }
    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestMailFileReader::readsAnMbox() {
    const QString path = write(u"support.mbox"_s, "From a@b Mon Feb  2 10:00:00 2026\n" + mail("1@x", "one\n") +
                                                      "\nFrom a@b Mon Feb  2 10:00:01 2026\n" + mail("2@x", "two\n\n"));
    const Read read = readAll(path);
    QVERIFY(read.result);
    QCOMPARE(read.ids, (QStringList{u"1@x"_s, u"2@x"_s}));
    QCOMPARE(read.names, (QStringList{u"support.mbox#1"_s, u"support.mbox#2"_s}));
    QCOMPARE(read.texts.first(), u"one\n"_s);
    QVERIFY(readAll(write(u"empty.mbox"_s, {})).result);
}

void TestMailFileReader::unquotesFromLines() {
    const QString path = write(u"q.mbox"_s, "From a@b Mon Feb  2 10:00:00 2026\n" +
                                                mail("1@x", "x\n>From here\n>>From there\n\nFrom now on it works\n"));
    QCOMPARE(readAll(path).texts, (QStringList{u"x\nFrom here\n>From there\n\nFrom now on it works\n"_s}));
}

void TestMailFileReader::splitsWhateverTheBlocksOfTheFile() {
    // Lines longer than a block, and separators that fall on block borders.
    QByteArray mbox;
    for (int i = 0; i < 40; ++i)
        mbox += "From a@b Mon Feb  2 10:00:00 2026\n" +
                mail(QByteArray::number(i) + "@x", QByteArray(97'003 * (i % 5), 'x')) + "\n\n";
    QBuffer buffer(&mbox);
    QVERIFY(buffer.open(QIODevice::ReadOnly));
    MboxSplitter splitter(buffer, 50'000'000);
    qint64 bytes = 0;
    int count = 0;
    while (const auto message = splitter.next()) {
        QVERIFY(message->raw.contains("Message-ID: <" + QByteArray::number(count) + "@x>"));
        bytes += message->raw.size() + 34 + 1;
        ++count;
    }
    QCOMPARE(count, 40);
    QCOMPARE(bytes, mbox.size());
}

void TestMailFileReader::leavesOutMessagesTooLarge() {
    QByteArray mbox = "From a@b Mon Feb  2 10:00:00 2026\nA: 1\n\n" + QByteArray(5000, 'x') +
                      "\n\nFrom a@b Mon Feb  2 10:00:00 2026\nB: 2\n\nsmall\n";
    QBuffer buffer(&mbox);
    QVERIFY(buffer.open(QIODevice::ReadOnly));
    MboxSplitter splitter(buffer, 1000);
    auto message = splitter.next();
    QVERIFY(message && message->isTooLarge && message->raw.isEmpty());
    message = splitter.next();
    QVERIFY(message && !message->isTooLarge);
    QCOMPARE(message->raw, QByteArray("B: 2\n\nsmall\n"));
    QVERIFY(!splitter.next());
}

void TestMailFileReader::recognisesSeparators_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<bool>("is");
    QTest::newRow("classic") << QByteArray("From ann@x.example Mon Feb  2 10:00:00 2026") << true;
    QTest::newRow("thunderbird") << QByteArray("From - Mon Feb  2 10:00:00 2026") << true;
    QTest::newRow("takeout") << QByteArray("From 1769@xxx Mon Feb 02 10:00:00 +0000 2026") << true;
    QTest::newRow("zone behind") << QByteArray("From user@domain  Fri Feb 22 17:06:23 2008 +0200") << true;
    QTest::newRow("prose") << QByteArray("From now on I order elsewhere.") << false;
    QTest::newRow("prose with a year") << QByteArray("From 2026 on I order elsewhere.") << false;
    QTest::newRow("header") << QByteArray("From: Ann <ann@x.example> 10:00 2026") << false;
}

void TestMailFileReader::recognisesSeparators() {
    QFETCH(QByteArray, line);
    QFETCH(bool, is);
    QCOMPARE(MboxSplitter::isSeparator(line), is);
}

void TestMailFileReader::readsAMaildirAndItsFolders() {
    write(u"m/cur/1:2,S"_s, mail("1@x", "a"));
    write(u"m/new/2"_s, mail("2@x", "b"));
    write(u"m/tmp/3"_s, mail("3@x", "unfinished"));
    write(u"m/.Sent/cur/4:2,RS"_s, mail("4@x", "d"));
    QDir().mkpath(m_dir->filePath(u"m/.Sent/new"_s));
    const Read read = readAll(m_dir->filePath(u"m"_s));
    QVERIFY(read.result);
    QCOMPARE(read.ids, (QStringList{u"1@x"_s, u"2@x"_s, u"4@x"_s}));
}

void TestMailFileReader::readsAFolderOfMailsRecursively() {
    write(u"f/b.eml"_s, mail("2@x", "b"));
    write(u"f/a.EML"_s, mail("1@x", "a"));
    write(u"f/sub/c.eml"_s, mail("3@x", "c"));
    write(u"f/notes.txt"_s, "no mail");
    const Read read = readAll(m_dir->filePath(u"f"_s));
    QCOMPARE(read.ids, (QStringList{u"1@x"_s, u"2@x"_s, u"3@x"_s}));
    QCOMPARE(read.names.last(), u"sub/c.eml"_s);
}

void TestMailFileReader::readsOneMail() {
    QCOMPARE(readAll(write(u"one.eml"_s, "\xEF\xBB\xBF" + mail("1@x", "a"))).ids, QStringList{u"1@x"_s});
    QCOMPARE(readAll(write(u"one"_s, mail("2@x", "a"))).ids, QStringList{u"2@x"_s});
    const Read bare = readAll(write(u"bare.eml"_s, "\n\nno header at all\n"));
    QVERIFY(bare.ids.first().endsWith(u"@missing.aiva"_s));
}

void TestMailFileReader::saysWhatIsNotMail() {
    QCOMPARE(readAll(m_dir->filePath(u"absent"_s)).result.error().kind, ErrorKind::NotFound);
    QCOMPARE(readAll(write(u"x/picture.png"_s, "\x89PNG\r\n")).result.error().kind, ErrorKind::Invalid);
    QCOMPARE(readAll(m_dir->filePath(u"x"_s)).result.error().kind, ErrorKind::Invalid);
}

void TestMailFileReader::stopsWhenTheHandlerHasEnough() {
    QByteArray mbox;
    for (int i = 0; i < 500; ++i)
        mbox += "From a@b Mon Feb  2 10:00:00 2026\n" + mail(QByteArray::number(i) + "@x", "text\n") + "\n";
    const QString path = write(u"many.mbox"_s, mbox);
    QCOMPARE(readAll(path, 3).ids.size(), 3);
    QCOMPARE(readAll(path).ids.size(), 500);
}

void TestMailFileReader::goesOnBehindARefusedMail() {
    QByteArray parts = "Message-ID: <2@x>\nContent-Type: multipart/mixed; boundary=b\n\n";
    for (int i = 0; i < 2000; ++i)
        parts += "--b\n\nx\n";
    write(u"g/1.eml"_s, mail("1@x", "a"));
    write(u"g/2.eml"_s, parts);
    write(u"g/3.eml"_s, mail("3@x", "c"));
    QCOMPARE(readAll(m_dir->filePath(u"g"_s)).ids, (QStringList{u"1@x"_s, u"!too many parts"_s, u"3@x"_s}));
}

void TestMailFileReader::datesAMailWithoutDateByItsFile() {
    const QString path = write(u"undated.eml"_s, "Message-ID: <1@x>\nSubject: s\n\nx");
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(QDateTime::fromMSecsSinceEpoch(1'600'000'000'000), QFileDevice::FileModificationTime));
    file.close();
    MailFileReader reader;
    qint64 at = 0;
    QVERIFY(reader.read(path, [&](const QString&, Result<MessageRecord> message) {
        at = message ? message->date.ms() : -1;
        return true;
    }));
    QCOMPARE(at, 1'600'000'000'000);
}

QTEST_GUILESS_MAIN(TestMailFileReader)
#include "tst_mail_file_reader.moc"
