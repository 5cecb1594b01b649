#include "core/desk/desk_core.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace aiva {

DeskCore::DeskCore(const Workspace& workspace, const Clock& clock, DeskAdapters adapters, DeskPace pace,
                   std::shared_ptr<std::atomic<int>> waiting)
    : m_workspace(workspace)
    , m_clock(clock)
    , m_adapters(std::move(adapters))
    , m_pace(std::move(pace))
    , m_waiting(std::move(waiting))
    , m_noticeTimer(this) {
    m_pace.sync.waitingCommands = m_waiting;
    if (!m_adapters.storePort)
        m_adapters.storePort = [](const StoreRow&) -> Result<std::unique_ptr<StorePort>> {
            return Error{ErrorKind::Refused, u"this desk was opened without shops"_s, ErrorCause::NotSupported};
        };
    m_noticeTimer.setSingleShot(true);
    connect(&m_noticeTimer, &QTimer::timeout, this, &DeskCore::sendNotice);
}

DeskCore::~DeskCore() = default;

Result<void> DeskCore::open() {
    AIVA_TRY(m_writer, m_workspace.openWriter());
    AIVA_TRY(m_conversations, ConversationRepository::create(*m_writer));
    AIVA_TRY(m_syncs, SyncDispatcher::create(m_workspace, *m_writer, m_clock, m_adapters, m_pace));
    m_stores = std::make_unique<StoreCore>(*m_writer, m_clock, m_adapters, *m_syncs);
    AIVA_TRY(m_draftRows, DraftRepository::create(*m_writer));
    m_drafts = std::make_unique<DraftKeeper>(*m_draftRows, *m_writer, m_pace.draftMs, m_waiting);
    connectSyncs();
    connectDrafts();
    AIVA_CHECK(openMail());
    AIVA_CHECK(openAnswers());
    openPrivacy();
    return openWebhooks();
}

// Whoever is gone is gone everywhere: what is shown of them is read again.
void DeskCore::openPrivacy() {
    const PrivacyDoors doors{[this](StoreId store, std::function<void()> then) { m_syncs->release(store, then); },
                             m_adapters.stores.removeSecrets};
    m_privacy = std::make_unique<PrivacyKeeper>(m_workspace, *m_writer, m_clock, doors, m_pace.scheduleTickMs);
    const PrivacyKeeper* keeper = m_privacy.get();
    const DeskChanges people = DeskChanges(DeskChange::Conversations) | DeskChange::Customers | DeskChange::Drafts |
                               DeskChange::Outbox | DeskChange::Answers | DeskChange::Mailboxes | DeskChange::Privacy;
    connect(keeper, &PrivacyKeeper::erased, this, [this, people] { note(people); });
    connect(keeper, &PrivacyKeeper::dropped, this, [this, people] {
        note(people | DeskChange::Stores);
        if (m_mail) m_mail->ordersChanged();
    });
    connect(keeper, &PrivacyKeeper::erased, m_answers.get(), &AnswerCore::peopleErased);
    connect(keeper, &PrivacyKeeper::dropped, m_answers.get(), &AnswerCore::peopleErased);
    connect(keeper, &PrivacyKeeper::dropped, m_answers.get(), &AnswerCore::ordersChanged);
    connect(keeper, &PrivacyKeeper::tasksChanged, this, [this] { note(DeskChange::Privacy); });
    connect(keeper, &PrivacyKeeper::failed, this,
            [this](const Error& error) { Q_EMIT commandFailed(u"privacy"_s, error); });
}

PrivacyKeeper& DeskCore::privacy() {
    flush();
    return *m_privacy;
}

// A row a shop sent is like a row that was fetched: the same is told of it.
Result<void> DeskCore::openWebhooks() {
    if (!m_adapters.webhooks) return {};
    m_webhooks =
        std::make_unique<WebhookCore>(*m_writer, m_clock, m_adapters.webhooks, m_adapters.storePort, m_waiting);
    const WebhookCore* webhooks = m_webhooks.get();
    connect(webhooks, &WebhookCore::rowsChanged, this, [this] {
        noteWithin(DeskChange::Customers, m_pace.webhookNoticeMs);
        if (m_mail) m_mail->ordersChanged();
    });
    connect(webhooks, &WebhookCore::rowsChanged, m_answers.get(), &AnswerCore::ordersChanged);
    connect(webhooks, &WebhookCore::conversationsMatched, this, [this] { note(DeskChange::Conversations); });
    connect(webhooks, &WebhookCore::conversationsMatched, m_answers.get(), &AnswerCore::ordersChanged);
    connect(webhooks, &WebhookCore::storesChanged, this, [this] { note(DeskChange::Stores); });
    connect(webhooks, &WebhookCore::parted, m_syncs.get(), &SyncDispatcher::tellParted);
    connect(webhooks, &WebhookCore::syncWanted, this,
            [this](StoreId store) { syncStore(store, SyncKind::Incremental, SyncTrigger::Webhook); });
    connect(webhooks, &WebhookCore::failed, this,
            [this](const Error& error) { Q_EMIT commandFailed(u"webhooks"_s, error); });
    connect(m_stores.get(), &StoreCore::keysChanged, m_webhooks.get(), &WebhookCore::readKeys);
    connect(m_stores.get(), &StoreCore::keysChanged, m_webhooks.get(), &WebhookCore::lookSoon);
    // A first sync is over: another program may have connected the store.
    connect(m_syncs.get(), &SyncDispatcher::finished, m_webhooks.get(), [this](const SyncOutcome& outcome) {
        m_webhooks->readKeys();
        m_webhooks->synced(outcome.store);
    });
    return m_webhooks->open();
}

void DeskCore::attend(ConversationId conversation) {
    m_answers->attend(conversation);
    if (m_webhooks) m_webhooks->attend(conversation);
}

void DeskCore::startWebhooks() {
    if (m_webhooks) m_webhooks->start();
}

Result<quint16> DeskCore::listenForWebhooks(std::optional<quint16> port) {
    if (!m_webhooks) return Error{ErrorKind::Refused, u"this desk was opened without it"_s, ErrorCause::NotSupported};
    return m_webhooks->listen(port);
}

Result<void> DeskCore::openAnswers() {
    m_answers = std::make_unique<AnswerCore>(*m_writer, m_clock, m_adapters.answer, m_mail.get(), m_waiting);
    AIVA_CHECK(m_answers->open());
    connectAnswers();
    return {};
}

void DeskCore::connectAnswers() {
    AnswerCore* answers = m_answers.get();
    connect(answers, &AnswerCore::rowsChanged, this, &DeskCore::note);
    connect(answers, &AnswerCore::freshOrdersWanted, this,
            [this](StoreId store) { syncStore(store, SyncKind::Incremental, SyncTrigger::System); });
    const SyncDispatcher* syncs = m_syncs.get();
    connect(m_stores.get(), &StoreCore::imported, answers, &AnswerCore::ordersChanged);
    connect(syncs, &SyncDispatcher::rowsChanged, answers, &AnswerCore::ordersChanged);
    connect(syncs, &SyncDispatcher::conversationsMatched, answers, &AnswerCore::ordersChanged);
    connect(syncs, &SyncDispatcher::finished, answers,
            [answers](const SyncOutcome& outcome) { answers->syncFinished(outcome.store); });
    if (!m_mail) return;
    const MailCore* mail = m_mail.get();
    connect(mail, &MailCore::conversationsArrived, answers, &AnswerCore::mailArrived);
    connect(mail, &MailCore::replied, answers, &AnswerCore::personReplied);
    connect(mail, &MailCore::assigned, answers, &AnswerCore::assignedHere);
    connect(mail, &MailCore::sent, answers, [answers](OutboxId id, ConversationId) { answers->mailLeft(id); });
    connect(mail, &MailCore::sendHeld, answers, [answers](OutboxId id, const Error&) { answers->mailHeld(id); });
    connect(mail, &MailCore::rowsChanged, answers, [answers](DeskChanges changes) {
        if (changes & DeskChange::Conversations) answers->conversationsChanged();
    });
}

Result<void> DeskCore::openMail() {
    if (!m_adapters.mail) return {};
    m_pace.mail.mailbox.waitingCommands = m_waiting;
    m_mail = std::make_unique<MailCore>(*m_writer, *m_conversations, m_clock, m_adapters.mail, m_pace.mail,
                                        outboxLeaseFile(m_workspace.dir()));
    connect(m_mail.get(), &MailCore::rowsChanged, this, &DeskCore::note);
    connect(m_mail.get(), &MailCore::contactChanged, this, &DeskCore::setOnline);
    return m_mail->open();
}

MailCore* DeskCore::mail() {
    flush();
    return m_mail.get();
}

void DeskCore::connectSyncs() {
    const SyncDispatcher* syncs = m_syncs.get();
    connect(syncs, &SyncDispatcher::progressed, this, &DeskCore::syncProgressed);
    connect(syncs, &SyncDispatcher::rowsChanged, this, [this] {
        note(DeskChange::Customers);
        if (m_mail) m_mail->ordersChanged();
    });
    connect(syncs, &SyncDispatcher::conversationsMatched, this, [this] { note(DeskChange::Conversations); });
    connect(syncs, &SyncDispatcher::storesChanged, this, [this] { note(DeskChange::Stores); });
    connect(m_stores.get(), &StoreCore::storesChanged, this, [this] { note(DeskChange::Stores); });
    connect(m_stores.get(), &StoreCore::imported, this,
            [this] { note(DeskChange::Customers | DeskChange::Conversations); });
    connect(syncs, &SyncDispatcher::contactChanged, this, &DeskCore::setOnline);
    connect(syncs, &SyncDispatcher::finished, this, &DeskCore::syncFinished);
    connect(syncs, &SyncDispatcher::failed, this,
            [this](const Error& error) { Q_EMIT commandFailed(u"sync"_s, error); });
}

void DeskCore::connectDrafts() {
    connect(m_drafts.get(), &DraftKeeper::saved, this, [this](ConversationId conversation, UtcTime at) {
        Q_EMIT draftSaved(conversation, at);
        note(DeskChange::Drafts);
    });
    connect(m_drafts.get(), &DraftKeeper::failed, this,
            [this](const Error& error) { Q_EMIT commandFailed(u"saveDraft"_s, error); });
}

void DeskCore::close() {
    m_webhooks.reset();
    m_privacy.reset();
    m_drafts.reset();
    m_answers.reset();
    m_mail.reset();
    m_draftRows.reset();
    m_imports.clear();
    m_stores.reset();
    m_syncs.reset();
    m_noticeTimer.stop(); // last: the ends of the others are noted too
    m_conversations.reset();
    m_writer.reset();
}

void DeskCore::importMail(const QString& path, const QStringList& ownAddresses) {
    const QSet<QString> own(ownAddresses.begin(), ownAddresses.end());
    m_imports.push_back(
        std::make_unique<MailImportRun>(m_adapters.mailFiles(), path, own, *m_conversations, *m_writer, m_pace.sync));
    MailImportRun* run = m_imports.back().get();
    connect(run, &MailImportRun::rowsChanged, this, [this] { note(DeskChange::Conversations); });
    connect(run, &MailImportRun::finished, this,
            [this, run](const MailImportCounts& counts, const std::optional<Error>& error) {
                takeImported(run, counts, error);
            });
    run->start();
}

void DeskCore::takeImported(MailImportRun* run, const MailImportCounts& counts, const std::optional<Error>& error) {
    if (error) Q_EMIT commandFailed(u"importMail"_s, *error);
    note(DeskChange::Conversations);
    m_answers->start();
    Q_EMIT mailImported(counts);
    // The run is still in its own function.
    QTimer::singleShot(0, this,
                       [this, run] { std::erase_if(m_imports, [run](auto& one) { return one.get() == run; }); });
}

bool DeskCore::flush() {
    const auto written = m_drafts->write();
    if (!written) Q_EMIT commandFailed(u"saveDraft"_s, written.error());
    return written.has_value();
}

// What was typed before it goes to disk first: the attachment belongs to that draft.
Result<DraftAttachmentId> DeskCore::addDraftAttachment(ConversationId conversation,
                                                       const AttachmentRecord& attachment) {
    AIVA_CHECK(m_drafts->write());
    AIVA_TRY(const DraftAttachmentId id, m_draftRows->addAttachment(conversation, attachment, m_clock.now()));
    note(DeskChange::Drafts);
    return id;
}

void DeskCore::removeDraftAttachment(DraftAttachmentId id) {
    settle(u"removeDraftAttachment"_s, m_draftRows->removeAttachment(id), DeskChange::Drafts);
}

void DeskCore::markRead(ConversationId conversation, bool read) {
    settle(u"markRead"_s, m_conversations->markRead(conversation, read), DeskChange::Conversations);
    if (m_mail) m_mail->readMarksChanged();
}

void DeskCore::setStatus(ConversationId conversation, ConversationStatus status) {
    const auto done =
        m_mail ? m_mail->setStatus(conversation, status) : m_conversations->setStatus(conversation, status);
    settle(u"setStatus"_s, done, DeskChange::Conversations);
}

void DeskCore::linkToProfile(ConversationId conversation, std::optional<ProfileId> profile) {
    settle(u"linkToProfile"_s, m_conversations->linkToProfile(conversation, profile, m_clock.now()),
           DeskChange::Conversations | DeskChange::Customers);
    if (m_answers) m_answers->personLinked();
}

void DeskCore::revertLink(ConversationId conversation) {
    const auto reverted = m_conversations->revertLink(conversation, m_clock.now());
    settle(u"revertLink"_s, reverted ? Result<void>() : reverted.error(),
           DeskChange::Conversations | DeskChange::Customers);
    if (m_answers) m_answers->personLinked();
}

void DeskCore::settle(const QString& command, const Result<void>& done, DeskChanges changes) {
    if (done)
        note(changes);
    else
        Q_EMIT commandFailed(command, done.error());
}

// The first notice goes at once, a storm of them every everyMs.
void DeskCore::noteWithin(DeskChanges changes, int everyMs) {
    m_unsent |= changes;
    const qint64 since = m_sinceNotice.isValid() ? m_sinceNotice.elapsed() : everyMs;
    const int wait = everyMs - static_cast<int>(std::min<qint64>(since, everyMs));
    if (wait == 0)
        sendNotice();
    else if (!m_noticeTimer.isActive() || m_noticeTimer.remainingTime() > wait)
        m_noticeTimer.start(wait);
}

void DeskCore::sendNotice() {
    m_noticeTimer.stop();
    m_sinceNotice.start();
    Q_EMIT changed(std::exchange(m_unsent, {}));
}

void DeskCore::setOnline(bool online) {
    if (std::exchange(m_isOnline, online) != online) Q_EMIT onlineChanged(online);
}

} // namespace aiva
