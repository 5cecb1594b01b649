// The strip for a store that is disconnected: who parted, dismissed for a day, and news again when it happens again.
#include "ui/shell/store_banner.h"
#include "ui/shell/window_state.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTest>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestStoreBanner : public QObject {
    Q_OBJECT

    static std::vector<StoreView> one(StoreStatus status, const QString& lastError = {}) {
        StoreView view;
        view.store.id = StoreId(1);
        view.store.name = u"Licht"_s;
        view.store.status = status;
        view.store.lastError = lastError;
        return {view};
    }

private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, {Contrast::Normal, Motion::Reduced}); }

    void saysWhoParted() {
        QTemporaryDir dir;
        WindowState state(dir.path());
        const SystemClock clock;
        StoreBanner banner(state, clock);
        banner.setStores(one(StoreStatus::Disconnected, u"Auth/TokenRefused"_s));
        QVERIFY(!banner.isHidden());
        QVERIFY(banner.face().name.contains("no longer lets Aiva in"_L1));
        banner.setStores(one(StoreStatus::Disconnected));
        QVERIFY(banner.face().name.contains("was disconnected here"_L1));
        banner.setStores(one(StoreStatus::Connected));
        QVERIFY(banner.isHidden());
    }

    void isNewsAgainWhenItPartsAgain() {
        QTemporaryDir dir;
        WindowState state(dir.path());
        ManualClock clock{UtcTime(1'700'000'000'000)};
        StoreBanner banner(state, clock);
        const auto parted = one(StoreStatus::Disconnected, u"Auth/TokenRefused"_s);
        banner.setStores(parted);
        Q_EMIT banner.dismissed();
        banner.setStores(parted);
        QVERIFY(banner.isHidden());
        clock.advanceMs(24 * 3'600'000);
        banner.setStores(parted);
        QVERIFY(!banner.isHidden());
        Q_EMIT banner.dismissed();
        banner.setStores(one(StoreStatus::Connected));
        clock.advanceMs(60'000);
        banner.setStores(parted);
        QVERIFY(!banner.isHidden());
    }
};

QTEST_MAIN(TestStoreBanner)
#include "tst_store_banner.moc"
