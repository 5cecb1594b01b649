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

PrivacyKeeper& DeskCore::privacy() {
    flush();
    return *m_privacy;
}

void DeskCore::attend(ConversationId conversation) {
    m_answers->attend(conversation);
    if (m_webhooks) m_webhooks->attend(conversation);
}

void DeskCore::start() {
    m_syncs->start();
    if (m_mail) m_mail->start();
    m_answers->start();
    if (m_webhooks) m_webhooks->start();
    m_privacy->start();
}

Result<quint16> DeskCore::listenForWebhooks(std::optional<quint16> port) {
    if (!m_webhooks) return Error{ErrorKind::Refused, u"this desk was opened without it"_s, ErrorCause::NotSupported};
    return m_webhooks->listen(port);
}

MailCore* DeskCore::mail() {
    flush();
    return m_mail.get();
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
    m_apiHealth.reset();  // what the others left is written
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
