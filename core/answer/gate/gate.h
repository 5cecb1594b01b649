// Whether a drafted answer may leave by itself (A6): every hard check and every setting, each with its answer, in a
// fixed order. Called by the engine when a proposal is made and again before it is queued. Pure; it reads no clock and
// draws no chance. What nobody filled in counts as the worst case.
#pragma once

#include "core/base/utc_time.h"
#include "core/domain/answering/auto_send_rule.h"
#include "core/domain/answering/gate_decision.h"
#include "core/domain/answering/intent.h"
#include "core/domain/answering/return_window.h"
#include "core/domain/mail/sender_check.h"
#include "core/domain/names.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace aiva {

struct GateInput {
    UtcTime now;

    // The draft and what was proved of it
    bool verifierPassed = false;
    bool needsPerson = true; // the playbook or the model asks for one
    Intent intent = Intent::Other;
    double confidence = 0; // of the draft
    QString language;      // of the draft
    IntentReading reading; // of the mail

    // The mail it answers, and who wrote it
    std::optional<SenderCheck> sender = {}; // absent: nobody looked
    MatchedBy matchedBy = MatchedBy::None;
    bool isVip = true;
    bool isAutomated = true; // Auto-Submitted, Precedence, List-*, empty return path
    bool isFromOwnDomain = true;
    bool hasAttachments = true;

    // The thread
    bool hasNewMail = true; // since the facts were read
    int autoRepliesOfThreadToday = 1;
    bool colleagueIsOnIt = true; // assigned to or claimed by somebody
    bool personIsWriting = true; // a reply is begun in the composer
    bool answeredSince = true;   // something went out after the mail it answers
    UtcTime factsReadAt = UtcTime();

    // Orders
    int candidateOrders = 0; // these two as namedOrdersOf() finds them
    bool namesForeignOrder = true;
    ReturnWindow returnWindow = ReturnWindow::Unknown; // only asked for when something is to be sent back

    // Settings and what already left
    bool isStopped = true; // the kill switch
    bool isMasterOn = false;
    AutoSendRule rule;
    QString timeZone; // of the store, IANA; empty: UTC
    int sentInLastHour = 0;
    int sentToCustomerInLastDay = 0;
    double chance = 0; // 0…1, drawn by the caller: where between the shortest and the longest delay it leaves
};

inline constexpr qint64 kFactsFreshMs = 2 * 60'000;
inline constexpr int kUndoMinutesLeast = 2;
inline constexpr int kUndoMinutesMost = 10;

// Send only when every check holds. Hold with `shadow` when all hold but the mode, and the mode is Shadow.
GateDecision decide(const GateInput& input);

// The checks' stable names in their order, hard ones first: for what a person reads in their language.
QStringList gateCheckNames();

} // namespace aiva
