// Models and their keys: half of what is saved is never left, for a key that goes to another provider is given away.
#include "core/desk/answers/answer_core.h"
#include "tests/support/patience.h"
#include "tests/support/temporary_workspace.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestAnswerEndpoints : public QObject {
    Q_OBJECT

    SystemClock m_clock;
    std::unique_ptr<TemporaryWorkspace> m_workspace;
    AnswerAdapters m_adapters;
    std::unique_ptr<AnswerCore> m_core;
    bool m_isLocked = false; // the keychain
    std::map<EndpointId, QByteArray> m_keys;

    static ModelEndpoint endpoint() {
        ModelEndpoint endpoint;
        endpoint.name = u"Mine"_s;
        endpoint.model = u"small"_s;
        endpoint.baseUrl = QUrl(u"https://one.example"_s);
        return endpoint;
    }
    std::vector<ModelEndpoint> saved() { return *(*EndpointRepository::create(m_workspace->writer()))->all(); }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<TemporaryWorkspace>();
        m_isLocked = false;
        m_keys.clear();
        m_adapters.saveKey = [this](Database&, EndpointId id, const SecretString& key) -> Result<void> {
            if (m_isLocked) return Error{ErrorKind::Storage, u"locked"_s, ErrorCause::NoSecretService};
            m_keys[id] = QByteArray(key.reveal().data(), qsizetype(key.size()));
            return {};
        };
        m_adapters.removeKey = [this](Database&, EndpointId id) -> Result<void> {
            if (m_isLocked) return Error{ErrorKind::Storage, u"locked"_s, ErrorCause::NoSecretService};
            m_keys.erase(id);
            return {};
        };
        m_core = std::make_unique<AnswerCore>(m_workspace->writer(), m_clock, m_adapters, nullptr,
                                              std::make_shared<std::atomic<int>>(0));
        QVERIFY(m_core->open());
    }
    void cleanup() { m_core.reset(); }

    void aModelWhoseKeyIsNotKeptIsAsItWas() {
        const auto id = m_core->saveEndpoint(endpoint(), SecretString("key of one"));
        QVERIFY(id);
        ModelEndpoint moved = saved().front();
        moved.baseUrl = QUrl(u"https://two.example"_s);
        m_isLocked = true;
        const auto refused = m_core->saveEndpoint(moved, SecretString("key of two"));
        QVERIFY(!refused);
        QCOMPARE(refused.error().cause, ErrorCause::NoSecretService);
        QCOMPARE(saved().front().baseUrl, QUrl(u"https://one.example"_s));
        QCOMPARE(m_keys.at(*id), "key of one");
    }

    void aNewModelWhoseKeyIsNotKeptIsNotThere() {
        m_isLocked = true;
        QVERIFY(!m_core->saveEndpoint(endpoint(), SecretString("key")));
        QVERIFY(saved().empty());
    }

    // A model's number is given anew; the keychain would not forget the key of the one before.
    void aNewModelHasNoKeyOfAFormerOne() {
        const auto id = m_core->saveEndpoint(endpoint(), SecretString("key of one"));
        QVERIFY(id);
        m_isLocked = true;
        m_core->removeEndpoint(*id);
        m_isLocked = false;
        ModelEndpoint other = endpoint();
        other.baseUrl = QUrl(u"https://two.example"_s);
        const auto again = m_core->saveEndpoint(other, std::nullopt);
        QVERIFY(again);
        QCOMPARE(*again, *id);
        QVERIFY(m_keys.empty());
        // One that is changed without a new key keeps the one it has.
        QVERIFY(m_core->saveEndpoint(saved().front(), SecretString("key of two")));
        QVERIFY(m_core->saveEndpoint(saved().front(), std::nullopt));
        QCOMPARE(m_keys.at(*id), "key of two");
    }
};

QTEST_GUILESS_MAIN(TestAnswerEndpoints)
#include "tst_answer_endpoints.moc"
