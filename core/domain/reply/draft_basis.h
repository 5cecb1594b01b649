// What a draft's facts were read from: the person, the newest message and the orders as they stood (V6). Compared when
// the mail is queued and again before it is sent; any difference blocks. Pure.
#pragma once

#include "core/base/utc_time.h"
#include "core/domain/ids.h"

#include <QMap>
#include <QString>

#include <optional>
#include <vector>

namespace aiva {

struct DraftBasis {
    MessageId newestMessage;     // of the conversation; invalid when it had none
    QMap<qint64, qint64> orders; // OrderId value → the source's updated_at in ms: the person's orders, newest 20
    // Whom the conversation was linked to; invalid: nobody; absent: not noted, and then not compared.
    std::optional<ProfileId> person = {};

    bool operator==(const DraftBasis&) const = default;
};

struct BasisChange {
    bool newMessages = false;
    std::vector<OrderId> changedOrders; // changed, new, or no longer the person's
    bool isOtherPerson = false;         // what was read of somebody is no answer to somebody else, or to a stranger
};

// Absent: nothing changed. That a stranger is known now is no change by itself: nothing was read of them.
std::optional<BasisChange> basisChange(const DraftBasis& then, const DraftBasis& now);

QString toJson(const DraftBasis& basis);
std::optional<DraftBasis> draftBasisFromJson(const QString& json); // absent: not one of ours

} // namespace aiva
