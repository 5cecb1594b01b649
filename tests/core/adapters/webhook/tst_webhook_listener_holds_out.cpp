// The listener under pressure: clients that fall silent, dawdle or crowd in, and a machine that takes what it needs.
#include "tests/core/adapters/webhook/listener_bench.h"

#include <QElapsedTimer>

#include <array>
#include <ctime>

#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

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

} // namespace

class TestWebhookListenerHoldsOut : public ListenerBench {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { m_listener.reset(); }

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

QTEST_GUILESS_MAIN(TestWebhookListenerHoldsOut)
#include "tst_webhook_listener_holds_out.moc"
