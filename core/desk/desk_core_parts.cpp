// The part of DeskCore that opens its halves and lets them hear of each other.
#include "core/desk/desk_core.h"

using namespace Qt::StringLiterals;

namespace aiva {

Result<void> DeskCore::open() {
    AIVA_TRY(m_writer, m_workspace.openWriter());
    AIVA_TRY(m_conversations, ConversationRepository::create(*m_writer));
    watchShops();
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

// Whoever opens a shop's port, what it comes to is counted.
void DeskCore::watchShops() {
    m_apiHealth = std::make_unique<ApiHealthKeeper>(*m_writer, m_clock);
    connect(m_apiHealth.get(), &ApiHealthKeeper::written, this, [this] { note(DeskChange::Stores); });
    m_adapters.storePort = [this,
                            open = m_adapters.storePort](const StoreRow& row) -> Result<std::unique_ptr<StorePort>> {
        auto port = open(row);
        if (port) m_apiHealth->watch(**port, row.id);
        return port;
    };
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
    connect(m_syncs.get(), &SyncDispatcher::finished, m_webhooks.get(),
            [this](const SyncOutcome& outcome) { m_webhooks->synced(outcome.store); });
    return m_webhooks->open();
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

} // namespace aiva
