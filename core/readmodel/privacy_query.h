// Open requests of shops about people's data, and how much the cache knows of somebody, as the settings show them (P1,
// P2). Query-only connection.
#pragma once

#include "core/base/result.h"
#include "core/base/utc_time.h"
#include "core/domain/ids.h"
#include "core/storage/database/database.h"

#include <memory>
#include <vector>

namespace aiva {

struct PrivacyRequestView {
    enum class Kind { Data, EraseCustomer, EraseStore };
    Kind kind = Kind::Data;
    StoreId store;
    QString storeName;
    QString address; // empty: the shop named nobody by one, or asks about itself
    UtcTime requestedAt;
    UtcTime dueAt;
    PrivacyTaskId id = {};
    bool isKnown = true; // Data: something is kept about whom the request names

    bool operator==(const PrivacyRequestView&) const = default;
};

struct KnownPerson {
    qint64 conversations = 0;
    qint64 messages = 0;
    qint64 orders = 0;
    qint64 customers = 0;
    bool isKnown() const { return conversations + orders + customers > 0; }
};

class PrivacyQuery {
public:
    static Result<std::unique_ptr<PrivacyQuery>> create(Database& reader);

    // Those due first.
    Result<std::vector<PrivacyRequestView>> open();
    // What would be given or erased.
    Result<KnownPerson> known(const QString& address);

private:
    explicit PrivacyQuery(Database& reader) : m_reader(reader) {}

    Database& m_reader;
    Statement m_open;
};

} // namespace aiva
