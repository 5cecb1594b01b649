// What hangs on a person's mail, and what is queued about them.
#include "tests/core/privacy/privacy_world.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace aiva::test {

bool PrivacyWorld::putOnServer(const QString& messageId) {
    return run("INSERT INTO mail_locations (folder_id, uid, message_id, mod_seq, flags) "
               "SELECT 1, ?, id, 1, '' FROM messages WHERE message_id = ?",
               {++m_uid, messageId});
}

bool PrivacyWorld::putWork(const WorldPerson& person, ConversationId conversation) {
    const qint64 id = conversation.value();
    const QString json = QString::fromUtf8(
        QJsonDocument(QJsonObject{{u"reply"_s, u"Dear "_s + person.word}}).toJson(QJsonDocument::Compact));
    return run("INSERT INTO drafts (conversation_id, text, html, cursor, updated_at, recipients, subject, facts) "
               "VALUES (?, ?, ?, 0, 1, ?, ?, ?)",
               {id, u"Dear "_s + person.word, u"<p>"_s + person.word, json, person.word, json}) &&
           run("INSERT INTO note_drafts VALUES (?, ?, 0, 1)", {id, u"is %1 rude?"_s.arg(person.word)}) &&
           run("INSERT INTO draft_versions (conversation_id, text, html, saved_at) VALUES (?, ?, ?, 1)",
               {id, u"first "_s + person.word, person.word}) &&
           run("INSERT INTO draft_attachments (conversation_id, position, name, mime_type, content_id, size, content) "
               "VALUES (?, 0, ?, 'text/plain', '', 3, ?)",
               {id, person.word, person.word.toUtf8()}) &&
           run("INSERT INTO notes (conversation_id, author, text, written_at) VALUES (?, 'me', ?, 1)",
               {id, u"spoke with "_s + person.word}) &&
           run("INSERT INTO outbox (mailbox_id, conversation_id, message_id, state, origin, subject, envelope_from, "
               "recipients, mail, text, draft, basis, cancel_when_customer_writes, queued_at, not_before, "
               "next_attempt_at) VALUES (1, ?, ?, ?, 'person', ?, 'support@licht.example', ?, ?, ?, ?, '{}', 0, 1, 1, "
               "1)",
               {id, u"out.%1@licht.example"_s.arg(person.word),
                QStringList{u"waiting"_s, u"held"_s, u"sent"_s}.at(random(3)), u"Re: "_s + person.word,
                u"[\"%1\"]"_s.arg(person.email), u"To: "_s.toUtf8() + person.email.toUtf8(), u"Dear "_s + person.word,
                json}) &&
           run("INSERT INTO proposals (conversation_id, message_id, state, intent, draft, facts, verdict, gate, "
               "hand_over, basis, made_at) VALUES (?, 1, 'check', '{}', ?, ?, '{}', '{}', ?, '{}', 1)",
               {id, json, json, person.word}) &&
           run("INSERT INTO intent_labels SELECT max(id), ?, 'wismo', 1, 'wismo', 1 FROM messages "
               "WHERE conversation_id = ?",
               {m_stores.front().value(), id}) &&
           run("INSERT INTO draft_outcomes (store_id, conversation_id, customer_email, intent, source, outcome, "
               "was_shadow_send, at) VALUES (?, ?, ?, 'wismo', 'playbook', 'auto_sent', 0, 1)",
               {m_stores.front().value(), id, person.email});
}

bool PrivacyWorld::putQueued(const WorldPerson& person) {
    const QByteArray body = QJsonDocument(QJsonObject{{u"id"_s, 1}, {u"email"_s, person.email}}).toJson();
    bool isPut =
        run("INSERT INTO webhook_deliveries (source, shop, delivery_id, topic, api_version, received_at, state, "
            "result) VALUES ('shopify', 'licht.myshopify.com', ?, 'customers/update', '2026-07', 1, ?, '')",
            {++m_number, random(2) == 0 ? u"queued"_s : u"failed"_s}) &&
        run("INSERT INTO webhook_bodies SELECT max(id), ? FROM webhook_deliveries", {body}) &&
        run("INSERT INTO bulk_children VALUES (?, 'orders', ?, 'x', 0, ?)",
            {m_stores.front().value(), QString::number(++m_number), QString::fromUtf8(body)}) &&
        run("INSERT INTO sync_faults (job_id, resource, external_id, cause) VALUES (1, 'orders', 'x', ?)",
            {u"the address %1 is odd"_s.arg(person.email)});
    for (const auto& [store, customer] : person.customers) {
        const QString id = QString::fromStdString(customer.externalId);
        const QJsonObject subject{
            {u"customer"_s, QJsonObject{{u"id"_s, id}, {u"email"_s, person.email}, {u"phone"_s, person.phone}}}};
        isPut = isPut &&
                run("INSERT INTO record_rereads (store_id, resource, external_id, wanted, attempts, next_attempt_at) "
                    "VALUES (?, 'customers', ?, 1, 0, 1)",
                    {store.value(), id}) &&
                run("INSERT INTO record_tombstones VALUES (?, 'customers', ?, 1)", {store.value(), id}) &&
                run("INSERT INTO sync_faults (job_id, resource, external_id, cause) "
                    "SELECT min(id), 'customers', ?, 'odd' FROM sync_jobs WHERE store_id = ?",
                    {id, store.value()}) &&
                run("INSERT INTO privacy_tasks (store_id, kind, subject, requested_at, due_at, state, delivery) "
                    "VALUES (?, 'data_request', ?, 1, 2, 'pending', ?)",
                    {store.value(), QString::fromUtf8(QJsonDocument(subject).toJson()), ++m_number});
    }
    return isPut;
}

} // namespace aiva::test
