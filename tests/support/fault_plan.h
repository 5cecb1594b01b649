// A plan of what goes wrong: every call through a door of the world outside is a numbered step, and each step may fail
// before or after it took effect, be refused, or be the last the program does. Tests run once calmly to learn the
// steps, then once for each of them.
#pragma once

#include "core/base/async.h"

#include <QCoreApplication>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace aiva::test {

enum class Fault { None, LostBefore, LostAfter, CrashBefore, CrashAfter, RefusedForNow, RefusedForGood };

inline const char* faultName(Fault fault) {
    static constexpr const char* names[] = {"none",        "lost before", "lost after", "crash before",
                                            "crash after", "4xx",         "5xx"};
    return names[static_cast<int>(fault)];
}

class FaultPlan {
public:
    std::map<int, Fault> faults; // by step, from 0
    QStringList trace;           // the names of the steps taken
    bool isCrashed = false;      // no call gets through any more
    std::function<void()> onCrash;
    std::function<void(int)> onStep; // when a step begins; may still plan its fault

    // Answers what the door answers, unless the plan has other plans.
    template <typename T>
    Future<T> through(const char* step, const std::function<Future<T>()>& call) {
        if (isCrashed) return silence<T>();
        const auto number = static_cast<int>(trace.size());
        trace.append(QString::fromLatin1(step));
        if (onStep) onStep(number);
        const auto found = faults.find(number);
        switch (found == faults.end() ? Fault::None : found->second) {
        case Fault::None:
            return call();
        case Fault::LostBefore:
            return soon<T>(lost());
        case Fault::LostAfter:
            return afterwards<T>(call(), [](std::shared_ptr<QPromise<Result<T>>> promise) {
                promise->addResult(Result<T>(lost()));
                promise->finish();
            });
        case Fault::CrashBefore:
            crash();
            return silence<T>();
        case Fault::CrashAfter:
            return afterwards<T>(call(), [this](const std::shared_ptr<QPromise<Result<T>>>& promise) {
                m_silent.push_back(promise);
                crash();
            });
        case Fault::RefusedForNow:
            return soon<T>({ErrorKind::RateLimited, QStringLiteral("451 later"), ErrorCause::ServerBusy});
        case Fault::RefusedForGood:
            return soon<T>({ErrorKind::Refused, QStringLiteral("550 no"), ErrorCause::RecipientRefused});
        }
        return silence<T>();
    }

private:
    static Error lost() {
        return {ErrorKind::Network, QStringLiteral("the line was lost"), ErrorCause::ConnectionReset};
    }
    void crash() {
        isCrashed = true;
        if (onCrash) onCrash();
    }
    template <typename T>
    Future<T> silence() {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        m_silent.push_back(promise);
        return promise->future();
    }
    template <typename T>
    Future<T> soon(const Error& error) {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        QTimer::singleShot(0, &m_context, [promise, error] {
            promise->addResult(Result<T>(error));
            promise->finish();
        });
        return promise->future();
    }
    template <typename T>
    Future<T> afterwards(const Future<T>& call, std::function<void(std::shared_ptr<QPromise<Result<T>>>)> then) {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        whenDone(call, &m_context, [promise, then](const Result<T>&) { then(promise); });
        return promise->future();
    }

    QObject m_context;
    std::vector<std::shared_ptr<void>> m_silent;
};

} // namespace aiva::test
