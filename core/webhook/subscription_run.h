// SubscriptionRun: makes what a shop lists into what is wanted, or takes ours back: asks what there is, does what the
// plan says one at a time, and tells what became of each step. One refused topic does not keep the others; a shop that
// cannot be reached ends it. Lives on the thread of its port, which outlives it; made for one answer.
#pragma once

#include "core/webhook/subscription_plan.h"

#include <QObject>
#include <QPromise>

#include <optional>
#include <vector>

namespace aiva {

struct SubscriptionOutcome {
    SubscriptionStep step;
    std::optional<Error> error;
};

struct SubscriptionReport {
    QString address;
    std::vector<SubscriptionOutcome> outcomes;
    std::vector<WebhookSubscription> listed; // before anything was done

    // Everything that is needed is subscribed.
    bool isComplete() const;
    // Scopes an essential topic lacks, one of each kind.
    QStringList missingScopes() const;
    // The first step that failed; absent when none did.
    std::optional<Error> firstError() const;
    qint64 count(SubscriptionStep::Do what) const; // that went well
};

class SubscriptionRun : public QObject {
    Q_OBJECT
public:
    SubscriptionRun(WebhookSubscriptionPort& port, const SubscriptionGoal& goal, const SecretString& key,
                    QObject* parent = nullptr);
    ~SubscriptionRun() override; // before its end: answers Refused

    enum class Aim { Look, Subscribe, Unsubscribe }; // Look: the plan, nothing done
    Future<SubscriptionReport> start(Aim aim);

private:
    void plan(Aim aim);
    void next();
    void take(const std::optional<Error>& error);
    SubscriptionWish wish(const QString& topic) const;
    void end(Result<SubscriptionReport> result);

    WebhookSubscriptionPort& m_port;
    const SubscriptionGoal m_goal;
    const SecretString m_key;
    SubscriptionReport m_report;
    size_t m_next = 0;
    QPromise<Result<SubscriptionReport>> m_promise;
    bool m_isEnded = false;
};

} // namespace aiva
