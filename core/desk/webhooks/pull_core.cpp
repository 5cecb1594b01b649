#include "core/desk/webhooks/pull_core.h"

#include <QTimer>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kPullSetting = "webhook.pull"_L1; // on, off
constexpr auto kPullProject = "webhook.pull.project"_L1;
constexpr auto kPullSubscription = "webhook.pull.subscription"_L1;
constexpr auto kPullBaseUrl = "webhook.pull.base_url"_L1; // of an emulator on this machine

Error noPulling() {
    return {ErrorKind::Refused, u"this desk was opened without it"_s, ErrorCause::NotSupported};
}

} // namespace

PullCore::PullCore(Database& writer, const WebhookAdapters& adapters, SettingsRepository& settings, WebhookSink& sink)
    : m_writer(writer), m_adapters(adapters), m_settings(settings), m_sink(sink) {}

PullCore::~PullCore() = default;

Result<PullPlace> PullCore::place() {
    PullPlace place;
    AIVA_TRY(const auto project, m_settings.value(kPullProject));
    AIVA_TRY(const auto subscription, m_settings.value(kPullSubscription));
    AIVA_TRY(const auto baseUrl, m_settings.value(kPullBaseUrl));
    return PullPlace{project.value_or(QString()), subscription.value_or(QString()), baseUrl.value_or(QString())};
}

bool PullCore::hasAccount() {
    if (m_hasAccount || !m_adapters.account) return m_hasAccount.value_or(false);
    const auto account = m_adapters.account(m_writer);
    if (account) m_hasAccount = account->has_value();
    return m_hasAccount.value_or(false);
}

std::optional<PullState> PullCore::state() const {
    return m_pull ? std::optional(m_pull->state()) : std::nullopt;
}

Result<void> PullCore::start() {
    AIVA_TRY(const auto isOn, m_settings.value(kPullSetting));
    if (isOn != u"on"_s) return {};
    const auto begun = [this]() -> Result<void> {
        if (!m_adapters.pull) return noPulling();
        AIVA_TRY(const PullPlace where, place());
        AIVA_TRY(const SecretString account, accountOf({}));
        AIVA_CHECK(m_adapters.readKeys());
        return begin(where, account);
    }();
    if (!begun) m_error = begun.error();
    return begun;
}

void PullCore::startAgain() {
    if (!m_error || m_pull || isTrying()) return;
    if (const auto begun = start(); !begun) m_error = begun.error();
    Q_EMIT changed();
}

Result<SecretString> PullCore::accountOf(const SecretString& given) {
    if (!given.isEmpty()) return m_adapters.readAccount(given);
    AIVA_TRY(const auto kept, m_adapters.account(m_writer));
    if (!kept) return Error{ErrorKind::Invalid, u"the key file of the service account is missing"_s};
    return *kept;
}

Result<void> PullCore::begin(const PullPlace& place, const SecretString& account) {
    PullEvents events;
    events.changed = [this](const PullState&) { Q_EMIT changed(); };
    m_pull.reset();
    AIVA_TRY(m_pull, m_adapters.pull(place, account, WebhookAdapters::PullKind::Standing, m_sink, std::move(events)));
    m_error.reset();
    return {};
}

Result<void> PullCore::keep(const PullPlace& place, const SecretString& account) {
    AIVA_CHECK(m_adapters.keepAccount(m_writer, account));
    m_hasAccount = true;
    AIVA_CHECK(m_settings.setValue(kPullProject, place.project));
    AIVA_CHECK(m_settings.setValue(kPullSubscription, place.subscription));
    AIVA_CHECK(m_settings.setValue(kPullBaseUrl, place.baseUrl));
    return m_settings.setValue(kPullSetting, u"on"_s);
}

Future<bool> PullCore::open(const PullPlace& place, const SecretString& given) {
    if (!m_adapters.pull) return readyFuture<bool>(noPulling());
    if (isTrying()) return readyFuture<bool>(Error{ErrorKind::Conflict, u"another queue is being tried"_s});
    const auto account = accountOf(given);
    if (!account) return readyFuture<bool>(account.error());
    if (const auto read = m_adapters.readKeys(); !read) return readyFuture<bool>(read.error());
    auto answer = std::make_shared<QPromise<Result<bool>>>();
    answer->start();
    PullEvents events;
    events.changed = [this, answer](const PullState& state) {
        if (state.error) endTrial(answer, *state.error);
    };
    events.drained = [this, answer, place, secret = *account] {
        if (answer->future().isFinished()) return;
        auto kept = keep(place, secret);
        if (kept) kept = begin(place, secret);
        endTrial(answer, kept ? Result<bool>(true) : Result<bool>(kept.error()));
    };
    auto trial = m_adapters.pull(place, *account, WebhookAdapters::PullKind::AtOnce, m_sink, std::move(events));
    if (!trial) return readyFuture<bool>(trial.error());
    // One question at a time: a trial beside a standing one would take its messages from it, and is a trial of both.
    m_pull.reset();
    m_trial = *std::move(trial);
    m_answer = answer;
    return answer->future();
}

// Called by the trial itself, which is let go of later.
void PullCore::endTrial(const Answer& answer, const Result<bool>& result) {
    if (answer->future().isFinished()) return;
    answer->addResult(result);
    answer->finish();
    QTimer::singleShot(0, this, [this, ended = m_trial.get(), isFine = result.has_value()] {
        if (m_trial.get() == ended) m_trial.reset();
        if (!isFine && !m_pull && !m_trial)
            if (const auto resumed = start(); !resumed) m_error = resumed.error(); // as it was before
        Q_EMIT changed();
    });
}

Result<void> PullCore::close() {
    if (isTrying()) {
        m_answer->addResult(Error{ErrorKind::Refused, u"fetching was ended meanwhile"_s});
        m_answer->finish();
    }
    m_trial.reset();
    m_pull.reset();
    m_error.reset();
    Q_EMIT changed();
    return m_settings.setValue(kPullSetting, u"off"_s);
}

} // namespace aiva
