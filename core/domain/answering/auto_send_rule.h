// How far Aiva may go by itself, per store and intent (settings half of the gate). Plain values.
#pragma once

#include "core/domain/answering/intent.h"
#include "core/domain/ids.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace aiva {

enum class AutoSendMode { Off, Shadow, On };
QString toWord(AutoSendMode mode); // off shadow on
std::optional<AutoSendMode> autoSendModeFromWord(const QString& word);

struct AutoSendRule {
    StoreId store;
    Intent intent = Intent::OrderStatus;
    AutoSendMode mode = AutoSendMode::Off;
    int thresholdPercent = 85; // 70…95
    int delayMinutes = 2;      // exact, or the lower end when delayMaxMinutes is larger; 2…10 is the undo window
    int delayMaxMinutes = 2;
    int windowStartMinute = 0; // of the day in the store's time zone; start == end: all day
    int windowEndMinute = 0;
    int capPerHour = 20;
    int capPerCustomerDay = 1;
    int approvalsNeeded = 30; // unedited approvals before "on" may be chosen
    QStringList languages{QStringLiteral("en"), QStringLiteral("de"), QStringLiteral("fr"), QStringLiteral("es")};

    bool operator==(const AutoSendRule&) const = default;
};

// The intents a shipped playbook answers: those a rule can be set for.
std::vector<Intent> intentsWithPlaybooks();

// What people did with the drafts of one store and intent while nothing left by itself.
struct EarnedRecord {
    StoreId store;
    Intent intent = Intent::OrderStatus;
    int unedited = 0; // approved as drafted
    int edited = 0;   // sent after changes
    int discarded = 0;
    int shadowSends = 0;  // drafts the gate would have sent
    int shadowErrors = 0; // of those, the ones a person changed or refused
    int autoSent = 0;

    bool operator==(const EarnedRecord&) const = default;
};

// One-sided 95 % upper bound of the error rate among n judged with k errors (Clopper–Pearson; 0 of n is about 3/n), in
// percent, 0…100.
double errorBoundPercent(int errors, int judged);
// Whether mode On may be chosen.
bool isPromotable(const AutoSendRule& rule, const EarnedRecord& record);

} // namespace aiva
