// PullCore: fetching webhooks from a queue while the settings webhook.pull and webhook.pull.* say so. Lives on the core
// thread, owned by WebhookCore.
#pragma once

#include "core/base/async.h"
#include "core/storage/workspace/settings_repository.h"
#include "core/webhook/webhook_adapters.h"

#include <QObject>
#include <QPromise>

#include <memory>
#include <optional>

namespace aiva {

class PullCore : public QObject {
    Q_OBJECT
public:
    // All outlive it. `sink` books what is fetched.
    PullCore(Database& writer, const WebhookAdapters& adapters, SettingsRepository& settings, WebhookSink& sink);
    ~PullCore() override;

    // As the settings say; the error is kept as well.
    Result<void> start();
    // If what should be fetched from could not be; why not is told no second time.
    void startAgain();
    // Fetches once to see whether it can, then keeps place and key file and goes on. An empty account: the one kept.
    // What cannot be tried leaves what is fetched from as it is. Conflict while another place is being tried.
    Future<bool> open(const PullPlace& place, const SecretString& account);
    Result<void> close(); // also after the next start

    Result<PullPlace> place();
    bool hasAccount();
    std::optional<PullState> state() const;
    const std::optional<Error>& error() const { return m_error; }

Q_SIGNALS:
    void changed();

private:
    Result<SecretString> accountOf(const SecretString& given);
    Result<void> keep(const PullPlace& place, const SecretString& account);
    Result<void> begin(const PullPlace& place, const SecretString& account);
    using Answer = std::shared_ptr<QPromise<Result<bool>>>;
    bool isTrying() const { return m_answer && !m_answer->future().isFinished(); }
    void endTrial(const Answer& answer, const Result<bool>& result);

    Database& m_writer;
    const WebhookAdapters& m_adapters;
    SettingsRepository& m_settings;
    WebhookSink& m_sink;
    std::unique_ptr<WebhookPull> m_pull;
    std::unique_ptr<WebhookPull> m_trial;
    Answer m_answer;                  // of the trial
    std::optional<bool> m_hasAccount; // as read or kept last: a keychain is not asked each time somebody looks
    std::optional<Error> m_error;
};

} // namespace aiva
