// bench_desk_webhooks [SECONDS]: an open desk while a shop's webhooks come in. First a hundred a second, each timed
// from the first byte sent to the frame that shows it in the open conversation's panel; then a thousand a second, with
// the window's frames counted while somebody leafs through the inbox. One JSON line a figure.
#include "core/adapters/store/shopify/webhook_decoder.h"
#include "core/adapters/webhook/webhook_listener.h"
#include "core/desk/desk.h"
#include "core/storage/workspace/workspace.h"
#include "tests/bench/big_cache.h"
#include "tests/support/patience.h"
#include "tests/support/webhook_client.h"
#include "tests/ui/support/fake_mail_desk.h"
#include "ui/shell/desk_window.h"
#include "ui/theme/theme.h"
#include "ui/widgets/accordion.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <thread>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kKey = "hush";
constexpr auto kShop = "big.myshopify.com";
constexpr double kFrameMs = 1000.0 / 60;
constexpr qint64 kOrders = 2'000;
constexpr qint64 kCustomers = kOrders / 5;
constexpr int kTimed = 1'000; // deliveries of the paced run
constexpr int kSenders = 16;  // of the burst
constexpr int kBurstRate = 1'000;

template <typename T>
T need(Result<T> result) {
    if (!result) qFatal("%s", qPrintable(result.error().detail));
    return *std::move(result);
}

void print(const QString& what, const QString& figure, const QString& target) {
    std::printf("{\"what\":\"%s\",\"figure\":\"%s\",\"target\":\"%s\"}\n", qPrintable(what),
                figure.toUtf8().constData(), target.toUtf8().constData());
    std::fflush(stdout);
}

QString percentiles(std::vector<double> ms) {
    std::sort(ms.begin(), ms.end());
    const auto at = [&](double share) { return ms.at(static_cast<size_t>(share * double(ms.size() - 1))); };
    return u"p50 %1 ms, p99 %2 ms, max %3 ms"_s.arg(at(0.5), 0, 'f', 1)
        .arg(at(0.99), 0, 'f', 1)
        .arg(ms.back(), 0, 'f', 1);
}

class BenchKeys final : public WebhookKeys {
public:
    std::optional<Shop> find(StoreKind, const QString& name) const override {
        return Shop{name, {SecretString(std::string_view(kKey))}};
    }
};

// Order `i` of the cache, renamed: what the panel shows tells which delivery it has seen.
SentWebhook delivery(qint64 i, qint64 change) {
    const QByteArray at = UtcTime(1'900'000'000'000 + change * 1'000).isoText().toLatin1();
    const QByteArray customer = QByteArray::number(5'000'000'000 + (i * 7919) % kCustomers);
    QByteArray items;
    for (int n = 0; n < 4; ++n)
        items += QByteArray(n ? "," : "") + "{\"id\":" + QByteArray::number(i * 10 + n) +
                 ",\"title\":\"Brass lamp\",\"quantity\":1,\"price\":\"10.00\",\"properties\":\"" +
                 QByteArray(600, 'x') + "\"}";
    const QByteArray body =
        "{\"id\":" + QByteArray::number(6'000'000'000 + i) + ",\"name\":\"#" + QByteArray::number(100'000 + change) +
        "\",\"currency\":\"USD\",\"customer\":{\"id\":" + customer + "},\"created_at\":\"" + at +
        "\",\"updated_at\":\"" + at + "\",\"current_total_price\":\"60.00\",\"line_items\":[" + items + "]}";
    return SentWebhook::shopify(kKey, kShop, "orders/updated", "d" + QByteArray::number(change), body);
}

// The last change the open panel shows; 0 when none.
qint64 shownChange(const DeskWindow& window) {
    static const QRegularExpression kNumber(u"#(\\d+)"_s);
    qint64 newest = 0;
    for (const AccordionHeader* header : window.findChildren<AccordionHeader*>()) {
        if (!header->isVisible()) continue;
        const auto match = kNumber.match(header->face().name);
        if (match.hasMatch()) newest = std::max(newest, match.captured(1).toLongLong() - 100'000);
    }
    return std::max<qint64>(0, newest);
}

void turn() {
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
}

void measureLatency(const DeskWindow& window, int port) {
    std::vector<std::atomic<qint64>> sentAt(kTimed + 1);
    std::vector<double> latencies;
    QElapsedTimer timer;
    timer.start();
    std::thread sender([&] {
        WebhookClient client(port);
        for (int i = 1; i <= kTimed; ++i) {
            const qint64 due = i * 10'000'000LL - timer.nsecsElapsed();
            if (due > 0) std::this_thread::sleep_for(std::chrono::nanoseconds(due));
            sentAt[size_t(i)] = timer.nsecsElapsed();
            if (client.send(delivery(0, i)) != 200) qFatal("delivery %d was not accepted", i);
        }
    });
    qint64 seen = 0;
    while (seen < kTimed && timer.elapsed() < 60'000) {
        turn();
        for (const qint64 now = shownChange(window); seen < now; ++seen)
            latencies.push_back(double(timer.nsecsElapsed() - sentAt[size_t(seen) + 1]) / 1e6);
        QThread::usleep(500);
    }
    sender.join();
    print(u"a webhook, from its first byte to the painted row, 100/s (%1 of %2 seen)"_s.arg(seen).arg(kTimed),
          percentiles(latencies), u"p99 ≤ 50 ms"_s);
}

void measureBurst(DeskWindow& window, Database& reader, int port, int seconds) {
    std::atomic<qint64> stored = 0;
    std::atomic<qint64> failed = 0;
    std::atomic<int> running = kSenders;
    QElapsedTimer timer;
    timer.start();
    std::vector<std::thread> senders;
    for (int s = 0; s < kSenders; ++s)
        senders.emplace_back([&, s] {
            WebhookClient client(port);
            for (qint64 i = 0; timer.elapsed() < seconds * 1'000LL; ++i) {
                const qint64 number = i * kSenders + s;
                const qint64 due = number * 1'000'000'000LL / kBurstRate - timer.nsecsElapsed();
                if (due > 0) std::this_thread::sleep_for(std::chrono::nanoseconds(due));
                // One in twenty changes what the open panel shows.
                const bool isShown = number % 20 == 0;
                if (client.send(delivery(isShown ? 0 : number % kOrders, kTimed + 1 + number)) == 200)
                    ++stored;
                else
                    ++failed;
            }
            --running;
        });
    std::vector<double> frames;
    QElapsedTimer sinceKey;
    sinceKey.start();
    while (running > 0) {
        QElapsedTimer frame;
        frame.start();
        if (sinceKey.elapsed() > 1'000) {
            sinceKey.start();
            QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &window,
                            frames.size() % 2 ? Qt::Key_J : Qt::Key_K);
        }
        turn();
        const double ms = double(frame.nsecsElapsed()) / 1e6;
        frames.push_back(ms);
        if (ms < kFrameMs) QThread::usleep(static_cast<unsigned long>((kFrameMs - ms) * 1000));
    }
    for (std::thread& sender : senders)
        sender.join();
    QElapsedTimer drained;
    drained.start();
    auto open = need(reader.prepare("SELECT count(*) FROM webhook_deliveries WHERE state = 'queued'"));
    const auto count = [](Statement& statement) {
        statement.reset();
        const qint64 number = need(statement.step()) ? statement.integer(0) : 0;
        statement.reset();
        return number;
    };
    while (count(open) > 0 && drained.elapsed() < 60'000)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    auto all = need(reader.prepare("SELECT count(*) FROM webhook_deliveries"));
    const auto dropped = std::count_if(frames.begin(), frames.end(), [](double ms) { return ms > kFrameMs; });
    print(u"%1 webhooks a second for %2 s into an open desk"_s.arg(kBurstRate).arg(seconds),
          u"%1 stored, %2 failed, %3 in the cache, all applied %4 ms after; %5 of %6 frames dropped; %7"_s
              .arg(stored.load())
              .arg(failed.load())
              .arg(count(all) - kTimed)
              .arg(drained.elapsed())
              .arg(dropped)
              .arg(frames.size())
              .arg(percentiles(frames)),
          u"none lost, 0 dropped"_s);
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const int seconds = argc > 1 ? std::atoi(argv[1]) : 60;
    const SystemClock clock;
    Theme::apply(application);
    QTemporaryDir dir;
    const auto workspace =
        need(Workspace::create(dir.filePath(u"w"_s), SecretString(std::string(32, 'b')), KeySource::KeyFile));
    {
        const auto writer = need(workspace->openWriter());
        bench::fillBigCache(*writer, kOrders, 300);
    }
    const auto decoder = makeShopifyWebhookDecoder();
    BenchKeys keys;
    DeskAdapters adapters;
    adapters.storePort = [](const StoreRow&) -> Result<std::unique_ptr<StorePort>> {
        return Error{ErrorKind::Network, u"none here"_s};
    };
    adapters.webhooks.decoder = [&](StoreKind) { return decoder.get(); };
    adapters.webhooks.readKeys = [] { return Result<void>(); };
    adapters.webhooks.listen = [&](quint16 port, WebhookInbox& inbox) { return listenForWebhooks(port, inbox, keys); };
    auto desk = need(Desk::open(*workspace, clock, adapters));
    const auto listening = desk->listenForWebhooks(quint16(0));
    while (!listening.isFinished())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    const int port = need(listening.result());
    test::FakeMailDesk mail;
    DeskWindow window(*desk, mail, {}, clock, dir.path());
    window.resize(1440, 900);
    window.show();
    QTest::qWait(500);
    window.openConversation(ConversationId(1));
    QTest::qWait(500);
    measureLatency(window, port);
    const auto reader = need(workspace->openReader());
    measureBurst(window, *reader, port, seconds);
    return 0;
}
