// Where the keys of language models lie, and whose they are.
#include "app/common/model_keys.h"
#include "tests/support/patience.h"
#include "tests/support/shared_keychain.h"
#include "tests/support/table_dump.h"
#include "tests/support/temporary_workspace.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestModelKeys : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Both count their models from one: the key of one provider must not go to another.
    void aKeyInTheKeychainIsOfItsWorkspaceAlone() {
        const auto keychain = std::make_shared<SharedKeychain>();
        keychain->kept[u"model-key/1"_s] = "of who knows whom";
        TemporaryWorkspace one;
        TemporaryWorkspace other;
        auto here = *ModelKeys::open(one.workspace(), one.writer(), keychain);
        auto there = *ModelKeys::open(other.workspace(), other.writer(), keychain);
        const EndpointId first(1);
        QVERIFY(here.key(first)->isEmpty());
        QVERIFY(here.save(first, SecretString("of provider A")));
        QVERIFY(there.key(first)->isEmpty());
        QVERIFY(there.save(first, SecretString("of provider B")));
        QVERIFY(here.key(first)->equals(SecretString("of provider A")));
        QVERIFY(here.remove(first));
        QVERIFY(here.key(first)->isEmpty());
        QVERIFY(there.key(first)->equals(SecretString("of provider B")));
    }

    void withoutAKeychainItIsSealedInTheWorkspace() {
        TemporaryWorkspace workspace;
        auto keys = *ModelKeys::open(workspace.workspace(), workspace.writer(), nullptr);
        QVERIFY(keys.save(EndpointId(2), SecretString("sealed")));
        QCOMPARE(rows(workspace.writer(), "SELECT name FROM sealed_secrets"), QStringList{u"model-key/2"_s});
        QVERIFY(keys.key(EndpointId(2))->equals(SecretString("sealed")));
        QVERIFY(keys.remove(EndpointId(2)));
        QVERIFY(keys.key(EndpointId(2))->isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestModelKeys)
#include "tst_model_keys.moc"
