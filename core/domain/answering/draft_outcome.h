// What became of a proposed draft: one row each, from which a rule earns its record and the caps are counted. Plain
// values.
#pragma once

#include "core/base/utc_time.h"
#include "core/domain/answering/answer_draft.h"
#include "core/domain/ids.h"

#include <QString>

#include <optional>

namespace aiva {

enum class DraftOutcome { Unedited, Edited, Discarded, AutoSent, Cancelled };
QString toWord(DraftOutcome outcome); // unedited edited discarded auto_sent cancelled
std::optional<DraftOutcome> draftOutcomeFromWord(const QString& word);

struct DraftOutcomeRecord {
    StoreId store;
    ConversationId conversation;
    QString customerEmail; // normalised
    Intent intent = Intent::OrderStatus;
    AnswerSource source = AnswerSource::Playbook;
    DraftOutcome outcome = DraftOutcome::Unedited;
    bool wasShadowSend = false; // the gate would have sent it
    UtcTime at = UtcTime();

    bool operator==(const DraftOutcomeRecord&) const = default;
};

} // namespace aiva
