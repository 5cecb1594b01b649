// One playbook: when it fits and what it says, without any model (A3). Read from resources/playbooks by
// playbook_file.h. Plain values.
#pragma once

#include "core/domain/answering/intent.h"
#include "core/domain/answering/return_window.h"

#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace aiva {

// Whether the order a mail is about is one of the sender's: Unknown when it names another's or there is none, Unclear
// when it may be one of several.
enum class OrderKnown { Known, Unclear, Unknown };
enum class OrderStage { Unfulfilled, Partial, Shipped, Delivered, Cancelled };
enum class ParcelCount { One, Several };
enum class TrackingKnown { Complete, Missing }; // carrier, number and link of every parcel, or no number at all
enum class OrderAge { WithinHandlingTime, Late };

// What a playbook asks of the facts; what is absent is not asked.
struct PlaybookConditions {
    std::vector<Intent> intents;
    std::optional<OrderKnown> order;
    std::vector<OrderStage> stages; // any of them; empty: not asked
    std::optional<ParcelCount> parcels;
    std::optional<TrackingKnown> tracking;
    std::optional<OrderAge> age;
    std::optional<ReturnWindow> returnWindow;
};

struct Playbook {
    QString name;
    PlaybookConditions conditions;
    double confidence = 0;
    bool showsCard = false;
    bool needsPerson = false;
    QString reason;               // English; empty unless a person is needed
    QMap<QString, QString> texts; // by language
};

inline constexpr auto kPlaybookFallbackLanguage = u"en";
// Those every shipped playbook speaks.
const QStringList& playbookLanguages();

} // namespace aiva
