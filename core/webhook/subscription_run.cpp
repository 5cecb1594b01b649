#include "core/webhook/subscription_run.h"

#include "core/base/log.h"

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

using Do = SubscriptionStep::Do;

// Says something of all topics, not of this one.
bool endsAll(const Error& error) {
    if (error.cause == ErrorCause::HostNotAllowed) return true; // they all have the same address
    switch (error.kind) {
    case ErrorKind::Network:
    case ErrorKind::Timeout:
    case ErrorKind::RateLimited:
    case ErrorKind::Storage:
    case ErrorKind::Refused:
    case ErrorKind::Internal:
        return true;
    case ErrorKind::Auth:
        return error.cause != ErrorCause::ScopeMissing;
    case ErrorKind::NotFound:
    case ErrorKind::Conflict:
    case ErrorKind::Invalid:
        break;
    }
    return false;
}

} // namespace

bool SubscriptionReport::isComplete() const {
    return std::none_of(outcomes.begin(), outcomes.end(), [](const SubscriptionOutcome& outcome) {
        return outcome.step.isEssential && (outcome.error || outcome.step.what == Do::Skip);
    });
}

QStringList SubscriptionReport::missingScopes() const {
    QStringList scopes;
    for (const SubscriptionOutcome& outcome : outcomes)
        if (outcome.step.what == Do::Skip && outcome.step.isEssential)
            scopes << outcome.step.reason.section(u' ', 0, 0);
    scopes.removeDuplicates();
    return scopes;
}

std::optional<Error> SubscriptionReport::firstError() const {
    for (const SubscriptionOutcome& outcome : outcomes)
        if (outcome.error) return outcome.error;
    return std::nullopt;
}

qint64 SubscriptionReport::count(SubscriptionStep::Do what) const {
    return std::count_if(outcomes.begin(), outcomes.end(), [what](const SubscriptionOutcome& outcome) {
        return outcome.step.what == what && !outcome.error;
    });
}

SubscriptionRun::SubscriptionRun(WebhookSubscriptionPort& port, const SubscriptionGoal& goal, const SecretString& key,
                                 QObject* parent)
    : QObject(parent), m_port(port), m_goal(goal), m_key(key) {
    m_report.address = goal.address;
    m_promise.start();
}

SubscriptionRun::~SubscriptionRun() {
    end(Error{ErrorKind::Refused, u"cancelled"_s});
}

Future<SubscriptionReport> SubscriptionRun::start(Aim aim) {
    whenDone(m_port.subscriptions(), this, [this, aim](const Result<std::vector<WebhookSubscription>>& listed) {
        if (!listed) return end(listed.error());
        m_report.listed = *listed;
        plan(aim);
    });
    return m_promise.future();
}

void SubscriptionRun::plan(Aim aim) {
    const bool isSubscribing = aim != Aim::Unsubscribe;
    std::vector<SubscriptionStep> steps =
        isSubscribing ? planSubscriptions(m_goal, m_report.listed) : planUnsubscribing(m_goal.mark, m_report.listed);
    for (SubscriptionStep& step : steps)
        m_report.outcomes.push_back({std::move(step), std::nullopt});
    if (aim == Aim::Look) return end(m_report);
    next();
}

SubscriptionWish SubscriptionRun::wish(const QString& topic) const {
    return {topic, m_goal.address, subscriptionName(m_goal.mark, topic), m_key};
}

void SubscriptionRun::next() {
    while (m_next < m_report.outcomes.size()) {
        const SubscriptionStep& step = m_report.outcomes[m_next].step;
        const auto taken = [this](const auto& answer) {
            take(answer ? std::optional<Error>() : std::optional<Error>(answer.error()));
        };
        switch (step.what) {
        case Do::Create:
            return whenDone(m_port.subscribe(wish(step.topic)), this, taken);
        case Do::Repair:
            return whenDone(m_port.resubscribe(step.id, wish(step.topic)), this, taken);
        case Do::Remove:
            return whenDone(m_port.unsubscribe(step.id), this, taken);
        case Do::Keep:
        case Do::Skip:
            ++m_next;
        }
    }
    end(m_report);
}

void SubscriptionRun::take(const std::optional<Error>& error) {
    if (error && endsAll(*error)) return end(*error);
    if (error)
        qCInfo(logSync, "a webhook was refused: %s %s", qUtf8Printable(m_report.outcomes[m_next].step.topic),
               qUtf8Printable(errorWords(*error)));
    m_report.outcomes[m_next].error = error;
    ++m_next;
    next();
}

void SubscriptionRun::end(Result<SubscriptionReport> result) {
    if (std::exchange(m_isEnded, true)) return;
    m_promise.addResult(std::move(result));
    m_promise.finish();
}

} // namespace aiva
