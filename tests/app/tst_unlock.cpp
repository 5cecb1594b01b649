// Opening a workspace by its key file, also where a change of the key was killed.
#include "app/common/unlock.h"
#include "core/adapters/secrets/key_file.h"
#include "tests/support/patience.h"

#include <QFile>
#include <QTemporaryDir>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestUnlock : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    UnlockOptions m_options;
    QString m_next;

    void writeNext(const QByteArray& bytes) const {
        QFile file(m_next);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner));
        QCOMPARE(file.write(bytes), bytes.size());
    }

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_options.workspaceDir = m_dir->filePath(u"workspace"_s);
        m_options.keyFile = m_dir->filePath(u"key"_s);
        m_next = m_options.keyFile + u".next"_s;
        QVERIFY(initWorkspace(m_options));
    }

    void changesTheKey() {
        const auto before = readKeyFile(m_options.keyFile);
        {
            const auto workspace = openWorkspace(m_options);
            QVERIFY(workspace && changeKey(m_options, **workspace, {}));
        }
        const auto after = readKeyFile(m_options.keyFile);
        QVERIFY(before && after && !before->equals(*after));
        QVERIFY(!QFile::exists(m_next));
        QVERIFY(openWorkspace(m_options));
    }

    // Killed before the new key was whole: the old one holds, and the next change does not trip over what was left.
    void aHalfWrittenNextKeyIsInNobodysWay() {
        for (const QByteArray& left : {QByteArray(), QByteArray(7, 'x')}) {
            writeNext(left);
            const auto workspace = openWorkspace(m_options);
            QVERIFY2(workspace, workspace ? "" : qPrintable(workspace.error().detail));
            QVERIFY(changeKey(m_options, **workspace, {}));
            QVERIFY(!QFile::exists(m_next));
        }
        QVERIFY(openWorkspace(m_options));
    }

    // Killed after the workspace had the new key and before the file took its place.
    void theNextKeyTakesItsPlaceWhereItHolds() {
        const auto next = createKeyFile(m_next);
        QVERIFY(next);
        {
            const auto workspace = openWorkspace(m_options);
            QVERIFY(workspace && (*workspace)->rekey(*next));
        }
        QVERIFY(openWorkspace(m_options));
        QVERIFY(!QFile::exists(m_next));
        QVERIFY(readKeyFile(m_options.keyFile)->equals(*next));
    }
};

QTEST_GUILESS_MAIN(TestUnlock)
#include "tst_unlock.moc"
