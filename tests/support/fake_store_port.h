// FakeStorePort: a shop that leaves the process, without one: pages, bulk operations with their file as bytes, and
// faults on demand. Serves a FakeShop the test may change at any time. Answers from the event loop, as a network does.
#pragma once

#include "tests/support/fake_shop.h"

#include <QMap>
#include <QObject>
#include <QStringList>

#include <deque>
#include <functional>
#include <set>
#include <string>

namespace aiva::test {

class FakeStorePort : public StorePort {
public:
    explicit FakeStorePort(FakeShop shop);
    ~FakeStorePort() override;

    enum class Call { Shop, Count, Page, Marks, Lookup, StartBulk, BulkStatus, CancelBulk, Download, Revoke };
    enum class Children { AfterParent, AfterAllParents, BeforeParents, Shuffled };

    FakeShop source; // what the shop holds now
    int pageSize = 50;
    Children children = Children::AfterParent;
    int pollsUntilDone = 2;
    qint64 chunk = 4'096;
    std::set<std::string> malformed;                // ids whose records cannot be read
    std::function<void(QByteArray&)> spoilFile;     // changes a bulk file before it is served
    std::deque<BulkStatus::State> bulkEnds;         // how the next operations end; Completed when empty
    qint64 partialBytes = -1;                       // of an operation that ends badly; none when negative
    std::deque<qint64> cutDownloadsAfter;           // the next downloads lose the connection after so many bytes
    std::function<void(Call, int number)> onCall;   // told before the n-th call (from 1) of a kind is answered
    std::function<bool(Call, int number)> isSilent; // true: this call is never answered
    bool isCountExact = true;
    std::set<std::string> hidden;              // ids a look-up says nothing about
    std::function<void(MarkPage&)> spoilMarks; // changes a page of marks before it is served

    // The next `times` calls of this kind, after letting `after` pass, answer the error.
    void failNext(Call call, Error error, int times = 1, int after = 0);
    void throttle(qint64 waitMs) { m_listener(waitMs); }
    int calls(Call call) const { return m_calls.value(call); }
    // What was asked for, in order: "page orders", "bulk customers", …
    QStringList log() const { return m_log; }
    void clearLog();
    QByteArray bulkFile(const RecordQuery& query) const;

    Future<ShopFacts> shop() override;
    Future<std::optional<qint64>> count(const RecordQuery& query) override;
    Future<RecordPage> page(const RecordQuery& query, const QString& cursor) override;
    Future<MarkPage> marks(const RecordQuery& query, const QString& cursor) override;
    Future<RecordPage> lookup(Resource resource, const std::vector<std::string>& ids) override;
    Future<BulkStatus> startBulk(const RecordQuery& query) override;
    Future<BulkStatus> bulkStatus(const QString& operationId) override;
    Future<bool> cancelBulk(const QString& operationId) override;
    Future<qint64> download(const QString& url, qint64 offset, std::shared_ptr<ByteSink> sink) override;
    std::unique_ptr<BulkDecoder> bulkDecoder(Resource resource) const override;
    void setThrottleListener(std::function<void(qint64 waitMs)> listener) override { m_listener = std::move(listener); }
    void setApiListener(std::shared_ptr<ApiListener> listener) override { m_apiListener = std::move(listener); }
    Future<bool> revoke() override;
    void cancelAll() override;

private:
    struct Script {
        Error error;
        int times = 0;
        int after = 0;
    };
    struct Operation {
        QByteArray file;
        qint64 lines = 0;
        int polls = 0;
        BulkStatus::State end = BulkStatus::State::Completed;
    };
    template <typename T>
    Future<T> answer(Call call, const QString& what, std::function<Result<T>()> make);
    std::optional<Error> scriptedError(Call call);
    BulkStatus statusOf(const QString& operationId) const;
    Result<qint64> send(const QString& url, qint64 offset, ByteSink& sink);

    QObject m_context;
    std::deque<std::function<void()>> m_cancels;
    QMap<Call, std::deque<Script>> m_scripts;
    QMap<Call, int> m_calls;
    QStringList m_log;
    QMap<QString, Operation> m_operations;
    std::function<void(qint64)> m_listener = [](qint64) {};
    std::shared_ptr<ApiListener> m_apiListener; // told of each call that is answered
};

} // namespace aiva::test
