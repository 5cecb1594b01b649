// Privacy on the desk: a person erased, given their data, a store dropped, while the window goes on reading.
#include "core/desk/desk.h"
#include "tests/core/privacy/privacy_world.h"
#include "tests/support/await.h"
#include "tests/support/fake_mail_files.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestDeskPrivacy : public QObject {
    Q_OBJECT

    std::unique_ptr<PrivacyWorld> m_world;
    SystemClock m_clock;
    std::unique_ptr<Desk> m_desk;

    const WorldPerson& buyer() const {
        return *std::find_if(m_world->people().begin(), m_world->people().end(),
                             [](const WorldPerson& person) { return !person.customers.empty(); });
    }

private Q_SLOTS:
    void init() {
        m_world = std::make_unique<PrivacyWorld>(77);
        QVERIFY(m_world->isMade());
        QVERIFY(m_world->writer().execute("UPDATE outbox SET state = 'sent'; DELETE FROM webhook_bodies"));
        m_world->home().releaseWriter();
        DeskAdapters adapters;
        adapters.storePort = [](const StoreRow&) -> Result<std::unique_ptr<StorePort>> {
            return Error{ErrorKind::Network, u"no shop"_s};
        };
        adapters.mailFiles = [] { return std::make_unique<FakeMailFilePort>(); };
        adapters.stores.removeSecrets = [](Database&, const StoreRow&) { return Result<void>(); };
        DeskPace pace;
        pace.firstTickMs = 1'000'000;
        auto opened = Desk::open(m_world->home().workspace(), m_clock, adapters, pace);
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().detail));
        m_desk = *std::move(opened);
    }
    void cleanup() { m_desk.reset(); }

    void erasesWhileTheWindowReads() {
        DeskReader& reader = m_desk->read();
        const auto known = reader.privacy->known(buyer().email);
        QVERIFY(known && known->isKnown());
        QCOMPARE(known->messages, static_cast<qint64>(buyer().mails.size()));
        QSignalSpy changed(m_desk.get(), &Desk::changed);
        const auto erased = await(m_desk->privacy().erasePerson(buyer().email), 60'000);
        QVERIFY2(erased, erased ? "" : qPrintable(erased.error().detail));
        QCOMPARE(erased->messages, static_cast<qint64>(buyer().mails.size()));
        QTRY_VERIFY(!changed.isEmpty());
        QVERIFY(!reader.privacy->known(buyer().email)->isKnown());
        QCOMPARE(rows(*reader.database, "SELECT count(*) FROM privacy_cleanups"), QStringList(u"0"_s));
        const auto again = await(m_desk->privacy().erasePerson(buyer().email));
        QVERIFY(!again && again.error().kind == ErrorKind::NotFound);
    }

    void givesAndClosesTheRequest() {
        const auto before = m_desk->read().privacy->open();
        QVERIFY(before && !before->empty());
        QTemporaryDir home;
        const auto given = await(m_desk->privacy().exportPerson(buyer().email, home.filePath(u"x"_s)));
        QVERIFY2(given, given ? "" : qPrintable(given.error().detail));
        QVERIFY(given->rows > 5);
        QCOMPARE(m_desk->read().privacy->open()->size(), before->size() - buyer().customers.size());
    }

    void answersWhatAShopAsks() {
        const auto before = m_desk->read().privacy->open();
        QVERIFY(before && !before->empty());
        const PrivacyRequestView& request = before->front();
        QVERIFY(request.id.isValid() && request.isKnown);
        const auto closed = await(m_desk->privacy().closeRequest(request.id));
        QVERIFY(!closed);
        QCOMPARE(closed.error().kind, ErrorKind::Conflict);
        QTemporaryDir home;
        const auto given = await(m_desk->privacy().answerRequest(request.id, home.filePath(u"x"_s)));
        QVERIFY2(given, given ? "" : qPrintable(given.error().detail));
        QVERIFY(given->rows > 5);
        QVERIFY(m_desk->read().privacy->open()->size() < before->size());
    }

    void dropsAStore() {
        const auto dropped = await(m_desk->privacy().dropStore(m_world->store(0)), 60'000);
        QVERIFY2(dropped, dropped ? "" : qPrintable(dropped.error().detail));
        QCOMPARE(m_desk->read().stores->stores()->size(), size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestDeskPrivacy)
#include "tst_desk_privacy.moc"
