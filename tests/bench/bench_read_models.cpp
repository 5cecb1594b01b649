// How long the read models take on a large cache, without a window. Run: bench_read_models [orders] [conversations];
// a conversation has five messages.
#include "core/answer/facts/context_block.h"
#include "core/answer/facts/fact_collector.h"
#include "core/base/clock.h"
#include "core/readmodel/conversation_query.h"
#include "core/readmodel/customer_query.h"
#include "core/readmodel/inbox_query.h"
#include "core/readmodel/search_query.h"
#include "core/readmodel/store_query.h"
#include "core/storage/vault/cipher_vfs.h"
#include "tests/bench/big_cache.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

template <typename T>
T need(Result<T> result) {
    if (!result) qFatal("%s", qPrintable(result.error().detail));
    return *std::move(result);
}

template <typename Fn>
void measure(const char* what, int times, Fn fn) {
    std::vector<double> ms;
    for (int i = 0; i < times; ++i) {
        QElapsedTimer timer;
        timer.start();
        fn();
        ms.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(ms.begin(), ms.end());
    const auto at = [&](double share) { return ms[static_cast<size_t>(share * double(ms.size() - 1))]; };
    std::printf("%-40s p50 %7.3f ms  p99 %7.3f ms  max %7.3f ms\n", what, at(0.5), at(0.99), ms.back());
    std::fflush(stdout);
}

void measureInbox(Database& reader, QRandomGenerator& random, qint64 conversations) {
    const auto query = need(InboxQuery::create(reader));
    const UtcTime newest = need(query->page({InboxView::All}, {}, 1)).at(0).lastMessageAt;
    measure("inbox: any page of any filter", 2'000, [&] {
        const InboxFilter filter{
            std::array{InboxView::NeedsMe, InboxView::Waiting, InboxView::Vip, InboxView::All}[random.bounded(4)],
            random.bounded(2) ? InboxSort::Newest : InboxSort::Oldest, random.bounded(2) == 1, random.bounded(2) == 1};
        const InboxKey after{newest.plusSeconds(-60 * qint64(random.bounded(quint32(conversations)))),
                             ConversationId(1)};
        need(query->page(filter, after, 50));
    });
    measure("inbox: counts", 200, [&] { need(query->counts()); });
}

void measurePeople(Database& reader, QRandomGenerator& random, const bench::BigCache& cache) {
    const auto query = need(CustomerQuery::create(reader));
    const QStringList emails = bench::sampleEmails(cache.customers);
    measure("person with ten orders, by e-mail", 5'000,
            [&] { need(query->byEmail(emails.at(random.bounded(int(emails.size()))))); });
    const auto conversations = need(ConversationQuery::create(reader));
    measure("conversation", 2'000, [&] {
        need(conversations->conversation(ConversationId(1 + random.bounded(quint32(cache.conversations)))));
    });
    const auto stores = need(StoreQuery::create(reader));
    measure("stores with counts", 200, [&] { need(stores->stores()); });
}

void measureAnswers(Database& reader, QRandomGenerator& random, const bench::BigCache& cache) {
    const auto answers = need(AnswerReader::create(reader));
    const UtcTime now = SystemClock().now();
    measure("context of a conversation", 2'000, [&] {
        const auto sources = need(answers->read(ConversationId(1 + random.bounded(quint32(cache.conversations))), now));
        contextBlock(*sources, factsOf(*sources));
    });
    measure("whether an order is somebody else's", 2'000, [&] {
        answers->belongsToSomebodyElse(StoreId(1), ProfileId(1), IdentityKind::OrderName,
                                       QString::number(1'001 + random.bounded(quint32(cache.orders))));
    });
}

void measureSearch(Database& reader, QRandomGenerator& random) {
    const auto query = need(SearchQuery::create(reader));
    const QStringList words = bench::vocabulary();
    const auto word = [&](int upTo) { return words.at(random.bounded(upTo)); };
    measure("search: a common word", 300, [&] { need(query->search(word(100), 20)); });
    measure("search: any word, as typed", 300, [&] {
        const QString typed = word(20'000);
        need(query->search(typed.left(2 + random.bounded(3)), 20));
    });
    measure("search: two words, second as typed", 300,
            [&] { need(query->search(word(2'000) + u' ' + word(2'000).left(2 + random.bounded(3)), 20)); });
    measure("search: first letters of people", 300, [&] { need(query->search(u"cu"_s, 20)); });
}

} // namespace

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    const qint64 orders = argc > 1 ? QByteArray(argv[1]).toLongLong() : 50'000;
    const qint64 conversations = argc > 2 ? QByteArray(argv[2]).toLongLong() : 10'000;
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"aiva.db"_s);
    const auto key =
        need(CipherKeyLease::take(path, SecretString(std::string(32, 'k')), CipherKeyLease::Trust::Proven));
    QElapsedTimer timer;
    timer.start();
    bench::BigCache cache;
    {
        const auto writer = need(Database::open(path, Database::Access::ReadWrite));
        cache = bench::fillBigCache(*writer, orders, conversations);
    }
    std::printf("filled with %lld orders, %lld messages in %.1f s, %lld MB\n", static_cast<long long>(cache.orders),
                static_cast<long long>(cache.messages), double(timer.elapsed()) / 1e3,
                static_cast<long long>(QFileInfo(path).size() >> 20));
    const auto reader = need(Database::open(path, Database::Access::QueryOnly));
    QRandomGenerator random(1);
    measureInbox(*reader, random, conversations);
    measurePeople(*reader, random, cache);
    measureAnswers(*reader, random, cache);
    measureSearch(*reader, random);
    return 0;
}
