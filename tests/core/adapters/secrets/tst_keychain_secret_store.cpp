#include "tests/support/patience.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

// Each case runs keychain_situation in a session bus of its own with its own home, so no keyring of the machine is
// seen.
class KeychainSecretStoreTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;

    static QString situation() {
        return QDir(QCoreApplication::applicationDirPath()).filePath(u"keychain_situation"_s);
    }
    static bool isInstalled(const QString& program) { return !QStandardPaths::findExecutable(program).isEmpty(); }
    // The standard output of `program arguments`; bounded.
    QString run(const QString& program, const QStringList& arguments, const QString& bus = {}) const {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"HOME"_s, m_home->path());
        environment.insert(u"XDG_RUNTIME_DIR"_s, m_home->path());
        environment.insert(u"XDG_DATA_HOME"_s, m_home->filePath(u"data"_s));
        environment.remove(u"DISPLAY"_s);
        environment.remove(u"WAYLAND_DISPLAY"_s);
        environment.remove(u"GNOME_KEYRING_CONTROL"_s);
        environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, bus);
        // libsecret loses a few bytes when nobody owns its bus name; under LeakSanitizer the child would fail for it.
        environment.insert(u"LSAN_OPTIONS"_s, u"detect_leaks=0"_s);
        QProcess process;
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::SeparateChannels);
        process.start(program, arguments);
        if (!process.waitForFinished(60'000)) {
            process.kill();
            process.waitForFinished();
            return u"timed out\n"_s;
        }
        return QString::fromUtf8(process.readAllStandardOutput());
    }
    QString inSession(const QString& script, const QStringList& options = {}) const {
        return run(u"dbus-run-session"_s, options + QStringList{u"--"_s, u"sh"_s, u"-c"_s, script});
    }
    static QString unlockedThen(const QString& arguments) {
        return u"printf '\\n' | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1; "
               "exec '%1' %2"_s.arg(situation(), arguments);
    }

private Q_SLOTS:
    void init() {
        m_home = std::make_unique<QTemporaryDir>();
        QVERIFY(QFile::setPermissions(m_home->path(), QFileDevice::Permissions(0x7000)));
    }

    void keepsSecretsInAnUnlockedKeyring() {
        if (!isInstalled(u"dbus-run-session"_s) || !isInstalled(u"gnome-keyring-daemon"_s))
            QSKIP("aiva-skip: dbus-run-session or gnome-keyring-daemon is not installed");
        QCOMPARE(inSession(unlockedThen(u"all"_s)),
                 u"probe: ok\nwrite: ok\nsame: 1\noverwrite: ok\nremove: ok\ngone: 1\nthreads: 20\n"_s);
    }

    void findsThemAgainInTheNextSession() {
        if (!isInstalled(u"dbus-run-session"_s) || !isInstalled(u"gnome-keyring-daemon"_s))
            QSKIP("aiva-skip: dbus-run-session or gnome-keyring-daemon is not installed");
        QCOMPARE(inSession(unlockedThen(u"remember workspace-key/1 value"_s)), u"write: ok\n"_s);
        QCOMPARE(inSession(unlockedThen(u"recall workspace-key/1"_s)), u"value: value\n"_s);
        QCOMPARE(inSession(unlockedThen(u"recall workspace-key/2"_s)), u"value: absent\n"_s);
    }

    void saysThereIsNoServiceWithoutABus() {
        const QString said = run(situation(), {u"all"_s}, u""_s);
        QVERIFY2(said.startsWith(u"probe: NoSecretService "_s), qPrintable(said));
    }

    void saysThereIsNoServiceWhenTheBusIsGone() {
        const QString said = run(situation(), {u"all"_s}, u"unix:path=%1/gone"_s.arg(m_home->path()));
        QVERIFY2(said.startsWith(u"probe: NoSecretService "_s), qPrintable(said));
    }

    void saysThereIsNoServiceWhenNobodyOffersIt() {
        if (!isInstalled(u"dbus-run-session"_s)) QSKIP("aiva-skip: dbus-run-session is not installed");
        QFile config(m_home->filePath(u"bus.conf"_s));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write("<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "
                     "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\"><busconfig><type>session</type>"
                     "<listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth><policy context=\"default\">"
                     "<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/>"
                     "</policy></busconfig>");
        config.close();
        const QString said =
            inSession(u"exec '%1' all"_s.arg(situation()), {u"--config-file=%1"_s.arg(config.fileName())});
        QVERIFY2(said.startsWith(u"probe: NoSecretService "_s), qPrintable(said));
    }

    // The treacherous one: reading says "not found" here, so only the canary tells.
    void saysThereIsNoServiceWhenNoKeyringWasEverMade() {
        if (!isInstalled(u"dbus-run-session"_s) || !isInstalled(u"gnome-keyring-daemon"_s))
            QSKIP("aiva-skip: dbus-run-session or gnome-keyring-daemon is not installed");
        const QString started = u"gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1; "_s;
        const QString read = inSession(started + u"exec '%1' recall workspace-key/1"_s.arg(situation()));
        QCOMPARE(read, u"value: absent\n"_s);
        const QString said = inSession(started + u"exec '%1' all"_s.arg(situation()));
        QVERIFY2(said.startsWith(u"probe: NoSecretService "_s), qPrintable(said));
    }
};

QTEST_GUILESS_MAIN(KeychainSecretStoreTest)
#include "tst_keychain_secret_store.moc"
