#include "core/readmodel/privacy_query.h"

#include "core/storage/privacy/person_rows.h"
#include "core/storage/webhooks/webhook_privacy_tasks.h"

namespace aiva {

static constexpr std::string_view kOpenRequests = R"sql(
SELECT t.kind, t.store_id, CASE s.name WHEN '' THEN s.domain ELSE s.name END,
    ifnull(json_extract(t.subject, '$.customer.email'), ''), t.requested_at, t.due_at, t.id, t.subject
FROM privacy_tasks t JOIN stores s ON s.id = t.store_id WHERE t.state = 'pending' ORDER BY t.due_at, t.id)sql";

static PrivacyRequestView::Kind requestKind(std::string_view word) {
    if (word == "customer_redact") return PrivacyRequestView::Kind::EraseCustomer;
    return word == "shop_redact" ? PrivacyRequestView::Kind::EraseStore : PrivacyRequestView::Kind::Data;
}

Result<std::unique_ptr<PrivacyQuery>> PrivacyQuery::create(Database& reader) {
    std::unique_ptr<PrivacyQuery> made(new PrivacyQuery(reader));
    AIVA_TRY(made->m_open, reader.prepare(kOpenRequests));
    return made;
}

Result<std::vector<PrivacyRequestView>> PrivacyQuery::open() {
    std::vector<PrivacyRequestView> requests;
    for (;;) {
        AIVA_TRY(const bool more, m_open.step());
        if (!more) return requests;
        PrivacyRequestView request{requestKind(m_open.view(0)),
                                   m_open.id<StoreId>(1),
                                   m_open.text(2),
                                   m_open.text(3),
                                   m_open.time(4),
                                   m_open.time(5),
                                   m_open.id<PrivacyTaskId>(6)};
        if (request.kind == PrivacyRequestView::Kind::Data) {
            PrivacyTask task;
            task.store = request.store;
            task.subject = m_open.text(7);
            AIVA_TRY(const PersonRows person, findPerson(m_reader, questionOf(task)));
            request.isKnown = !person.isEmpty();
        }
        requests.push_back(std::move(request));
    }
}

Result<KnownPerson> PrivacyQuery::known(const QString& address) {
    AIVA_TRY(const PersonRows person, findPerson(m_reader, {address}));
    KnownPerson known;
    known.conversations = static_cast<qint64>(person.conversations.size());
    known.orders = static_cast<qint64>(person.orders.size());
    known.customers = static_cast<qint64>(person.customers.size());
    AIVA_TRY(Statement count, m_reader.prepare("SELECT message_count FROM conversations WHERE id = ?1"));
    for (const ConversationId conversation : person.conversations) {
        AIVA_TRY(const bool found, count.bind(1, conversation).step());
        if (found) known.messages += count.integer(0);
        count.reset();
    }
    return known;
}

} // namespace aiva
