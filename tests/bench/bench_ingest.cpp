// bench_ingest aiva|bare SCHEMA CUSTOMERS.jsonl ORDERS.jsonl DIR: one JSON line with lines, seconds and peak memory.
// `aiva` is the whole way of a bulk sync: encrypted spool, decoding, encrypted cache with index and full text.
#include "tests/bench/bare_ingest.h"
#include "tests/bench/file_shop.h"

#include "core/adapters/http/http_transport.h"
#include "core/adapters/store/shopify/shopify_connection.h"
#include "core/base/clock.h"
#include "core/storage/stores/store_repository.h"
#include "core/sync/store_sync_run.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>

#include <cstdio>
#include <sys/resource.h>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

template <typename T>
T need(Result<T> result) {
    if (!result) qFatal("%s", qPrintable(result.error().detail));
    return *std::move(result);
}

bench::IngestFigure aivaIngest(const QString& customers, const QString& orders, const QString& dir,
                               const bench::FileShop::DecoderFactory& decoders) {
    const SystemClock clock;
    const auto workspace = need(Workspace::create(dir, Workspace::newKey(), KeySource::KeyFile));
    const auto writer = need(workspace->openWriter());
    StoreRow row;
    row.domain = row.name = u"bench.myshopify.com"_s;
    row.currency = u"USD"_s;
    row.createdAt = clock.now();
    SyncRequest request;
    request.store = need(need(StoreRepository::create(*writer))->save(row));
    request.resources = {Resource::Customers, Resource::Orders};
    request.transport = SyncRequest::Transport::Bulk;
    bench::FileShop shop({{Resource::Customers, customers}, {Resource::Orders, orders}}, decoders);

    QElapsedTimer timer;
    timer.start();
    StoreSyncRun run(*workspace, *writer, shop, clock, request);
    bench::IngestFigure figure;
    SyncOutcome outcome;
    QObject::connect(&run, &StoreSyncRun::finished, &run, [&](const SyncOutcome& result) {
        outcome = result;
        QCoreApplication::quit();
    });
    run.start();
    QCoreApplication::exec();
    figure.seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    if (outcome.status != SyncStatus::Completed) qFatal("the sync did not complete");
    for (const SyncCounts& counts : outcome.counts)
        figure.lines += counts.processed;
    return figure;
}

} // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 6) return 2;
    const SystemClock clock;
    HttpTransport transport;
    ShopifyConnection connection;
    connection.shopDomain = u"bench.myshopify.com"_s;
    connection.currency = u"USD"_s;
    connection.credentials = ShopifyAdminToken{SecretString("bench")};
    const std::shared_ptr<StorePort> shopify = makeShopifyStore(transport, clock, std::move(connection));
    const auto decoders = [shopify](Resource resource) { return shopify->bulkDecoder(resource); };

    const QString mode = arguments.at(1);
    const bench::IngestFigure figure = mode == u"aiva"
                                           ? aivaIngest(arguments.at(3), arguments.at(4), arguments.at(5), decoders)
                                           : bench::bareIngest(arguments.at(2), arguments.at(3), arguments.at(4),
                                                               arguments.at(5) + u"/bare.db"_s, decoders);
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("{\"peer\":\"%s\",\"rows\":%lld,\"seconds\":%.3f,\"rss_mb\":%ld}\n", qPrintable(mode),
                static_cast<long long>(figure.lines), figure.seconds, usage.ru_maxrss / 1024);
    return 0;
}
