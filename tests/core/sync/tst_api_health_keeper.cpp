#include "core/sync/api_health_keeper.h"
#include "tests/support/fake_store_port.h"
#include "tests/support/patience.h"
#include "tests/support/temporary_workspace.h"

#include <QSignalSpy>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

// Says what it is told to have come of its exchanges.
class TellingPort final : public FakeStorePort {
public:
    using FakeStorePort::FakeStorePort;
    std::shared_ptr<ApiListener> listener;
    void setApiListener(std::shared_ptr<ApiListener> told) override { listener = std::move(told); }
    void tell(ErrorKind kind, ErrorCause cause = ErrorCause::None) {
        listener->exchanged(10, Error{kind, u"jane@example.com was asked for"_s, cause});
    }
};

} // namespace

class ApiHealthKeeperTest : public QObject {
    Q_OBJECT

    ManualClock m_clock{UtcTime(1'800'000'000'000)};
    std::unique_ptr<TemporaryWorkspace> m_workspace;
    std::unique_ptr<TellingPort> m_port;
    StoreId m_store;

    std::unique_ptr<ApiHealthKeeper> keeper(int writeAfterMs = 60'000) {
        auto made = std::make_unique<ApiHealthKeeper>(m_workspace->writer(), m_clock, writeAfterMs);
        made->watch(*m_port, m_store);
        return made;
    }
    ApiHealth kept() const {
        return *(*ApiHealthRepository::create(m_workspace->writer()))->ofLastDay(m_store, m_clock.now());
    }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<TemporaryWorkspace>();
        m_store = m_workspace->addStore();
        m_port = std::make_unique<TellingPort>(FakeShop());
    }
    void cleanup() {
        m_port.reset();
        m_workspace.reset();
    }

    void sortsWhatCame() {
        auto health = keeper();
        m_port->listener->exchanged(210, {});
        m_port->tell(ErrorKind::RateLimited);
        m_port->listener->heldBack(1'500);
        m_port->tell(ErrorKind::Auth, ErrorCause::TokenRefused);
        m_port->tell(ErrorKind::Refused, ErrorCause::ShopFrozen);
        m_port->tell(ErrorKind::NotFound, ErrorCause::ShopNotFound);
        m_port->tell(ErrorKind::Network);
        m_port->tell(ErrorKind::Timeout);
        m_port->tell(ErrorKind::Invalid);
        m_port->tell(ErrorKind::Network, ErrorCause::HostNotFound);
        health->write();
        ApiHealth wanted;
        wanted.answered = 1;
        wanted.answeredMs = 210;
        wanted.limited = 1;
        wanted.heldBackMs = 1'500;
        wanted.refused = 3;
        wanted.failed = 3;
        wanted.unreachable = 1;
        wanted.answeredAt = wanted.failedAt = m_clock.now();
        wanted.error = u"Network/HostNotFound"_s; // and not a word of its detail
        QCOMPARE(kept(), wanted);
        health->write();
        QCOMPARE(kept(), wanted);
    }

    void writesByItselfAWhileAfterTheFirst() {
        const auto health = keeper(20);
        QSignalSpy written(health.get(), &ApiHealthKeeper::written);
        m_port->listener->exchanged(1, {});
        QCOMPARE(kept().answered, 0);
        QVERIFY(written.wait(30'000));
        QCOMPARE(kept().answered, 1);
        QVERIFY(!written.wait(100)); // nothing new, nothing written
    }

    void writesWhatIsLeftAtTheEnd() {
        keeper().reset();
        auto health = keeper();
        m_port->listener->exchanged(1, {});
        health.reset();
        QCOMPARE(kept().answered, 1);
        m_port->listener->exchanged(1, {}); // a port may outlive it
        QCOMPARE(kept().answered, 1);
    }

    void keepsWhatCannotBeWrittenNow() {
        const auto health = keeper(20);
        QSignalSpy written(health.get(), &ApiHealthKeeper::written);
        QVERIFY(m_workspace->writer().execute("PRAGMA query_only=1"));
        m_port->listener->exchanged(1, {});
        QVERIFY(!written.wait(100));
        m_port->listener->exchanged(1, {});
        QVERIFY(m_workspace->writer().execute("PRAGMA query_only=0"));
        QVERIFY(written.wait(30'000));
        QCOMPARE(kept().answered, 2);
    }
};

QTEST_GUILESS_MAIN(ApiHealthKeeperTest)
#include "tst_api_health_keeper.moc"
