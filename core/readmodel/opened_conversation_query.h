// Everything the desk shows of one conversation when it is opened, read as one: thread, person, the person's other
// conversations, the answer proposed. Query-only connection.
#pragma once

#include "core/readmodel/answer_query.h"
#include "core/readmodel/conversation_query.h"
#include "core/readmodel/customer_query.h"

namespace aiva {

struct OpenedConversation {
    ConversationView conversation;
    std::optional<CustomerView> customer; // with the newest of their orders; absent: nobody is matched
    std::vector<PastConversation> past;   // of that customer
    std::optional<Proposal> proposal;
    std::optional<Error> trouble; // the first part that could not be read; it is absent
    qint64 dataVersion = 0;       // it was read at
};

class OpenedConversationQuery {
public:
    // All outlive it, and read on the same connection.
    static Result<std::unique_ptr<OpenedConversationQuery>> create(Database& reader, ConversationQuery& conversations,
                                                                   CustomerQuery& customers, AnswerQuery& answers);
    ~OpenedConversationQuery();

    // All of it stands in one state of the cache. Absent: there is no such conversation.
    Result<std::optional<OpenedConversation>> open(ConversationId id);
    // Differs once another connection has written: https://sqlite.org/pragma.html#pragma_data_version
    Result<qint64> dataVersion();

private:
    class Private;
    explicit OpenedConversationQuery(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
