// The built aiva as people start it: its own workspace, none, a locked one, the sandbox; each as a screenshot.
#include "core/storage/workspace/workspace.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"

#include <QElapsedTimer>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

struct Ended {
    int status = -1;
    QByteArray error;
    qint64 ms = 0;
};

} // namespace

class TestAivaProgram : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void endsWithTwoOnABadOption();
    void welcomesWhereThereIsNoWorkspace();
    void showsAnEmptyWorkspaceAtAnyScale();
    void saysThatTheKeyIsWrong();
    void asksForAPassphrase();
    void bringsItsSandbox();

private:
    Ended run(QStringList arguments) {
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_CACHE_HOME"_s, m_dir.filePath(u"cache"_s));
        environment.insert(u"XDG_DATA_HOME"_s, m_dir.filePath(u"data"_s));
        program.setProcessEnvironment(environment);
        QElapsedTimer timer;
        timer.start();
        program.start(qEnvironmentVariable("AIVA_BIN_DIR") + u"/aiva"_s, arguments);
        if (!program.waitForFinished(120'000)) program.kill();
        return {program.exitStatus() == QProcess::NormalExit ? program.exitCode() : -1, program.readAllStandardError(),
                timer.elapsed()};
    }
    QString picture() const { return m_dir.filePath(u"shot.png"_s); }
    // More than one colour: something was painted.
    static bool isPainted(const QImage& image) {
        QSet<QRgb> colours;
        for (int y = 0; y < image.height(); y += 2)
            for (int x = 0; x < image.width(); x += 2)
                colours << image.pixel(x, y);
        return colours.size() > 8;
    }
    void writeKey(char letter) {
        QFile key(m_dir.filePath(u"key"_s));
        QFile::remove(key.fileName());
        QVERIFY(key.open(QIODevice::WriteOnly));
        key.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        QCOMPARE(key.write(QByteArray(32, letter)), 32);
    }

    QString sandboxFile(const QString& name) const { return m_dir.filePath(u"cache/aiva/sandbox/"_s + name); }
    // How many syncs and mails the sandbox's workspace knows of.
    QStringList doneInSandbox() const {
        QFile file(sandboxFile(u"key"_s));
        if (!file.open(QIODevice::ReadOnly)) return {};
        QByteArray key = file.readAll();
        const auto workspace = Workspace::open(sandboxFile(u"Acme Outdoor"_s), SecretString::takeFrom(key));
        if (!workspace) return {};
        const auto reader = (*workspace)->openReader();
        if (!reader) return {};
        return test::rows(**reader, "SELECT (SELECT count(*) FROM sync_jobs), (SELECT count(*) FROM messages)");
    }

    QTemporaryDir m_dir;
};

void TestAivaProgram::endsWithTwoOnABadOption() {
    const Ended ended = run({u"--colour"_s});
    QCOMPARE(ended.status, 2);
    QCOMPARE(ended.error.count('\n'), 1);
    QVERIFY(ended.error.contains("--colour"));
}

void TestAivaProgram::welcomesWhereThereIsNoWorkspace() {
    const Ended ended = run({u"--screenshot"_s, picture(), u"--size"_s, u"900x600"_s});
    QCOMPARE(ended.status, 0);
    const QImage image(picture());
    QCOMPARE(image.size(), QSize(900, 600));
    QVERIFY(isPainted(image));
}

void TestAivaProgram::showsAnEmptyWorkspaceAtAnyScale() {
    const QString dir = m_dir.filePath(u"own"_s);
    QVERIFY(Workspace::create(dir, SecretString(std::string(32, 'k')), KeySource::KeyFile));
    writeKey('k');
    const QStringList open{u"--workspace"_s,  dir,      u"--key-file"_s, m_dir.filePath(u"key"_s),
                           u"--screenshot"_s, picture()};
    for (const auto& [scale, size] : {std::pair(u"1"_s, QSize(1440, 900)), {u"2"_s, QSize(2880, 1800)}}) {
        const Ended ended = run(open + QStringList{u"--size"_s, u"1440x900"_s, u"--scale"_s, scale});
        QVERIFY2(ended.status == 0, ended.error);
        QCOMPARE(QImage(picture()).size(), size);
    }
    QCOMPARE(run(open + QStringList{u"--page"_s, u"settings"_s}).status, 0);
    const Ended missing = run(open + QStringList{u"--conversation"_s, u"77"_s});
    QCOMPARE(missing.status, 3);
    QVERIFY(missing.error.contains("77"));
}

void TestAivaProgram::saysThatTheKeyIsWrong() {
    writeKey('x');
    const Ended ended = run({u"--workspace"_s, m_dir.filePath(u"own"_s), u"--key-file"_s, m_dir.filePath(u"key"_s),
                             u"--screenshot"_s, picture()});
    QCOMPARE(ended.status, 5);
    QVERIFY(isPainted(QImage(picture())));
}

void TestAivaProgram::asksForAPassphrase() {
    const QString dir = m_dir.filePath(u"locked"_s);
    QVERIFY(Workspace::createWithPassphrase(dir, SecretString("correct horse")));
    const Ended ended = run({u"--workspace"_s, dir, u"--screenshot"_s, picture()});
    QVERIFY2(ended.status == 0, ended.error);
    QVERIFY(isPainted(QImage(picture())));
}

void TestAivaProgram::bringsItsSandbox() {
    const QStringList start{u"--sandbox"_s, u"--screenshot"_s, picture(), u"--size"_s, u"1440x900"_s};
    Ended first = run(start);
    // A slow machine is not done when the program stops waiting: the next start goes on with it.
    for (int tries = 1; tries < 6 && first.error.contains("still busy"); ++tries)
        first = run(start);
    QVERIFY2(first.status == 0 && !first.error.contains("still busy"), first.error);
    QVERIFY(isPainted(QImage(picture())));
    const QStringList done = doneInSandbox();
    QVERIFY2(done.size() == 1 && !done.front().startsWith(u'0') && !done.front().endsWith(u"|0"_s),
             qPrintable(done.join(u' ')));
    // Whoever reads the mail again finds this.
    QFile mail(sandboxFile(u"mail/new/1.later"_s));
    QVERIFY(mail.open(QIODevice::WriteOnly));
    mail.write("From: kim@home.example\nTo: support@acme-outdoor.example\nMessage-ID: <later@home.example>\n"
               "Date: Mon, 02 Feb 2026 14:02:03 +0000\nSubject: Later\n\nIs it there?\n");
    mail.close();
    const Ended second = run(start);
    QVERIFY2(second.status == 0, second.error);
    QVERIFY(isPainted(QImage(picture())));
    qInfo("first start %lld ms with sync and import, second %lld ms, both until settled", first.ms, second.ms);
    QCOMPARE(doneInSandbox(), done); // a second start finds everything in place
}

QTEST_GUILESS_MAIN(TestAivaProgram)
#include "tst_aiva_program.moc"
