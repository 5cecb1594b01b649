// What the listener answers to deliveries: genuine, forged, too large, malformed.
#include "tests/core/adapters/webhook/listener_bench.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

// A shop that is found once the keys are read again.
class LateShop final : public WebhookKeys {
public:
    std::optional<Shop> find(StoreKind source, const QString& name) const override {
        return isRead ? OneShop().find(source, name) : std::nullopt;
    }
    bool readAgain() override {
        ++reads;
        isRead = mayRead.load();
        return isRead;
    }

    std::atomic<int> reads = 0;
    std::atomic<bool> mayRead = false;
    std::atomic<bool> isRead = false;
};

} // namespace

class TestWebhookListener : public ListenerBench {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { m_listener.reset(); }

    void storesAGenuineDeliveryAndOnlyThenSaysSo() {
        const QByteArray body = "{\"text\":\"\xC3\xA9 \\u0000 \x7f\",  \"id\" : 9007199254740993}\n";
        QCOMPARE(sendOne(order("first", body)), 200);
        QCOMPARE(m_inbox->size(), size_t(1));
        QCOMPARE(m_inbox->delivery(u"first"_s).body, body);
        QCOMPARE(sendOne(order("first", body)), 200);
        QCOMPARE(m_inbox->size(), size_t(1));
        m_inbox->isBroken = true;
        QCOMPARE(sendOne(order("second")), 503);
    }

    void readsTheKeysAgainBeforeItRefuses() {
        LateShop keys;
        auto listener = listenForWebhooks(0, *m_inbox, keys, kPatient);
        QVERIFY(listener);
        WebhookClient client((*listener)->port());
        QCOMPARE(client.send(order("early")), 401);
        QCOMPARE(m_inbox->refused(u"unknown_shop"_s), 1);
        keys.mayRead = true;
        QCOMPARE(client.send(order("late")), 200);
        QCOMPARE(keys.reads.load(), 2);
        QCOMPARE(client.send(order("later")), 200);
        QCOMPARE(keys.reads.load(), 2);
        QCOMPARE(client.send(SentWebhook::shopify("guess", kHeardShop, "orders/updated", "forged", "{}")), 401);
        QCOMPARE(keys.reads.load(), 3);
        QCOMPARE(m_inbox->refused(u"wrong_signature"_s), 1);
        listener->reset();
    }

    void servesManyRequestsOfOneConnection() {
        WebhookClient client(port());
        for (int i = 0; i < 50; ++i)
            QCOMPARE(client.send(order(QByteArray::number(i))), 200);
        SentWebhook forged = order("forged");
        forged.body += ' ';
        QCOMPARE(client.send(forged), 401);
        QCOMPARE(client.send(order("after")), 200);
        QCOMPARE(m_inbox->size(), size_t(51));
    }

    void takesABodyInChunks() {
        const QByteArray body = R"({"id":1042})";
        SentWebhook webhook = order("chunked", body);
        QByteArray bytes = webhook.bytes();
        bytes.truncate(bytes.indexOf("Content-Length"));
        bytes += "Transfer-Encoding: chunked\r\n\r\n4\r\n" + body.left(4) + "\r\n7\r\n" + body.mid(4) + "\r\n0\r\n\r\n";
        QCOMPARE(sendRaw(bytes), 200);
        QCOMPARE(m_inbox->delivery(u"chunked"_s).body, body);
    }

    void refusesForgedDeliveries() {
        SentWebhook unsignedOne = order("unsigned");
        unsignedOne.setHeader("X-Shopify-Hmac-Sha256", {});
        QCOMPARE(sendOne(unsignedOne), 401);
        SentWebhook otherKey = SentWebhook::shopify("guess", kHeardShop, "orders/updated", "guessed", "{}");
        QCOMPARE(sendOne(otherKey), 401);
        SentWebhook otherShop = SentWebhook::shopify(kHeardKey, "evil.myshopify.com", "orders/updated", "evil", "{}");
        QCOMPARE(sendOne(otherShop), 401);
        SentWebhook wrongDoor = order("wrong door");
        wrongDoor.path = "/webhooks/woocommerce";
        QCOMPARE(sendOne(wrongDoor), 401);
        QCOMPARE(m_inbox->size(), size_t(0));
        QCOMPARE(m_inbox->refused(u"wrong_signature"_s), 1);
        QCOMPARE(m_inbox->refused(u"no_signature"_s), 2);
        QCOMPARE(m_inbox->refused(u"unknown_shop"_s), 1);
    }

    void acceptsWooCommercesFirstPingWithoutEffect() {
        SentWebhook ping;
        ping.path = "/webhooks/woocommerce";
        ping.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
        ping.body = "webhook_id=7";
        QCOMPARE(sendOne(ping), 200);
        QCOMPARE(m_inbox->size(), size_t(0));
    }

    void refusesABodyTooLarge() {
        QCOMPARE(sendOne(order("largest", QByteArray(5 * 1024 * 1024, ' '))), 200);
        QCOMPARE(sendOne(order("larger", QByteArray(5 * 1024 * 1024 + 1, ' '))), 413);
        // Before a byte of it was read.
        QCOMPARE(sendRaw("POST /webhooks/shopify HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n"), 413);
        // And when its length is not said.
        WebhookClient endless(port());
        endless.write("POST /webhooks/shopify HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
        const QByteArray chunk = "10000\r\n" + QByteArray(0x10000, 'x') + "\r\n";
        for (int i = 0; i < 90 && endless.write(chunk); ++i) {
        }
        QCOMPARE(endless.status(), 413);
        QCOMPARE(m_inbox->size(), size_t(1));
    }

    void refusesHeadersTooLarge() {
        SentWebhook long1 = order("one long header");
        long1.setHeader("X-Padding", QByteArray(20'000, 'x'));
        const int longStatus = sendOne(long1);
        QVERIFY2(longStatus == 431 || longStatus == 400, qPrintable(QString::number(longStatus)));
        SentWebhook many = order("many headers");
        for (int i = 0; i < 1'000; ++i)
            many.headers.emplace_back("X-" + QByteArray::number(i), QByteArray(30, 'y'));
        QCOMPARE(sendOne(many), 431);
        SentWebhook fits = order("fits");
        for (int i = 0; i < 300; ++i)
            fits.headers.emplace_back("X-" + QByteArray::number(i), QByteArray(30, 'y'));
        QCOMPARE(sendOne(fits), 200);
        WebhookClient endless(port());
        const QByteArray header = "X-More: " + QByteArray(1'000, 'z') + "\r\n";
        endless.write("POST /webhooks/shopify HTTP/1.1\r\n");
        for (int i = 0; i < 5'000 && endless.write(header);)
            ++i;
        QVERIFY(endless.isClosedWithin(30'000));
        QCOMPARE(m_inbox->size(), size_t(1));
    }

    void refusesWhatIsMalformed_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        QTest::newRow("rubbish") << QByteArray("\x16\x03\x01\x02 rubbish\r\n\r\n") << 400;
        QTest::newRow("no length") << QByteArray("POST /webhooks/shopify HTTP/1.1\r\n\r\n") << 411;
        QTest::newRow("negative length") << QByteArray(
                                                "POST /webhooks/shopify HTTP/1.1\r\nContent-Length: -5\r\n\r\nhello")
                                         << 400;
        QTest::newRow("length of words") << QByteArray(
                                                "POST /webhooks/shopify HTTP/1.1\r\nContent-Length: five\r\n\r\nhello")
                                         << 400;
        QTest::newRow("two lengths")
            << QByteArray(
                   "POST /webhooks/shopify HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}")
            << 400;
        QTest::newRow("twice a length")
            << QByteArray("POST /webhooks/shopify HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}") << 400;
        QTest::newRow("another coding") << QByteArray(
                                               "POST /webhooks/shopify HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n{}")
                                        << 400;
        QTest::newRow("two codings") << QByteArray("POST /webhooks/shopify HTTP/1.1\r\nTransfer-Encoding: "
                                                   "chunked\r\nTransfer-Encoding: gzip\r\n\r\n2\r\n{}\r\n0\r\n\r\n")
                                     << 400;
        QTest::newRow("bad chunk")
            << QByteArray("POST /webhooks/shopify HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n") << 400;
        QTest::newRow("compressed")
            << QByteArray("POST /webhooks/shopify HTTP/1.1\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}")
            << 415;
        QTest::newRow("a form with files")
            << QByteArray("POST /webhooks/shopify HTTP/1.1\r\nContent-Type: multipart/form-data; "
                          "boundary=x\r\nContent-Length: 2\r\n\r\n{}")
            << 415;
        QTest::newRow("another path") << QByteArray("POST /admin HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}") << 404;
        QTest::newRow("reading") << QByteArray("GET /webhooks/shopify HTTP/1.1\r\n\r\n") << 404;
        QTest::newRow("an endless address") << ("POST /" + QByteArray(9'000, 'a') + " HTTP/1.1\r\n\r\n") << 414;
    }
    void refusesWhatIsMalformed() {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        QCOMPARE(sendRaw(bytes), status);
        QCOMPARE(m_inbox->size(), size_t(0));
        // Whoever knocks at another door delivers nothing.
        const auto noted = [this] { return m_inbox->refused(u"malformed"_s) + m_inbox->refused(u"not_plain"_s); };
        QTRY_COMPARE(noted(), status == 404 ? 0 : 1);
        QCOMPARE(sendOne(order("well")), 200);
    }

    // A library that read it would unpack it as well: a megabyte of it is a gigabyte of nothing.
    void readsNoBodyAtAnotherDoor() {
        QCOMPARE(sendRaw("POST /admin HTTP/1.1\r\nContent-Encoding: gzip\r\nContent-Length: 1000000\r\n\r\n"), 404);
        QCOMPARE(sendRaw("PUT /webhooks/shopify HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"), 404);
    }

    void saysGoOnAndKeepsTheConnection() {
        WebhookClient client(port());
        SentWebhook polite = order("polite");
        polite.setHeader("Expect", "100-continue");
        QCOMPARE(client.send(polite), 100);
        QCOMPARE(client.status(), 200);
        QCOMPARE(client.send(order("next")), 200);
    }
};

QTEST_GUILESS_MAIN(TestWebhookListener)
#include "tst_webhook_listener.moc"
