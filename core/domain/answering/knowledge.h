// What a store says of itself, to be cited as facts (A8). Plain values.
#pragma once

#include "core/base/utc_time.h"
#include "core/domain/ids.h"

#include <QString>

#include <optional>

namespace aiva {

// Contact: text is an e-mail address or phone number. Link: url, with what it is as the title (returns portal, FAQ).
// HandlingTime: text as a reply says it ("24 hours"). ReturnWindow: text is a number of days.
enum class KnowledgeKind { Policy, Faq, Contact, Link, HandlingTime, ReturnWindow };
QString toWord(KnowledgeKind kind); // policy faq contact link handling_time return_window
std::optional<KnowledgeKind> knowledgeKindFromWord(const QString& word);

struct Knowledge {
    KnowledgeId id;
    StoreId store;
    KnowledgeKind kind = KnowledgeKind::Policy;
    QString title;
    QString text;
    QString url;
    UtcTime updatedAt = UtcTime();

    bool operator==(const Knowledge&) const = default;
};

} // namespace aiva
