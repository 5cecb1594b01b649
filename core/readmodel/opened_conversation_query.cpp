#include "core/readmodel/opened_conversation_query.h"

namespace aiva {

namespace {

// One snapshot for several reads. It writes nothing, so there is nothing to lose when its end fails.
class Snapshot {
public:
    Snapshot(Statement& begin, Statement& end) : m_end(end) { m_isOpen = begin.run().has_value(); }
    ~Snapshot() {
        if (m_isOpen) (void)m_end.run();
    }
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

private:
    Statement& m_end;
    bool m_isOpen;
};

} // namespace

class OpenedConversationQuery::Private {
public:
    Private(ConversationQuery& conversationRows, CustomerQuery& customerRows, AnswerQuery& answerRows)
        : conversations(conversationRows), customers(customerRows), answers(answerRows) {}

    ConversationQuery& conversations;
    CustomerQuery& customers;
    AnswerQuery& answers;
    Statement begin;
    Statement end;
    Statement version;
};

Result<std::unique_ptr<OpenedConversationQuery>> OpenedConversationQuery::create(Database& reader,
                                                                                 ConversationQuery& conversations,
                                                                                 CustomerQuery& customers,
                                                                                 AnswerQuery& answers) {
    auto priv = std::make_unique<Private>(conversations, customers, answers);
    AIVA_TRY(priv->begin, reader.prepare("BEGIN"));
    AIVA_TRY(priv->end, reader.prepare("COMMIT"));
    AIVA_TRY(priv->version, reader.prepare("PRAGMA data_version"));
    return std::unique_ptr<OpenedConversationQuery>(new OpenedConversationQuery(std::move(priv)));
}

OpenedConversationQuery::OpenedConversationQuery(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

OpenedConversationQuery::~OpenedConversationQuery() = default;

// What cannot be read of the rest must not hide the mail.
Result<std::optional<OpenedConversation>> OpenedConversationQuery::open(ConversationId id) {
    const Snapshot snapshot(d->begin, d->end);
    OpenedConversation opened;
    AIVA_TRY(std::optional<ConversationView> conversation, d->conversations.conversation(id));
    if (!conversation) return std::optional<OpenedConversation>();
    opened.conversation = *std::move(conversation);
    const auto take = [&opened](auto& part, auto&& read) {
        if (read)
            part = *std::move(read);
        else if (!opened.trouble)
            opened.trouble = read.error();
    };
    take(opened.customer, d->customers.forConversation(id));
    if (opened.customer) take(opened.past, d->customers.pastConversations(opened.customer->profile, id));
    take(opened.proposal, d->answers.proposal(id));
    take(opened.dataVersion, dataVersion());
    return std::optional(std::move(opened));
}

Result<qint64> OpenedConversationQuery::dataVersion() {
    AIVA_TRY(const bool found, d->version.step());
    const qint64 version = found ? d->version.integer(0) : 0;
    d->version.reset();
    return version;
}

} // namespace aiva
