// PersonRows: which rows of the cache are one person's (P1, P2), found by an address and by what a shop's request
// names. Read by export and erasure alike, so that neither forgets what the other knows. Changes nothing.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/storage/database/database.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace aiva {

// Whom a request is about. A shop's request speaks of its own store only.
struct PersonQuestion {
    QString address;                             // as written; may be empty when a customer is named
    std::optional<StoreId> store = std::nullopt; // absent: every store and mailbox
    QStringList customerExternalIds = {};        // of that store
    QStringList orderExternalIds = {};           // of that store
};

// External ids are unique within their store only.
struct StoreRecordName {
    StoreId store;
    QString externalId;

    bool operator==(const StoreRecordName&) const = default;
};

struct PersonRows {
    std::optional<StoreId> store;
    std::vector<ProfileId> profiles;
    QStringList addresses; // normalised; never one of our own mailboxes'
    QStringList phones;    // of nobody else, as stored and normalised
    std::vector<qint64> customers;
    std::vector<StoreRecordName> customerNames; // also of those a shop named and the cache does not have
    std::vector<qint64> orders;
    std::vector<StoreRecordName> orderNames;
    std::vector<ConversationId> conversations;
    bool isWhole = true; // nothing of the person is outside `store`: they go with it

    bool isEmpty() const { return profiles.empty() && customers.empty() && orders.empty() && conversations.empty(); }
};

Result<PersonRows> findPerson(Database& database, const PersonQuestion& question);

} // namespace aiva
