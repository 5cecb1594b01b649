// Where the keys of language models lie, and whose they are.
#include "app/common/answer_adapters.h"
#include "app/common/model_keys.h"
#include "core/storage/answers/endpoint_repository.h"
#include "tests/support/await.h"
#include "tests/support/patience.h"
#include "tests/support/scripted_server.h"
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

    // One process still knows the model under this number that another one has made another provider's meanwhile; or
    // somebody tries an address that is not saved.
    void aKeyGoesToTheServerItWasSavedForAlone() {
        const auto models = [](const ScriptedRequest&) {
            ScriptedAnswer answer;
            answer.body = "{\"data\":[{\"id\":\"small\"}]}";
            return answer;
        };
        ScriptedServer mine(models);
        ScriptedServer other(models);
        TemporaryWorkspace workspace;
        const SystemClock clock;
        ModelEndpoint endpoint;
        endpoint.name = u"Mine"_s;
        endpoint.protocol = ModelProtocol::OpenAiChat;
        endpoint.model = u"small"_s;
        endpoint.baseUrl = mine.baseUrl();
        const auto endpoints = EndpointRepository::create(workspace.writer());
        const auto id = (*endpoints)->save(endpoint);
        QVERIFY(id);
        endpoint.id = *id;
        QVERIFY(ModelKeys::open(workspace.workspace(), workspace.writer())->save(*id, SecretString("key-of-mine")));
        const AnswerAdapters adapters = answerAdapters(workspace.workspace(), clock);
        const auto ask = [&](const QUrl& address) {
            ModelEndpoint asked = endpoint;
            asked.baseUrl = address;
            const auto port = adapters.model(asked, std::nullopt);
            return port && await((*port)->models());
        };
        QVERIFY(ask(mine.baseUrl()));
        QVERIFY(ask(other.baseUrl()));
        QCOMPARE(mine.requests().size(), 1);
        QVERIFY(mine.requests().front().header("Authorization").contains("key-of-mine"));
        QCOMPARE(other.requests().size(), 1);
        QVERIFY(!other.requests().front().header("Authorization").contains("key-of-mine"));
        endpoint.id = EndpointId(id->value() + 1); // removed meanwhile
        QVERIFY(ask(mine.baseUrl()));
        QVERIFY(!mine.requests().back().header("Authorization").contains("key-of-mine"));
    }
};

QTEST_GUILESS_MAIN(TestModelKeys)
#include "tst_model_keys.moc"
