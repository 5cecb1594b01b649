// What the gate asks about, read from the cache: rules, caps, the outbox, the mailbox. Used by AnswerEngine on its
// connection.
#pragma once

#include "core/answer/facts/answer_sources.h"
#include "core/answer/gate/gate.h"
#include "core/domain/answering/answer_draft.h"
#include "core/storage/answers/auto_send_repository.h"
#include "core/storage/mailboxes/mailbox_repository.h"
#include "core/storage/replies/outbox_repository.h"
#include "core/storage/workspace/settings_repository.h"

#include <memory>

namespace aiva {

class GateFacts {
public:
    static Result<std::unique_ptr<GateFacts>> create(Database& database);

    // `chance`: 0…1, see GateInput.
    Result<GateInput> read(const AnswerSources& sources, const FactSet& facts, const IntentReading& reading,
                           const std::optional<AnswerDraft>& draft, UtcTime now, double chance);

private:
    Result<void> readRules(GateInput& input, const AnswerSources& sources);
    Result<bool> isOurs(const AnswerSources& sources);
    Result<bool> isAnswered(const AnswerSources& sources);

    std::unique_ptr<AutoSendRepository> m_rules;
    std::unique_ptr<MailboxRepository> m_mailboxes;
    std::unique_ptr<OutboxRepository> m_outbox;
    std::unique_ptr<SettingsRepository> m_settings;
};

// The start of today in a store's time zone (IANA; empty or unknown: UTC).
UtcTime startOfDay(UtcTime now, const QString& timeZone);

} // namespace aiva
