#include "core/base/async.h"
#include "core/base/id.h"
#include "core/base/result.h"
#include "tests/support/patience.h"

#include <QObject>
#include <QThread>

#include <memory>
#include <unordered_set>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

Error failure(const QString& detail) {
    return {ErrorKind::Invalid, detail};
}

Result<int> doubled(Result<int> number) {
    AIVA_TRY(const int value, std::move(number));
    return value * 2;
}

Result<void> checked(Result<void> result, int& reached) {
    AIVA_CHECK(std::move(result));
    ++reached;
    return {};
}

Result<std::unique_ptr<int>> box(int value) {
    return std::make_unique<int>(value);
}

} // namespace

class TestResult : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void carriesAValueOrAnError();
    void unwrapsOrPassesOn();
    void movesWhatCannotBeCopied();
    void namesKindsAndCauses();
    void idsAreApartAndHashable();
    void whenDoneAnswersOnTheContextsThread();
    void whenDoneIsSilentWhenTheContextIsGone();
    void whenDoneIsSilentWhenCancelled();
    void andThenChainsAndPassesErrors();
    void andThenLeavesDeadContextsCancelled();
};

void TestResult::carriesAValueOrAnError() {
    const Result<int> good(4);
    const Result<int> bad(failure(u"no"_s));
    QVERIFY(good && !bad);
    QCOMPARE(*good, 4);
    QCOMPARE(bad.error().detail, u"no"_s);
    QCOMPARE(bad.value_or(9), 9);
    QCOMPARE(good.value_or(9), 4);
    QVERIFY(Result<void>());
    QVERIFY(!Result<void>(failure(u"no"_s)));
}

void TestResult::unwrapsOrPassesOn() {
    QCOMPARE(*doubled(21), 42);
    const Error error{ErrorKind::Storage, u"full"_s, ErrorCause::DiskFull};
    QCOMPARE(doubled(error).error(), error);
    int reached = 0;
    QVERIFY(checked({}, reached));
    QCOMPARE(checked(error, reached).error(), error);
    QCOMPARE(reached, 1);
}

void TestResult::movesWhatCannotBeCopied() {
    const auto work = []() -> Result<int> {
        AIVA_TRY(const std::unique_ptr<int> one, box(1));
        AIVA_TRY(const std::unique_ptr<int> two, box(2));
        return *one + *two;
    };
    QCOMPARE(*work(), 3);
}

void TestResult::namesKindsAndCauses() {
    QCOMPARE(errorKindName(ErrorKind::Network), u"Network"_s);
    QCOMPARE(errorKindName(ErrorKind::Internal), u"Internal"_s);
    QCOMPARE(errorCauseName(ErrorCause::None), u"None"_s);
    QCOMPARE(errorCauseName(ErrorCause::WrongKey), u"WrongKey"_s);
    QCOMPARE(errorCauseName(ErrorCause::NoSecretService), u"NoSecretService"_s);
    QCOMPARE(errorCauseName(ErrorCause::ClockSkew), u"ClockSkew"_s);
    QCOMPARE(errorCauseName(kLastErrorCause), u"NameMissing"_s);
}

void TestResult::idsAreApartAndHashable() {
    using AppleId = Id<struct AppleTag>;
    using PearId = Id<struct PearTag>;
    static_assert(!std::is_convertible_v<AppleId, PearId>);
    static_assert(!std::is_convertible_v<qint64, AppleId>);
    QVERIFY(!AppleId().isValid());
    QVERIFY(AppleId(2) > AppleId(1));
    const std::unordered_set<AppleId> apples{AppleId(1), AppleId(2), AppleId(1)};
    QCOMPARE(apples.size(), size_t(2));
}

void TestResult::whenDoneAnswersOnTheContextsThread() {
    QPromise<Result<int>> promise;
    promise.start();
    int answer = 0;
    QThread* thread = nullptr;
    whenDone(promise.future(), this, [&](const Result<int>& result) {
        answer = *result;
        thread = QThread::currentThread();
    });
    const std::unique_ptr<QThread> worker(QThread::create([&] {
        promise.addResult(Result<int>(7));
        promise.finish();
    }));
    worker->start();
    QTRY_COMPARE(answer, 7);
    QCOMPARE(thread, QThread::currentThread());
    worker->wait();

    // One that was answered before anybody asked.
    whenDone(readyFuture(Result<int>(8)), this, [&](const Result<int>& result) { answer = *result; });
    QTRY_COMPARE(answer, 8);
}

void TestResult::whenDoneIsSilentWhenTheContextIsGone() {
    QPromise<Result<int>> promise;
    promise.start();
    bool called = false;
    auto context = std::make_unique<QObject>();
    whenDone(promise.future(), context.get(), [&](const Result<int>&) { called = true; });
    promise.addResult(Result<int>(7));
    promise.finish();
    context.reset(); // the answer is already on its way
    QTest::qWait(20);
    QVERIFY(!called);
}

void TestResult::whenDoneIsSilentWhenCancelled() {
    QPromise<Result<int>> promise;
    promise.start();
    bool called = false;
    whenDone(promise.future(), this, [&](const Result<int>&) { called = true; });
    promise.future().cancel();
    promise.finish();
    QTest::qWait(20);
    QVERIFY(!called);
}

void TestResult::andThenChainsAndPassesErrors() {
    QObject context;
    int seen = 0;
    const auto half = [](const int& number) {
        return readyFuture(number % 2 ? Result<QString>(failure(u"odd"_s))
                                      : Result<QString>(QString::number(number / 2)));
    };
    QString text;
    whenDone(andThen(readyFuture(Result<int>(10)), &context, half), &context,
             [&](const Result<QString>& result) { text = *result; });
    QTRY_COMPARE(text, u"5"_s);
    QString error;
    const auto keep = [&](const Result<QString>& result) { error = result.error().detail; };
    whenDone(andThen(readyFuture(Result<int>(9)), &context, half), &context, keep);
    QTRY_COMPARE(error, u"odd"_s);
    const auto count = [&](const int&) {
        ++seen;
        return readyFuture(Result<QString>(QString()));
    };
    whenDone(andThen(readyFuture(Result<int>(failure(u"first"_s))), &context, count), &context, keep);
    QTRY_COMPARE(error, u"first"_s);
    QCOMPARE(seen, 0);
}

void TestResult::andThenLeavesDeadContextsCancelled() {
    QPromise<Result<int>> promise;
    promise.start();
    auto context = std::make_unique<QObject>();
    const auto next = andThen(promise.future(), context.get(), [](const int&) { return readyFuture(Result<int>(1)); });
    context.reset();
    promise.addResult(Result<int>(7));
    promise.finish();
    QTRY_VERIFY(next.isCanceled());
    QCOMPARE(next.resultCount(), 0);
}

QTEST_GUILESS_MAIN(TestResult)
#include "tst_result.moc"
