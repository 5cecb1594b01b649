#include "core/adapters/secrets/key_file.h"
#include "tests/support/patience.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace aiva;
using namespace Qt::StringLiterals;

class KeyFileTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;

private Q_SLOTS:
    void readsWhatItCreated() {
        const QString path = m_dir.filePath(u"key"_s);
        const auto made = createKeyFile(path);
        QVERIFY(made);
        QCOMPARE(made->size(), size_t(32));
        QCOMPARE(QFile::permissions(path) & QFileDevice::Permissions(0x0077), QFileDevice::Permissions());
        const auto read = readKeyFile(path);
        QVERIFY(read);
        QVERIFY(read->equals(*made));
        QCOMPARE(createKeyFile(path).error().kind, ErrorKind::Conflict);
        QVERIFY(readKeyFile(path)->equals(*made));
        const auto other = createKeyFile(m_dir.filePath(u"other"_s));
        QVERIFY(!other->equals(*made));
    }

    void refusesAFileOthersCouldRead() {
        const QString path = m_dir.filePath(u"loose"_s);
        QVERIFY(createKeyFile(path));
        for (const auto extra : {QFileDevice::ReadGroup, QFileDevice::ReadOther, QFileDevice::WriteOther}) {
            QVERIFY(QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner | extra));
            const auto refused = readKeyFile(path);
            QVERIFY(!refused);
            QCOMPARE(refused.error().kind, ErrorKind::Refused);
            QVERIFY(refused.error().detail.contains(u"chmod 600"_s));
        }
        QVERIFY(QFile::setPermissions(path, QFileDevice::ReadOwner));
        QVERIFY(readKeyFile(path));
    }

    void refusesWhatIsNotAKey_data() {
        QTest::addColumn<int>("size");
        for (const int size : {0, 31, 33, 64, 100'000})
            QTest::addRow("%d bytes", size) << size;
    }
    void refusesWhatIsNotAKey() {
        QFETCH(int, size);
        const QString path = m_dir.filePath(u"size%1"_s.arg(size));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner));
        file.write(QByteArray(size, 'k'));
        file.close();
        QCOMPARE(readKeyFile(path).error().kind, ErrorKind::Invalid);
    }

    void saysWhenThereIsNone() {
        QCOMPARE(readKeyFile(m_dir.filePath(u"none"_s)).error().kind, ErrorKind::NotFound);
        QCOMPARE(readKeyFile(m_dir.path()).error().kind, ErrorKind::Invalid);
        QCOMPARE(createKeyFile(m_dir.filePath(u"no/such/folder"_s)).error().kind, ErrorKind::Storage);
        QVERIFY(!QFile::exists(m_dir.filePath(u"no"_s)));
    }
};

QTEST_GUILESS_MAIN(KeyFileTest)
#include "tst_key_file.moc"
