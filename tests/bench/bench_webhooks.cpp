// bench_webhooks DIR [SECONDS [RATE]]: deliveries over HTTP into an encrypted workspace, each acknowledged only when it
// is on the disk, and applied. A paced run at RATE a second, then one as fast as it goes. One JSON line for each.
#include "core/adapters/store/shopify/webhook_decoder.h"
#include "core/adapters/webhook/webhook_listener.h"
#include "core/storage/stores/store_repository.h"
#include "core/storage/workspace/workspace.h"
#include "core/webhook/webhook_station.h"
#include "tests/support/webhook_client.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <mutex>
#include <thread>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kKey = "hush";
constexpr auto kShop = "bench.myshopify.com";
constexpr int kSenders = 32;
constexpr int kOrders = 2'000;

template <typename T>
T need(Result<T> result) {
    if (!result) qFatal("%s", qPrintable(result.error().detail));
    return *std::move(result);
}

class BenchKeys final : public WebhookKeys {
public:
    std::optional<Shop> find(StoreKind, const QString& name) const override {
        return Shop{name, {SecretString(std::string_view(kKey))}};
    }
};

// About the size of a real one.
QByteArray orderBody(int number, qint64 change) {
    QByteArray items;
    for (int i = 0; i < 6; ++i)
        items += QByteArray(i ? "," : "") + "{\"id\":" + QByteArray::number(number * 10 + i) +
                 ",\"title\":\"Brass lamp, size " + QByteArray::number(i) +
                 "\",\"quantity\":1,\"price\":\"10.00\",\"properties\":\"" + QByteArray(700, 'x') + "\"}";
    return "{\"id\":" + QByteArray::number(number) + ",\"name\":\"#" + QByteArray::number(number) +
           "\",\"currency\":\"USD\",\"email\":\"person" + QByteArray::number(number) +
           "@mail.example\",\"created_at\":\"2026-01-01T00:00:00Z\",\"updated_at\":\"" +
           UtcTime(1'800'000'000'000 + change * 1'000).isoText().toLatin1() +
           "\",\"current_total_price\":\"60.00\",\"line_items\":[" + items + "]}";
}

struct Figure {
    qint64 acknowledged = 0;
    qint64 failed = 0;
    double seconds = 0;
    std::vector<double> latencies; // ms, sorted
    double at(double share) const {
        return latencies.empty() ? 0
                                 : latencies[static_cast<size_t>(share * static_cast<double>(latencies.size() - 1))];
    }
};

// `rate` 0: as fast as it goes. Runs the event loop of the core meanwhile.
Figure send(int port, int seconds, int rate, std::atomic<qint64>& next) {
    Figure figure;
    std::mutex mutex;
    std::atomic<int> running = kSenders;
    QElapsedTimer timer;
    timer.start();
    std::vector<std::thread> senders;
    for (int s = 0; s < kSenders; ++s)
        senders.emplace_back([&, s] {
            WebhookClient client(port);
            std::vector<double> own;
            qint64 failed = 0;
            for (qint64 i = 0; timer.elapsed() < seconds * 1'000LL; ++i) {
                const qint64 number = next++;
                const auto webhook = SentWebhook::shopify(kKey, kShop, "orders/updated", QByteArray::number(number),
                                                          orderBody(1 + static_cast<int>(number % kOrders), number));
                // Due when its turn is, whether the one before is answered or not: waiting counts as latency.
                qint64 begun = timer.nsecsElapsed();
                if (rate > 0) {
                    const qint64 due = (i * kSenders + s) * 1'000'000'000LL / rate;
                    if (due > begun) std::this_thread::sleep_for(std::chrono::nanoseconds(due - begun));
                    begun = due;
                }
                if (client.send(webhook) != 200) {
                    ++failed;
                    break;
                }
                own.push_back(static_cast<double>(timer.nsecsElapsed() - begun) / 1e6);
            }
            const std::lock_guard lock(mutex);
            figure.failed += failed;
            figure.latencies.insert(figure.latencies.end(), own.begin(), own.end());
            --running;
        });
    while (running > 0)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 50);
    for (std::thread& sender : senders)
        sender.join();
    figure.seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    figure.acknowledged = static_cast<qint64>(figure.latencies.size());
    std::sort(figure.latencies.begin(), figure.latencies.end());
    return figure;
}

void print(const QString& what, const Figure& figure, qint64 drainedMs, const char* target) {
    std::printf("{\"what\":\"%s\",\"figure\":\"%.0f/s, %lld stored, %lld failed, p50 %.1f ms, p99 %.1f ms, all applied "
                "%lld ms after\",\"target\":\"%s\"}\n",
                qPrintable(what), static_cast<double>(figure.acknowledged) / figure.seconds,
                static_cast<long long>(figure.acknowledged), static_cast<long long>(figure.failed), figure.at(0.5),
                figure.at(0.99), static_cast<long long>(drainedMs), target);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    if (argc < 2) return 2;
    const int seconds = argc > 2 ? std::atoi(argv[2]) : 60;
    const int rate = argc > 3 ? std::atoi(argv[3]) : 1'000;
    const SystemClock clock;
    const auto workspace =
        need(Workspace::create(QString::fromLocal8Bit(argv[1]), Workspace::newKey(), KeySource::KeyFile));
    const auto writer = need(workspace->openWriter());
    StoreRow row;
    row.domain = row.name = QString::fromLatin1(kShop);
    row.currency = u"USD"_s;
    need(need(StoreRepository::create(*writer))->save(row));
    const auto decoder = makeShopifyWebhookDecoder();
    const auto station = need(WebhookStation::create(
        *writer, clock, [&](StoreKind) { return decoder.get(); },
        [](const StoreRow&) -> Result<std::unique_ptr<StorePort>> {
            return Error{ErrorKind::Network, u"none here"_s};
        }));
    BenchKeys keys;
    const auto listener = need(listenForWebhooks(0, station->inbox(), keys));

    std::atomic<qint64> next = 1;
    const auto measure = [&](const QString& what, int length, int pace, const char* target) {
        const Figure figure = send(listener->port(), length, pace, next);
        QElapsedTimer drained;
        drained.start();
        const auto queue = need(WebhookQueue::create(*writer));
        while (need(queue->counts()).queued > 0 && drained.elapsed() < 60'000)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        print(what, figure, drained.elapsed(), target);
        return figure.failed;
    };
    qint64 failed =
        measure(u"webhooks at %1/s for %2 s"_s.arg(rate).arg(seconds), seconds, rate, "1000/s stored, none lost");
    failed += measure(u"webhooks as fast as they go"_s, std::min(seconds, 10), 0, "");
    return failed == 0 ? 0 : 1;
}
