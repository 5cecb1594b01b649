// What stands around every page: the status line and the banners of stores and mailboxes, each told what is so.
#include "tests/support/patience.h"
#include "tests/ui/support/sample_mail.h"
#include "tests/ui/support/sample_people.h"
#include "tests/ui/support/spoken.h"
#include "ui/shell/mailbox_banner.h"
#include "ui/shell/status_line.h"
#include "ui/shell/store_banner.h"
#include "ui/shell/window_state.h"
#include "ui/theme/theme.h"
#include "ui/widgets/format.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QApplication>
#include <QTemporaryDir>

#include <algorithm>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

const UtcTime kNow = *UtcTime::parseIso("2026-11-03T14:02:00Z");

StoreView storeOf(int id, const QString& name, StoreStatus status = StoreStatus::Connected) {
    StoreView view;
    view.store.id = StoreId(id);
    view.store.name = name;
    view.store.domain = u"shop-%1.myshopify.com"_s.arg(id);
    view.store.status = status;
    view.store.lastSyncAt = kNow.plusSeconds(-600);
    view.store.lastSyncStatus = SyncStatus::Completed;
    view.customers = 1;
    view.orders = 2'500;
    return view;
}

} // namespace

class TestShellParts : public QObject {
    Q_OBJECT

    ManualClock m_clock{kNow};
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<WindowState> m_state;
    std::unique_ptr<StatusLine> m_line;
    std::unique_ptr<StoreBanner> m_banner;

    static SubtleButton* button(const QWidget& banner, const QString& text) {
        for (auto* each : banner.findChildren<SubtleButton*>())
            if (each->text() == text) return each;
        return nullptr;
    }
    bool says(const QString& text) const { return m_line->text().contains(text); }

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp, {Contrast::Normal, Motion::Reduced});
    }
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_state = std::make_unique<WindowState>(m_dir->path());
        m_line = std::make_unique<StatusLine>(m_clock);
        m_banner = std::make_unique<StoreBanner>(*m_state, m_clock);
    }

    void countsInWordsAndNamesAStoreWithoutAName() {
        m_line->setStores({storeOf(1, {})});
        QVERIFY2(says(u"shop-1.myshopify.com 1 customer · 2,500 orders"_s), qPrintable(m_line->text()));
        m_line->setStores({storeOf(1, u"Acme"_s), storeOf(2, u"Licht"_s)});
        QVERIFY2(says(u"2 stores 2 customers · 5,000 orders"_s), qPrintable(m_line->text()));
    }

    void saysWhatIsGoingOn() {
        m_line->setStores({storeOf(1, u"Acme"_s), storeOf(2, u"Licht"_s)});
        m_line->setSyncing(StoreId(1), true); // asked for; the other one runs
        SyncProgress progress;
        progress.store = StoreId(2);
        progress.resource = Resource::Orders;
        progress.batch = 1;
        progress.batches = 4;
        progress.done = 250;
        progress.total = 1'000;
        m_line->setProgress(progress);
        QVERIFY2(says(u"> sync_in_progress (batch 1/4), orders 250 of 1,000"_s), qPrintable(m_line->text()));
        progress.slowedByMs = 1'000;
        m_line->setProgress(progress);
        QVERIFY2(says(u"(batch 1/4), slowing down"_s), qPrintable(m_line->text()));
        progress.slowedByMs = 0;
        progress.work = SyncProgress::Work::Comparison;
        m_line->setProgress(progress);
        QVERIFY2(says(u"> comparison_in_progress"_s), qPrintable(m_line->text()));
    }

    void offlineIsNoFailure() {
        StoreView failed = storeOf(1, u"Acme"_s);
        failed.store.lastSyncStatus = SyncStatus::Failed;
        m_line->setStores({failed});
        QVERIFY(says(u"> sync_failed"_s));
        m_line->setOnline(false);
        QVERIFY2(!says(u"sync_failed"_s) && says(u"offline, showing what is cached"_s), qPrintable(m_line->text()));
    }

    void aDisconnectedStoreIsNotUpToDate() {
        m_line->setStores({storeOf(1, u"Acme"_s, StoreStatus::Disconnected)});
        QVERIFY2(says(u"> disconnected"_s), qPrintable(m_line->text()));
        StoreView lost = storeOf(1, u"Acme"_s, StoreStatus::Disconnected);
        lost.store.lastSyncStatus = SyncStatus::Failed;
        lost.store.lastSyncAt = kNow.plusSeconds(-60);
        const StoreView licht = storeOf(2, u"Licht"_s);
        m_line->setStores({lost, licht});
        const QString synced = u"> synced "_s + formatTime(*licht.store.lastSyncAt, kNow, QLocale());
        QVERIFY2(says(synced), qPrintable(m_line->text())); // the banner speaks of the other
    }

    void severalStoresAreAsFreshAsTheOldest() {
        const auto synced = [](const StoreView& view) {
            return u"> synced "_s + formatTime(*view.store.lastSyncAt, kNow, QLocale());
        };
        const StoreView acme = storeOf(1, u"Acme"_s);
        StoreView licht = storeOf(2, u"Licht"_s);
        licht.store.lastSyncAt = kNow.plusSeconds(-5'400);
        m_line->setStores({acme, licht});
        QVERIFY2(says(synced(licht)), qPrintable(m_line->text()));
        m_line->setStores({licht, acme});
        QVERIFY2(says(synced(licht)), qPrintable(m_line->text()));
        const auto labels = m_line->findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->toolTip().startsWith("Licht: "_L1) && label->toolTip().contains("\nAcme: "_L1);
        }));
        StoreView fresh = storeOf(3, u"Neu"_s, StoreStatus::NeverSynced);
        fresh.store.lastSyncAt.reset();
        fresh.store.lastSyncStatus.reset();
        m_line->setStores({acme, fresh});
        QVERIFY2(says(u"> synced_in_part"_s), qPrintable(m_line->text()));
        m_line->setStores({fresh});
        QVERIFY2(!says(u"> "_s), qPrintable(m_line->text()));
    }

    void filesDoNotMakeTheShopsOld() {
        const StoreView acme = storeOf(1, u"Acme"_s);
        StoreView files = storeOf(2, u"Old shop"_s);
        files.store.kind = StoreKind::Csv;
        files.store.lastSyncAt = kNow.plusDays(-90);
        m_line->setStores({files, acme});
        const QString ofAcme = u"> synced "_s + formatTime(*acme.store.lastSyncAt, kNow, QLocale());
        QVERIFY2(says(ofAcme), qPrintable(m_line->text()));
        files.store.lastSyncStatus = SyncStatus::Failed;
        m_line->setStores({files, acme});
        QVERIFY2(says(ofAcme), qPrintable(m_line->text()));
        m_line->setStores({files});
        QVERIFY2(says(u"> sync_failed"_s), qPrintable(m_line->text()));
    }

    void keepsWithinANarrowWindow() {
        MailSyncProgress mail;
        mail.mailbox = MailboxId(1);
        mail.folder = QString(300, u'x');
        mail.done = 1;
        mail.total = 6'430;
        m_line->setStores({storeOf(1, QString(200, u'y'))});
        m_line->setMailProgress(mail);
        m_line->setOnline(false);
        m_line->resize(928, m_line->height());
        m_line->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_line.get()));
        const auto cut = [this] {
            const auto labels = m_line->findChildren<ElidedLabel*>();
            return std::count_if(labels.begin(), labels.end(), [](const auto* label) { return label->isElided(); });
        };
        QTRY_COMPARE(cut(), 2); // and its tooltip has all of it
        for (const QWidget* child : m_line->findChildren<QWidget*>())
            if (child->isVisible()) QVERIFY(child->x() + child->width() <= m_line->width());
    }

    void saysCalmlyThatASignInOfADayHasEnded() {
        StoreView over = storeOf(1, u"Acme"_s, StoreStatus::Disconnected);
        over.store.lastError = u"Auth/SignInOver"_s;
        m_banner->setStores({over});
        QCOMPARE(m_banner->face().name, u"The sign-in of a day to Acme has ended; what is cached stays, and news "
                                        "arrives again once you sign in."_s);
        QVERIFY(button(*m_banner, u"Reconnect now"_s));
    }

    void theNextStoreComesOnceOneIsDismissed() {
        StoreView lost = storeOf(1, u"Acme"_s, StoreStatus::Disconnected);
        lost.store.lastError = u"Auth/TokenRefused"_s;
        const StoreView parted = storeOf(2, {}, StoreStatus::Disconnected); // by hand
        m_banner->setStores({lost, parted});
        QVERIFY(button(*m_banner, u"Reconnect now"_s));
        QCOMPARE(m_banner->face().name, u"Acme no longer lets Aiva in. What is cached stays; news does not arrive."_s);
        button(*m_banner, u"Dismiss for 24 h"_s)->click();
        QVERIFY(!m_banner->isHidden());
        QCOMPARE(m_banner->face().name,
                 u"shop-2.myshopify.com was disconnected here. What is cached stays; news does not arrive."_s);
        button(*m_banner, u"Dismiss for 24 h"_s)->click();
        QVERIFY(m_banner->isHidden());
        m_clock.advanceMs(24LL * 3'600 * 1'000 - 1);
        m_banner->refresh();
        QVERIFY(m_banner->isHidden());
        m_clock.advanceMs(1);
        m_banner->refresh();
        QVERIFY(!m_banner->isHidden());
    }

    void aStoreLostOnceMoreIsNews() {
        const StoreView lost = storeOf(1, u"Acme"_s, StoreStatus::Disconnected);
        m_banner->setStores({lost});
        button(*m_banner, u"Dismiss for 24 h"_s)->click();
        m_banner->setStores({lost});
        QVERIFY(m_banner->isHidden());
        m_banner->setStores({storeOf(1, u"Acme"_s)});
        QVERIFY(m_banner->isHidden());
        m_banner->setStores({lost});
        QVERIFY(!m_banner->isHidden());
    }

    void theNextMailboxComesOnceOneIsDismissed() {
        MailboxBanner banner(*m_state, m_clock);
        const MailboxView first = sample::lostMailbox(m_clock.now());
        MailboxView second = first;
        second.account.id = MailboxId(99);
        second.account.address = u"second@acme.example"_s;
        banner.setMailboxes({first, second});
        button(banner, u"Dismiss for 24 h"_s)->click();
        QVERIFY(!banner.isHidden());
        QVERIFY(banner.face().name.startsWith(u"second@acme.example"_s));
        button(banner, u"Dismiss for 24 h"_s)->click();
        QVERIFY(banner.isHidden());
        m_clock.advanceMs(25LL * 3'600 * 1'000);
        banner.refresh();
        QVERIFY(!banner.isHidden());
    }
};

QTEST_MAIN(TestShellParts)
#include "tst_shell_parts.moc"
