// ErasureMarks: remembers who and what was erased without saying it: an HMAC-SHA-256 of each name under a key that lies
// in the encrypted database. Written by whoever erases; asked by every writer that takes in what a source still has.
//
//   mark = HMAC(kind 0x00 scope 0x00 name)     kind: message, address, customer · scope: "" or "shopify:acme.example"
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/storage/database/database.h"

#include <QByteArray>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace aiva {

enum class ErasedKind {
    Message,  // a Message-ID
    Address,  // normalizedEmail(); what is older than the mark stays away, what comes later is a new dealing
    Customer, // external id of a shop's customer
};

class ErasureMarks {
public:
    static Result<std::unique_ptr<ErasureMarks>> create(Database& database);

    // "" for the whole workspace; NotFound when there is no such store.
    Result<std::string> scopeOf(std::optional<StoreId> store);
    // Inside the caller's transaction.
    Result<void> add(ErasedKind kind, std::string_view scope, std::string_view name, UtcTime at);
    // False until the first mark, or pseudonym, was made: a bulk load asks it a million times.
    Result<bool> isAny();
    // Absent: not erased.
    Result<std::optional<UtcTime>> erasedAt(ErasedKind kind, std::string_view scope, std::string_view name);
    // For the audit log: the same person has the same pseudonym, and nobody without the workspace can tell whose.
    Result<QByteArray> pseudonym(std::string_view address);

private:
    ErasureMarks() = default;
    Result<QByteArray> key();
    Result<QByteArray> keyForMarks();

    Statement m_key;
    Statement m_saveKey;
    Statement m_add;
    Statement m_any;
    Statement m_find;
    Statement m_scope;
};

} // namespace aiva
