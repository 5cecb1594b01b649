// The listener against clients that behave, forge, flood, dawdle and fall silent.
#include "core/adapters/webhook/webhook_listener.h"
#include "tests/support/patience.h"
#include "tests/support/webhook_client.h"

#include <QElapsedTimer>

#include <array>
#include <atomic>
#include <ctime>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kKey = "hush";
constexpr auto kShop = "acme.myshopify.com";

class OneShop final : public WebhookKeys {
public:
    std::optional<Shop> find(StoreKind, const QString& name) const override {
        if (name != QLatin1StringView(kShop)) return std::nullopt;
        return Shop{name, {SecretString(std::string_view(kKey))}};
    }
};

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

class RememberingInbox final : public WebhookInbox {
public:
    WebhookReceipt accept(const WebhookDelivery& delivery) override {
        ++asked;
        if (holdMs > 0) std::this_thread::sleep_for(std::chrono::milliseconds(holdMs));
        const std::lock_guard lock(m_mutex);
        if (isBroken) return WebhookReceipt::Unavailable;
        const bool isNew = m_deliveries.emplace(delivery.id, delivery).second;
        return isNew ? WebhookReceipt::Stored : WebhookReceipt::Known;
    }
    void noteRefusal(StoreKind source, const QString& reason) override {
        const std::lock_guard lock(m_mutex);
        ++m_refusals[{source, reason}];
    }

    size_t size() const {
        const std::lock_guard lock(m_mutex);
        return m_deliveries.size();
    }
    WebhookDelivery delivery(const QString& id) const {
        const std::lock_guard lock(m_mutex);
        return m_deliveries.at(id);
    }
    int refused(const QString& reason) const {
        return refused(reason, StoreKind::Shopify) + refused(reason, StoreKind::WooCommerce);
    }
    int refused(const QString& reason, StoreKind source) const {
        const std::lock_guard lock(m_mutex);
        const auto found = m_refusals.find({source, reason});
        return found == m_refusals.end() ? 0 : found->second;
    }

    std::atomic<bool> isBroken = false;
    std::atomic<int> holdMs = 0;
    std::atomic<int> asked = 0;

private:
    mutable std::mutex m_mutex;
    std::map<QString, WebhookDelivery> m_deliveries;
    std::map<std::pair<StoreKind, QString>, int> m_refusals;
};

// The socket of this process that listens on this port; -1 when there is none.
int listeningSocket(quint16 port) {
    for (int number = 3; number < 1'024; ++number) {
        int listens = 0;
        socklen_t length = sizeof listens;
        sockaddr_in address{};
        socklen_t size = sizeof address;
        if (::getsockopt(number, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length) == 0 && listens != 0 &&
            ::getsockname(number, reinterpret_cast<sockaddr*>(&address), &size) == 0 && ntohs(address.sin_port) == port)
            return number;
    }
    return -1;
}

// Production's limits but for the time: whom they do not cut soon they cut never, however busy the machine is.
WebhookLimits timedLimits(int requestMs, int idleMs) {
    WebhookLimits limits;
    limits.requestMs = requestMs;
    limits.idleMs = idleMs;
    return limits;
}
const WebhookLimits kQuick = timedLimits(1'000, 800);
const WebhookLimits kPatient = timedLimits(120'000, 120'000);

} // namespace

class TestWebhookListener : public QObject {
    Q_OBJECT

    OneShop m_keys;
    std::unique_ptr<RememberingInbox> m_inbox;
    std::unique_ptr<WebhookListener> m_listener;

    void listen(WebhookLimits limits) {
        m_listener.reset();
        auto listener = listenForWebhooks(0, *m_inbox, m_keys, limits);
        QVERIFY(listener);
        m_listener = *std::move(listener);
    }
    int port() const { return m_listener->port(); }
    static SentWebhook order(const QByteArray& id, const QByteArray& body = R"({"id":1})") {
        return SentWebhook::shopify(kKey, kShop, "orders/updated", id, body);
    }
    int sendOne(const SentWebhook& webhook) const { return WebhookClient(port()).send(webhook); }
    int sendRaw(const QByteArray& bytes) const {
        WebhookClient client(port());
        client.write(bytes);
        return client.status();
    }

private Q_SLOTS:
    void init() {
        m_inbox = std::make_unique<RememberingInbox>();
        listen(kPatient);
    }
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
        QCOMPARE(client.send(SentWebhook::shopify("guess", kShop, "orders/updated", "forged", "{}")), 401);
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
        SentWebhook otherKey = SentWebhook::shopify("guess", kShop, "orders/updated", "guessed", "{}");
        QCOMPARE(sendOne(otherKey), 401);
        SentWebhook otherShop = SentWebhook::shopify(kKey, "evil.myshopify.com", "orders/updated", "evil", "{}");
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

    void cutsClientsThatSayNothing() {
        listen(kQuick);
        WebhookClient halfOpen(port());
        QElapsedTimer timer;
        timer.start();
        QVERIFY(halfOpen.isClosedWithin(30'000));
        QVERIFY2(timer.elapsed() < WebhookLimits().idleMs, qPrintable(QString::number(timer.elapsed())));
        WebhookClient middle(port());
        middle.write("POST /webhooks/shopify HTTP/1.1\r\nContent-Le");
        QCOMPARE(middle.status(), 408);
        WebhookClient noBody(port());
        noBody.write("POST /webhooks/woocommerce HTTP/1.1\r\nContent-Length: 100\r\n\r\n{");
        QCOMPARE(noBody.status(), 408);
        QVERIFY(noBody.isClosedWithin(30'000));
        QCOMPARE(m_inbox->refused(u"too_slow"_s, StoreKind::WooCommerce), 1); // whose door it was
        QCOMPARE(m_inbox->refused(u"too_slow"_s, StoreKind::Shopify), 2);
    }

    void cutsClientsThatSayNothingMore() {
        listen(kQuick);
        WebhookClient kept(port());
        QCOMPARE(kept.send(order("once")), 200);
        QVERIFY(kept.isClosedWithin(30'000));
    }

    void cutsClientsThatDawdle() {
        // A byte every 50 ms resets no clock: the whole request has one.
        listen(kQuick);
        const QByteArray bytes = order("slow").bytes();
        WebhookClient slow(port());
        qsizetype sent = 0;
        while (sent < bytes.size() && slow.write(bytes.mid(sent, 1))) {
            ++sent;
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            if (slow.isClosedWithin(1)) break;
        }
        QVERIFY2(sent < bytes.size() / 2, qPrintable(QString::number(sent)));
        QCOMPARE(m_inbox->size(), size_t(0));
        QVERIFY(m_inbox->refused(u"too_slow"_s) > 0);
    }

    void servesOthersBesideClientsThatSayNothing() {
        std::vector<std::unique_ptr<WebhookClient>> silent;
        for (int i = 0; i < 60; ++i) {
            silent.push_back(std::make_unique<WebhookClient>(port()));
            silent.back()->write("POST /webhooks/shopify HT");
        }
        QCOMPARE(sendOne(order("beside")), 200);
        QCOMPARE(m_inbox->refused(u"too_slow"_s), 0); // none of them had to be cut for it
        for (const auto& client : silent)
            QVERIFY(!client->isClosedWithin(1));
    }

    void turnsAwayConnectionsBeyondTheLimit() {
        std::vector<std::unique_ptr<WebhookClient>> held;
        for (int i = 0; i < 64; ++i) {
            held.push_back(std::make_unique<WebhookClient>(port()));
            QCOMPARE(held.back()->send(order("held" + QByteArray::number(i))), 200);
        }
        for (int i = 0; i < 20; ++i)
            QCOMPARE(WebhookClient(port()).status(), 503);
        QCOMPARE(m_inbox->refused(u"too_many_connections"_s), 20);
        // Once the others have gone there is room again.
        held.clear();
        QTRY_COMPARE(sendOne(order("room")), 200);
    }

    void survivesABurstOfNewConnections() {
        std::atomic<int> stored = 0;
        std::vector<std::thread> threads;
        for (int t = 0; t < 16; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i < 40; ++i)
                    stored += sendOne(order(QByteArray::number(t * 1'000 + i))) == 200;
            });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(stored.load(), 640);
        QCOMPARE(m_inbox->size(), size_t(640));
    }

    void endsInTheMiddleOfEverything() {
        m_inbox->holdMs = 300;
        std::thread sender([this, to = port()] { WebhookClient(to).send(order("in-flight")); });
        WebhookClient silent(port());
        silent.write("POST /webhooks/sh");
        const bool isInFlight = QTest::qWaitFor([this] { return m_inbox->asked == 1; }, 30'000);
        QElapsedTimer timer;
        timer.start();
        m_listener.reset();
        const qint64 tookMs = timer.elapsed();
        sender.join();
        QVERIFY(isInFlight);
        QVERIFY2(tookMs < 30'000, qPrintable(QString::number(tookMs))); // waits for what it stores, not for the silent
        QCOMPARE(m_inbox->size(), size_t(1));
    }

    void saysThatItListensNoMoreOnceTheMachineClosedItsPort() {
        listen(kQuick);
        WebhookClient client(port());
        QCOMPARE(client.send(order("before")), 200);
        QVERIFY(m_listener->isListening());
        const int socket = listeningSocket(m_listener->port());
        QVERIFY(socket >= 0);
        ::shutdown(socket, SHUT_RDWR); // nothing can be accepted
        QTRY_VERIFY(!m_listener->isListening());
        QVERIFY(client.isClosedWithin(30'000));
        const quint16 port = m_listener->port();
        m_listener.reset();
        auto again = listenForWebhooks(port, *m_inbox, m_keys);
        QVERIFY(again);
        QCOMPARE(WebhookClient(port).send(order("after")), 200);
        m_listener = *std::move(again);
    }

    // This program has every file handle in use that it may have: who comes waits, and is served once one is free.
    void servesWhoCameWhileThereWasNoHandle() {
        rlimit former{};
        QVERIFY(::getrlimit(RLIMIT_NOFILE, &former) == 0);
        const int lowest = ::dup(STDIN_FILENO);
        QVERIFY(lowest >= 0);
        ::close(lowest);
        // Enough for the clients' own ends; the listener may have taken one beforehand.
        rlimit few = former;
        few.rlim_cur = static_cast<rlim_t>(lowest) + 2;
        QVERIFY(::setrlimit(RLIMIT_NOFILE, &few) == 0);
        std::array<std::unique_ptr<WebhookClient>, 2> clients;
        bool isSent = true;
        for (size_t i = 0; i < clients.size(); ++i) {
            clients[i] = std::make_unique<WebhookClient>(port());
            isSent =
                isSent && clients[i]->isOpen() && clients[i]->write(order("waits" + QByteArray::number(i)).bytes());
        }
        const std::clock_t begun = std::clock();
        QTest::qWait(500);
        const double busyMs = 1'000.0 * static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
        const bool isListening = m_listener->isListening();
        QVERIFY(::setrlimit(RLIMIT_NOFILE, &former) == 0);
        QVERIFY(isSent && isListening);
        QVERIFY2(busyMs < 250, qPrintable(QString::number(busyMs))); // it sleeps between two tries
        for (const auto& client : clients)
            QCOMPARE(client->status(), 200);
        QCOMPARE(m_inbox->size(), size_t(2));
    }

    void saysWhenThePortIsTaken() {
        const auto second = listenForWebhooks(m_listener->port(), *m_inbox, m_keys);
        QVERIFY(!second);
        QCOMPARE(second.error().kind, ErrorKind::Network);
    }
};

QTEST_GUILESS_MAIN(TestWebhookListener)
#include "tst_webhook_listener.moc"
