// Writes a decoded mail as rows: the message, its attachments. Used by ConversationRepository only.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/domain/mail/message_record.h"
#include "core/storage/database/database.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace aiva {

enum class MailDirection { Inbound, Outbound };
enum class MailUnread { No, Yes };

class MessageRows : public CommitListener {
public:
    static Result<std::unique_ptr<MessageRows>> create(Database& database);

    struct Place {
        MessageId message;
        ConversationId conversation;
    };
    Result<std::optional<Place>> find(const QString& messageId);
    Result<MessageId> insert(ConversationId conversation, const MessageRecord& message, MailDirection direction,
                             MailUnread unread);

    ~MessageRows() override;
    Result<void> beforeCommit() override;
    void afterRollback() override { m_unindexed.clear(); }

private:
    explicit MessageRows(Database& database);
    Result<void> indexLater(MessageId message);
    Result<void> insertAttachments(MessageId message, const std::vector<AttachmentRecord>& attachments);

    Database& m_database;
    Statement m_find;
    Statement m_insert;
    Statement m_insertAttachment;
    Statement m_insertContent;
    Statement m_index;
    std::vector<std::pair<qint64, qint64>>
        m_unindexed; // this transaction's rows the full-text index lacks, first to last
};

// The columns that hold JSON.
QByteArray recipientsJson(const MessageRecord& message);
QByteArray foldedJson(const std::vector<FoldedRange>& folded);
std::vector<FoldedRange> foldedFromJson(std::string_view json);

} // namespace aiva
