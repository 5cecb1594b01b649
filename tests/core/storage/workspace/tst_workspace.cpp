#include "core/storage/vault/spool.h"
#include "tests/core/storage/vault/vault_fixture.h"
#include "tests/support/patience.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class WorkspaceTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_root;
    QString dir() const { return m_root->filePath(u"work é"_s); }

    std::unique_ptr<Workspace> create(char key = 'k', KeySource source = KeySource::KeyFile) const {
        auto made = Workspace::create(dir(), keyOf(key), source);
        if (!made) qWarning() << made.error().detail;
        return made ? *std::move(made) : nullptr;
    }
    std::unique_ptr<Workspace> open(char key = 'k') const { return open(dir(), key); }
    static std::unique_ptr<Workspace> open(const QString& where, char key) {
        auto opened = Workspace::open(where, keyOf(key));
        if (!opened) qWarning() << opened.error().detail;
        return opened ? *std::move(opened) : nullptr;
    }

private Q_SLOTS:
    void init() { m_root = std::make_unique<QTemporaryDir>(); }

    void createsWritesAndReopens() {
        QVERIFY(!Workspace::exists(dir()));
        {
            const auto workspace = create();
            QVERIFY(workspace);
            const auto writer = workspace->openWriter();
            VERIFY_OK(writer);
            VERIFY_OK((*writer)->execute("INSERT INTO settings VALUES ('a', 'b')"));
            const auto reader = workspace->openReader();
            VERIFY_OK(reader);
        }
        QVERIFY(Workspace::exists(dir()));
        const auto workspace = open();
        QVERIFY(workspace);
        const auto info = workspace->info();
        VERIFY_OK(info);
        QVERIFY(info->schemaVersion >= 1);
        QCOMPARE(info->counts.size(), 8);
        QCOMPARE(info->counts.value(u"orders"_s), 0);
        const auto problems = workspace->check();
        VERIFY_OK(problems);
        QCOMPARE(*problems, QStringList());
    }

    void keepsItsFilesPrivate() {
        QVERIFY(create());
        constexpr QFileDevice::Permissions others(0x0077);
        QCOMPARE(QFile::permissions(dir()) & others, QFileDevice::Permissions());
        const QStringList files = QDir(dir()).entryList(QDir::Files);
        QVERIFY(files.contains(u"aiva.db"_s) && files.contains(u"key.json"_s));
        for (const QString& file : files)
            QCOMPARE(QFile::permissions(QDir(dir()).filePath(file)) & others, QFileDevice::Permissions());
    }

    void refusesToCreateOverAWorkspace() {
        QVERIFY(create());
        const auto again = Workspace::create(dir(), keyOf('x'), KeySource::KeyFile);
        QVERIFY(!again);
        QCOMPARE(again.error().kind, ErrorKind::Conflict);
        QVERIFY(open());
    }

    void opensWithItsPassphraseAndNoOther() {
        const SecretString passphrase("correct horse");
        VERIFY_OK(Workspace::createWithPassphrase(dir(), passphrase));
        QCOMPARE(*Workspace::keySource(dir()), KeySource::Passphrase);
        const auto key = Workspace::unwrapWithPassphrase(dir(), passphrase);
        VERIFY_OK(key);
        VERIFY_OK(Workspace::open(dir(), *key));
        const auto wrong = Workspace::unwrapWithPassphrase(dir(), SecretString("battery staple"));
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().cause, ErrorCause::WrongKey);
    }

    void sealsPerPurposeAndContext() {
        const auto workspace = create();
        const auto sealed = workspace->seal("shpat_secret", u"token"_s, u"acme"_s);
        VERIFY_OK(sealed);
        QVERIFY(!sealed->contains("shpat"));
        QCOMPARE(*workspace->unseal(*sealed, u"token"_s, u"acme"_s), QByteArray("shpat_secret"));
        QVERIFY(!workspace->unseal(*sealed, u"token"_s, u"other"_s));
        QVERIFY(!workspace->unseal(*sealed, u"draft"_s, u"acme"_s));
        for (qsizetype i = 0; i < sealed->size(); ++i) {
            QByteArray changed = *sealed;
            changed[i] = static_cast<char>(changed[i] ^ 4);
            QVERIFY(!workspace->unseal(changed, u"token"_s, u"acme"_s));
            QVERIFY(!workspace->unseal(sealed->left(i), u"token"_s, u"acme"_s));
        }
    }

    void backsUpToAFileThatOpensInPlaceAndRestores() {
        const auto workspace = create();
        const auto writer = workspace->openWriter();
        VERIFY_OK((*writer)->execute("INSERT INTO settings VALUES ('a', 'b')"));
        const QString file = m_root->filePath(u"backup.aiva"_s);
        VERIFY_OK(workspace->backup(file));
        QVERIFY(!workspace->backup(file));
        QVERIFY(!QFile(file).exists() || QFile(file).size() % 4096 == 0);
        {
            const auto inPlace = open(file, 'k');
            QVERIFY(inPlace);
            const auto reader = inPlace->openReader();
            VERIFY_OK(reader);
            auto statement = (*reader)->prepare("SELECT value FROM settings WHERE name = 'a'");
            QVERIFY(statement && *statement->step());
            QCOMPARE(statement->text(0), u"b"_s);
            QCOMPARE(*inPlace->check(), QStringList());
        }
        const QString restored = m_root->filePath(u"restored"_s);
        QVERIFY(QDir().mkpath(restored));
        QVERIFY(QFile::copy(file, restored + u"/aiva.db"_s));
        QVERIFY(QFile::copy(file + u".key.json"_s, restored + u"/key.json"_s));
        QVERIFY(open(restored, 'k'));
    }

    void changesItsKeyWithEverythingSealedUnderIt() {
        {
            const auto workspace = create();
            {
                const auto writer = workspace->openWriter();
                const auto sealed = workspace->seal("token", u"settings secret"_s, u"name"_s);
                auto insert = (*writer)->prepare("INSERT INTO sealed_secrets VALUES ('name', ?1)");
                VERIFY_OK(insert->bind(1, *sealed).run());
                const auto busy = workspace->rekey(keyOf('n'));
                QVERIFY(!busy);
                QCOMPARE(busy.error().cause, ErrorCause::WorkspaceBusy);
            }
            {
                const auto closed = SpoolWriter::open(*workspace, u"closed"_s);
                VERIFY_OK((*closed)->accept(QByteArray(100'000, 'a') + '\n'));
                VERIFY_OK((*closed)->close());
                const auto cut = SpoolWriter::open(*workspace, u"cut"_s);
                VERIFY_OK((*cut)->accept(QByteArray(100'000, 'b')));
            }
            VERIFY_OK(workspace->rekey(keyOf('n')));
            QCOMPARE(*workspace->check(), QStringList());
            VERIFY_OK(workspace->openWriter());
        }
        const auto old = Workspace::open(dir(), keyOf('k'));
        QVERIFY(!old);
        QCOMPARE(old.error().cause, ErrorCause::WrongKey);
        const auto workspace = open('n');
        QVERIFY(workspace);
        const auto reader = workspace->openReader();
        VERIFY_OK(reader);
        auto select = (*reader)->prepare("SELECT sealed FROM sealed_secrets");
        QVERIFY(*select->step());
        QCOMPARE(*workspace->unseal(select->blob(0), u"settings secret"_s, u"name"_s), QByteArray("token"));
        auto spool = SpoolReader::open(*workspace, u"closed"_s, 0);
        VERIFY_OK(spool);
        SpoolReader::Line line;
        QVERIFY(*(*spool)->next(line));
        QCOMPARE(line.text, std::string(100'000, 'a'));
        const auto resumed = SpoolWriter::open(*workspace, u"cut"_s);
        VERIFY_OK(resumed);
        QCOMPARE((*resumed)->size(), 65'536);
        QCOMPARE(QDir(dir()).entryList({u"*rekey*"_s}), QStringList());
    }
};

QTEST_GUILESS_MAIN(WorkspaceTest)
#include "tst_workspace.moc"
