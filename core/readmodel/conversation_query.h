// One conversation with its messages, oldest first, as the conversation view shows it.
#pragma once

#include "core/base/result.h"
#include "core/base/utc_time.h"
#include "core/domain/ids.h"
#include "core/domain/message_record.h"
#include "core/domain/names.h"
#include "core/storage/database.h"

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

struct AttachmentView {
    AttachmentId id;
    QString name;
    QString mimeType;
    qint64 size = 0;
    bool isInline = false;
};

struct MessageView {
    MessageId id;
    QString messageId; // header
    bool isOutbound = false;
    MailAddress from;
    QList<MailAddress> to;
    QList<MailAddress> cc;
    UtcTime sentAt;
    QString subject;
    QString text;
    std::vector<FoldedRange> folded;
    bool hasHtml = false;
    bool automated = false;
    bool unread = false;
    std::vector<AttachmentView> attachments;
};

struct ConversationView {
    ConversationId id;
    QString subject;
    QString customerEmail;
    ConversationStatus status = ConversationStatus::Open;
    std::vector<MessageView> messages;
    QString draftText; // empty when none
    QString draftHtml;
    int draftCursor = 0;
    std::optional<UtcTime> draftSavedAt;
};

class ConversationQuery {
public:
    static Result<std::unique_ptr<ConversationQuery>> create(Database& reader);
    ~ConversationQuery();
    Result<std::optional<ConversationView>> conversation(ConversationId id);
    Result<QString> safeHtml(MessageId id);
    Result<QByteArray> attachmentContent(AttachmentId id);

private:
    class Private;
    explicit ConversationQuery(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
