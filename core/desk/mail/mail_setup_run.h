// MailSetupRun: the live test of a mailbox before it is saved: logs in, lists folders, mails itself, watches where the
// copy turns up, tests whether colleagues can share it. Owned by MailCore, on the core thread; saves nothing.
#pragma once

#include "core/base/clock.h"
#include "core/desk/mail/mail_adapters.h"
#include "core/desk/mail/mail_pace.h"
#include "core/desk/mail/mail_values.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace aiva {

class MailSetupRun : public QObject {
    Q_OBJECT
public:
    // Decides on sharing once everything else has passed; fills team mode and reason.
    using SharingTest = std::function<Future<MailAccount>(MailboxPort&, const MailAccount&)>;

    MailSetupRun(const MailAccount& account, std::unique_ptr<MailboxPort> mailbox,
                 std::unique_ptr<SubmissionPort> submission, MailWriterPort& writer, SharingTest sharing,
                 const Clock& clock, const MailSetupPace& pace = {});
    ~MailSetupRun() override;

    void start();

Q_SIGNALS:
    void stepped(const aiva::MailSetupStep& step);
    // Once: the account with everything learned, or what stopped the test. A mailbox that can read but not send fails.
    void finished(const aiva::Result<aiva::MailAccount>& account);

private:
    void login();
    void listFolders();
    void sendToSelf();
    void lookForCopy();
    void judgeCopies();
    void eraseCopies(SentProof proof);
    void testSharing();
    void step(MailSetupStep::What what, MailSetupStep::State state, const QString& detail = {});
    void fail(MailSetupStep::What what, const Error& error);
    OutgoingMail testMail() const;

    MailAccount m_account;
    std::unique_ptr<MailboxPort> m_mailbox;
    std::unique_ptr<SubmissionPort> m_submission;
    MailWriterPort& m_writer;
    const SharingTest m_sharing;
    const Clock& m_clock;
    const MailSetupPace m_pace;
    const QString m_messageId;
    QString m_inbox;
    QString m_sent;
    std::vector<quint32> m_inSent;
    std::vector<quint32> m_inInbox;
    UtcTime m_sentAt;
    QTimer m_poll;
    bool m_isOver = false;
};

} // namespace aiva
