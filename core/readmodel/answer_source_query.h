// What answering reads beside customers and conversations: where a conversation belongs, and what its store says of
// itself, found by the words of a question. Every search is bounded and reads one store only.
#pragma once

#include "core/base/result.h"
#include "core/domain/answering/knowledge.h"
#include "core/domain/ids.h"
#include "core/domain/names.h"
#include "core/readmodel/store_query.h"
#include "core/storage/database/database.h"

#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

struct ConversationPlace {
    QString customerEmail; // normalised; empty behind a sender that writes for many people
    std::optional<ProfileId> profile;
    MatchedBy matchedBy = MatchedBy::None;
    bool isShared = false;               // behind a sender that writes for many people
    std::optional<StoreId> mailboxStore; // of the mailbox it came into
};

class AnswerSourceQuery {
public:
    static Result<std::unique_ptr<AnswerSourceQuery>> create(Database& reader);
    ~AnswerSourceQuery();

    Result<std::optional<ConversationPlace>> place(ConversationId conversation);
    // Every address of every mailbox, normalised.
    Result<QStringList> ownAddresses();
    // Contacts, links, handling time and return window, oldest first, at most 20.
    Result<std::vector<Knowledge>> standingKnowledge(StoreId store);
    // Policies and answers in which one of the words begins a word, best first. `words`: letters and digits only.
    Result<std::vector<Knowledge>> knowledge(StoreId store, const QStringList& words, int limit);
    // The first variant of each product whose title holds a word that one of these begins, best first.
    Result<std::vector<ProductView>> products(StoreId store, const QStringList& words, int limit);

private:
    class Private;
    explicit AnswerSourceQuery(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
