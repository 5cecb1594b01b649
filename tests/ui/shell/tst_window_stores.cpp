// The stores as the whole window tells of them: their syncs, what fails, and what is said of them beside a customer.
#include "core/storage/stores/store_repository.h"
#include "tests/support/patience.h"
#include "tests/ui/shell/desk_story.h"
#include "ui/composer/composer.h"
#include "ui/composer/reply_edit.h"
#include "ui/crm/crm_panel.h"
#include "ui/inbox/inbox_pane.h"
#include "ui/shell/conversation_pane.h"
#include "ui/shell/desk_window.h"
#include "ui/shell/status_line.h"
#include "ui/shell/triage_page.h"
#include "ui/stores/history_sheet.h"
#include "ui/stores/job_row.h"
#include "ui/stores/stores_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/subtle_button.h"

#include <QApplication>
#include <QLabel>
#include <QSignalSpy>

#include <algorithm>

using namespace aiva;
using namespace Qt::StringLiterals;
using aiva::test::DeskStory;
using aiva::test::FakeStorePort;

class TestWindowStores : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp);
    }
    void init() {
        m_story = std::make_unique<DeskStory>();
        open();
    }
    void cleanup() {
        m_window.reset();
        m_story.reset();
    }
    void syncsInSightWithoutDisturbing();
    void tellsOfAFailedSync();
    void namesTheStoreWhoseSyncFailed();
    void aRetryThatCannotBeginIsOfferedAgain();
    void saysBesideTheCustomerThatTheirStoreIsDisconnected();
    void saysThatCustomersAreOnTheirWayStill();
    void asksNoShopWhereAStoreIsOfFiles();

private:
    void open() {
        m_window = std::make_unique<DeskWindow>(m_story->desk(), m_story->mailDesk(), m_story->mailReads(),
                                                m_story->clock(), m_story->dir());
        m_window->resize(1440, 900);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        list().setFocus();
    }
    // One more, by which nobody is known; the window is closed for it.
    void addStore(StoreKind kind, StoreStatus status) {
        m_window.reset();
        m_story->closeDesk();
        StoreRow store;
        store.kind = kind;
        store.domain = u"old-shop"_s;
        store.name = u"Old shop"_s;
        store.status = status;
        store.schedule = u"manual"_s;
        store.createdAt = m_story->clock().now();
        {
            const auto writer = m_story->workspace().openWriter();
            const auto stores = StoreRepository::create(**writer);
            QVERIFY((*stores)->save(store));
        }
        QVERIFY(m_story->openDesk());
    }
    std::unique_ptr<FakeStorePort> frozenShop() {
        auto port = std::make_unique<FakeStorePort>(test::makeShop(1, 1, 1, m_story->clock().now(), u"USD"_s));
        port->failNext(FakeStorePort::Call::Shop, Error{ErrorKind::Refused, u"-"_s, ErrorCause::ShopFrozen}, 9);
        return port;
    }
    void press(Qt::Key key) {
        QWidget* focus = QApplication::focusWidget();
        QTest::keyClick(focus != nullptr ? focus : m_window.get(), key);
    }
    InboxList& list() { return *m_window->triage()->inbox()->list(); }
    Composer& composer() { return *m_window->triage()->conversation()->composer(); }
    CrmPanel& crm() { return *m_window->findChild<CrmPanel*>(); }
    QString shownName() {
        const auto* customer = std::get_if<CrmPanelState::Customer>(&crm().state().content);
        return customer != nullptr ? customer->view.name : QString();
    }

    std::unique_ptr<DeskStory> m_story;
    std::unique_ptr<DeskWindow> m_window;
};

void TestWindowStores::syncsInSightWithoutDisturbing() {
    m_story->port = [this] {
        auto port = std::make_unique<FakeStorePort>(test::makeShop(120, 200, 10, m_story->clock().now(), u"USD"_s));
        port->pageSize = 20;
        return port;
    };
    composer().editor()->insertPlainText(u"Hi John,"_s);
    press(Qt::Key_J);
    const ConversationId chosen = list().chosen();
    QSignalSpy finished(&m_story->desk(), &Desk::syncFinished);
    QStringList shown;
    connect(&m_story->desk(), &Desk::syncProgressed, m_window.get(), [&] { shown << m_window->statusLine()->text(); });
    press(Qt::Key_F5);
    QVERIFY(m_window->statusLine()->text().contains(u"> sync_in_progress"_s));
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(std::any_of(shown.begin(), shown.end(), [](const QString& text) { return text.contains(u"(batch "_s); }));
    QTRY_VERIFY(!m_window->statusLine()->text().contains(u"> sync_in_progress"_s));
    QTRY_VERIFY(m_window->isQuiet());
    QCOMPARE(list().chosen(), chosen);
    press(Qt::Key_K);
    QCOMPARE(composer().text(), u"Hi John,"_s);
}

void TestWindowStores::tellsOfAFailedSync() {
    press(Qt::Key_F5); // no shop in this story
    const auto told = [this] {
        for (const auto* label : m_window->findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(u"No connection"_s)) return true;
        return false;
    };
    QTRY_VERIFY(told());
    QTRY_VERIFY(!m_window->statusLine()->text().contains(u"in_progress"_s));
}

void TestWindowStores::namesTheStoreWhoseSyncFailed() {
    addStore(StoreKind::Shopify, StoreStatus::Connected);
    m_story->port = [this] { return frozenShop(); };
    open();
    QSet<QString> told;
    connect(&m_story->desk(), &Desk::syncFinished, m_window.get(), [&] {
        for (const auto* label : m_window->findChildren<QLabel*>())
            if (label->text().contains("The shop is frozen"_L1)) told << label->text().section(u':', 0, 0);
    });
    press(Qt::Key_F5);
    QTRY_COMPARE(told, (QSet<QString>{u"acme"_s, u"Old shop"_s}));
}

void TestWindowStores::aRetryThatCannotBeginIsOfferedAgain() {
    m_story->port = [this] { return frozenShop(); };
    QSignalSpy finished(&m_story->desk(), &Desk::syncFinished);
    press(Qt::Key_F5);
    QTRY_COMPARE(finished.count(), 1);
    m_story->port = {}; // its keys are gone meanwhile
    m_window->showPage(DeskPage::Stores);
    const auto stores = m_story->desk().read().stores->stores();
    QVERIFY(stores && !stores->empty());
    const HistorySheet* history = m_window->stores()->showHistory(stores->front().store);
    QVERIFY(!history->rows().empty());
    SubtleButton* retry = history->rows().front()->retryButton();
    QSignalSpy failed(&m_story->desk(), &Desk::commandFailed);
    retry->click();
    QVERIFY(!retry->isEnabled());
    QTRY_VERIFY(!failed.isEmpty());
    QTRY_VERIFY(retry->isEnabled() && retry->isVisible());
}

void TestWindowStores::saysBesideTheCustomerThatTheirStoreIsDisconnected() {
    QTRY_COMPARE(shownName(), u"John Okafor"_s);
    QVERIFY(crm().state().network != CrmPanelState::Network::Disconnected);
    const auto parted = m_story->desk().stores().disconnectStore(m_story->store());
    QTRY_VERIFY(crm().state().network == CrmPanelState::Network::Disconnected);
    QCOMPARE(shownName(), u"John Okafor"_s);
}

void TestWindowStores::saysThatCustomersAreOnTheirWayStill() {
    const auto isFilling = [this]() -> std::optional<bool> {
        if (!m_window->openConversation(m_story->conversation(u"Re: Delivery to the wrong door"_s))) return {};
        const auto* none = std::get_if<CrmPanelState::NoneFound>(&crm().state().content);
        return none != nullptr ? std::optional(none->isFilling) : std::nullopt;
    };
    QTRY_COMPARE(isFilling(), std::optional(false));
    addStore(StoreKind::Shopify, StoreStatus::NeverSynced); // its first sync has failed
    open();
    QTRY_COMPARE(isFilling(), std::optional(true));
}

void TestWindowStores::asksNoShopWhereAStoreIsOfFiles() {
    addStore(StoreKind::Csv, StoreStatus::Connected);
    m_story->port = [this] {
        return std::make_unique<FakeStorePort>(test::makeShop(5, 5, 5, m_story->clock().now(), u"USD"_s));
    };
    open();
    QSignalSpy failed(&m_story->desk(), &Desk::commandFailed);
    QStringList synced;
    connect(&m_story->desk(), &Desk::syncFinished, m_window.get(),
            [&](const SyncOutcome& outcome) { synced << QString::number(outcome.store.value()); });
    press(Qt::Key_F5);
    QTRY_VERIFY(!synced.isEmpty() && m_window->isQuiet());
    QCOMPARE(synced, QStringList{QString::number(m_story->store().value())});
    QCOMPARE(failed.count(), 0);
}

QTEST_MAIN(TestWindowStores)
#include "tst_window_stores.moc"
