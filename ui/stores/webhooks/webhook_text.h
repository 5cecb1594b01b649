// What is said about webhooks: how a way in stands, what a test found, what to do about it. Pure.
#pragma once

#include "core/desk/webhooks/webhook_values.h"
#include "core/domain/names.h"
#include "ui/stores/connect/step_line.h"

#include <QString>

namespace aiva {

struct StepSaying {
    StepState state = StepState::Waits;
    QString detail;
};

// This computer's side: listening, fetching, or why not.
StepSaying doorSaying(const WebhookStatus& status, UtcTime now);
StepSaying doorTrouble(WebhookWay way, quint16 port, const Error& error);
// The shop's side: what a plan or a run says of it.
StepSaying shopSaying(StoreKind kind, const SubscriptionReport& report);
StepSaying shopTrouble(const Error& error);
// What came: "last one 14:02 · 3 refused today: their signature is wrong".
StepSaying deliverySaying(const WebhookStatus& status, UtcTime now);

// "wrong_signature" and its kin, for people.
QString refusalText(const QString& reason);
// What has to be done outside of Aiva for a way, a step a line.
QString waySteps(WebhookWay way, StoreKind kind, quint16 port);
// Where requests about personal data have to be entered; empty where a shop sends none.
QString complianceNote(StoreKind kind);

} // namespace aiva
