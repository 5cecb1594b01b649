#include "core/storage/workspace/settings_repository.h"
#include "tests/support/patience.h"

#include <QFile>
#include <QTemporaryDir>

using namespace aiva;
using namespace Qt::StringLiterals;

class SettingsRepositoryTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<SettingsRepository> m_settings;

private Q_SLOTS:
    void initTestCase() {
        auto workspace = Workspace::create(m_dir.filePath(u"workspace"_s), Workspace::newKey(), KeySource::KeyFile);
        QVERIFY(workspace);
        m_workspace = *std::move(workspace);
        m_database = *m_workspace->openWriter();
        m_settings = *SettingsRepository::create(*m_database);
    }
    void cleanupTestCase() {
        m_settings.reset();
        m_database.reset();
        m_workspace.reset();
    }

    void keepsValuesByName() {
        QVERIFY(!*m_settings->value(u"theme"_s));
        QVERIFY(m_settings->setValue(u"theme"_s, u"dark ☾"_s));
        QVERIFY(m_settings->setValue(u"theme"_s, u"light"_s));
        QVERIFY(m_settings->setValue(u"empty"_s, QString()));
        QCOMPARE(*m_settings->value(u"theme"_s), std::optional(u"light"_s));
        QCOMPARE(*m_settings->value(u"empty"_s), std::optional(QString(u""_s)));
    }

    void sealsSecretsAndForgetsThem() {
        const SecretString token("shpat_0123456789abcdef");
        QVERIFY(!*m_settings->secret(*m_workspace, u"store/1"_s));
        QVERIFY(m_settings->setSecret(*m_workspace, u"store/1"_s, token));
        const auto read = m_settings->secret(*m_workspace, u"store/1"_s);
        QVERIFY(read && *read);
        QVERIFY((*read)->equals(token));
        auto raw = m_database->prepare("SELECT sealed FROM sealed_secrets");
        QVERIFY(*raw->step());
        QVERIFY(!raw->blob(0).contains("shpat_"));
        raw->reset();
        QVERIFY(m_settings->removeSecret(u"store/1"_s));
        QVERIFY(!*m_settings->secret(*m_workspace, u"store/1"_s));
    }

    void aSecretUnderAnotherNameDoesNotOpen() {
        QVERIFY(m_settings->setSecret(*m_workspace, u"store/1"_s, SecretString("one")));
        QVERIFY(m_database->execute("UPDATE sealed_secrets SET name = 'store/2' WHERE name = 'store/1'"));
        QVERIFY(!m_settings->secret(*m_workspace, u"store/2"_s));
    }
};

QTEST_GUILESS_MAIN(SettingsRepositoryTest)
#include "tst_settings_repository.moc"
