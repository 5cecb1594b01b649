#include "tests/flow/outbox_shop.h"

#include "app/common/mail_connection.h"
#include "app/common/unlock.h"

#include "core/adapters/mail/mime/mail_writer.h"
#include "core/outbox/reply_queue.h"

#include <QFile>

#include <algorithm>

namespace aiva::test {

using namespace Qt::StringLiterals;

struct OutboxShop::Open {
    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<Database> writer;
    std::unique_ptr<OutboxLedger> ledger;
};

Result<std::unique_ptr<OutboxShop::Open>> OutboxShop::open() {
    QFile file(m_ctl.keyFile());
    if (!file.open(QIODevice::ReadOnly)) return Error{ErrorKind::Storage, u"no key file"_s};
    QByteArray key = file.readAll();
    auto opened = std::make_unique<Open>();
    AIVA_TRY(opened->workspace, Workspace::open(m_ctl.workspaceDir(), SecretString::takeFrom(key)));
    AIVA_TRY(opened->writer, opened->workspace->openWriter());
    AIVA_TRY(opened->ledger, OutboxLedger::create(*opened->writer));
    return opened;
}

OutboxShop::OutboxShop(MailRig& rig, const QString& dir) : m_rig(rig), m_ctl(dir), m_user(rig.freshUser()) {
    if (m_ctl.run({u"workspace"_s, u"init"_s}).exitStatus != 0) return;
    const auto opened = open();
    if (!opened) return;
    MailAccount account = rig.account(m_user);
    account.undoSeconds = 0;
    account.sentProof = SentProof::OwnCopy;
    account.teamMode = TeamMode::SingleAgent;
    auto mailboxes = MailboxRepository::create(*(*opened)->writer);
    const auto id = mailboxes ? (*mailboxes)->save(account) : mailboxes.error();
    auto secrets = MailSecrets::open(*(*opened)->workspace, *(*opened)->writer);
    if (!id || !secrets || !secrets->save(account, MailRig::password(m_user))) return;
    m_mailbox = *id;
    m_isReady = true;
}

std::vector<QueuedReply> OutboxShop::queueReplies(int count) {
    auto queued = tryQueue(count);
    if (!queued) qWarning("queue: %s", qUtf8Printable(queued.error().detail));
    return queued ? *queued : std::vector<QueuedReply>();
}

Result<std::vector<QueuedReply>> OutboxShop::tryQueue(int count) {
    AIVA_TRY(const auto opened, open());
    AIVA_TRY(const auto conversations, ConversationRepository::create(*opened->writer));
    AIVA_TRY(const auto basis, DraftBasisReader::create(*opened->writer));
    const SystemClock clock;
    MailWriter writer;
    ReplyQueue replies(*opened->ledger, writer, clock);
    std::vector<QueuedReply> queued;
    for (int i = 0; i < count; ++i) {
        const int number = ++m_customers;
        MessageRecord mail;
        mail.messageId = u"question%1@home.example"_s.arg(number);
        mail.from = {u"Customer %1"_s.arg(number), u"customer+%1@home.example"_s.arg(number)};
        mail.to = {{{}, MailRig::address(m_user)}};
        mail.date = clock.now();
        mail.subject = u"Where is parcel %1?"_s.arg(number);
        mail.text = u"It has not come yet."_s;
        AIVA_TRY(const auto added, conversations->add(mail, ConversationRepository::Direction::Inbound));
        ReplyRequest request;
        request.conversation = added.conversation;
        request.mailbox = m_mailbox;
        request.to = {mail.from};
        request.subject = u"Re: "_s + mail.subject;
        request.text = u"Größe %1:\n.\nit is on its way."_s.arg(number);
        AIVA_TRY(request.basis, basis->basis(added.conversation));
        AIVA_TRY(const OutboxId id, replies.queue(request));
        AIVA_TRY(const auto row, opened->ledger->rows().byId(id));
        queued.push_back({id, row->messageId, mail.from.email});
    }
    return queued;
}

OutboxShop::Standing OutboxShop::standing(const std::vector<QueuedReply>& replies) {
    Standing standing;
    const auto opened = open();
    if (!opened) return {{}, -1, -1, opened.error().detail};
    for (const QueuedReply& reply : replies) {
        const auto row = (*opened)->ledger->rows().byId(reply.id);
        if (!row || !*row) return {{}, -1, -1, u"a row is gone"_s};
        const OutboxState state = (*row)->state;
        const bool isDecided = (*row)->sentAt.has_value();
        ++standing.states[(*row)->handedOverAt && !isDecided ? u"handed over"_s : toWord(state)];
        if (state == OutboxState::Held || state == OutboxState::Failed || state == OutboxState::Cancelled)
            ++standing.stuck;
        else if (state != OutboxState::Sent)
            ++standing.open;
        if (!(*row)->error.isEmpty()) standing.errors += (*row)->error + u' ';
    }
    return standing;
}

namespace {

int count(const QList<RigMail>& mails, const QString& messageId) {
    const QByteArray header = "<" + messageId.toLatin1() + ">";
    return static_cast<int>(std::count_if(mails.begin(), mails.end(), [&](const RigMail& mail) {
        return mail.raw.left(mail.raw.indexOf("\n\n")).contains("\nMessage-ID: " + header);
    }));
}

} // namespace

QString OutboxShop::verdictOn(const std::vector<QueuedReply>& replies) {
    const auto opened = open();
    if (!opened) return opened.error().detail;
    auto recorded = (*opened)->writer->prepare(
        "SELECT count(*) FROM messages WHERE message_id = ?1 AND direction = 'out' AND conversation_id = "
        "(SELECT conversation_id FROM outbox WHERE message_id = ?1)");
    if (!recorded) return recorded.error().detail;
    const QList<RigMail> arrived = m_rig.mailsOf(u"customer"_s);
    const QList<RigMail> filed = m_rig.mailsOf(m_user, u"Sent"_s);
    const QList<RigMail> inbox = m_rig.mailsOf(m_user);
    const QList<RigSubmission> submissions = m_rig.submissions();
    for (const QueuedReply& reply : replies) {
        const int times = count(arrived, reply.messageId);
        if (times != 1) return u"%1 arrived %2 times"_s.arg(reply.customer).arg(times);
        if (count(filed, reply.messageId) != 1)
            return u"%1 stands %2 times in Sent"_s.arg(reply.customer).arg(count(filed, reply.messageId));
        if (count(inbox, reply.messageId) != 0) return reply.customer + u" is left in INBOX"_s;
        recorded->bind(1, reply.messageId);
        if (!*recorded->step() || recorded->integer(0) != 1) return reply.customer + u": not in its conversation"_s;
        recorded->reset();
        const QStringList allowed{reply.customer, MailRig::address(m_user)};
        for (const RigSubmission& submission : submissions)
            if (submission.messageId == reply.messageId && submission.recipients != allowed)
                return u"%1 went to %2"_s.arg(reply.customer, submission.recipients.join(u' '));
        for (const RigMail& mail : arrived)
            if (mail.raw.contains(reply.messageId.toLatin1()) && !mail.raw.contains("Größe") &&
                !mail.raw.contains("=C3=B6"))
                return reply.customer + u": not the words that were queued"_s;
    }
    return {};
}

} // namespace aiva::test
