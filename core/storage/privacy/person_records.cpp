#include "core/storage/privacy/person_records.h"

#include "core/domain/mentions.h"
#include "core/storage/webhooks/delivery_subject.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

enum class PartKey { Profile, Customer, Order, Conversation, Address, Pseudonym, None };

// Every row as one JSON object; JSON within stays JSON, times are milliseconds UTC as stored, money is minor units
// beside its currency. ?1 the key.
struct PartSource {
    const char* name;
    PartKey key;
    std::string_view sql;
};

constexpr PartSource kPartSources[] = {
    {"addresses", PartKey::Profile,
     "SELECT json_object('email', email, 'source', source) FROM profile_emails WHERE profile_id = ?1 ORDER BY email"},
    {"phones", PartKey::Profile,
     "SELECT json_object('phone', phone) FROM profile_phones WHERE profile_id = ?1 ORDER BY phone"},
    {"customers", PartKey::Customer, R"sql(
SELECT json_object('store', s.name, 'store_domain', s.domain, 'external_id', c.external_id, 'name', display_name,
    'first_name', first_name, 'last_name', last_name, 'email', email, 'phone', phone, 'note', note, 'locale', locale,
    'state', state, 'tags', tags, 'address', address_text, 'orders_count', orders_count, 'spent_minor', spent_minor,
    'currency', c.currency, 'created_at', c.created_at, 'updated_at', c.updated_at)
FROM customers c JOIN stores s ON s.id = c.store_id WHERE c.id = ?1)sql"},
    {"orders", PartKey::Order, R"sql(
SELECT json_object('id', o.id, 'store', s.name, 'external_id', o.external_id, 'name', o.name, 'email', email,
    'phone', phone, 'note', note, 'financial_status', financial_status, 'fulfillment_status', fulfillment_status,
    'cancel_reason', cancel_reason, 'status_page_url', status_page_url, 'shipping_address', shipping_address_text,
    'tags', tags, 'currency', o.currency, 'total_minor', total_minor, 'subtotal_minor', subtotal_minor,
    'tax_minor', tax_minor, 'discounts_minor', discounts_minor, 'shipping_minor', shipping_minor,
    'refunded_minor', refunded_minor, 'created_at', o.created_at, 'updated_at', o.updated_at,
    'processed_at', processed_at, 'cancelled_at', cancelled_at, 'closed_at', closed_at)
FROM orders o JOIN stores s ON s.id = o.store_id WHERE o.id = ?1)sql"},
    {"order_items", PartKey::Order, R"sql(
SELECT json_object('order_id', order_id, 'title', title, 'variant', variant_title, 'sku', sku, 'quantity', quantity,
    'current_quantity', current_quantity, 'unit_price_minor', unit_price_minor)
FROM order_items WHERE order_id = ?1 ORDER BY position)sql"},
    {"fulfillments", PartKey::Order, R"sql(
SELECT json_object('order_id', f.order_id, 'name', name, 'status', status, 'display_status', display_status,
    'created_at', created_at, 'updated_at', updated_at, 'in_transit_at', in_transit_at, 'delivered_at', delivered_at,
    'estimated_delivery_at', estimated_delivery_at, 'parcels', json((SELECT json_group_array(json_object(
        'company', company, 'number', number, 'url', url)) FROM trackings t
        WHERE t.order_id = f.order_id AND t.fulfillment_external_id = f.external_id)))
FROM fulfillments f WHERE order_id = ?1 ORDER BY position)sql"},
    {"refunds", PartKey::Order, R"sql(
SELECT json_object('order_id', order_id, 'created_at', created_at, 'total_minor', total_minor, 'note', note)
FROM refunds WHERE order_id = ?1 ORDER BY created_at)sql"},
    {"conversations", PartKey::Conversation, R"sql(
SELECT json_object('id', c.id, 'subject', subject, 'store', s.name, 'status', c.status, 'email', customer_email,
    'name', customer_name, 'matched_by', matched_by, 'match_detail', match_detail, 'precedence', precedence,
    'intent', intent, 'first_message_at', first_message_at, 'last_message_at', last_message_at, 'messages', message_count)
FROM conversations c LEFT JOIN stores s ON s.id = c.store_id WHERE c.id = ?1)sql"},
    {"messages", PartKey::Conversation, R"sql(
SELECT json_object('id', m.id, 'conversation_id', conversation_id, 'message_id', message_id, 'in_reply_to', in_reply_to,
    'direction', direction, 'from_name', from_name, 'from_email', from_email, 'recipients', json(recipients),
    'sent_at', sent_at, 'subject', subject, 'text', text, 'html', safe_html, 'sender_check', (
        SELECT json_object('verdict', verdict, 'spf', spf, 'dkim', dkim, 'dmarc', dmarc, 'domain', aligned_domain,
            'warnings', warnings) FROM sender_checks k WHERE k.message_id = m.id))
FROM messages m WHERE conversation_id = ?1 ORDER BY sent_at, id)sql"},
    {"attachments", PartKey::Conversation, R"sql(
SELECT json_object('id', a.id, 'message_id', a.message_id, 'name', name, 'mime_type', mime_type, 'size', size,
    'is_cached', EXISTS (SELECT 1 FROM attachment_contents b WHERE b.attachment_id = a.id))
FROM attachments a JOIN messages m ON m.id = a.message_id WHERE m.conversation_id = ?1 ORDER BY a.message_id, position)sql"},
    {"named_orders", PartKey::Conversation, R"sql(
SELECT json_object('conversation_id', conversation_id, 'name', name)
FROM conversation_orders WHERE conversation_id = ?1 ORDER BY name)sql"},
    {"notes", PartKey::Conversation, R"sql(
SELECT json_object('conversation_id', conversation_id, 'author', author, 'text', text, 'written_at', written_at)
FROM notes WHERE conversation_id = ?1 ORDER BY written_at, id)sql"},
    {"drafts", PartKey::Conversation, R"sql(
SELECT json_object('conversation_id', conversation_id, 'kind', kind, 'subject', subject, 'recipients', recipients,
    'text', text, 'updated_at', updated_at) FROM drafts WHERE conversation_id = ?1
UNION ALL SELECT json_object('conversation_id', conversation_id, 'kind', 'note', 'text', text, 'updated_at', updated_at)
FROM note_drafts WHERE conversation_id = ?1)sql"},
    {"draft_versions", PartKey::Conversation, R"sql(
SELECT json_object('conversation_id', conversation_id, 'text', text, 'saved_at', saved_at)
FROM draft_versions WHERE conversation_id = ?1 ORDER BY id)sql"},
    {"draft_attachments", PartKey::Conversation, R"sql(
SELECT json_object('id', id, 'conversation_id', conversation_id, 'name', name, 'mime_type', mime_type, 'size', size)
FROM draft_attachments WHERE conversation_id = ?1 ORDER BY position)sql"},
    {"outbox", PartKey::Conversation, R"sql(
SELECT json_object('id', id, 'conversation_id', conversation_id, 'message_id', message_id, 'state', state,
    'origin', origin, 'subject', subject, 'recipients', json(recipients), 'text', text, 'queued_at', queued_at,
    'sent_at', sent_at) FROM outbox WHERE conversation_id = ?1 ORDER BY id)sql"},
    {"proposals", PartKey::Conversation, R"sql(
SELECT json_object('conversation_id', conversation_id, 'state', state, 'intent', intent, 'draft', draft, 'facts', facts,
    'hand_over', hand_over, 'made_at', made_at) FROM proposals WHERE conversation_id = ?1)sql"},
    {"model_requests", PartKey::Conversation, R"sql(
SELECT json_object('conversation_id', conversation_id, 'endpoint', e.name, 'at', at, 'payload_sha256', payload_digest,
    'outcome', outcome) FROM model_requests r JOIN model_endpoints e ON e.id = r.endpoint_id
WHERE conversation_id = ?1 ORDER BY at)sql"},
    {"draft_outcomes", PartKey::Conversation, R"sql(
SELECT json_object('conversation_id', conversation_id, 'intent', intent, 'source', source, 'outcome', outcome, 'at', at)
FROM draft_outcomes WHERE conversation_id = ?1 ORDER BY at)sql"},
    {"match_corrections", PartKey::Address, R"sql(
SELECT json_object('conversation_id', conversation_id, 'email', email, 'made_at', made_at, 'reverted_at', reverted_at)
FROM match_corrections WHERE email = ?1 ORDER BY id)sql"},
    {"audit", PartKey::Conversation, R"sql(
SELECT json_object('id', id, 'at', at, 'actor', actor, 'kind', kind, 'conversation_id', conversation_id,
    'detail', json(detail)) FROM audit WHERE conversation_id = ?1 ORDER BY id)sql"},
    {"privacy_acts", PartKey::Pseudonym, R"sql(
SELECT json_object('id', id, 'at', at, 'actor', actor, 'kind', kind, 'detail', json(detail)) FROM audit
WHERE kind IN ('person_exported', 'person_erased', 'request_closed') AND json_extract(detail, '$.person') = ?1 ORDER BY id)sql"},
    // Before a sync or a shop's next word takes them in; erased with the rest.
    {"queued_webhooks", PartKey::None, R"sql(
SELECT json_object('topic', d.topic, 'shop', d.shop, 'received_at', d.received_at, 'state', d.state,
    'body', CAST(b.body AS TEXT)), s.id FROM webhook_bodies b JOIN webhook_deliveries d ON d.id = b.delivery
LEFT JOIN stores s ON s.kind = d.source AND s.domain = d.shop ORDER BY b.delivery)sql"},
    {"requests", PartKey::Address, R"sql(
SELECT json_object('kind', kind, 'requested_at', requested_at, 'due_at', due_at, 'subject', json(subject))
FROM privacy_tasks WHERE state = 'pending' AND lower(json_extract(subject, '$.customer.email')) = ?1 ORDER BY id)sql"},
};

constexpr std::string_view kAttachmentFiles = R"sql(
SELECT a.id, a.name, b.content FROM attachments a JOIN attachment_contents b ON b.attachment_id = a.id
JOIN messages m ON m.id = a.message_id WHERE m.conversation_id = ?1 ORDER BY a.id)sql";
constexpr std::string_view kDraftFiles =
    "SELECT id, name, content FROM draft_attachments WHERE conversation_id = ?1 ORDER BY id";
constexpr std::string_view kOutboxFiles =
    "SELECT id, 'mail.eml', mail FROM outbox WHERE conversation_id = ?1 AND length(mail) > 0 ORDER BY id";

template <typename IdType>
std::vector<qint64> numbersOf(const std::vector<IdType>& ids) {
    std::vector<qint64> numbers;
    for (const IdType& id : ids)
        numbers.push_back(id.value());
    return numbers;
}

} // namespace

Result<std::unique_ptr<PersonRecords>> PersonRecords::create(Database& database, PersonRows person) {
    return std::unique_ptr<PersonRecords>(new PersonRecords(database, std::move(person)));
}

Result<std::vector<PersonPart>> PersonRecords::parts(const QStringList& pseudonyms) {
    std::vector<PersonPart> parts;
    for (const PartSource& source : kPartSources) {
        PersonPart part{QString::fromLatin1(source.name), {}};
        switch (source.key) {
        case PartKey::Profile:
            AIVA_CHECK(addRows(part, source.sql, numbersOf(m_person.profiles)));
            break;
        case PartKey::Customer:
            AIVA_CHECK(addRows(part, source.sql, m_person.customers));
            break;
        case PartKey::Order:
            AIVA_CHECK(addRows(part, source.sql, m_person.orders));
            break;
        case PartKey::Conversation:
            AIVA_CHECK(addRows(part, source.sql, numbersOf(m_person.conversations)));
            break;
        case PartKey::Address:
            AIVA_CHECK(addRows(part, source.sql, m_person.addresses));
            break;
        case PartKey::Pseudonym:
            AIVA_CHECK(addRows(part, source.sql, pseudonyms));
            break;
        case PartKey::None:
            AIVA_CHECK(addDeliveries(part, source.sql));
            break;
        }
        parts.push_back(std::move(part));
    }
    return parts;
}

// Where another is served, only that the person is named is theirs.
static bool limitBody(QJsonObject& delivery, std::optional<StoreId> store, const PersonRows& person,
                      const QStringList& words) {
    const QString body = delivery.value("body"_L1).toString();
    const bool isAskedFor = !person.store || store == person.store;
    if (!isAskedFor || !mentions(body, words)) return false;
    const QJsonObject payload = QJsonDocument::fromJson(body.toUtf8()).object();
    if (subjectOf(delivery.value("topic"_L1).toString(), payload, store, person) != DeliverySubject::Theirs)
        delivery.remove("body"_L1);
    return true;
}

// Whatever they are named by there, as an erasure looks for it.
Result<void> PersonRecords::addDeliveries(PersonPart& part, std::string_view sql) {
    const QStringList words = tellingWords(m_person);
    AIVA_TRY(Statement statement, m_database.prepare(sql));
    for (;;) {
        AIVA_TRY(const bool more, statement.step());
        if (!more) return {};
        QJsonObject row = QJsonDocument::fromJson(statement.text(0).toUtf8()).object();
        const std::optional<StoreId> store =
            statement.isNull(1) ? std::nullopt : std::optional(statement.id<StoreId>(1));
        if (limitBody(row, store, m_person, words)) part.rows.append(row);
    }
}

static Result<void> takeRows(Statement& statement, PersonPart& part) {
    for (;;) {
        AIVA_TRY(const bool more, statement.step());
        if (!more) return {};
        part.rows.append(QJsonDocument::fromJson(statement.text(0).toUtf8()).object());
    }
}

Result<void> PersonRecords::addRows(PersonPart& part, std::string_view sql, const std::vector<qint64>& keys) {
    AIVA_TRY(Statement statement, m_database.prepare(sql));
    for (const qint64 key : keys)
        AIVA_CHECK(takeRows(statement.bind(1, key), part));
    return {};
}

Result<void> PersonRecords::addRows(PersonPart& part, std::string_view sql, const QStringList& keys) {
    AIVA_TRY(Statement statement, m_database.prepare(sql));
    for (const QString& key : keys)
        AIVA_CHECK(takeRows(statement.bind(1, key), part));
    return {};
}

Result<void> PersonRecords::filesOf(std::string_view part, std::string_view sql,
                                    const std::function<Result<void>(const PersonFile&)>& take) {
    AIVA_TRY(Statement statement, m_database.prepare(sql));
    for (const ConversationId conversation : m_person.conversations) {
        statement.bind(1, conversation);
        for (;;) {
            AIVA_TRY(const bool more, statement.step());
            if (!more) break;
            const PersonFile file{QString::fromLatin1(part.data(), static_cast<qsizetype>(part.size())),
                                  statement.integer(0), statement.text(1), statement.blob(2)};
            AIVA_CHECK(take(file));
        }
    }
    return {};
}

Result<void> PersonRecords::files(const std::function<Result<void>(const PersonFile&)>& take) {
    AIVA_CHECK(filesOf("attachments", kAttachmentFiles, take));
    AIVA_CHECK(filesOf("draft_attachments", kDraftFiles, take));
    return filesOf("outbox", kOutboxFiles, take);
}

} // namespace aiva
