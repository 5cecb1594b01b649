// The stores page while things change below one's hands: cards and rows stay with what they show, the focus stays with
// what one does, and what is tried again is what failed.
#include "tests/support/patience.h"
#include "tests/ui/support/fake_store_desk.h"
#include "tests/ui/support/shots.h"
#include "tests/ui/support/spoken.h"
#include "ui/stores/disconnect_store_sheet.h"
#include "ui/stores/history_sheet.h"
#include "ui/stores/job_row.h"
#include "ui/stores/job_sheet.h"
#include "ui/stores/store_card.h"
#include "ui/stores/store_settings.h"
#include "ui/stores/stores_page.h"
#include "ui/stores/sync_steps.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/overlay_scroll_area.h"
#include "ui/widgets/reading_order.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/text_row.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QMenu>
#include <QScreen>
#include <QScrollBar>
#include <QSignalSpy>
#include <QWheelEvent>

#include <algorithm>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

const UtcTime kNow = *UtcTime::parseIso("2026-11-03T14:02:00Z");

StoreView viewOf(int id, const QString& name) {
    StoreView view;
    view.store.id = StoreId(id);
    view.store.name = name;
    view.store.domain = name.toLower() + u".myshopify.com"_s;
    view.store.status = StoreStatus::Connected;
    view.store.historyLimited = false;
    view.store.lastSyncAt = kNow.plusSeconds(-1'200);
    view.store.lastSyncStatus = SyncStatus::Completed;
    return view;
}

SyncJobRow jobOf(int id, SyncStatus status, SyncKind kind = SyncKind::Incremental) {
    SyncJobRow job;
    job.id = SyncJobId(id);
    job.storeId = StoreId(1);
    job.kind = kind;
    job.status = status;
    job.trigger = SyncTrigger::Schedule;
    if (status == SyncStatus::Failed) job.error = u"Timeout"_s;
    job.startedAt = kNow.plusSeconds(-60LL * (1'000 - id));
    if (status != SyncStatus::Running) job.finishedAt = job.startedAt.plusMs(4'200);
    return job;
}

class Window final : public QWidget {
protected:
    bool focusNextPrevChild(bool next) override { return stepFocus(*this, next); }
};

} // namespace

class TestStoresChanges : public QObject {
    Q_OBJECT

    ManualClock m_clock{kNow};
    std::unique_ptr<test::FakeStoreDesk> m_desk;
    std::unique_ptr<Window> m_window;
    StoresPage* m_page = nullptr;
    std::map<StoreId, std::vector<SyncJobRow>> m_jobs;
    std::map<SyncJobId, std::vector<RecordFault>> m_faults;
    QList<qint64> m_faultsRead; // of which jobs

    StoreCard* card(size_t index) const { return m_page->cards().at(index); }
    static bool says(const JobSheet& sheet, const QString& fact) {
        const auto rows = sheet.findChildren<TextRow*>();
        return std::any_of(rows.begin(), rows.end(), [&](TextRow* row) { return spokenName(row) == fact; });
    }
    static QAction* entry(const QMenu* menu, const QString& text) {
        for (QAction* action : menu->actions())
            if (action->text() == text) return action;
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp, {Contrast::Normal, Motion::Reduced});
    }
    void init() {
        m_desk = std::make_unique<test::FakeStoreDesk>();
        m_jobs.clear();
        m_faults.clear();
        m_faultsRead.clear();
        m_window = std::make_unique<Window>();
        StoreReads reads;
        reads.jobs = [this](StoreId store, int) { return m_jobs[store]; };
        reads.faults = [this](SyncJobId job) {
            m_faultsRead << job.value();
            return m_faults[job];
        };
        m_page = new StoresPage(*m_desk, reads, m_clock, m_window.get());
        m_page->setGeometry(0, 0, 720, 560);
        m_page->setStores({viewOf(1, u"Acme"_s), viewOf(2, u"Licht"_s), viewOf(3, u"Lumière"_s)});
        m_window->resize(720, 560);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void cleanup() { m_window.reset(); }

    void aCardStaysWithItsStore() {
        StoreCard* licht = card(1);
        licht->syncButton()->setFocus();
        QTRY_VERIFY(licht->syncButton()->hasFocus());
        m_page->setStores({viewOf(2, u"Licht"_s), viewOf(3, u"Lumière"_s)});
        QCOMPARE(m_page->cards().size(), size_t(2));
        QCOMPARE(card(0), licht);
        QVERIFY(licht->syncButton()->hasFocus());
        entry(licht->menu(), u"Sync everything again"_s)->trigger();
        QCOMPARE(m_desk->calls, QStringList{u"sync 2 full"_s});
    }

    void theFocusStaysWithWhatOneDoes() {
        StoreView failed = viewOf(1, u"Acme"_s);
        m_jobs[StoreId(1)] = {jobOf(9, SyncStatus::Failed)};
        m_page->setStores({failed, viewOf(2, u"Licht"_s)});
        card(0)->adviceButton()->setFocus();
        QTRY_VERIFY(card(0)->adviceButton()->hasFocus());
        StoreView syncing = failed;
        syncing.store.status = StoreStatus::Syncing;
        m_page->setStores({syncing, viewOf(2, u"Licht"_s)});
        QCOMPARE(QApplication::focusWidget(), card(0)->syncButton()); // "Stop"
        m_page->setStores({failed, viewOf(2, u"Licht"_s)});
        QCOMPARE(QApplication::focusWidget(), card(0)->adviceButton());
    }

    void triesAgainWhatFailed() {
        m_jobs[StoreId(1)] = {jobOf(9, SyncStatus::Failed, SyncKind::Full), jobOf(8, SyncStatus::Completed)};
        m_page->setStores({viewOf(1, u"Acme"_s)});
        card(0)->adviceButton()->click();
        QCOMPARE(m_desk->calls, QStringList{u"sync 1 full"_s});
    }

    void filesThatCouldNotBeReadAreChosenAgain() {
        StoreView files = viewOf(1, u"Old shop"_s);
        files.store.kind = StoreKind::Csv;
        files.store.schedule = u"manual"_s;
        files.store.lastSyncStatus = SyncStatus::Failed;
        m_jobs[StoreId(1)] = {jobOf(9, SyncStatus::Failed, SyncKind::Full)};
        m_page->setStores({files});
        QVERIFY(card(0)->adviceButton()->isHidden()); // there is no shop to try again
        QCOMPARE(card(0)->syncButton()->text(), u"Import again…"_s);
        QVERIFY2(!spokenName(card(0)).contains("retries"_L1), qPrintable(spokenName(card(0))));
        QVERIFY2(spokenName(card(0)).startsWith("Old shop, last sync failed"_L1), qPrintable(spokenName(card(0))));
        QVERIFY(m_page->showHistory(files.store)->rows()[0]->retryButton()->isHidden());
    }

    void asksNoFilesToTellOfChanges() {
        StoreCard own(m_clock);
        own.offerWebhooks();
        StoreState state;
        state.view = viewOf(1, u"Acme"_s);
        own.setState(state);
        const QAction* webhooks = entry(own.menu(), u"Hear of changes at once…"_s);
        QVERIFY(webhooks->isVisible());
        state.view.store.kind = StoreKind::Csv;
        own.setState(state);
        QVERIFY(!webhooks->isVisible());
    }

    void aFrequencyThatWasNotTakenIsNotShown() {
        const QMenu* frequency = entry(card(0)->menu(), u"Frequency"_s)->menu();
        m_desk->scheduled.set(Error{ErrorKind::Storage, u"-"_s, ErrorCause::DiskFull});
        QSignalSpy failed(m_page, &StoresPage::failed);
        entry(frequency, u"Every day"_s)->trigger();
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(entry(frequency, u"Every hour"_s)->isChecked());
        QVERIFY(!entry(frequency, u"Every day"_s)->isChecked());
    }

    void theSettingsShowTheFrequencyThatIsKept() {
        StoreSettings settings(*m_desk);
        settings.setStores({viewOf(1, u"Acme"_s)});
        settings.resize(560, 300);
        settings.show();
        QVERIFY(QTest::qWaitForWindowExposed(&settings));
        auto* schedule = settings.findChild<QComboBox*>();
        const int kept = schedule->currentIndex();
        QSignalSpy activated(schedule, &QComboBox::activated);
        // Scrolling the page leaves it alone.
        const QPointF at = schedule->rect().center();
        QWheelEvent wheel(at, schedule->mapToGlobal(at), {}, {0, -120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                          false);
        QApplication::sendEvent(schedule, &wheel);
        QCOMPARE(schedule->currentIndex(), kept);
        QCOMPARE(activated.size(), 0);
        m_desk->scheduled.set(Error{ErrorKind::Storage, u"-"_s, ErrorCause::DiskFull});
        QSignalSpy failed(&settings, &StoreSettings::failed);
        schedule->setCurrentIndex(schedule->findData(u"daily"_s));
        Q_EMIT schedule->activated(schedule->currentIndex());
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(schedule->currentIndex(), kept);
    }

    void whatIsSaidOfTimesIsReadAgainWhenThePageIsShown() {
        QVERIFY(!spokenName(card(0)).contains(u"in a moment"_s));
        m_page->hide();
        m_clock.advanceMs(90LL * 60'000);
        m_page->show();
        QVERIFY2(spokenName(card(0)).contains(u"next in a moment"_s), qPrintable(spokenName(card(0))));
        m_clock.advanceMs(-90LL * 60'000);
    }

    void saysWhatItWouldStop() {
        SyncProgress progress;
        progress.store = StoreId(1);
        m_page->setProgress(progress);
        QCOMPARE(spokenName(card(0)->syncButton()), u"Stop syncing Acme"_s);
        progress.work = SyncProgress::Work::Comparison;
        m_page->setProgress(progress);
        QCOMPARE(spokenName(card(0)->syncButton()), u"Stop comparing Acme"_s);
    }

    void offersToAskForOlderOrders() {
        QVERIFY(!card(0)->olderOrdersButton()->isVisible());
        StoreView limited = viewOf(1, u"Acme"_s);
        limited.store.historyLimited = true;
        m_page->setStores({limited});
        QSignalSpy asked(m_page, &StoresPage::openUrlAsked);
        QVERIFY(card(0)->olderOrdersButton()->isVisible());
        QCOMPARE(spokenName(card(0)->olderOrdersButton()), u"Request historical access for Acme"_s);
        QVERIFY(pressSpoken(card(0)->olderOrdersButton()));
        QCOMPARE(asked.size(), 1);
        QVERIFY(asked.first().first().toUrl().host().endsWith(u"shopify.dev"_s));
    }

    void marksAShopReadInTheOpen() {
        StoreView open = viewOf(1, u"Acme"_s);
        open.store.kind = StoreKind::WooCommerce;
        open.store.baseUrl = u"http://shop.example"_s;
        m_page->setStores({open});
        QVERIFY(card(0)->face().description.contains(u"plain http"_s));
        open.store.baseUrl = u"http://127.0.0.1:8080"_s;
        m_page->setStores({open});
        QVERIFY(card(0)->face().description.isEmpty());
    }

    void aRowOfTheHistoryStaysWithItsSync() {
        std::vector<SyncJobRow>& jobs = m_jobs[StoreId(1)];
        for (int id = 40; id > 0; --id)
            jobs.push_back(jobOf(id, SyncStatus::Completed));
        HistorySheet* history = m_page->showHistory(viewOf(1, u"Acme"_s).store);
        QVERIFY(QTest::qWaitForWindowActive(history));
        QVERIFY(history->height() <= history->screen()->availableGeometry().height());
        JobRow* row = history->rows()[20];
        row->detailButton()->setFocus();
        QTRY_VERIFY(row->detailButton()->hasFocus());
        auto* scroll = history->findChild<OverlayScrollArea*>();
        const QScrollBar* bar = scroll->verticalScrollBar();
        QTRY_VERIFY(bar->maximum() > 0);
        scroll->ensureWidgetVisible(row);
        const int scrollable = bar->maximum();
        const int place = row->mapTo(history, QPoint()).y();
        jobs.insert(jobs.begin(), jobOf(41, SyncStatus::Running));
        m_page->setStores({viewOf(1, u"Acme"_s)});
        QCOMPARE(history->rows()[21], row);
        QVERIFY(row->detailButton()->hasFocus());
        QTRY_VERIFY(bar->maximum() > scrollable);
        QCOMPARE(row->mapTo(history, QPoint()).y(), place);
        row->detailButton()->click();
        QVERIFY(history->details());
        QVERIFY(history->details()->height() <= history->screen()->availableGeometry().height());
    }

    void theDetailsOfARunningSyncFollowIt() {
        std::vector<SyncJobRow>& jobs = m_jobs[StoreId(1)];
        jobs = {jobOf(2, SyncStatus::Running), jobOf(1, SyncStatus::Completed)};
        jobs.front().counts[Resource::Orders] = {250, 250, 0, 0};
        HistorySheet* history = m_page->showHistory(viewOf(1, u"Acme"_s).store);
        QVERIFY(m_faultsRead.isEmpty()); // they may be many, and no list shows them
        history->rows()[0]->detailButton()->click();
        QCOMPARE(m_faultsRead, QList<qint64>{2});
        JobSheet* details = history->details();
        QVERIFY(says(*details, u"Result, running"_s));
        QVERIFY(says(*details, u"orders: 250 read, 250 new, 0 changed, 0 failed"_s));
        const auto* copy = details->findChild<CopyButton*>();
        QVERIFY(copy->isHidden());
        jobs.front().counts[Resource::Customers] = {40, 40, 0, 0};
        m_faults[SyncJobId(2)].push_back({"orders", "gid://shopify/Order/7", "no amount"});
        m_page->setStores({viewOf(1, u"Acme"_s)});
        QVERIFY(says(*details, u"customers: 40 read, 40 new, 0 changed, 0 failed"_s));
        QVERIFY(says(*details, u"7, no amount, orders"_s));
        QVERIFY(!copy->isHidden());
        const SyncJobRow done = jobOf(2, SyncStatus::CompletedWithErrors);
        jobs.front().status = done.status;
        jobs.front().finishedAt = done.finishedAt;
        jobs.front().counts[Resource::Orders] = {500, 499, 0, 1};
        m_page->setStores({viewOf(1, u"Acme"_s)});
        QCOMPARE(history->details(), details);
        QVERIFY(says(*details, u"Result, completed with 1 error"_s));
        QVERIFY(says(*details, u"Duration, 4 s"_s));
        QVERIFY(says(*details, u"orders: 500 read, 499 new, 0 changed, 1 failed"_s));
        QCOMPARE(details->findChildren<TextRow*>().size(), 6); // each of them once
    }

    void theDetailsSayHowFarARunningSyncIs() {
        std::vector<SyncJobRow>& jobs = m_jobs[StoreId(1)];
        jobs = {jobOf(1, SyncStatus::Running)};
        jobs.front().startedAt = m_clock.now().plusSeconds(-4);
        SyncProgress progress;
        progress.store = StoreId(1);
        progress.elapsedMs = 4'000;
        progress.resources = {{Resource::Customers, ResourceProgress::State::Done, 40, 40},
                              {Resource::Orders, ResourceProgress::State::Running, 60, 960}};
        m_page->setProgress(progress);
        HistorySheet* history = m_page->showHistory(viewOf(1, u"Acme"_s).store);
        history->rows()[0]->detailButton()->click();
        JobSheet* details = history->details();
        const auto* steps = details->findChild<SyncSteps*>();
        QVERIFY(steps->isVisible());
        QCOMPARE(steps->face().value, u"customers: done 40, orders: running 60 of 960"_s);
        QVERIFY(says(*details, u"Duration, 4 s"_s));
        m_clock.advanceMs(56'000);
        QTRY_VERIFY(says(*details, u"Duration, 1 min 00 s"_s)); // by itself
        progress.resources.back().done = 480;
        m_page->setProgress(progress);
        QCOMPARE(steps->face().value, u"customers: done 40, orders: running 480 of 960"_s);
        QVERIFY(test::keepShot(*details, u"stores-job-running"_s));
        SyncProgress other = progress;
        other.store = StoreId(2);
        other.resources.back().done = 7;
        m_page->setProgress(other);
        QCOMPARE(steps->face().value, u"customers: done 40, orders: running 480 of 960"_s);
        jobs.front().status = SyncStatus::Completed;
        jobs.front().finishedAt = m_clock.now();
        m_page->endProgress(StoreId(1));
        m_page->setStores({viewOf(1, u"Acme"_s)});
        QVERIFY(!steps->isVisible());
        m_clock.advanceMs(-56'000);
    }

    void anImportSaysWhatItIs() {
        StoreView files = viewOf(1, u"Old shop"_s);
        files.store.kind = StoreKind::Csv;
        std::vector<SyncJobRow>& jobs = m_jobs[StoreId(1)];
        for (int id = 3; id > 0; --id)
            jobs.push_back(jobOf(id, SyncStatus::Completed, SyncKind::Full));
        jobs[0].resources = {Resource::Customers, Resource::Orders};
        jobs[1].resources = {Resource::Customers};
        jobs[2].resources = {Resource::Orders};
        HistorySheet* history = m_page->showHistory(files.store);
        QCOMPARE(history->windowTitle(), u"Imports into Old shop"_s);
        QVERIFY(history->rows()[0]->face().name.startsWith("Customers and orders from files, "_L1));
        QVERIFY(history->rows()[1]->face().name.startsWith("Customers from a file, "_L1));
        QVERIFY(history->rows()[2]->face().name.startsWith("Orders from a file, "_L1));
        history->rows()[2]->detailButton()->click();
        QCOMPARE(history->details()->windowTitle(), u"Orders from a file"_s);
        m_jobs[StoreId(2)] = {jobOf(9, SyncStatus::Completed, SyncKind::Full)};
        const HistorySheet* shop = m_page->showHistory(viewOf(2, u"Licht"_s).store);
        QCOMPARE(shop->windowTitle(), u"Syncs of Licht"_s);
        QVERIFY(shop->rows()[0]->face().name.startsWith("Full sync, "_L1));
    }

    void aSecondFailureCanBeTriedAgainToo() {
        std::vector<SyncJobRow>& jobs = m_jobs[StoreId(1)];
        jobs = {jobOf(1, SyncStatus::Failed)};
        HistorySheet* history = m_page->showHistory(viewOf(1, u"Acme"_s).store);
        history->rows()[0]->retryButton()->click();
        QVERIFY(!history->rows()[0]->retryButton()->isEnabled());
        jobs.insert(jobs.begin(), jobOf(2, SyncStatus::Running));
        m_page->setStores({viewOf(1, u"Acme"_s)});
        jobs.front() = jobOf(2, SyncStatus::Failed);
        m_page->setStores({viewOf(1, u"Acme"_s)});
        QVERIFY(history->rows()[0]->retryButton()->isEnabled());
        StoreView parted = viewOf(1, u"Acme"_s);
        parted.store.status = StoreStatus::Disconnected;
        m_page->setStores({parted});
        QVERIFY(history->rows()[0]->retryButton()->isHidden());
    }

    void saysNothingNewOnlyOfWhatCameToItsEnd() {
        std::vector<SyncJobRow>& jobs = m_jobs[StoreId(1)];
        jobs = {jobOf(3, SyncStatus::Running), jobOf(2, SyncStatus::Failed), jobOf(1, SyncStatus::Completed)};
        const HistorySheet* history = m_page->showHistory(viewOf(1, u"Acme"_s).store);
        QVERIFY(!history->rows()[0]->face().name.contains(u"nothing"_s));
        QVERIFY(history->rows()[1]->face().name.endsWith(u", after 4 s"_s));
        QVERIFY(history->rows()[2]->face().name.endsWith(u", nothing new in 4 s"_s));
    }

    void scrollsTheDetailsByKeyboard() {
        SyncJobRow job = jobOf(1, SyncStatus::CompletedWithErrors);
        job.counts[Resource::Orders] = {48, 31, 17, 60};
        for (int i = 0; i < 60; ++i)
            job.faults.push_back({"orders", "gid://shopify/Order/" + std::to_string(i), "no amount"});
        JobSheet sheet(job, StoreKind::Shopify, m_clock, nullptr);
        sheet.open();
        QVERIFY(QTest::qWaitForWindowActive(&sheet));
        const QScrollBar* bar = sheet.findChild<OverlayScrollArea*>()->verticalScrollBar();
        QTRY_VERIFY(bar->maximum() > 0);
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &sheet, Qt::Key_End);
        QCOMPARE(bar->value(), bar->maximum());
        QVERIFY(says(sheet, u"orders: 48 read, 31 new, 17 changed, 60 failed"_s));
    }

    void isNotLeftWhileItDisconnects() {
        DisconnectStoreSheet sheet(*m_desk, viewOf(1, u"Acme"_s), nullptr);
        sheet.open();
        QVERIFY(QTest::qWaitForWindowActive(&sheet));
        m_desk->disconnected.hold();
        sheet.confirmButton()->click();
        QTest::keyClick(&sheet, Qt::Key_Escape);
        QVERIFY(sheet.isVisible());
        m_desk->disconnected.set(false);
        m_desk->disconnected.release();
        QTRY_COMPARE(sheet.keepButton()->text(), u"Close"_s); // and what the shop did not hear is said
        QVERIFY(sheet.keepButton()->hasFocus());
        QTest::keyClick(&sheet, Qt::Key_Escape);
        QVERIFY(!sheet.isVisible());
    }
};

QTEST_MAIN(TestStoresChanges)
#include "tst_stores_changes.moc"
