#include "core/storage/conversations/message_rows.h"

#include "core/base/log.h"
#include "core/domain/mail/address_json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

std::string_view viewOf(const QByteArray& bytes) {
    return {bytes.constData(), static_cast<size_t>(bytes.size())};
}

} // namespace

QByteArray recipientsJson(const MessageRecord& message) {
    const QJsonObject object{{u"to"_s, addressesJson(message.to)},
                             {u"cc"_s, addressesJson(message.cc)},
                             {u"replyTo"_s, addressesJson(message.replyTo)}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray foldedJson(const std::vector<FoldedRange>& folded) {
    QByteArray json("[");
    for (const FoldedRange& range : folded) {
        if (json.size() > 1) json += ',';
        json += '[' + QByteArray::number(range.firstLine) + ',' + QByteArray::number(range.lineCount) + ',' +
                (range.isSignature ? '1' : '0') + ']';
    }
    return json + ']';
}

std::vector<FoldedRange> foldedFromJson(std::string_view json) {
    std::vector<FoldedRange> folded;
    const QJsonArray ranges =
        QJsonDocument::fromJson(QByteArray::fromRawData(json.data(), static_cast<qsizetype>(json.size()))).array();
    for (const QJsonValue& value : ranges) {
        const QJsonArray range = value.toArray();
        folded.push_back({range.at(0).toInt(), range.at(1).toInt(), range.at(2).toInt() != 0});
    }
    return folded;
}

MessageRows::MessageRows(Database& database) : m_database(database) {
    m_database.addListener(*this);
}

MessageRows::~MessageRows() {
    m_database.removeListener(*this);
    // The transaction may outlive its writer.
    if (const auto indexed = beforeCommit(); !indexed)
        qCCritical(logStorage) << "messages were not indexed:" << indexed.error().detail;
}

Result<std::unique_ptr<MessageRows>> MessageRows::create(Database& database) {
    std::unique_ptr<MessageRows> rows(new MessageRows(database));
    AIVA_TRY(rows->m_find, database.prepare("SELECT id, conversation_id FROM messages WHERE message_id = ?1"));
    AIVA_TRY(rows->m_insert,
             database.prepare("INSERT INTO messages (conversation_id, message_id, in_reply_to, direction, from_name, "
                              "from_email, recipients, sent_at, subject, text, safe_html, folded, automated, unread, "
                              "raw_size) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"));
    AIVA_TRY(rows->m_index, database.prepare("INSERT INTO messages_fts (rowid, subject, from_name, from_email, text) "
                                             "SELECT id, subject, from_name, from_email, text FROM messages "
                                             "WHERE id BETWEEN ?1 AND ?2"));
    AIVA_TRY(rows->m_insertAttachment,
             database.prepare("INSERT INTO attachments (message_id, position, name, mime_type, content_id, is_inline, "
                              "size) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"));
    AIVA_TRY(rows->m_insertContent,
             database.prepare("INSERT INTO attachment_contents (attachment_id, content) VALUES (?1, ?2)"));
    return rows;
}

Result<std::optional<MessageRows::Place>> MessageRows::find(const QString& messageId) {
    AIVA_TRY(const bool found, m_find.bind(1, messageId).step());
    if (!found) return std::optional<Place>();
    const Place place{m_find.id<MessageId>(0), m_find.id<ConversationId>(1)};
    m_find.reset();
    return std::optional<Place>(place);
}

Result<MessageId> MessageRows::insert(ConversationId conversation, const MessageRecord& message,
                                      MailDirection direction, MailUnread unread) {
    const QByteArray recipients = recipientsJson(message);
    const QByteArray text = message.text.toUtf8();
    const QByteArray html = message.safeHtml.toUtf8();
    const QByteArray folded = foldedJson(message.folded);
    m_insert.bind(1, conversation).bind(2, message.messageId).bind(3, message.inReplyTo);
    m_insert.bindView(4, direction == MailDirection::Inbound ? "in" : "out");
    m_insert.bind(5, message.from.name).bind(6, message.from.email).bindView(7, viewOf(recipients));
    m_insert.bind(8, message.date).bind(9, message.subject).bindView(10, viewOf(text)).bindView(11, viewOf(html));
    m_insert.bindView(12, viewOf(folded)).bind(13, message.isAutomated).bind(14, unread == MailUnread::Yes);
    m_insert.bind(15, message.rawSize);
    AIVA_CHECK(m_insert.run());
    const MessageId id(m_database.lastInsertId());
    AIVA_CHECK(insertAttachments(id, message.attachments));
    AIVA_CHECK(indexLater(id));
    return id;
}

// Nobody deletes a message in the transaction that brought it.
Result<void> MessageRows::indexLater(MessageId message) {
    const qint64 id = message.value();
    if (!m_unindexed.empty() && m_unindexed.back().second + 1 == id)
        m_unindexed.back().second = id;
    else
        m_unindexed.emplace_back(id, id);
    return m_database.isInTransaction() ? Result<void>() : beforeCommit();
}

Result<void> MessageRows::beforeCommit() {
    for (const auto& [first, last] : std::exchange(m_unindexed, {}))
        AIVA_CHECK(m_index.bind(1, first).bind(2, last).run());
    return {};
}

Result<void> MessageRows::insertAttachments(MessageId message, const std::vector<AttachmentRecord>& attachments) {
    int position = 0;
    for (const AttachmentRecord& attachment : attachments) {
        m_insertAttachment.bind(1, message).bind(2, position++).bind(3, attachment.name).bind(4, attachment.mimeType);
        m_insertAttachment.bind(5, attachment.contentId).bind(6, attachment.isInline);
        m_insertAttachment.bind(7, static_cast<qint64>(attachment.content.size()));
        AIVA_CHECK(m_insertAttachment.run());
        AIVA_CHECK(m_insertContent.bind(1, m_database.lastInsertId()).bind(2, attachment.content).run());
    }
    return {};
}

} // namespace aiva
