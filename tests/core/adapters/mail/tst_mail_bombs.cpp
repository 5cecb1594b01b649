// Mails made to kill a mail program: each must be refused or read within a second and 100 MB. Each is decoded in a
// child process, so that a crash is a failed case and the memory measured is the case's own.
#include "core/adapters/mail/mime/mail_decoder.h"
#include "tests/support/patience.h"
#include "tests/support/time_allowance.h"

#include <QThread>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <memory>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kMeasures = false; // shadow memory and slow checks are the sanitiser's, not ours
#else
constexpr bool kMeasures = true;
#endif

enum Outcome { Read = 0, Refused = 10, Neutralised = 11, Broken = 12 };

struct Verdict {
    int exitCode = -1;
    int signal = 0;
    qint64 ms = 0;      // of processor time, so that a busy machine changes little
    qint64 grownKb = 0; // beyond what the child had when it started
};

int decodeHere(const QByteArray& raw) {
    int outcome = Broken;
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        const auto record = decodeMail(raw, UtcTime(0));
        if (!record)
            outcome = record.error().kind == ErrorKind::Invalid ? Refused : Broken;
        else
            outcome = record->warnings.contains(u"nested address groups neutralised"_s) ? Neutralised : Read;
    }));
    thread->setStackSize(kMailDecoderStackBytes);
    thread->start();
    thread->wait();
    return outcome;
}

qint64 processorMs(const rusage& usage) {
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
           (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

Verdict decodeInChild(const QByteArray& raw) {
    int report[2];
    if (pipe(report) != 0) qFatal("pipe");
    const pid_t child = fork();
    if (child == 0) {
        rusage before{};
        getrusage(RUSAGE_SELF, &before);
        const int outcome = decodeHere(raw);
        rusage after{};
        getrusage(RUSAGE_SELF, &after);
        const qint64 used[2] = {processorMs(after) - processorMs(before), after.ru_maxrss - before.ru_maxrss};
        const ssize_t written = write(report[1], used, sizeof used);
        _exit(written == sizeof used ? outcome : Broken);
    }
    Verdict verdict;
    int status = 0;
    close(report[1]);
    waitpid(child, &status, 0);
    qint64 used[2] = {};
    if (read(report[0], used, sizeof used) == sizeof used) {
        verdict.ms = used[0];
        verdict.grownKb = used[1];
    }
    close(report[0]);
    if (WIFEXITED(status)) verdict.exitCode = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) verdict.signal = WTERMSIG(status);
    return verdict;
}

QByteArray parts(const QByteArray& header, const QByteArray& delimiter, int count) {
    QByteArray raw = "Message-ID: <1@x>\nMIME-Version: 1.0\n" + header + "\n\n";
    for (int i = 0; i < count; ++i)
        raw += delimiter + "\n\nx\n";
    return raw;
}

QByteArray nested(const QByteArray& type, int depth) {
    QByteArray raw = "Message-ID: <1@x>\nMIME-Version: 1.0\n";
    for (int i = 0; i < depth; ++i) {
        const QByteArray boundary = "b" + QByteArray::number(i);
        raw += type == "multipart" ? "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n"
                                   : QByteArray("Content-Type: message/rfc822\n\n");
    }
    return raw + "Content-Type: text/plain\n\ndeep\n";
}

} // namespace

class TestMailBombs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void survives_data();
    void survives();
    void leavesOrdinaryMailAlone_data();
    void leavesOrdinaryMailAlone();
};

void TestMailBombs::survives_data() {
    QTest::addColumn<QByteArray>("raw");
    QTest::addColumn<int>("expected");
    const auto row = [](const char* name, const QByteArray& raw, int expected) {
        QTest::newRow(name) << raw << expected;
    };
    const QByteArray groups = QByteArray("a:").repeated(50'000);
    for (const char* header : {"From", "from", "To", "CC", "Bcc", "Sender", "Reply-To", "Resent-From", "Resent-Sender"})
        row(header, "Message-ID: <1@x>\n" + QByteArray(header) + ": " + groups + "\n\nx", Neutralised);
    row("only colons", "From: " + QByteArray(50'000, ':') + "\n\nx", Neutralised);
    row("blank before the colon", "From : " + groups + "\n\nx", Neutralised);
    row("folded", "From: " + QByteArray("a:\n ").repeated(50'000) + "\n\nx", Neutralised);
    row("folded with tabs, CRLF", "From: " + QByteArray("a:\r\n\t").repeated(50'000) + "\r\n\r\nx", Neutralised);
    row("many headers below the limit",
        QByteArray("To: " + QByteArray("a:").repeated(90) + "\n").repeated(2000) + "\nx", Read);
    row("in an attached mail", "Content-Type: message/rfc822\n\nFrom: " + groups + "\n\nx", Neutralised);
    row("in a part of a part",
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nTo: " + groups +
            "\n\nx\n--b--\n",
        Neutralised);
    row("in an attached mail in base64",
        "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" +
            ("From: " + groups + "\n\nx").toBase64(),
        Read);
    row("in an attached mail in quoted-printable",
        "Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\n=46rom: " + groups + "\n\nx",
        Read);
    row("encoded word", "From: =?utf-8?b?" + groups.toBase64() + "?= <a@b>\n\nx", Read);
    row("behind a separator", "From x\nFrom: " + groups + "\n\nx", Neutralised);

    row("300,000 parts", parts("Content-Type: multipart/mixed; boundary=b", "--b", 300'000), Refused);
    row("quoted boundary", parts("Content-Type: multipart/mixed; BOUNDARY = \"b c\"", "--b c", 300'000), Refused);
    row("folded boundary", parts("Content-Type: multipart/mixed;\n boundary=\n b", "--b", 300'000), Refused);
    row("encoded boundary", parts("Content-Type: multipart/mixed; boundary*=us-ascii''b", "--b", 300'000), Refused);
    row("split boundary", parts("Content-Type: multipart/mixed; boundary*0=b; boundary*1=c", "--bc", 300'000), Refused);
    row("escaped boundary", parts("Content-Type: multipart/mixed; boundary=\"\\b\"", "--b", 300'000), Refused);
    row("commented boundary", parts("Content-Type: multipart/mixed; boundary=(x)b", "--b", 300'000), Refused);
    row("blanks behind delimiters", parts("Content-Type: multipart/mixed; boundary=b", "--b \t", 300'000), Refused);
    row("no boundary", parts("Content-Type: multipart/mixed", "--b", 300'000), Read);

    row("5,000 nested multiparts", nested("multipart", 5000), Refused);
    row("200 nested multiparts", nested("multipart", 200), Refused);
    row("20,000 nested mails", nested("message", 20'000), Read);
    row("10 MB of header", "Subject: " + QByteArray(10'000'000, 'x') + "\n\nx", Refused);
    row("900 kB of header", "Subject: " + QByteArray(900'000, 'x') + "\n\nx", Read);
    row("150,000 references", "Message-ID: <1@x>\nReferences: " + QByteArray("<a@b> ").repeated(150'000) + "\n\nx",
        Read);
    row("60,000 encoded words", "Subject: " + QByteArray("=?utf-8?q?a?= ").repeated(60'000) + "\n\nx", Read);
    row("120,000 headers", QByteArray("X-A: b\n").repeated(120'000) + "\nx", Read);
    row("150,000 parameters", "Content-Type: text/plain" + QByteArray("; a=b").repeated(150'000) + "\n\nx", Read);
    row("nested comments", "Date: " + QByteArray(500'000, '(') + "\nFrom: " + QByteArray(100'000, '(') + "a@b\n\nx",
        Read);
    row("nested quotes", "From: " + QByteArray("\"\\").repeated(50'000) + "\n\nx", Read);
    row("angle brackets",
        "From: " + QByteArray(100'000, '<') + "\nTo: " + QByteArray("<@a,").repeated(50'000) + "\n\nx", Read);
    row("51 MB", "Subject: x\n\n" + QByteArray(51 * 1024 * 1024, 'x'), Refused);
    row("10 MB of text in one line", "Subject: x\n\n" + QByteArray(10'000'000, 'x'), Read);
    row("1 MB of deep HTML", "Content-Type: text/html\n\n" + QByteArray("<div>").repeated(200'000), Read);
    row("3 MB of quotations", "Subject: x\n\n" + QByteArray("> ").repeated(1'500'000), Read);
    row("2 MB of attributions", "Subject: x\n\n" + QByteArray("On 10:00 2026 a@b.cc x\n").repeated(90'000), Read);
}

void TestMailBombs::survives() {
    QFETCH(QByteArray, raw);
    QFETCH(int, expected);
    const Verdict verdict = decodeInChild(raw);
    qInfo("%lld ms, %lld kB", verdict.ms, verdict.grownKb);
    QCOMPARE(verdict.signal, 0);
    QCOMPARE(verdict.exitCode, expected);
    if (!kMeasures) return;
    QVERIFY2(verdict.ms <= test::allowed(1000), "slower than a second");
    QVERIFY2(verdict.grownKb <= 100 * 1024, "more than 100 MB");
}

void TestMailBombs::leavesOrdinaryMailAlone_data() {
    QTest::addColumn<QByteArray>("raw");
    QByteArray list = "To: ";
    for (int i = 0; i < 900; ++i)
        list += "Person " + QByteArray::number(i) + " <p" + QByteArray::number(i) + "@x.example>,\n ";
    QTest::newRow("900 recipients") << list + "z@x.example\n\nx";
    QTest::newRow("400 parts") << parts("Content-Type: multipart/mixed; boundary=b", "--b", 400);
    QTest::newRow("a dump with dashes") << "Subject: x\n\n" + QByteArray("-- comment\n--\n----\n").repeated(5000);
    QTest::newRow("dashes beside a multipart")
        << "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n" + QByteArray("--c\n").repeated(5000) + "--b--\n";
    QTest::newRow("times in text") << "Subject: x\n\n" + QByteArray("to: 10:00\n").repeated(500);
}

void TestMailBombs::leavesOrdinaryMailAlone() {
    QFETCH(QByteArray, raw);
    const auto record = decodeMail(raw, UtcTime(0));
    QVERIFY(record);
    QCOMPARE(record->warnings, QStringList());
}

QTEST_GUILESS_MAIN(TestMailBombs)
#include "tst_mail_bombs.moc"
