#include "core/desk/mail/mail_setup_run.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace aiva {

using What = MailSetupStep::What;
using State = MailSetupStep::State;

namespace {

QString testMessageId(const QString& address) {
    const qsizetype at = address.lastIndexOf(u'@');
    return u"aiva-test."_s + QUuid::createUuid().toString(QUuid::WithoutBraces) + u'@' + address.mid(at + 1);
}

QString folderWithRole(const std::vector<MailFolder>& folders, FolderRole role) {
    const auto found = std::find_if(folders.begin(), folders.end(), [role](const MailFolder& folder) {
        return folder.role == role && folder.canSelect;
    });
    return found == folders.end() ? QString() : found->name;
}

} // namespace

MailSetupRun::MailSetupRun(const MailAccount& account, std::unique_ptr<MailboxPort> mailbox,
                           std::unique_ptr<SubmissionPort> submission, MailWriterPort& writer, SharingTest sharing,
                           const Clock& clock, const MailSetupPace& pace)
    : m_account(account)
    , m_mailbox(std::move(mailbox))
    , m_submission(std::move(submission))
    , m_writer(writer)
    , m_sharing(std::move(sharing))
    , m_clock(clock)
    , m_pace(pace)
    , m_messageId(testMessageId(account.address))
    , m_poll(this) {
    m_poll.setSingleShot(true);
    connect(&m_poll, &QTimer::timeout, this, &MailSetupRun::lookForCopy);
}

MailSetupRun::~MailSetupRun() = default;

void MailSetupRun::start() {
    login();
}

void MailSetupRun::login() {
    step(What::Login, State::Running);
    whenDone(m_mailbox->open(), this, [this](const Result<MailboxAbilities>& opened) {
        if (!opened) return fail(What::Login, opened.error());
        step(What::Login, State::Passed, opened->serverName);
        listFolders();
    });
}

void MailSetupRun::listFolders() {
    step(What::Folders, State::Running);
    whenDone(m_mailbox->folders(), this, [this](const Result<std::vector<MailFolder>>& folders) {
        if (!folders) return fail(What::Folders, folders.error());
        m_inbox = folderWithRole(*folders, FolderRole::Inbox);
        m_sent = folderWithRole(*folders, FolderRole::Sent);
        if (m_inbox.isEmpty())
            return fail(What::Folders,
                        Error{ErrorKind::NotFound, u"the server lists no inbox"_s, ErrorCause::FolderMissing});
        step(What::Folders, m_sent.isEmpty() ? State::Warned : State::Passed,
             m_sent.isEmpty() ? u"no_sent_folder"_s : QString());
        sendToSelf();
    });
}

OutgoingMail MailSetupRun::testMail() const {
    OutgoingMail mail;
    mail.messageId = m_messageId;
    mail.from = {m_account.displayName, m_account.address};
    mail.to = {mail.from};
    mail.date = m_clock.now();
    mail.subject = u"Aiva: testing this mailbox"_s;
    mail.text = u"Aiva sent this to itself to learn whether mail goes out and where the copy is kept. "
                "It removes this message again.\n"_s;
    mail.origin = MailOrigin::AutoReply; // nobody's vacation notice should answer it
    return mail;
}

void MailSetupRun::sendToSelf() {
    step(What::Sending, State::Running);
    const Result<QByteArray> bytes = m_writer.write(testMail());
    if (!bytes) return fail(What::Sending, bytes.error());
    const MailEnvelope envelope{m_account.address, {m_account.address}};
    whenDone(m_submission->prepare(envelope, *bytes), this, [this](const Result<bool>& prepared) {
        if (!prepared) return fail(What::Sending, prepared.error());
        whenDone(m_submission->finish(), this, [this](const Result<SubmissionReceipt>& receipt) {
            if (!receipt) return fail(What::Sending, receipt.error());
            step(What::Sending, State::Passed);
            step(What::SentCopy, State::Running);
            m_sentAt = m_clock.now();
            lookForCopy();
        });
    });
}

void MailSetupRun::lookForCopy() {
    // Sent first: a server that files what it sends may also deliver the copy.
    const QString first = m_sent.isEmpty() ? m_inbox : m_sent;
    whenDone(m_mailbox->findMessageId(first, m_messageId), this,
             [this, first](const Result<std::vector<quint32>>& inFirst) {
                 if (!inFirst) return fail(What::SentCopy, inFirst.error());
                 (first == m_inbox ? m_inInbox : m_inSent) = *inFirst;
                 if (first == m_inbox) return judgeCopies();
                 whenDone(m_mailbox->findMessageId(m_inbox, m_messageId), this,
                          [this](const Result<std::vector<quint32>>& inInbox) {
                              if (!inInbox) return fail(What::SentCopy, inInbox.error());
                              m_inInbox = *inInbox;
                              judgeCopies();
                          });
             });
}

void MailSetupRun::judgeCopies() {
    const qint64 waited = m_clock.now().ms() - m_sentAt.ms();
    // The server's own filing may come a moment after the delivery, so it is given one more round.
    const bool mayStillFile = !m_sent.isEmpty() && waited < 2LL * m_pace.copyPollMs;
    if (!m_inSent.empty()) return eraseCopies(SentProof::ServerFiles);
    if (!m_inInbox.empty() && !mayStillFile) return eraseCopies(SentProof::OwnCopy);
    if (waited >= m_pace.copyWaitMs) return eraseCopies(SentProof::None);
    m_poll.start(m_pace.copyPollMs);
}

void MailSetupRun::eraseCopies(SentProof proof) {
    m_account.sentProof = proof;
    step(What::SentCopy, proof == SentProof::None ? State::Warned : State::Passed, toWord(proof));
    // A copy that cannot be removed is a nuisance, no failure.
    const auto erase = [this](const QString& folder, const std::vector<quint32>& uids) {
        return uids.empty() ? readyFuture<bool>(true) : m_mailbox->erase(folder, uids);
    };
    whenDone(erase(m_sent, m_inSent), this, [this, erase](const Result<bool>&) {
        whenDone(erase(m_inbox, m_inInbox), this, [this](const Result<bool>&) { testSharing(); });
    });
}

void MailSetupRun::testSharing() {
    step(What::SelfTest, State::Running);
    whenDone(m_sharing(*m_mailbox, m_account), this, [this](const Result<MailAccount>& tested) {
        if (!tested) return fail(What::SelfTest, tested.error());
        m_account = *tested;
        const bool isShared = m_account.teamMode == TeamMode::Shared;
        step(What::SelfTest, isShared ? State::Passed : State::Warned,
             isShared ? QString() : u"single_agent/"_s + m_account.teamReason);
        m_isOver = true;
        m_mailbox->close();
        Q_EMIT finished(m_account);
    });
}

void MailSetupRun::step(What what, State state, const QString& detail) {
    Q_EMIT stepped(MailSetupStep{what, state, detail, std::nullopt});
}

void MailSetupRun::fail(What what, const Error& error) {
    if (m_isOver) return;
    m_isOver = true;
    m_poll.stop();
    Q_EMIT stepped(MailSetupStep{what, State::Failed, {}, error});
    Q_EMIT finished(Result<MailAccount>(error));
}

} // namespace aiva
