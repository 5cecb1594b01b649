// What the customer panel shows and what can be done in it.
#include "tests/support/time_allowance.h"
#include "tests/ui/crm/crm_panel_fixture.h"
#include "ui/crm/no_customer_view.h"
#include "ui/crm/order_body.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/text_row.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>

using namespace aiva;
using namespace Qt::StringLiterals;
using aiva::test::CrmPanelFixture;

class TestCrmPanel : public QObject, CrmPanelFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { beginCrmPanels(); }
    void init() { open(); }
    void cleanup() { close(); }

    void showsWhoWritesAndWhatTheyAreWorth() {
        show(customer(sample::vip()));
        const QStringList texts = shownText();
        for (const QString& expected :
             {u"John Okafor"_s, u"john@example.com"_s, u"Lifetime value: $450.00"_s, u"Customer: VIP"_s, u"Orders: 3"_s,
              u"Average: $150.00"_s, u"First order: Mar 3, 2025"_s, u"Last order: Feb 20, 2026"_s, u"Fall_Sale"_s,
              u"2x Blue Widget, $78.00"_s, u"Total, $89.00"_s, u"In transit · 5 h ago"_s})
            QVERIFY2(texts.contains(expected), qPrintable(expected + u" not in "_s + texts.join(u" | "_s)));
        QCOMPARE(m_panel->width(), 300);
    }

    void unfoldsTheNewestOrderOnly() {
        show(customer(sample::vip()));
        QCOMPARE(headers().size(), 3);
        QCOMPARE(headers()[0]->expansion(), Expansion::Expanded);
        QCOMPARE(headers()[1]->expansion(), Expansion::Collapsed);
        QCOMPARE(m_panel->findChildren<OrderBody*>().size(), 1); // bodies are built when unfolded
    }

    void foldsAndUnfoldsByMouse() {
        show(customer(sample::vip()));
        QTest::mouseClick(headers()[0], Qt::LeftButton);
        QCOMPARE(headers()[0]->expansion(), Expansion::Collapsed);
        QVERIFY(visible<OrderBody>().isEmpty());
        QTest::mouseClick(headers()[1], Qt::LeftButton);
        QCOMPARE(visible<OrderBody>().size(), 1);
        QVERIFY(shownText().contains(u"1x Trail Pack, Large / Moss, $42.00"_s));
    }

    void copiesTheExactLinkAndSaysSoForAMoment() {
        show(customer(sample::vip()));
        QSignalSpy copied(m_panel.get(), &CrmPanel::trackingLinkCopied);
        auto* copy = qobject_cast<CopyButton*>(button(u"Copy Tracking Link"_s));
        QVERIFY(copy != nullptr);
        QGuiApplication::clipboard()->clear();
        QElapsedTimer timer;
        timer.start();
        QTest::mouseClick(copy, Qt::LeftButton);
        const QString url = u"https://tools.usps.com/go/TrackConfirmAction?tLabels=9400111899223197428490"_s;
        QCOMPARE(QGuiApplication::clipboard()->text(), url);
        QCOMPARE(copied.takeFirst().at(0).toString(), url);
        QCOMPARE(copy->text(), u"Copied"_s);
        QCOMPARE(spokenName(copy), u"Copied"_s);
        // A sync in between must not cut it short.
        CrmPanelState state = m_panel->state();
        std::get<CrmPanelState::Customer>(state.content).view.asOf = m_clock.now().plusSeconds(60);
        m_panel->setState(state);
        QCOMPARE(copy->text(), u"Copied"_s);
        QTRY_COMPARE(copy->text(), u"Copy Tracking Link"_s);
        QVERIFY2(timer.elapsed() >= 1000, qPrintable(QString::number(timer.elapsed())));
    }

    void givesEachParcelItsOwnButton() {
        CustomerView view = sample::vip();
        view.orders = {sample::partialOrder()};
        show(customer(view), 1000);
        const QList<CopyButton*> copies = visible<CopyButton>();
        QCOMPARE(copies.size(), 2);
        QVERIFY(pressSpoken(copies[0]));
        QCOMPARE(QGuiApplication::clipboard()->text(), u"https://www.ups.com/track?tracknum=1Z999AA10123456784"_s);
        // No link known: the number is what can be copied.
        QCOMPARE(copies[1]->text(), u"Copy Tracking Number"_s);
        QVERIFY(pressSpoken(copies[1]));
        QCOMPARE(QGuiApplication::clipboard()->text(), u"4425120771"_s);
    }

    void startsAtTheTopWithTheNewestOrderOfAnotherPerson() {
        show(customer(sample::withOrders(20)), 500);
        headers()[5]->click();
        QApplication::processEvents();
        scrollBar()->setValue(200);
        m_panel->setState(customer(sample::withOrders(19)));
        QApplication::processEvents();
        QCOMPARE(scrollBar()->value(), 0);
        QCOMPARE(headers().size(), 19);
        for (int i = 0; i < 19; ++i)
            QCOMPARE(headers()[i]->expansion(), i == 0 ? Expansion::Expanded : Expansion::Collapsed);
    }

    void foldsLongOrdersAndUnfoldsThemWithoutFreezing() {
        CustomerView view = sample::vip();
        view.orders = {sample::orderWithItems(300)};
        show(customer(view), 600);
        const auto lines = [this] {
            int count = 0;
            for (TextRow* row : visible<TextRow>())
                count += spokenName(row).contains(u"Part "_s);
            return count;
        };
        QCOMPARE(lines(), 8);
        QAbstractButton* more = button(u"+292 more"_s);
        QVERIFY(more != nullptr);
        QElapsedTimer timer;
        timer.start();
        more->click();
        QApplication::processEvents();
        QCOMPARE(lines(), 300);
        QVERIFY2(timer.elapsed() < test::allowed(250), qPrintable(QString::number(timer.elapsed())));
        // Nine fit: a fold that hides one line costs one.
        view.orders = {sample::orderWithItems(9)};
        view.profile = ProfileId(77);
        m_panel->setState(customer(view));
        QCOMPARE(lines(), 9);
    }

    void groupsOrdersByStoreAndShowsWhatIsMissing() {
        show(customer(sample::crowded()), 1500);
        QStringList names;
        for (AccordionHeader* header : headers())
            names << header->text();
        QCOMPARE(names, (QStringList{u"#1043"_s, u"#1042"_s, u"#0931"_s, u"#0990"_s}));
        QVERIFY(shownText().contains(u"acme-eu"_s));
        QSignalSpy more(m_panel.get(), &CrmPanel::moreOrdersRequested);
        QSignalSpy history(m_panel.get(), &CrmPanel::historyRequested);
        QVERIFY(button(u"10 more orders"_s) != nullptr);
        button(u"10 more orders"_s)->click();
        button(u"Request historical access"_s)->click();
        QCOMPARE(more.size(), 1);
        QCOMPARE(history.size(), 1);
        QVERIFY(shownText().contains(u"matched by order #1043. Correct the match"_s));
        CustomerView oneMore = sample::crowded();
        oneMore.ordersCount = static_cast<qint64>(oneMore.orders.size()) + 1;
        m_panel->setState(customer(oneMore));
        QVERIFY(button(u"1 more order"_s) != nullptr);
        QVERIFY(shownText().contains(u"+2 tags"_s));
        oneMore.tags.removeLast();
        m_panel->setState(customer(oneMore));
        QVERIFY(shownText().contains(u"+1 tag"_s));
        oneMore.ordersCount += 1'999;
        m_panel->setState(customer(oneMore));
        QVERIFY(button(u"2,000 more orders"_s) != nullptr);
    }

    void opensTheOrderInTheShopsOwnAdmin() {
        show(customer(sample::vip()));
        QSignalSpy opened(m_panel.get(), &CrmPanel::openUrlRequested);
        button(u"Open in Shopify admin"_s)->click();
        QCOMPARE(opened.takeFirst().at(0).toUrl(), QUrl(u"https://acme.myshopify.com/admin/orders/5042"_s));
    }

    void saysWhenItIsOffline() {
        CrmPanelState state = customer(sample::vip());
        show(state);
        QVERIFY(shownText().contains(u"as of 9:43 AM"_s));
        state.network = CrmPanelState::Network::Offline;
        m_panel->setState(state);
        QVERIFY(shownText().contains(u"offline · as of 9:43 AM"_s));
        QCOMPARE(headers().size(), 3);
    }

    void keepsTheDataOfADisconnectedStoreAndSaysSo() {
        CrmPanelState state = customer(sample::vip());
        state.network = CrmPanelState::Network::Disconnected;
        show(state);
        QVERIFY(shownText().contains(u"disconnected · as of 9:43 AM"_s));
        QCOMPARE(headers().size(), 3);
    }

    void letsThePersonFindAndLinkTheCustomer() {
        CrmPanelState state;
        state.content = CrmPanelState::NoneFound{u"dan@northpeak.co"_s};
        show(state);
        QVERIFY(shownText().contains(u"Nobody in your stores writes from dan@northpeak.co."_s));
        QSignalSpy searched(m_panel.get(), &CrmPanel::customerSearchChanged);
        QSignalSpy linked(m_panel.get(), &CrmPanel::linkRequested);
        auto* search = m_panel->findChild<QLineEdit*>();
        search->setFocus();
        QTest::keyClicks(search, u"dan"_s);
        QCOMPARE(searched.size(), 3);
        QCOMPARE(searched.last().at(0).toString(), u"dan"_s);
        SearchHit dan{SearchHit::Kind::Customer,          1, {}, ProfileId(5), u"Dan North"_s,
                      u"\u0002dan\u0003@north.example"_s, {}};
        SearchHit again = dan;
        again.kind = SearchHit::Kind::Order;
        SearchHit dana{SearchHit::Kind::Customer, 2, {}, ProfileId(6), u"Dana"_s, u"dana@north.example"_s, {}};
        SearchHit message{SearchHit::Kind::Message, 3, ConversationId(1), {}, u"Hello"_s, {}, {}};
        m_panel->setCandidates(u"dan"_s, {dan, message, again, dana});
        const QList<CandidateRow*> rows = visible<CandidateRow>();
        QCOMPARE(rows.size(), 2);
        QCOMPARE(spokenName(rows[0]), u"Link to Dan North, dan@north.example"_s);
        QTest::keyClick(search, Qt::Key_Return); // two to choose from: not by accident
        QCOMPARE(linked.size(), 0);
        QTest::keyClick(search, Qt::Key_Down);
        QVERIFY(rows[0]->hasFocus());
        QTest::keyClick(rows[0], Qt::Key_Return);
        QCOMPARE(linked.takeFirst().at(0).value<ProfileId>(), ProfileId(5));
        m_panel->setCandidates(u"dan"_s, {});
        QVERIFY(shownText().contains(u"Nobody matches. Try another address, a name or an order number."_s));
        // The next stranger starts with an empty search.
        state.content = CrmPanelState::NoneFound{u"other@example.com"_s};
        m_panel->setState(state);
        QVERIFY(search->text().isEmpty());
        m_panel->setCandidates(u"dan"_s, {dan}); // found too late: nobody of theirs
        QVERIFY(visible<CandidateRow>().isEmpty());
    }

    void doesNotCallAPersonUnknownWhileCustomersAreOnTheirWay() {
        CrmPanelState state;
        state.content = CrmPanelState::NoneFound{u"dan@northpeak.co"_s, true};
        show(state);
        QVERIFY(!shownText().contains(u"Nobody in your stores writes from dan@northpeak.co."_s));
        QVERIFY(shownText().join(u' ').contains(u"A first sync is not complete"_s));
        auto* search = m_panel->findChild<QLineEdit*>();
        search->setText(u"dan"_s);
        state.content = CrmPanelState::NoneFound{u"dan@northpeak.co"_s};
        m_panel->setState(state);
        QVERIFY(shownText().contains(u"Nobody in your stores writes from dan@northpeak.co."_s));
        QCOMPARE(search->text(), u"dan"_s); // the same person still
    }

    void offersToCorrectAMatchAndToUndoIt() {
        CrmPanelState state = customer(sample::vip());
        std::get<CrmPanelState::Customer>(state.content).view.matchedBy = MatchedBy::Manual;
        state.link = CrmPanelState::Link::Corrected;
        show(state);
        QSignalSpy unlink(m_panel.get(), &CrmPanel::unlinkRequested);
        QSignalSpy undo(m_panel.get(), &CrmPanel::linkUndoRequested);
        QAbstractButton* reason = button(u"linked by hand"_s);
        QCOMPARE(spoken(reason)->role(), QAccessible::ButtonMenu);
        QTest::mouseClick(reason, Qt::LeftButton);
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu != nullptr);
        QCOMPARE(menu->actions().size(), 2);
        menu->actions()[0]->trigger();
        menu->actions()[1]->trigger();
        menu->close();
        QCOMPARE(unlink.size(), 1);
        QCOMPARE(undo.size(), 1);
    }

    void saysWhatToDoWhereThereIsNothing() {
        show({});
        QVERIFY(shownText().contains(u"No conversation selected"_s));
        CrmPanelState state;
        state.content = CrmPanelState::FirstSync{};
        m_panel->setState(state);
        QVERIFY(shownText().contains(u"Customers are on their way"_s));
        m_panel->setState(customer(sample::prospect()));
        QVERIFY(shownText().contains(u"No orders yet."_s));
        QVERIFY(shownText().contains(u"Customer: Prospect"_s));
    }

    void opensPastConversations() {
        CrmPanelState state = customer(sample::prospect());
        std::get<CrmPanelState::Customer>(state.content).past = {
            {ConversationId(9), u"Wrong size"_s, sample::now().plusDays(-3)},
            {ConversationId(4), {}, sample::now().plusDays(-9)}};
        show(state);
        QSignalSpy opened(m_panel.get(), &CrmPanel::conversationRequested);
        QVERIFY(button(u"Wrong size"_s) != nullptr && button(u"(no subject)"_s) != nullptr);
        button(u"(no subject)"_s)->click();
        QCOMPARE(opened.takeFirst().at(0).value<ConversationId>(), ConversationId(4));
    }

    void setsFiftyOrdersWithinAFrame() {
        const CrmPanelState one = customer(sample::withOrders(50));
        CustomerView other = sample::withOrders(49);
        const CrmPanelState two = customer(other);
        show(one);
        m_panel->setState(two);
        m_panel->grab();
        QElapsedTimer timer;
        timer.start();
        constexpr int kTurns = 20;
        for (int i = 0; i < kTurns; ++i) {
            m_panel->setState(i % 2 == 0 ? one : two);
            QApplication::processEvents();
        }
        const double each = static_cast<double>(timer.nsecsElapsed()) / 1e6 / kTurns;
        qInfo("setting and painting a customer with 50 orders: %.2f ms", each);
        QVERIFY2(each < double(test::allowed(20)), qPrintable(QString::number(each)));
    }
};

QTEST_MAIN(TestCrmPanel)
#include "tst_crm_panel.moc"
