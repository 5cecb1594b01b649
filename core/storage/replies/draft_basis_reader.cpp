#include "core/storage/replies/draft_basis_reader.h"

namespace aiva {

static constexpr std::string_view kNewestMessage = R"sql(
SELECT max(id) FROM messages WHERE conversation_id = ?1 AND NOT (direction = 'out' AND EXISTS (
    SELECT 1 FROM outbox WHERE outbox.message_id = messages.message_id AND outbox.origin = 'person')))sql";

static constexpr std::string_view kOrders = R"sql(
SELECT id, updated_at FROM orders WHERE profile_id = (SELECT profile_id FROM conversations WHERE id = ?1)
ORDER BY created_at DESC, id DESC LIMIT 20)sql";

static constexpr std::string_view kInboundSince = R"sql(
SELECT EXISTS (SELECT 1 FROM messages WHERE conversation_id = ?1 AND id > ?2 AND direction = 'in'))sql";

Result<std::unique_ptr<DraftBasisReader>> DraftBasisReader::create(Database& database) {
    std::unique_ptr<DraftBasisReader> made(new DraftBasisReader);
    AIVA_TRY(made->m_newest, database.prepare(kNewestMessage));
    AIVA_TRY(made->m_person, database.prepare("SELECT profile_id FROM conversations WHERE id = ?1"));
    AIVA_TRY(made->m_orders, database.prepare(kOrders));
    AIVA_TRY(made->m_inboundSince, database.prepare(kInboundSince));
    return made;
}

Result<DraftBasis> DraftBasisReader::basis(ConversationId conversation) {
    DraftBasis now;
    AIVA_TRY(const bool found, m_newest.bind(1, conversation).step());
    if (found) now.newestMessage = m_newest.id<MessageId>(0); // NULL reads as zero: none
    m_newest.reset();
    AIVA_TRY(const bool exists, m_person.bind(1, conversation).step());
    if (exists) now.person = m_person.isNull(0) ? ProfileId() : m_person.id<ProfileId>(0);
    m_person.reset();
    m_orders.bind(1, conversation);
    for (;;) {
        AIVA_TRY(const bool more, m_orders.step());
        if (!more) return now;
        now.orders.insert(m_orders.integer(0), m_orders.integer(1));
    }
}

Result<bool> DraftBasisReader::hasCustomerWritten(ConversationId conversation, const DraftBasis& then) {
    AIVA_TRY(const bool found, m_inboundSince.bind(1, conversation).bind(2, then.newestMessage).step());
    const bool wrote = found && m_inboundSince.boolean(0);
    m_inboundSince.reset();
    return wrote;
}

} // namespace aiva
