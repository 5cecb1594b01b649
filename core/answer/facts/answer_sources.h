// Everything an answer to one conversation may be made of, read from the cache at once: the identified sender as the
// conversation's store knows them, that store's orders of theirs, and what the store says of itself. Called by the
// answering engine and `aivactl answer`. Never holds anything of another customer or another store.
#pragma once

#include "core/base/result.h"
#include "core/domain/answering/identity_kind.h"
#include "core/domain/answering/knowledge.h"
#include "core/readmodel/conversation_query.h"
#include "core/readmodel/customer_query.h"
#include "core/readmodel/store_query.h"

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

struct AnswerSources {
    ConversationView conversation;
    // Absent: nobody, or nobody this store knows, or known by weak evidence alone (a phone number in a signature, an
    // order number behind a sender that writes for many people). Orders: this store's, newest first, at most 10, and
    // those the mail names however old.
    std::optional<CustomerView> customer;
    StoreRow store;                      // id invalid: it is not clear which, and then nothing of any store is here
    std::vector<Knowledge> knowledge;    // found by the question, at most 5, then the standing ones
    std::vector<ProductView> products;   // at most 5
    std::optional<MessageView> question; // newest inbound
    DraftBasis basis;
    QStringList namedOrders; // said in the mail, as the shop names them: "#1042"; the sender's or not
    UtcTime readAt;
};

class AnswerReader {
public:
    // On a connection of the caller's thread, which must outlive the reader.
    static Result<std::unique_ptr<AnswerReader>> create(Database& reader);
    ~AnswerReader();

    // Absent: no such conversation.
    Result<std::optional<AnswerSources>> read(ConversationId conversation, UtcTime now);
    // As if a mail from `email` had come in that names `order` (may be empty).
    Result<std::optional<AnswerSources>> readForEmail(const QString& email, const QString& order, UtcTime now);
    // See IdentityQuery; true when it cannot be found out.
    bool belongsToSomebodyElse(StoreId store, ProfileId own, IdentityKind kind, const QString& value);

private:
    class Private;
    explicit AnswerReader(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
