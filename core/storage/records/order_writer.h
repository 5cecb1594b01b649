// OrderWriter: one store's orders with items, fulfillments, parcels and refunds, each given to a profile (D5). A part
// of RecordWriter; runs inside the caller's transaction.
#pragma once

#include "core/domain/shop/source_records.h"
#include "core/storage/people/profile_book.h"
#include "core/storage/privacy/erasure_marks.h"
#include "core/storage/records/child_rows.h"
#include "core/storage/records/child_stage.h"
#include "core/storage/records/known_children.h"
#include "core/storage/records/order_parts.h"
#include "core/storage/records/order_texts.h"
#include "core/storage/records/record_counts.h"
#include "core/storage/records/record_writer.h"

namespace aiva {

class OrderWriter {
public:
    static Result<std::unique_ptr<OrderWriter>> create(Database& writer, StoreId store, ProfileBook& profiles,
                                                       ChildStage& stage, OrderTexts& texts, RecordCounts& counts);

    Result<WriteOutcome> write(const OrderRecord& record, ChildrenGiven given);
    Result<RecordWriter::FinishResult> finishChildren(BulkDecoder& decoder, RecordWriter::Suspects suspects);

private:
    struct Cached {
        qint64 id = 0;
        UtcTime updatedAt;
        qint64 contentHash = 0;
        qint64 partsHash = 0;
        std::optional<ProfileId> profile;
        std::string customerExternalId;
        bool awaitsCustomer = false;
        std::string name;
        UtcTime createdAt;
        bool saysTheSame = false; // e-mail, phone and address are the record's
    };
    struct Hashes {
        qint64 content = 0;
        qint64 parts = 0;
    };
    struct Owner {
        std::optional<ProfileId> profile;
        bool awaitsCustomer = false;
        std::string unownedEmail; // a profile must be made for it
        std::string text;         // what search needs beyond the customer
    };

    OrderWriter(Database& writer, StoreId store, ProfileBook& profiles, ChildStage& stage, OrderTexts& texts,
                RecordCounts& counts)
        : m_database(writer), m_store(store), m_profiles(profiles), m_stage(stage), m_texts(texts), m_counts(counts) {}
    Result<bool> isOfErased(const OrderRecord& record);
    Result<WriteOutcome> writeAs(const OrderRecord& record, ChildrenGiven given);
    Result<std::optional<Cached>> find(const OrderRecord& record);
    Result<Owner> ownerOf(const OrderRecord& record);
    Result<void> makeOwner(Owner& owner, const OrderRecord& record);
    Result<std::optional<WriteOutcome>> create(const OrderRecord& record, const Owner& owner, Hashes hashes);
    Result<WriteOutcome> bringUpToDate(const OrderRecord& record, const Cached& cached, Hashes hashes,
                                       ChildrenGiven given);
    static bool keepsOwner(const OrderRecord& record, const Cached& cached);
    static bool isMoved(const OrderRecord& record, const Cached& cached, const Owner& owner);
    Result<void> updateRoot(const OrderRecord& record, const Cached& cached, Hashes hashes);
    void bindFields(Statement& statement, const OrderRecord& record, const Owner& owner, Hashes hashes);
    Result<bool> writeItems(qint64 order, const OrderRecord& record, ChildrenGiven given);

    Database& m_database;
    StoreId m_store;
    ProfileBook& m_profiles;
    ChildStage& m_stage;
    OrderTexts& m_texts;
    RecordCounts& m_counts;
    std::unique_ptr<OrderParts> m_parts;
    std::unique_ptr<ChildRows<OrderItemRecord>> m_items;
    std::unique_ptr<ErasureMarks> m_erased;
    std::string m_scope;
    Statement m_find;
    Statement m_customer;
    Statement m_insert;
    Statement m_update;
    Statement m_move;
    std::string m_tags;
    bool m_expectsNew = true; // what the record before was: first loads and re-syncs come in long runs
};

} // namespace aiva
