// The desk as a window sees it: commands return at once, notices come back, nothing typed is lost.
#include "core/desk/desk.h"
#include "tests/support/fake_mail_files.h"
#include "tests/support/fake_store_port.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"
#include "tests/support/temporary_workspace.h"
#include "tests/support/time_allowance.h"

#include <QSignalSpy>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPatience = 60'000;

DeskPace quickPace() {
    DeskPace pace;
    pace.firstTickMs = 1'000'000; // schedules only where a test asks for them
    pace.sync.retryMs = {1, 2, 4};
    pace.sync.pollFirstMs = 1;
    pace.sync.pollLongestMs = 2;
    return pace;
}

} // namespace

class TestDesk : public QObject {
    Q_OBJECT

    std::unique_ptr<TemporaryWorkspace> m_workspace;
    SystemClock m_clock;
    StoreId m_store;
    ConversationId m_conversation;
    FakeShop m_shop;
    std::function<void(FakeStorePort&)> m_prepare; // on the core thread, for each port made
    int m_messages = 0;
    std::function<void(int)> m_beforeEachMessage;

    DeskAdapters adapters() {
        DeskAdapters adapters;
        adapters.storePort = [this](const StoreRow&) -> Result<std::unique_ptr<StorePort>> {
            auto port = std::make_unique<FakeStorePort>(m_shop);
            if (m_prepare) m_prepare(*port);
            return std::unique_ptr<StorePort>(std::move(port));
        };
        adapters.mailFiles = [this]() -> std::unique_ptr<MailFilePort> {
            auto files = std::make_unique<FakeMailFilePort>();
            files->messages = m_messages;
            files->beforeEach = m_beforeEachMessage;
            return files;
        };
        return adapters;
    }

    std::unique_ptr<Desk> openDesk(DeskPace pace = quickPace()) {
        auto desk = Desk::open(m_workspace->workspace(), m_clock, adapters(), std::move(pace));
        if (desk) return *std::move(desk);
        qWarning("desk: %s", qUtf8Printable(desk.error().detail));
        return nullptr;
    }

    static QString count(Desk& desk, const QByteArray& what) {
        return rows(*desk.read().database, "SELECT count(*) FROM " + what).front();
    }

    QString draftOnDisk() {
        auto reader = m_workspace->workspace().openReader();
        return reader ? rows(**reader, "SELECT text FROM drafts").value(0) : QString();
    }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<TemporaryWorkspace>();
        m_store = m_workspace->addStore();
        m_shop = makeShop(30, 120, 5, m_clock.now());
        m_prepare = {};
        m_beforeEachMessage = {};
        m_messages = 0;
        auto conversations = ConversationRepository::create(m_workspace->writer());
        QVERIFY(conversations);
        const auto added =
            (*conversations)->add(FakeMailFilePort::message(2), ConversationRepository::Direction::Inbound);
        QVERIFY(added);
        m_conversation = added->conversation;
        conversations->reset();
        m_workspace->releaseWriter();
    }

    void syncsAStoreAndTellsTheWindow() {
        const auto desk = openDesk();
        QVERIFY(desk);
        QSignalSpy finished(desk.get(), &Desk::syncFinished);
        DeskChanges seen;
        bool hadProgress = false;
        connect(desk.get(), &Desk::changed, this, [&](DeskChanges changes) { seen |= changes; });
        connect(desk.get(), &Desk::syncProgressed, this, [&](const SyncProgress& progress) {
            QCOMPARE(QThread::currentThread(), qApp->thread());
            hadProgress |= desk->syncProgress(progress.store).has_value();
        });
        desk->syncStore(m_store, SyncKind::Full);
        QVERIFY(finished.wait(kPatience));
        QCOMPARE(finished.front().front().value<SyncOutcome>().status, SyncStatus::Completed);
        QVERIFY(hadProgress);
        QVERIFY(!desk->syncProgress(m_store));
        QTRY_VERIFY(seen.testFlag(DeskChange::Customers) && seen.testFlag(DeskChange::Stores));
        QCOMPARE(count(*desk, "orders"), u"120"_s);
        // The sender of the one mail is now known.
        QTRY_VERIFY(seen.testFlag(DeskChange::Conversations));
        QCOMPARE(count(*desk, "conversations WHERE profile_id IS NOT NULL"), u"1"_s);
    }

    void noticesComeInAMeasure() {
        m_shop = makeShop(200, 1'500, 5, m_clock.now());
        m_prepare = [](FakeStorePort& port) { port.pageSize = 5; };
        const auto desk = openDesk();
        QVERIFY(desk);
        QSignalSpy finished(desk.get(), &Desk::syncFinished);
        QSignalSpy changed(desk.get(), &Desk::changed);
        QElapsedTimer timer;
        timer.start();
        desk->syncStore(m_store, SyncKind::Full);
        QVERIFY(finished.wait(kPatience));
        // Ten in a second, and what a coarse timer may come early.
        QVERIFY2(changed.size() <= 2 + timer.elapsed() / 80, qPrintable(QString::number(changed.size())));
        QVERIFY(changed.size() >= 2);
    }

    void draftIsOnDiskSoonAfterTyping() {
        const auto desk = openDesk();
        QVERIFY(desk);
        QSignalSpy saved(desk.get(), &Desk::draftSaved);
        QElapsedTimer timer;
        timer.start();
        desk->saveDraft({m_conversation, u"Dear"_s, {}, 4});
        QVERIFY(saved.wait(kPatience));
        qInfo("saved after %lld ms", static_cast<long long>(timer.elapsed()));
        QVERIFY(timer.elapsed() < test::allowed(2'000));
        QCOMPARE(draftOnDisk(), u"Dear"_s);
        QCOMPARE(saved.front().front().value<ConversationId>(), m_conversation);
    }

    void steadyTypingDoesNotPutSavingOff() {
        const auto desk = openDesk();
        QVERIFY(desk);
        QSignalSpy saved(desk.get(), &Desk::draftSaved);
        QString text;
        const auto type = [&] {
            text += QChar(u'a' + static_cast<int>(text.size() % 26));
            desk->saveDraft({m_conversation, text, {}, static_cast<int>(text.size())});
        };
        for (int key = 0; key < 3'000 && saved.size() < 2; ++key) {
            type();
            QTest::qWait(10);
        }
        QVERIFY(saved.size() >= 2); // while still typing
        saved.clear();
        for (int key = 0; key < 40; ++key)
            type();
        QTRY_COMPARE(draftOnDisk(), text);
        QVERIFY2(saved.size() < 20, qPrintable(QString::number(saved.size()))); // and not at each key
    }

    void draftIsSavedWhileABulkFileIsTakenIn() {
        m_shop = makeShop(3'000, 9'000, 5, m_clock.now());
        m_prepare = [](FakeStorePort& port) {
            port.pageSize = 20;
            port.chunk = 1 << 20;
        };
        const auto desk = openDesk();
        QVERIFY(desk);
        QSignalSpy finished(desk.get(), &Desk::syncFinished);
        QSignalSpy saved(desk.get(), &Desk::draftSaved);
        desk->syncStore(m_store, SyncKind::Full);
        qint64 slowest = 0;
        int drafts = 0;
        while (finished.isEmpty()) {
            QElapsedTimer timer;
            timer.start();
            saved.clear();
            desk->saveDraft({m_conversation, u"draft %1"_s.arg(++drafts), {}, 0});
            QVERIFY(saved.wait(kPatience));
            slowest = std::max(slowest, timer.elapsed());
        }
        qInfo("%d drafts, slowest %lld ms", drafts, static_cast<long long>(slowest));
        QVERIFY2(drafts >= 3, "saved again and again while the file was read, not after it");
        QVERIFY(slowest < test::allowed(2'000));
        QCOMPARE(finished.front().front().value<SyncOutcome>().status, SyncStatus::Completed);
    }

    void draftSurvivesClosingAtOnce() {
        for (int i = 0; i < 20; ++i) {
            const QString text = u"version %1"_s.arg(i);
            openDesk()->saveDraft({m_conversation, text, {}, 0});
            QCOMPARE(draftOnDisk(), text);
        }
    }

    // Erased while somebody was writing to them.
    void draftOfAGoneConversationHoldsUpNoOther() {
        const auto desk = openDesk();
        QVERIFY(desk);
        QSignalSpy saved(desk.get(), &Desk::draftSaved);
        QSignalSpy failed(desk.get(), &Desk::commandFailed);
        Draft note{ConversationId(4'711), u"is gone"_s, {}, 0};
        note.kind = DraftKind::Note;
        desk->saveDraft({ConversationId(4'711), u"To whom"_s, {}, 0});
        desk->saveDraft(note);
        desk->saveDraft({m_conversation, u"To them"_s, {}, 0});
        QVERIFY(saved.wait(kPatience));
        QCOMPARE(draftOnDisk(), u"To them"_s);
        QCOMPARE(saved.size(), 1);
        QCOMPARE(saved.front().front().value<ConversationId>(), m_conversation);
        QCOMPARE(failed.size(), 0);
    }

    void flushAnswersWhenEverythingIsOnDisk() {
        const auto desk = openDesk();
        QVERIFY(desk);
        desk->saveDraft({m_conversation, u"unsaved"_s, {}, 0});
        desk->setStatus(m_conversation, ConversationStatus::Waiting);
        bool isFlushed = false;
        whenDone(desk->flush(), this, [&](const Result<bool>& done) {
            isFlushed = true;
            QVERIFY(done && *done);
            QCOMPARE(draftOnDisk(), u"unsaved"_s);
            QCOMPARE(count(*desk, "conversations WHERE status = 'waiting'"), u"1"_s);
        });
        QTRY_VERIFY(isFlushed);
    }

    void closingDuringASyncLeavesItToBeResumed() {
        m_shop = makeShop(100, 600, 5, m_clock.now());
        std::atomic<int> silentAt = 0;
        std::atomic<bool> isSilent = false;
        m_prepare = [&](FakeStorePort& port) {
            port.pageSize = 10;
            port.isSilent = [&](FakeStorePort::Call call, int number) {
                const bool now = call == FakeStorePort::Call::Page && number == silentAt;
                if (now) isSilent = true;
                return now;
            };
        };
        for (const int page : {1, 3, 9, 25}) {
            silentAt = page;
            isSilent = false;
            const auto desk = openDesk();
            QVERIFY(desk);
            desk->syncStore(m_store, SyncKind::Full);
            QTRY_VERIFY_WITH_TIMEOUT(isSilent, kPatience);
        }
        silentAt = 0;
        DeskPace pace = quickPace();
        pace.firstTickMs = 1; // resumes by itself
        const auto desk = openDesk(pace);
        QVERIFY(desk);
        QSignalSpy finished(desk.get(), &Desk::syncFinished);
        QVERIFY(finished.wait(kPatience));
        const auto outcome = finished.front().front().value<SyncOutcome>();
        QCOMPARE(outcome.status, SyncStatus::Completed);
        QCOMPARE(outcome.counts[Resource::Orders], (SyncCounts{600, 600, 0, 0}));
        QCOMPARE(count(*desk, "orders"), u"600"_s);
        QCOMPARE(count(*desk, "sync_jobs"), u"1"_s);
    }

    void syncIsCancelled() {
        m_prepare = [](FakeStorePort& port) {
            port.isSilent = [](FakeStorePort::Call call, int) { return call == FakeStorePort::Call::Page; };
        };
        const auto desk = openDesk();
        QVERIFY(desk);
        QSignalSpy progressed(desk.get(), &Desk::syncProgressed);
        QSignalSpy finished(desk.get(), &Desk::syncFinished);
        desk->syncStore(m_store, SyncKind::Full);
        QVERIFY(progressed.wait(kPatience));
        desk->cancelSync(m_store);
        QVERIFY(finished.wait(kPatience));
        QCOMPARE(finished.front().front().value<SyncOutcome>().status, SyncStatus::Cancelled);
    }

    void fullSyncAskedForDuringAnIncrementalOneFollows() {
        const auto desk = openDesk();
        QVERIFY(desk);
        QSignalSpy finished(desk.get(), &Desk::syncFinished);
        desk->syncStore(m_store, SyncKind::Incremental);
        desk->syncStore(m_store, SyncKind::Full);
        desk->syncStore(m_store, SyncKind::Incremental); // is what happens anyway
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, kPatience);
        QTest::qWait(30);
        QCOMPARE(finished.size(), 2);
        QCOMPARE(count(*desk, "sync_jobs WHERE kind = 'full'"), u"1"_s);
    }

    void dueStoreSyncsBySchedule() {
        QVERIFY(m_workspace->reopenWriter());
        auto stores = StoreRepository::create(m_workspace->writer());
        QVERIFY(stores);
        QVERIFY((*stores)->setSchedule(m_store, u"hourly"_s));
        QVERIFY((*stores)->setSynced(m_store, m_clock.now().plusSeconds(-7'200), SyncStatus::Completed));
        stores->reset();
        m_workspace->releaseWriter();
        DeskPace pace = quickPace();
        pace.firstTickMs = 1;
        pace.scheduleTickMs = 5;
        const auto desk = openDesk(pace);
        QVERIFY(desk);
        QSignalSpy finished(desk.get(), &Desk::syncFinished);
        QVERIFY(finished.wait(kPatience));
        QTest::qWait(100); // many ticks, and an hour has not passed
        QCOMPARE(finished.size(), 1);
        QCOMPARE(rows(*desk->read().database, "SELECT kind, trigger FROM sync_jobs").front(),
                 u"incremental|schedule"_s);
    }

    void goesOfflineAndComesBack() {
        m_prepare = [](FakeStorePort& port) {
            port.failNext(FakeStorePort::Call::Shop, {ErrorKind::Network, u"no such host"_s, ErrorCause::HostNotFound},
                          2);
        };
        const auto desk = openDesk();
        QVERIFY(desk);
        QVERIFY(desk->isOnline());
        QList<bool> seen;
        connect(desk.get(), &Desk::onlineChanged, this, [&](bool online) { seen << online; });
        QSignalSpy finished(desk.get(), &Desk::syncFinished);
        desk->syncStore(m_store, SyncKind::Full);
        QVERIFY(finished.wait(kPatience));
        QTRY_COMPARE(seen, (QList<bool>{false, true}));
        QVERIFY(desk->isOnline());
    }

    void failedCommandIsReported() {
        const auto desk = openDesk();
        QVERIFY(desk);
        QSignalSpy failed(desk.get(), &Desk::commandFailed);
        desk->syncStore(StoreId(4'711), SyncKind::Full);
        QVERIFY(failed.wait(kPatience));
        QCOMPARE(failed.front().at(0).toString(), u"sync"_s);
        QCOMPARE(failed.front().at(1).value<Error>().kind, ErrorKind::NotFound);
    }

    void importsMailBesideEverythingElse() {
        m_messages = 400;
        std::atomic<int> handedOver = 0;
        m_beforeEachMessage = [&](int) { ++handedOver; };
        const auto desk = openDesk();
        QVERIFY(desk);
        QSignalSpy imported(desk.get(), &Desk::mailImported);
        QSignalSpy saved(desk.get(), &Desk::draftSaved);
        desk->importMail(u"mail"_s, {u"help@licht.example"_s});
        desk->saveDraft({m_conversation, u"meanwhile"_s, {}, 0});
        QVERIFY(saved.wait(kPatience));
        QTRY_COMPARE_WITH_TIMEOUT(imported.size(), 1, kPatience);
        const auto counts = imported.front().front().value<MailImportCounts>();
        QCOMPARE(counts.read, 400);
        QCOMPARE(counts.added, 399);
        QCOMPARE(counts.known, 1);
        QCOMPARE(count(*desk, "messages"), u"400"_s);
    }

    void closingDuringAnImportKeepsWhatCame() {
        m_messages = 100'000;
        {
            const auto desk = openDesk();
            QVERIFY(desk);
            desk->importMail(u"mail"_s, {});
            QTRY_VERIFY_WITH_TIMEOUT(count(*desk, "messages").toInt() > 1, kPatience);
        }
        const auto desk = openDesk();
        QVERIFY(desk);
        QVERIFY(count(*desk, "messages").toInt() > 1);
        QVERIFY(count(*desk, "messages").toInt() < 100'000);
    }

    void searchAnswersTheNewestOnly() {
        m_messages = 60;
        const auto desk = openDesk();
        QVERIFY(desk);
        QSignalSpy imported(desk.get(), &Desk::mailImported);
        desk->importMail(u"mail"_s, {});
        QVERIFY(imported.wait(kPatience));
        int answers = 0;
        qsizetype hits = 0;
        for (const QString& text : {u"l"_s, u"la"_s, u"lam"_s, u"lamp"_s})
            whenDone(desk->search(text, 5), this, [&](const Result<std::vector<SearchHit>>& found) {
                ++answers;
                QVERIFY(found);
                hits = static_cast<qsizetype>(found->size());
            });
        QTRY_VERIFY_WITH_TIMEOUT(answers >= 1 && hits == 5, kPatience);
        QTest::qWait(50);
        // Earlier ones may have been quick enough to answer before the next key; never after it.
        QVERIFY(answers <= 4);
        QCOMPARE(hits, 5);
    }

    void closesWithASearchUnderWay() {
        for (int i = 0; i < 10; ++i) {
            const auto desk = openDesk();
            QVERIFY(desk);
            whenDone(desk->search(u"lamp"_s, 5), this, [](const Result<std::vector<SearchHit>>&) {});
        }
    }
};

QTEST_GUILESS_MAIN(TestDesk)
#include "tst_desk.moc"
