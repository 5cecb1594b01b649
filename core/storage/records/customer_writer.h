// CustomerWriter: one store's customers, each joined to its profile, and the orders that were waiting for it. A part of
// RecordWriter; runs inside the caller's transaction.
#pragma once

#include "core/domain/shop/source_records.h"
#include "core/storage/people/profile_book.h"
#include "core/storage/privacy/erasure_marks.h"
#include "core/storage/records/order_texts.h"
#include "core/storage/records/record_counts.h"
#include "core/storage/records/record_writer.h"

namespace aiva {

class CustomerWriter {
public:
    static Result<std::unique_ptr<CustomerWriter>> create(Database& writer, StoreId store, ProfileBook& profiles,
                                                          OrderTexts& texts, RecordCounts& counts);

    Result<WriteOutcome> write(const CustomerRecord& record);

private:
    struct Cached {
        qint64 id = 0;
        UtcTime updatedAt;
        qint64 contentHash = 0;
        ProfileId profile;
        std::string email;
    };

    CustomerWriter(Database& writer, StoreId store, ProfileBook& profiles, OrderTexts& texts, RecordCounts& counts)
        : m_database(writer), m_store(store), m_profiles(profiles), m_texts(texts), m_counts(counts) {}
    Result<std::optional<Cached>> find(const CustomerRecord& record);
    Result<ProfileId> profileFor(const CustomerRecord& record, const std::string& email,
                                 const std::optional<Cached>& cached);
    void bindFields(Statement& statement, const CustomerRecord& record, ProfileId profile, qint64 hash);
    Result<bool> saysTheSame(const Cached& cached, const CustomerRecord& record);
    Result<void> insert(const CustomerRecord& record, ProfileId profile, qint64 hash);
    Result<void> attachWaitingOrders(const CustomerRecord& record, ProfileId profile);
    Result<void> leaveProfile(const CustomerRecord& record, ProfileId from, ProfileId to);

    Database& m_database;
    StoreId m_store;
    ProfileBook& m_profiles;
    OrderTexts& m_texts;
    RecordCounts& m_counts;
    std::unique_ptr<ErasureMarks> m_erased;
    std::string m_scope;
    Statement m_find;
    Statement m_insert;
    Statement m_index;
    Statement m_update;
    Statement m_move;
    Statement m_saysTheSame;
    Statement m_waitingOrders;
    Statement m_attachOrders;
    Statement m_moveOrders;
    std::string m_tags;
};

} // namespace aiva
