#include "tests/core/outbox/outbox_world.h"

#include <QElapsedTimer>
#include <QEventLoop>

namespace aiva::test {

using namespace Qt::StringLiterals;

Result<QByteArray> PlainWriter::write(const OutgoingMail& mail) {
    return QByteArray("Message-ID: <" + mail.messageId.toUtf8() + ">\r\nFrom: " + mail.from.email.toUtf8() +
                      "\r\nTo: " + mail.to.value(0).email.toUtf8() + "\r\nSubject: " + mail.subject.toUtf8() +
                      "\r\n\r\n" + mail.text.toUtf8() + "\r\n");
}

// The mailbox's line, through the plan.
class OutboxWorld::Port final : public MailboxPort {
public:
    Port(OutboxWorld& world) : m_world(world), m_port(*world.server) {}

    Future<MailboxAbilities> open() override { return m_port.open(); }
    Future<std::vector<MailFolder>> folders() override {
        return through<std::vector<MailFolder>>("folders", [this] { return m_port.folders(); });
    }
    Future<FolderState> folderState(const QString& folder) override { return m_port.folderState(folder); }
    Future<bool> createFolder(const QString& folder) override {
        return through<bool>("create", [this, folder] { return m_port.createFolder(folder); });
    }
    Future<FolderChanges> changes(const QString& folder, const KnownFolder& known) override {
        return m_port.changes(folder, known);
    }
    Future<std::vector<ServerMessage>> fetch(const QString& folder, const std::vector<quint32>& uids) override {
        return m_port.fetch(folder, uids);
    }
    Future<QByteArray> fetchRaw(const QString& folder, quint32 uid) override { return m_port.fetchRaw(folder, uid); }
    Future<std::vector<FlagUpdate>> flags(const QString& folder, const std::vector<quint32>& uids) override {
        return m_port.flags(folder, uids);
    }
    Future<std::vector<quint32>> findMessageId(const QString& folder, const QString& messageId) override {
        return through<std::vector<quint32>>("find", [=, this] { return m_port.findMessageId(folder, messageId); });
    }
    Future<bool> store(const QString& folder, const std::vector<quint32>& uids, FlagChange change,
                       const QStringList& flags) override {
        return through<bool>("store", [=, this] { return m_port.store(folder, uids, change, flags); });
    }
    Future<ConditionalStore> storeUnchangedSince(const QString& folder, quint32 uid, quint64 modSeq, FlagChange change,
                                                 const QStringList& flags) override {
        return m_port.storeUnchangedSince(folder, uid, modSeq, change, flags);
    }
    Future<AppendedMail> append(const QString& folder, const QByteArray& mail, const QStringList& flags) override {
        return through<AppendedMail>("append", [=, this] { return m_port.append(folder, mail, flags); });
    }
    Future<bool> move(const QString& folder, const std::vector<quint32>& uids, const QString& target) override {
        return through<bool>("move", [=, this] { return m_port.move(folder, uids, target); });
    }
    Future<bool> erase(const QString& folder, const std::vector<quint32>& uids) override {
        return through<bool>("erase", [=, this] { return m_port.erase(folder, uids); });
    }
    void watch(const QString& folder) override { m_port.watch(folder); }
    void close() override { m_port.close(); }

private:
    template <typename T>
    Future<T> through(const char* step, const std::function<Future<T>()>& call) {
        return m_world.plan.through<T>(step, call);
    }
    OutboxWorld& m_world;
    FakeMailboxPort m_port;
};

class OutboxWorld::Submission final : public SubmissionPort {
public:
    explicit Submission(OutboxWorld& world) : m_world(world) {}

    Future<bool> prepare(const MailEnvelope& envelope, const QByteArray& mail) override {
        m_mail = {envelope, mail};
        return m_world.plan.through<bool>("prepare", [] { return readyFuture<bool>(true); });
    }
    Future<SubmissionReceipt> finish() override {
        if (m_world.beforeFinish) m_world.beforeFinish();
        return m_world.plan.through<SubmissionReceipt>("finish", [this] {
            accept();
            return readyFuture<SubmissionReceipt>(SubmissionReceipt{u"250 ok"_s});
        });
    }
    QStringList refusedRecipients() const override { return {}; }
    void abandon() override {}

private:
    void accept() {
        m_world.accepted.push_back(m_mail);
        if (m_world.proof == SentProof::ServerFiles) m_world.server->appendRaw(u"Sent"_s, m_mail.mail);
        if (m_world.ownCopyArrives && m_mail.envelope.recipients.contains(u"help@shop.example"_s))
            m_world.server->appendRaw(u"INBOX"_s, m_mail.mail);
    }
    OutboxWorld& m_world;
    Accepted m_mail;
};

class OutboxWorld::Claims final : public ClaimPort {
public:
    explicit Claims(OutboxWorld& world) : m_world(world) {}

    Future<ClaimAnswer> claim(MailboxId, ConversationId) override {
        return m_world.plan.through<ClaimAnswer>("claim", [this] {
            m_world.isClaimHeld = m_world.claimAnswer.outcome == ClaimAnswer::Outcome::Granted;
            return readyFuture<ClaimAnswer>(m_world.claimAnswer);
        });
    }
    Future<bool> release(MailboxId, ConversationId, Ending ending) override {
        return m_world.plan.through<bool>("release", [this, ending] {
            m_world.isClaimHeld = false;
            if (ending == Ending::Answered) ++m_world.answeredReleases;
            return readyFuture<bool>(true);
        });
    }

private:
    OutboxWorld& m_world;
};

OutboxWorld::OutboxWorld(SentProof theProof) : proof(theProof) {
    pace.retryMs = {1, 1, 2};
    pace.lookMs = {1};
    pace.proofWindowMs = 4;
    pace.storageRetryMs = 5;
    pace.longestSleepMs = 20;
    auto mailboxes = MailboxRepository::create(workspace.writer());
    if (!mailboxes) qFatal("no mailboxes");
    MailAccount account;
    account.address = u"help@shop.example"_s;
    account.displayName = u"Shop"_s;
    account.sentProof = proof;
    account.undoSeconds = 0;
    mailbox = *(*mailboxes)->save(account);
    m_conversations = *ConversationRepository::create(workspace.writer());
    ledger = *OutboxLedger::create(workspace.writer());
    begin();
}

OutboxWorld::~OutboxWorld() {
    stopOutbox();
}

void OutboxWorld::begin() {
    stopOutbox();
    m_port.reset();
    m_claims.reset();
    server = std::make_unique<FakeMailServer>();
    accepted.clear();
    isClaimHeld = false;
    answeredReleases = 0;
    conversation = {};
    plan.faults.clear();
    plan.trace.clear();
    plan.onStep = nullptr;
    plan.isCrashed = false;
    customerWrites(u"Where is my order?"_s);
}

MessageId OutboxWorld::customerWrites(const QString& text) {
    MessageRecord mail;
    mail.messageId = u"customer%1@example.com"_s.arg(++m_mails);
    mail.from = {u"Ada"_s, u"ada%1@example.com"_s.arg(conversation.isValid() ? conversation.value() : m_mails)};
    mail.to = {{{}, u"help@shop.example"_s}};
    mail.date = clock.now();
    mail.subject = u"Order %1"_s.arg(m_mails);
    mail.text = text;
    ConversationRepository::Arrival arrival;
    if (conversation.isValid()) arrival.conversation = conversation;
    const auto added = m_conversations->add(mail, ConversationRepository::Direction::Inbound, arrival);
    if (!added) qFatal("%s", qUtf8Printable(added.error().detail));
    conversation = added->conversation;
    return added->message;
}

ReplyRequest OutboxWorld::reply() const {
    ReplyRequest request;
    request.conversation = conversation;
    request.mailbox = mailbox;
    request.to = {{u"Ada"_s, u"ada@example.com"_s}};
    request.subject = u"Re: Order"_s;
    request.text = u"It is on its way."_s;
    auto basis = DraftBasisReader::create(const_cast<OutboxWorld*>(this)->workspace.writer());
    request.basis = *(*basis)->basis(conversation);
    return request;
}

Result<OutboxId> OutboxWorld::queue(const ReplyRequest& request) {
    ReplyQueue replies(*ledger, m_writer, clock);
    return replies.queue(request);
}

void OutboxWorld::startOutbox() {
    if (!m_port) m_port = std::make_unique<Port>(*this);
    m_claims = std::make_unique<Claims>(*this);
    OutboxDoors doors{[this](MailboxId) { return m_port.get(); },
                      [this](const MailAccount&) { return std::make_unique<Submission>(*this); }, *m_claims, clock};
    outbox = std::make_unique<OutboxDispatcher>(*ledger, doors, pace, outboxLeaseFile(workspace.dir()));
    outbox->start();
}

void OutboxWorld::stopOutbox() {
    outbox.reset();
}

bool OutboxWorld::run(int ms) {
    plan.isCrashed = false;
    QEventLoop loop;
    bool isInTime = false;
    plan.onCrash = [&] {
        isInTime = true;
        loop.quit();
    };
    startOutbox();
    const auto quit = [&] {
        const auto open = ledger->rows().open();
        const auto claims = ledger->rows().holdingClaims();
        if (plan.isCrashed || !open || !open->empty() || !claims) return;
        for (const OutboxRow& row : *claims)
            if (!row.handedOverAt) return;
        isInTime = true;
        loop.quit();
    };
    QObject::connect(outbox.get(), &OutboxDispatcher::quiet, &loop, quit);
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    if (!plan.isCrashed) loop.exec();
    plan.onCrash = nullptr;
    stopOutbox();
    return isInTime;
}

void OutboxWorld::disconnectMailbox() {
    m_port.reset();
}

void OutboxWorld::spin(int ms) {
    QEventLoop loop;
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
}

OutboxRow OutboxWorld::row(OutboxId id) {
    return (*ledger->rows().byId(id)).value_or(OutboxRow());
}

int OutboxWorld::copiesIn(const QString& folder, const QString& messageId) {
    int found = 0;
    for (const auto& [uid, mail] : server->folder(folder).mails)
        if (mail.raw.contains("<" + messageId.toUtf8() + ">")) ++found;
    return found;
}

int OutboxWorld::recorded(const QString& messageId) {
    auto statement = workspace.writer().prepare(
        "SELECT count(*) FROM messages WHERE message_id = ?1 AND direction = 'out' AND conversation_id = ?2");
    const auto found = statement->bind(1, messageId).bind(2, conversation).step();
    return found && *found ? static_cast<int>(statement->integer(0)) : -1;
}

} // namespace aiva::test
