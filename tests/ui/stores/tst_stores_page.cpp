// The stores page in every state it can be in, by keyboard and as it is read aloud.
#include "tests/ui/support/fake_store_desk.h"
#include "tests/ui/support/shots.h"
#include "tests/ui/support/spoken.h"
#include "ui/stores/disconnect_store_sheet.h"
#include "ui/stores/history_sheet.h"
#include "ui/stores/import/import_conventions.h"
#include "ui/stores/import/import_sheet.h"
#include "ui/stores/job_row.h"
#include "ui/stores/job_sheet.h"
#include "ui/stores/rename_sheet.h"
#include "ui/stores/store_card.h"
#include "ui/stores/store_settings.h"
#include "ui/stores/stores_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

const UtcTime kNow = *UtcTime::parseIso("2026-11-03T14:02:00Z");
constexpr qint64 kMinute = 60'000;

StoreView storeView(int id = 1, const QString& name = u"Acme Outdoor"_s) {
    StoreView view;
    view.store.id = StoreId(id);
    view.store.name = name;
    view.store.domain = u"acme-outdoor.myshopify.com"_s;
    view.store.currency = u"USD"_s;
    view.store.status = StoreStatus::Connected;
    view.store.historyLimited = false;
    view.store.lastSyncAt = kNow.plusMs(-20 * kMinute);
    view.store.lastSyncStatus = SyncStatus::Completed;
    view.store.createdAt = kNow.plusDays(-40);
    view.customers = 1'204;
    view.orders = 5'310;
    view.products = 96;
    return view;
}

SyncJobRow syncJob(SyncStatus status, int minutesAgo, const QString& error = {}) {
    static int number = 0;
    SyncJobRow job;
    job.id = SyncJobId(++number);
    job.storeId = StoreId(1);
    job.kind = SyncKind::Incremental;
    job.trigger = SyncTrigger::Schedule;
    job.status = status;
    job.error = error;
    job.startedAt = kNow.plusMs(-minutesAgo * kMinute);
    if (status != SyncStatus::Running) job.finishedAt = job.startedAt.plusMs(4'200);
    job.counts[Resource::Customers] = {12, 2, 9, 0};
    job.counts[Resource::Orders] = {48, 31, 17, 0};
    job.counts[Resource::Products] = {0, 0, 0, 0};
    return job;
}

SyncProgress firstSync() {
    SyncProgress progress;
    progress.store = StoreId(1);
    progress.resource = Resource::Orders;
    progress.batch = 2;
    progress.batches = 22;
    progress.done = 250;
    progress.total = 5'310;
    progress.elapsedMs = 11'000;
    progress.resources = {{Resource::Customers, ResourceProgress::State::Done, 1'204, 1'204},
                          {Resource::Orders, ResourceProgress::State::Running, 250, 5'310},
                          {Resource::Products, ResourceProgress::State::Waiting, 0, 96}};
    return progress;
}

} // namespace

class TestStoresPage : public QObject {
    Q_OBJECT

    std::unique_ptr<ManualClock> m_clock;
    std::unique_ptr<test::FakeStoreDesk> m_desk;
    QWidget m_window;
    std::unique_ptr<StoresPage> m_page;
    std::vector<SyncJobRow> m_jobs;
    std::optional<ComparisonSummary> m_comparison;
    ApiHealth m_apiHealth;

    void show(const std::vector<StoreView>& stores) {
        m_page->setStores(stores);
        m_page->setParent(&m_window); // whose ground it shows, as that of the desk
        m_page->setGeometry(0, 0, 720, 560);
        m_page->show();
        m_window.resize(720, 560);
        m_window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&m_window));
    }
    void shot(const QString& name) {
        QVERIFY(test::keepShot(m_window, u"stores-"_s + name));
        QCOMPARE(test::cutChild(*m_page), QString());
    }
    StoreCard* card(size_t index = 0) const { return m_page->cards().at(index); }
    static QAction* entry(const QMenu* menu, const QString& text) {
        for (QAction* action : menu->actions())
            if (action->text() == text) return action;
        return nullptr;
    }
    template <typename SheetType>
    SheetType* sheet() const {
        return m_window.findChild<SheetType*>();
    }

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp, {Contrast::Normal, Motion::Reduced});
    }
    void init() {
        m_clock = std::make_unique<ManualClock>(kNow);
        m_desk = std::make_unique<test::FakeStoreDesk>();
        m_jobs = {syncJob(SyncStatus::Completed, 20)};
        m_comparison.reset();
        m_apiHealth = {};
        StoreReads reads;
        reads.jobs = [this](StoreId, int) { return m_jobs; };
        reads.comparison = [this](StoreId) { return m_comparison; };
        reads.apiHealth = [this](StoreId, UtcTime) { return m_apiHealth; };
        m_page = std::make_unique<StoresPage>(*m_desk, reads, *m_clock);
    }
    void cleanup() {
        while (const auto* sheet = m_window.findChild<Sheet*>())
            delete sheet; // an open one would keep the next test's keys
        m_page.reset();
    }

    void saysWhatToDoWithoutAnyStore() {
        show({});
        QVERIFY(m_page->empty()->isVisible());
        QVERIFY(!m_page->addButton()->isVisible());
        QVERIFY(!m_page->totals()->isVisible());
        shot(u"none"_s);
    }

    void showsAStoreThatIsWell() {
        m_comparison = ComparisonSummary{kNow.plusMs(-300 * kMinute), 2, 0, 1, 0, 0, 0, true};
        m_apiHealth.answered = 1'240;
        m_apiHealth.answeredMs = 260'400;
        m_apiHealth.heldBackMs = 12'000;
        m_apiHealth.failed = 2;
        m_apiHealth.failedAt = kNow.plusMs(-30 * kMinute);
        show({storeView()});
        const QString spoken = spokenName(card());
        QVERIFY2(spoken.contains("Acme Outdoor, connected"_L1), qPrintable(spoken));
        QVERIFY2(spoken.contains("1,204 customers"_L1), qPrintable(spoken));
        QVERIFY2(spoken.contains("every hour"_L1), qPrintable(spoken));
        QVERIFY(!card()->adviceButton()->isVisible());
        QVERIFY(pressSpoken(card()->syncButton()));
        QCOMPARE(m_desk->calls, QStringList{u"sync 1 incremental"_s});
        shot(u"connected"_s);
    }

    void showsTheFirstSyncResourceByResource() {
        StoreView view = storeView();
        view.store.status = StoreStatus::Syncing;
        view.store.lastSyncAt.reset();
        view.store.lastSyncStatus.reset();
        view.orders = 250;
        view.products = 0;
        m_jobs = {syncJob(SyncStatus::Running, 0)};
        show({view});
        m_page->setProgress(firstSync());
        QVERIFY(spokenName(card()).contains("> sync_in_progress (batch 2/22)"_L1));
        QCOMPARE(spokenName(card()->syncButton()), u"Stop syncing Acme Outdoor"_s);
        shot(u"first-sync"_s);
        card()->syncButton()->click();
        QCOMPARE(m_desk->calls, QStringList{u"cancel 1"_s});
    }

    void calmlySaysThatTheShopAskedToSlowDown() {
        StoreView view = storeView();
        view.store.status = StoreStatus::Syncing;
        show({view});
        SyncProgress progress = firstSync();
        progress.slowedByMs = 1'500;
        m_page->setProgress(progress);
        QVERIFY(spokenName(card()).contains("slowing down"_L1));
        QVERIFY(spoken(card())->text(QAccessible::Description).isEmpty()); // no error
        shot(u"slowed"_s);
    }

    void countsTheRetriesThatAreLeft() {
        StoreView view = storeView();
        view.store.lastSyncStatus = SyncStatus::Failed;
        view.store.lastError = u"Timeout"_s;
        m_jobs = {syncJob(SyncStatus::Failed, 2, u"Timeout"_s), syncJob(SyncStatus::Failed, 9, u"Timeout"_s),
                  syncJob(SyncStatus::Completed, 20)};
        show({view});
        QVERIFY2(spokenName(card()).contains(u"2 retries left · next 2:15 PM"_s), qPrintable(spokenName(card())));
        QVERIFY(card()->adviceButton()->isVisible());
        QVERIFY(!card()->syncButton()->isVisible());
        shot(u"retrying"_s);
        card()->adviceButton()->click();
        QCOMPARE(m_desk->calls, QStringList{u"sync 1 incremental"_s});
    }

    void saysThatItStoppedTrying() {
        StoreView view = storeView();
        view.store.lastSyncStatus = SyncStatus::Failed;
        view.store.lastError = u"Timeout"_s;
        m_jobs.clear();
        for (int i = 0; i < 4; ++i)
            m_jobs.push_back(syncJob(SyncStatus::Failed, 2 + 10 * i, u"Timeout"_s));
        show({view});
        QVERIFY(spokenName(card()).contains("stopped after failures"_L1));
        QCOMPARE(card()->adviceButton()->text(), u"Retry now"_s);
        shot(u"stopped"_s);
    }

    void offersToReconnectADisconnectedStore() {
        StoreView view = storeView();
        view.store.status = StoreStatus::Disconnected;
        view.store.lastError = u"Auth/TokenRefused"_s;
        show({view});
        QCOMPARE(card()->adviceButton()->text(), u"Reconnect"_s);
        QVERIFY(!card()->syncButton()->isVisible());
        // The shop parted, and the keys are here still.
        QVERIFY(entry(card()->menu(), u"Disconnect…"_s)->isEnabled());
        shot(u"disconnected"_s);
        view.store.lastError.clear(); // by hand: there is nothing left to forget
        show({view});
        QVERIFY(!entry(card()->menu(), u"Disconnect…"_s)->isEnabled());
    }

    void waitsForTheNetworkWithoutAlarm() {
        StoreView view = storeView();
        view.store.lastSyncStatus = SyncStatus::Failed;
        view.store.lastError = u"Network/HostNotFound"_s;
        m_jobs = {syncJob(SyncStatus::Failed, 1, u"Network/HostNotFound"_s), syncJob(SyncStatus::Completed, 20)};
        show({view});
        QVERIFY(spokenName(card()).contains("offline"_L1));
        QVERIFY(!card()->adviceButton()->isVisible());
        shot(u"offline"_s);
    }

    void explainsALimitedHistory() {
        StoreView view = storeView();
        view.store.historyLimited = true;
        view.store.lastSyncStatus = SyncStatus::CompletedWithErrors;
        m_jobs = {syncJob(SyncStatus::CompletedWithErrors, 20)};
        m_jobs.front().counts[Resource::Orders].failed = 3;
        show({view});
        QVERIFY2(spokenName(card()).contains("completed with 3 errors"_L1), qPrintable(spokenName(card())));
        shot(u"limited"_s);
    }

    void addsUpSeveralStores() {
        StoreView other = storeView(2, u"Acme Europe"_s);
        other.store.domain = u"acme-eu.myshopify.com"_s;
        other.store.currency = u"EUR"_s;
        other.store.schedule = u"realtime"_s;
        show({storeView(), other});
        QVERIFY(m_page->totals()->isVisible());
        QVERIFY(m_page->totals()->text().contains("EUR"_L1));
        shot(u"two"_s);
    }

    void changesTheFrequencyFromTheMenu() {
        show({storeView()});
        const QAction* frequency = entry(card()->menu(), u"Frequency"_s);
        QVERIFY(frequency && frequency->menu());
        QAction* daily = entry(frequency->menu(), u"Every day"_s);
        QVERIFY(daily && !daily->isChecked());
        QVERIFY(entry(frequency->menu(), u"Every hour"_s)->isChecked());
        daily->trigger();
        QCOMPARE(m_desk->calls, QStringList{u"schedule 1 daily"_s});
        entry(card()->menu(), u"Compare with the shop"_s)->trigger();
        entry(card()->menu(), u"Sync everything again"_s)->trigger();
        QCOMPARE(m_desk->calls.mid(1), (QStringList{u"compare 1"_s, u"sync 1 full"_s}));
    }

    void renamesByKeyboard() {
        show({storeView()});
        entry(card()->menu(), u"Rename…"_s)->trigger();
        auto* rename = sheet<RenameSheet>();
        QVERIFY(rename && QTest::qWaitForWindowActive(rename));
        QVERIFY(test::keepShot(*rename, u"stores-rename"_s));
        QTest::keyClicks(QApplication::focusWidget(), u"Acme"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(m_desk->calls, QStringList{u"rename 1 Acme"_s});
        QTRY_VERIFY(!sheet<RenameSheet>());
    }

    void saysWhatStaysBeforeItDisconnects() {
        show({storeView()});
        entry(card()->menu(), u"Disconnect…"_s)->trigger();
        auto* ask = sheet<DisconnectStoreSheet>();
        QVERIFY(ask && QTest::qWaitForWindowActive(ask));
        QTRY_VERIFY(ask->keepButton()->hasFocus()); // Enter keeps it
        QVERIFY(test::keepShot(*ask, u"stores-disconnect"_s));
        QStringList said;
        for (const QLabel* label : ask->findChildren<QLabel*>())
            said << label->text();
        QVERIFY(said.join(u'\n').contains("aivactl privacy drop-store 1"_L1)); // what becomes of what stays
        m_desk->disconnected.set(false);
        ask->confirmButton()->click();
        QCOMPARE(m_desk->calls, QStringList{u"disconnect 1"_s});
        // The shop could not be told: the sheet says so and stays.
        QTRY_COMPARE(ask->keepButton()->text(), u"Close"_s);
        QVERIFY(test::keepShot(*ask, u"stores-disconnect-untold"_s));
    }

    // Nobody but its owner can take a key of WooCommerce back.
    void saysWhatIsLeftToDoInAWooCommerceShop() {
        StoreView view = storeView();
        view.store.kind = StoreKind::WooCommerce;
        show({view});
        entry(card()->menu(), u"Disconnect…"_s)->trigger();
        auto* ask = sheet<DisconnectStoreSheet>();
        QVERIFY(ask && QTest::qWaitForWindowActive(ask));
        m_desk->disconnected.set(false);
        ask->confirmButton()->click();
        QTRY_COMPARE(ask->keepButton()->text(), u"Close"_s);
        QStringList said;
        for (const QLabel* label : ask->findChildren<QLabel*>())
            said << label->text();
        QVERIFY(said.join(u'\n').contains(u"WooCommerce › Settings › Advanced › REST API"_s));
        QVERIFY(!said.join(u'\n').contains("uninstall the app"_L1));
    }

    void listsTheSyncsOfAStoreAndTheirErrors() {
        SyncJobRow bad = syncJob(SyncStatus::CompletedWithErrors, 80);
        bad.counts[Resource::Orders].failed = 3;
        bad.estimatedMs = 5'000;
        for (int i = 0; i < 3; ++i)
            bad.faults.push_back({"orders", "gid://shopify/Order/82098291194615" + std::to_string(i),
                                  "currentTotalPriceSet: amount is not a number"});
        m_jobs = {syncJob(SyncStatus::Failed, 5, u"Timeout"_s), syncJob(SyncStatus::Completed, 20), bad,
                  syncJob(SyncStatus::Cancelled, 140), syncJob(SyncStatus::Completed, 1'600)};
        show({storeView()});
        auto* history = m_page->showHistory(storeView().store);
        QVERIFY(QTest::qWaitForWindowActive(history));
        QCOMPARE(history->rows().size(), size_t(5));
        QVERIFY(test::keepShot(*history, u"stores-history"_s));
        QCOMPARE(test::cutChild(*history), QString());
        QVERIFY(history->rows()[0]->retryButton()->isVisible());
        QVERIFY(!history->rows()[3]->retryButton()->isVisible()); // only the newest can be tried again
        history->rows()[0]->retryButton()->click();
        QCOMPARE(m_desk->calls, QStringList{u"sync 1 incremental"_s});
        history->rows()[2]->detailButton()->click();
        auto* details = history->details();
        QVERIFY(details && QTest::qWaitForWindowActive(details));
        QVERIFY(test::keepShot(*details, u"stores-job"_s));
        QCOMPARE(test::cutChild(*details), QString());
        details->reject();
        m_jobs.insert(m_jobs.begin(), syncJob(SyncStatus::Running, 0));
        m_page->setStores({storeView()});
        QCOMPARE(history->rows().size(), size_t(6));
        QVERIFY(!history->rows()[1]->retryButton()->isVisible());
    }

    void everyControlIsReachedByTab() {
        StoreView view = storeView();
        show({view});
        m_window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&m_window));
        QStringList reached;
        for (int i = 0; i < 6; ++i) {
            QTest::keyClick(m_page.get(), Qt::Key_Tab);
            if (QWidget* focus = QApplication::focusWidget()) reached << spokenName(focus);
        }
        QVERIFY2(reached.contains(u"Sync Acme Outdoor now"_s), qPrintable(reached.join(u'|')));
        QVERIFY2(reached.contains(u"More about Acme Outdoor"_s), qPrintable(reached.join(u'|')));
        QVERIFY2(reached.contains(u"Connect a store"_s), qPrintable(reached.join(u'|')));
    }

    void aStoreOfFilesIsImportedAgainInsteadOfSynced() {
        StoreView view = storeView(1, u"Old shop"_s);
        view.store.kind = StoreKind::Csv;
        view.store.domain = u"old-shop"_s;
        view.store.schedule = u"manual"_s;
        show({view});
        shot(u"files"_s);
        for (const QAction* action : card()->menu()->actions())
            if (!action->isSeparator() && action->isVisible())
                QVERIFY2(action->text() == u"Rename…"_s || action->text() == u"History…"_s, qPrintable(action->text()));
        QVERIFY(m_desk->calls.isEmpty());
        for (const auto* button : card()->findChildren<SubtleButton*>())
            if (button->text() == u"Import again…"_s) const_cast<SubtleButton*>(button)->click();
        QTRY_VERIFY(sheet<ImportSheet>() != nullptr);
        QCOMPARE(sheet<ImportSheet>()->conventions()->name()->text(), u"Old shop"_s); // not one more store
        sheet<ImportSheet>()->reject();
    }

    void olderOrdersAreLoadedOnRequest() {
        show({storeView()});
        QAction* older = entry(card()->menu(), u"Load older orders"_s);
        QVERIFY(older && older->isEnabled());
        older->trigger();
        QCOMPARE(m_desk->calls, QStringList{u"sync 1 history"_s});
        StoreView limited = storeView();
        limited.store.historyLimited = true;
        show({limited});
        QVERIFY(!older->isEnabled());
    }

    void saysWhenTheShopsInterfaceMovedOn() {
        StoreView view = storeView();
        view.store.otherApi = u"2027-04"_s;
        show({view});
        QVERIFY(card()->face().description.contains(u"2027-04"_s));
        shot(u"newer-interface"_s);
    }

    void settingsSayWhatIsToldAndHowOftenShopsAreAsked() {
        StoreSettings settings(*m_desk);
        StoreView files = storeView(3, u"Old shop"_s);
        files.store.kind = StoreKind::Csv;
        settings.setStores({storeView(1, u"Acme Outdoor"_s), storeView(2, u"Licht"_s), files});
        settings.setNotified(StoreNotice::What::SyncStopped, false);
        settings.resize(560, 300);
        settings.show();
        QVERIFY(QTest::qWaitForWindowExposed(&settings));
        QVERIFY(test::keepShot(settings, u"stores-settings"_s));
        QCOMPARE(settings.findChildren<QComboBox*>().size(), 2);
        QSignalSpy told(&settings, &StoreSettings::notifiedChanged);
        const auto boxes = settings.findChildren<QCheckBox*>();
        QCOMPARE(boxes.size(), 3);
        QVERIFY(!boxes[1]->isChecked());
        boxes[1]->click();
        QCOMPARE(told.size(), 1);
        QComboBox* schedule = settings.findChildren<QComboBox*>().first();
        schedule->setCurrentIndex(schedule->findData(u"daily"_s));
        Q_EMIT schedule->activated(schedule->currentIndex());
        QCOMPARE(m_desk->calls, QStringList{u"schedule 1 daily"_s});
        settings.setStores({storeView(2, u"Licht"_s)});
        QTRY_COMPARE(settings.findChildren<QComboBox*>().size(), 1);
    }
};

QTEST_MAIN(TestStoresPage)
#include "tst_stores_page.moc"
