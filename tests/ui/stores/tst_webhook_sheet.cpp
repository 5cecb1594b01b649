// "Hear of changes at once" in every state it can be in, by keyboard and as it is read aloud.
#include "tests/ui/support/fake_webhook_desk.h"
#include "tests/ui/support/shots.h"
#include "tests/ui/support/spoken.h"
#include "ui/stores/connect/choice_row.h"
#include "ui/stores/connect/step_line.h"
#include "ui/stores/webhooks/webhook_form.h"
#include "ui/stores/webhooks/webhook_sheet.h"
#include "ui/stores/webhooks/webhook_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/overlay_scroll_area.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QApplication>
#include <QLineEdit>
#include <QScreen>
#include <QTemporaryDir>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

const UtcTime kNow = *UtcTime::parseIso("2026-11-03T14:02:00Z");
const QString kAddress = u"https://acme-desk.example/webhooks/shopify"_s;

StoreRow shop(StoreKind kind = StoreKind::Shopify, const QString& auth = u"client_credentials"_s) {
    StoreRow row;
    row.id = StoreId(1);
    row.kind = kind;
    row.name = u"Acme Outdoor"_s;
    row.domain = kind == StoreKind::Shopify ? u"acme-outdoor.myshopify.com"_s : u"acme.example"_s;
    row.auth = auth;
    row.status = StoreStatus::Connected;
    return row;
}

WebhookStatus tunnel() {
    WebhookStatus status;
    status.way = WebhookWay::Tunnel;
    status.address = kAddress;
    status.port = status.wantedPort = 8787;
    status.lastDeliveryAt = kNow.plusMs(-4 * 60'000);
    return status;
}

WebhookStatus pubSub() {
    WebhookStatus status;
    status.way = WebhookWay::PubSub;
    status.address = u"pubsub://acme-project:shop-events"_s;
    status.place = {u"acme-project"_s, u"aiva-desk"_s, {}};
    status.hasAccount = true;
    PullState state;
    state.answeredAt = kNow.plusMs(-20'000);
    state.messages = 12;
    status.pull = state;
    return status;
}

using Do = SubscriptionStep::Do;

SubscriptionReport report(Do what, int topics = 24, const std::optional<Error>& error = {}) {
    SubscriptionReport made;
    made.address = kAddress;
    for (int i = 0; i < topics; ++i)
        made.outcomes.push_back({{what, u"orders/updated"_s, QString::number(i), {}, true}, std::nullopt});
    if (error) made.outcomes.front().error = error;
    return made;
}

} // namespace

class TestWebhookSheet : public QObject {
    Q_OBJECT

    std::unique_ptr<ManualClock> m_clock;
    std::unique_ptr<test::FakeWebhookDesk> m_desk;
    std::unique_ptr<WebhookSheet> m_sheet;

    void open(const StoreRow& store = shop()) {
        m_sheet = std::make_unique<WebhookSheet>(*m_desk, store, *m_clock, nullptr);
        m_sheet->show();
        m_sheet->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_sheet.get()));
        QTest::qWait(10); // the answers of the desk
    }
    void shot(const QString& name) {
        QVERIFY(test::keepShot(*m_sheet, u"webhooks-"_s + name));
        QCOMPARE(test::cutChild(*m_sheet), QString());
    }
    WebhookForm* form() const { return m_sheet->form(); }
    void choose(WebhookWay way) {
        form()->choiceOf(way)->click();
        QTest::qWait(5);
    }
    // Also on a screen too low for the sheet.
    bool isInSight(const StepLine* line) const {
        const QWidget* port = m_sheet->findChild<OverlayScrollArea*>()->viewport();
        return port->rect().contains(line->mapTo(port, QPoint())) &&
               port->rect().contains(line->mapTo(port, QPoint(0, line->height() - 1)));
    }
    void press() {
        QVERIFY(m_sheet->applyButton()->isEnabled());
        m_sheet->applyButton()->click();
        QTest::qWait(10);
    }

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp, {Contrast::Normal, Motion::Reduced});
    }
    void init() {
        m_clock = std::make_unique<ManualClock>(kNow);
        m_desk = std::make_unique<test::FakeWebhookDesk>();
    }
    void cleanup() { m_sheet.reset(); }

    void beginsQuietlyWhereNothingIsSetUp() {
        open();
        QVERIFY(form()->choiceOf(WebhookWay::Off)->isChecked());
        QVERIFY(!m_sheet->applyButton()->isEnabled()); // there is nothing to turn off
        QVERIFY(!m_sheet->door()->isVisible());
        QCOMPARE(m_desk->calls, QStringList());
        shot(u"off"_s);
    }

    void explainsTheTunnelAndTestsIt() {
        open();
        choose(WebhookWay::Tunnel);
        QVERIFY(!m_sheet->applyButton()->isEnabled());
        form()->address()->setText(u"http://acme"_s);
        Q_EMIT form()->address()->editingFinished();
        QVERIFY(!form()->addressField()->trouble().isEmpty());
        shot(u"tunnel-wrong-address"_s);
        form()->address()->setText(u"https://acme-desk.example"_s);
        QVERIFY(form()->addressField()->trouble().isEmpty());
        QCOMPARE(m_sheet->applyButton()->text(), u"Turn on and test"_s);
        shot(u"tunnel"_s);
        m_desk->opened.hold();
        m_desk->subscribed.set(report(Do::Create));
        m_desk->looked.set(report(Do::Keep));
        press();
        QVERIFY(!m_sheet->applyButton()->isEnabled());
        QVERIFY(!form()->isEnabled());
        QCOMPARE(m_sheet->door()->state(), StepState::Runs);
        shot(u"tunnel-testing"_s);
        m_desk->status.set(tunnel());
        m_desk->opened.release();
        // The shop is asked once more, by who only looks.
        QTRY_COMPARE(m_desk->calls, (QStringList{u"open tunnel 8787 https://acme-desk.example"_s,
                                                 u"subscribe https://acme-desk.example"_s, u"look"_s}));
        QTRY_COMPARE(m_sheet->shop()->state(), StepState::Works);
        QCOMPARE(m_sheet->door()->state(), StepState::Works);
        QCOMPARE(form()->address()->text(), kAddress);
        QCOMPARE(m_sheet->applyButton()->text(), u"Test and mend"_s);
        QVERIFY(m_sheet->summary()->isVisible());
        QTRY_VERIFY(isInSight(m_sheet->shop()));
        shot(u"tunnel-works"_s);
    }

    void aTakenPortStopsBeforeTheShopIsAsked() {
        open();
        choose(WebhookWay::Tunnel);
        form()->address()->setText(u"https://acme-desk.example"_s);
        m_desk->opened.set(Error{ErrorKind::Network, u"port 8787 cannot be listened on"_s});
        press();
        QCOMPARE(m_sheet->door()->state(), StepState::Fails);
        QVERIFY2(m_sheet->door()->detail().contains(u"8787"_s), qPrintable(m_sheet->door()->detail()));
        QCOMPARE(m_sheet->shop()->state(), StepState::Waits);
        QCOMPARE(m_desk->calls.size(), 1);
        QVERIFY(m_sheet->applyButton()->isEnabled()); // to try again
        QTRY_VERIFY(isInSight(m_sheet->door()));
        shot(u"tunnel-port-taken"_s);
    }

    // The desk tells of changes all the time: the reason stays until it is tried again.
    void theReasonOfAFailedTestStays() {
        open();
        choose(WebhookWay::Tunnel);
        form()->address()->setText(u"https://acme-desk.example"_s);
        m_desk->opened.set(Error{ErrorKind::Network, u"port 8787 cannot be listened on"_s});
        press();
        const QString why = m_sheet->door()->detail();
        Q_EMIT m_desk->webhooksChanged();
        QTest::qWait(20);
        QCOMPARE(m_sheet->door()->state(), StepState::Fails);
        QCOMPARE(m_sheet->door()->detail(), why);
        form()->port()->setText(u"8788"_s); // something is done about it
        Q_EMIT m_desk->webhooksChanged();
        QTRY_VERIFY(m_sheet->door()->detail() != why);
    }

    void keepsItsFootOnTheScreen() {
        open(shop(StoreKind::Shopify, u"token"_s));
        for (const WebhookWay way : {WebhookWay::PubSub, WebhookWay::Tunnel}) {
            choose(way);
            test::settle();
            QVERIFY(m_sheet->height() <= m_sheet->screen()->availableGeometry().height());
            const SubtleButton* button = m_sheet->applyButton();
            QVERIFY(m_sheet->rect().contains(QRect(button->mapTo(m_sheet.get(), QPoint()), button->size())));
        }
    }

    void saysWhatTheShopRefuses() {
        m_desk->status.set(tunnel());
        SubscriptionReport lacking = report(Do::Keep, 20);
        lacking.outcomes.push_back({{Do::Skip, u"products/update"_s, {}, u"read_products"_s, true}, std::nullopt});
        m_desk->looked.set(report(Do::Keep));
        open();
        m_desk->subscribed.set(lacking);
        m_desk->looked.set(lacking);
        press();
        QTRY_COMPARE(m_sheet->shop()->state(), StepState::Limited);
        QVERIFY2(m_sheet->shop()->detail().contains(u"read_products"_s), qPrintable(m_sheet->shop()->detail()));
        shot(u"missing-scope"_s);
        m_sheet.reset();
        m_desk->looked.set(report(Do::Keep));
        open();
        m_desk->subscribed.set(Error{ErrorKind::Invalid, u"no"_s, ErrorCause::HostNotAllowed});
        press();
        QTRY_COMPARE(m_sheet->shop()->state(), StepState::Fails);
        QVERIFY2(m_sheet->shop()->detail().contains(u"https://"_s), qPrintable(m_sheet->shop()->detail()));
        shot(u"address-refused"_s);
    }

    // Looking once more finds only that something is missing.
    void whatTheShopRefusedStaysSaid() {
        m_desk->status.set(tunnel());
        m_desk->looked.set(report(Do::Keep));
        open();
        const auto shows = [this] {
            return m_sheet->shop()->state() == StepState::Fails &&
                   m_sheet->shop()->detail().contains(u"refused: orders/updated"_s);
        };
        const Error no{ErrorKind::Auth, u"no"_s, ErrorCause::ScopeMissing};
        m_desk->subscribed.set(report(Do::Create, 3, no));
        m_desk->looked.set(report(Do::Create, 1));
        press();
        QTRY_VERIFY(shows());
        QTest::qWait(20);
        QVERIFY2(shows(), qPrintable(m_sheet->shop()->detail()));
        // What could not be taken back is not off.
        choose(WebhookWay::Off);
        m_desk->stopped.set(report(Do::Remove, 3, no));
        press();
        QTRY_VERIFY(form()->choiceOf(WebhookWay::Tunnel)->isChecked());
        QTest::qWait(20);
        QVERIFY2(shows(), qPrintable(m_sheet->shop()->detail()));
        QCOMPARE(m_desk->calls.count(u"look"_s), 1);
    }

    void offersToMendWhatTheShopGaveUp() {
        WebhookStatus status = tunnel();
        status.refusedToday = 3;
        status.refusedWhy = u"wrong_signature"_s;
        m_desk->status.set(status);
        m_desk->looked.set(report(Do::Create, 3));
        open();
        QTRY_COMPARE(m_sheet->shop()->state(), StepState::Fails);
        QCOMPARE(m_sheet->applyButton()->text(), u"Test and mend"_s);
        QVERIFY2(m_sheet->deliveries()->detail().contains(u"Refused today: 3"_s),
                 qPrintable(m_sheet->deliveries()->detail()));
        shot(u"needs-mending"_s);
        m_desk->subscribed.set(report(Do::Repair));
        m_desk->looked.set(report(Do::Keep));
        press();
        QTRY_COMPARE(m_sheet->shop()->state(), StepState::Works);
    }

    void setsUpPubSub() {
        open();
        choose(WebhookWay::PubSub);
        form()->project()->setText(u"acme-project"_s);
        form()->topic()->setText(u"shop-events"_s);
        form()->subscription()->setText(u"aiva-desk"_s);
        QVERIFY(!m_sheet->applyButton()->isEnabled()); // the key file is missing
        const QTemporaryDir dir;
        QFile file(dir.filePath(u"acme-project-1a2b.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"type\":\"service_account\"}");
        file.close();
        form()->takeKeyFile(dir.filePath(u"none.json"_s));
        QVERIFY(!m_sheet->applyButton()->isEnabled());
        form()->takeKeyFile(file.fileName());
        shot(u"pubsub"_s);
        m_desk->opened.set(Error{ErrorKind::Auth, u"403"_s, ErrorCause::QueueRoleMissing});
        press();
        QCOMPARE(m_sheet->door()->state(), StepState::Fails);
        QVERIFY2(m_sheet->door()->detail().contains(u"Pub/Sub Subscriber"_s), qPrintable(m_sheet->door()->detail()));
        shot(u"pubsub-role-missing"_s);
        m_desk->opened.set(Error{ErrorKind::Auth, u"401"_s, ErrorCause::QueueKeyRefused});
        press();
        QVERIFY2(m_sheet->door()->detail().contains(u"new key"_s), qPrintable(m_sheet->door()->detail()));
        m_desk->opened.set(Error{ErrorKind::Refused, u"another topic"_s});
        press();
        QVERIFY2(m_sheet->door()->detail().contains(u"Another store"_s), qPrintable(m_sheet->door()->detail()));
        m_desk->opened.set(true);
        m_desk->subscribed.set(report(Do::Create));
        m_desk->looked.set(report(Do::Keep));
        m_desk->status.set(pubSub());
        press();
        QTRY_COMPARE(m_sheet->shop()->state(), StepState::Works);
        QTRY_COMPARE(m_desk->calls.last(), u"look"_s);
        QCOMPARE(m_desk->calls.at(4), u"subscribe pubsub://acme-project:shop-events"_s);
        QCOMPARE(m_desk->secrets.first(), QByteArray("{\"type\":\"service_account\"}"));
        shot(u"pubsub-works"_s);
    }

    void asksForTheClientSecretOfAStoreConnectedByItsToken() {
        open(shop(StoreKind::Shopify, u"token"_s));
        choose(WebhookWay::Tunnel);
        QVERIFY(form()->clientSecret()->isVisible());
        form()->address()->setText(u"https://acme-desk.example"_s);
        m_desk->subscribed.set(Error{ErrorKind::Refused, u"nothing proves"_s});
        press();
        QTRY_VERIFY(m_sheet->shop()->detail().contains(u"client secret"_s));
        shot(u"token-store"_s);
        form()->clientSecret()->setText(u"shpss_x"_s);
        m_desk->subscribed.set(report(Do::Create));
        press();
        QCOMPARE(m_desk->secrets, QByteArrayList{"shpss_x"});
        QTRY_VERIFY(form()->clientSecret()->text().isEmpty()); // forgotten once it is kept
    }

    void saysOfAClientSecretThatItIsKeptOnlyWhereItWasNeeded() {
        m_desk->looked.set(report(Do::Keep));
        m_desk->status.set(pubSub());
        open(shop(StoreKind::Shopify, u"token"_s));
        choose(WebhookWay::Tunnel);
        QVERIFY(form()->clientSecret()->isVisible());
        QCOMPARE(form()->clientSecret()->placeholderText(), QString());
        m_sheet.reset();
        m_desk->status.set(tunnel());
        open(shop(StoreKind::Shopify, u"token"_s));
        QCOMPARE(form()->clientSecret()->placeholderText(), u"Kept. Type to replace it."_s);
    }

    void aWooCommerceShopHasNoPubSub() {
        open(shop(StoreKind::WooCommerce, u"consumer_key"_s));
        QVERIFY(!form()->choiceOf(WebhookWay::PubSub)->isVisible());
        choose(WebhookWay::Tunnel);
        form()->address()->setText(u"https://acme-desk.example"_s);
        m_desk->subscribed.set(Error{ErrorKind::Auth, u"no"_s, ErrorCause::KeyReadsOnly});
        press();
        QTRY_VERIFY(m_sheet->shop()->detail().contains(u"Read/Write"_s));
        shot(u"woocommerce"_s);
    }

    void turnsOff() {
        m_desk->status.set(tunnel());
        m_desk->looked.set(report(Do::Keep));
        open();
        choose(WebhookWay::Off);
        QCOMPARE(m_sheet->applyButton()->text(), u"Turn off"_s);
        shot(u"turn-off"_s);
        m_desk->status.set(WebhookStatus());
        press();
        QCOMPARE(m_desk->calls.last(), u"stop"_s);
        QTRY_VERIFY(!m_sheet->applyButton()->isEnabled());
    }

    void followsWhatHappensWithoutTouchingWhatIsTyped() {
        m_desk->status.set(tunnel());
        m_desk->looked.set(report(Do::Keep));
        open();
        form()->address()->setText(u"https://other.example"_s);
        WebhookStatus later = tunnel();
        later.lastDeliveryAt = kNow;
        m_desk->status.set(later);
        Q_EMIT m_desk->webhooksChanged();
        QTRY_VERIFY2(m_sheet->deliveries()->detail().contains(u"2:02"_s), qPrintable(m_sheet->deliveries()->detail()));
        QCOMPARE(form()->address()->text(), u"https://other.example"_s);
        QCOMPARE(m_sheet->applyButton()->text(), u"Turn on and test"_s);
    }

    void isUsedByKeyboardAndReadAloud() {
        open();
        QStringList reached;
        choose(WebhookWay::Tunnel);
        form()->choiceOf(WebhookWay::Tunnel)->setFocus();
        for (int i = 0; i < 6; ++i) {
            if (QWidget* focus = QApplication::focusWidget()) reached << spokenName(focus);
            QTest::keyClick(m_sheet.get(), Qt::Key_Tab);
        }
        const QString all = reached.join(u'|');
        QVERIFY2(reached.contains(u"Through a tunnel to this computer"_s), qPrintable(all));
        QVERIFY2(reached.contains(u"Public address of the tunnel"_s), qPrintable(all));
        QVERIFY2(reached.contains(u"Port here"_s), qPrintable(all));
        QVERIFY2(reached.contains(u"Close"_s), qPrintable(all));
    }

    void everyReasonHasWords() {
        for (const char* reason : {"wrong_signature", "no_signature", "unknown_shop", "no_key", "too_large", "too_slow",
                                   "header_too_large", "too_many_connections", "malformed", "not_plain"})
            QVERIFY(!refusalText(QString::fromLatin1(reason)).contains(u'_'));
    }
};

QTEST_MAIN(TestWebhookSheet)
#include "tst_webhook_sheet.moc"
