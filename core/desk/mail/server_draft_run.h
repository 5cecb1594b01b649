// ServerDraftRun: puts a copy of a draft into the server's Drafts folder, in place of the copy it put there before, so
// that another mail program can go on with it. On request only (V4). Owned by MailCore, on the core thread; gone when
// done.
#pragma once

#include "core/base/clock.h"
#include "core/domain/mail/mail_account.h"
#include "core/domain/reply/draft.h"
#include "core/ports/mail_writer_port.h"
#include "core/ports/mailbox_port.h"
#include "core/readmodel/conversation_query.h"

#include <QObject>
#include <QPointer>

namespace aiva {

// The draft as a mail. Its Message-ID is the conversation's own, so that the next copy finds this one.
OutgoingMail serverDraft(const Draft& draft, const std::vector<AttachmentRecord>& attachments,
                         const ConversationView& conversation, const MailAccount& account, UtcTime at);

class ServerDraftRun : public QObject {
    Q_OBJECT
public:
    ServerDraftRun(MailboxPort& port, QByteArray mail, QString messageId, QObject* parent);

    void start();

Q_SIGNALS:
    // Once; the run deletes itself afterwards. NotFound/FolderMissing when the server has no Drafts folder.
    void finished(const aiva::Result<void>& done);

private:
    void findOlder(const QString& folder);
    void append(const QString& folder, const std::vector<quint32>& older);
    void finish(const Result<void>& done);

    const QPointer<MailboxPort> m_port;
    const QByteArray m_mail;
    const QString m_messageId;
};

} // namespace aiva
