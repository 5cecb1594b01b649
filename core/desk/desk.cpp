#include "core/desk/desk.h"

#include "core/desk/answers/desk_answers.h"
#include "core/desk/desk_core.h"
#include "core/desk/mail/desk_mail.h"
#include "core/desk/privacy/desk_privacy.h"
#include "core/desk/search_worker.h"
#include "core/desk/stores/desk_stores.h"
#include "core/desk/webhooks/desk_webhooks.h"

#include <QThread>

#include <map>

namespace aiva {

class Desk::Private {
public:
    Private(const Workspace& files, const Clock& time, DeskAdapters adapters, DeskPace pace)
        : workspace(files)
        , clock(time)
        , search(files)
        , core(std::make_unique<DeskCore>(files, time, std::move(adapters), std::move(pace), waiting)) {
        thread.setObjectName(QStringLiteral("core"));
        core->moveToThread(&thread);
        thread.start();
    }
    ~Private();

    Result<void> open();
    Result<void> openReader();
    void openMail();
    void openAnswers();
    void openStores();
    void openPrivacy();
    void openWebhooks();

    // Runs fn(DeskCore&) on the core thread, in the order of the calls.
    template <typename Fn>
    void post(Fn fn) {
        ++*waiting;
        QMetaObject::invokeMethod(
            core.get(),
            [target = core.get(), counter = waiting, fn = std::move(fn)]() mutable {
                --*counter;
                fn(*target);
            },
            Qt::QueuedConnection);
    }

    const Workspace& workspace;
    const Clock& clock;
    DeskReader reader;
    SearchWorker search;
    std::shared_ptr<std::atomic<int>> waiting = std::make_shared<std::atomic<int>>(0);
    QThread thread;
    std::unique_ptr<DeskCore> core;
    std::unique_ptr<DeskMail> mail;
    std::unique_ptr<DeskAnswers> answers;
    std::unique_ptr<DeskStores> stores;
    std::unique_ptr<DeskPrivacy> privacy;
    std::unique_ptr<DeskWebhooks> webhooks;
    std::map<StoreId, SyncProgress> progress;
    bool isOnline = true;
};

Desk::Private::~Private() {
    ++*waiting; // a long transaction makes way
    QMetaObject::invokeMethod(
        core.get(), [this] { core->close(); }, Qt::BlockingQueuedConnection);
    thread.quit();
    thread.wait();
}

Result<void> Desk::Private::open() {
    Result<void> opened;
    QMetaObject::invokeMethod(
        core.get(), [this, &opened] { opened = core->open(); }, Qt::BlockingQueuedConnection);
    AIVA_CHECK(opened);
    AIVA_CHECK(openReader());
    openMail();
    openAnswers();
    openStores();
    openPrivacy();
    openWebhooks();
    return {};
}

void Desk::Private::openAnswers() {
    // Opened with the core, and not replaced while the desk lives.
    answers = std::make_unique<DeskAnswers>(core->answers(), [this](std::function<void(AnswerCore&)> command) {
        post([command = std::move(command)](DeskCore& desk) { command(desk.answers()); });
    });
}

void Desk::Private::openStores() {
    stores = std::make_unique<DeskStores>(core->stores(), [this](std::function<void(StoreCore&)> command) {
        post([command = std::move(command)](DeskCore& desk) { command(desk.stores()); });
    });
}

void Desk::Private::openPrivacy() {
    privacy = std::make_unique<DeskPrivacy>([this](std::function<void(PrivacyKeeper&)> command) {
        post([command = std::move(command)](DeskCore& desk) { command(desk.privacy()); });
    });
}

void Desk::Private::openWebhooks() {
    webhooks = std::make_unique<DeskWebhooks>(core->webhooks(), [this](std::function<void(WebhookCore&)> command) {
        post([command = std::move(command)](DeskCore& desk) { command(*desk.webhooks()); });
    });
}

void Desk::Private::openMail() {
    const MailCore* opened = nullptr;
    QMetaObject::invokeMethod(
        core.get(), [this, &opened] { opened = core->mail(); }, Qt::BlockingQueuedConnection);
    mail = std::make_unique<DeskMail>(opened, [this](std::function<void(MailCore&)> command) {
        post([command = std::move(command)](DeskCore& desk) { command(*desk.mail()); });
    });
}

Result<void> Desk::Private::openReader() {
    AIVA_TRY(reader.database, workspace.openReader());
    AIVA_TRY(reader.inbox, InboxQuery::create(*reader.database));
    AIVA_TRY(reader.conversations, ConversationQuery::create(*reader.database));
    AIVA_TRY(reader.customers, CustomerQuery::create(*reader.database));
    AIVA_TRY(reader.stores, StoreQuery::create(*reader.database));
    AIVA_TRY(reader.syncs, SyncQuery::create(*reader.database));
    AIVA_TRY(reader.outbox, OutboxQuery::create(*reader.database));
    AIVA_TRY(reader.mailboxes, MailboxQuery::create(*reader.database));
    AIVA_TRY(reader.answers, AnswerQuery::create(*reader.database));
    AIVA_TRY(reader.privacy, PrivacyQuery::create(*reader.database));
    AIVA_TRY(reader.opened, OpenedConversationQuery::create(*reader.database, *reader.conversations, *reader.customers,
                                                            *reader.answers));
    return {};
}

Result<std::unique_ptr<Desk>> Desk::open(const Workspace& workspace, const Clock& clock, DeskAdapters adapters,
                                         DeskPace pace) {
    auto priv = std::make_unique<Private>(workspace, clock, std::move(adapters), std::move(pace));
    AIVA_CHECK(priv->open());
    return std::unique_ptr<Desk>(new Desk(std::move(priv)));
}

Desk::Desk(std::unique_ptr<Private> priv) : d(std::move(priv)) {
    const DeskCore* core = d->core.get();
    connect(core, &DeskCore::changed, this, &Desk::changed);
    connect(core, &DeskCore::mailImported, this, &Desk::mailImported);
    connect(core, &DeskCore::draftSaved, this, &Desk::draftSaved);
    connect(core, &DeskCore::commandFailed, this, &Desk::commandFailed);
    connect(core, &DeskCore::syncProgressed, this, [this](const SyncProgress& progress) {
        d->progress.insert_or_assign(progress.store, progress);
        Q_EMIT syncProgressed(progress);
    });
    connect(core, &DeskCore::syncFinished, this, [this](const SyncOutcome& outcome) {
        d->progress.erase(outcome.store);
        Q_EMIT syncFinished(outcome);
    });
    connect(d->stores.get(), &StoreDesk::compared, this,
            [this](const ReconcileReport& report) { d->progress.erase(report.store); });
    connect(core, &DeskCore::onlineChanged, this, [this](bool online) {
        d->isOnline = online;
        Q_EMIT onlineChanged(online);
    });
    // Last: what is said from here on is heard.
    d->post([](DeskCore& opened) { opened.start(); });
}

Desk::~Desk() = default;

MailDesk& Desk::mail() {
    return *d->mail;
}

AnswerDesk& Desk::answers() {
    return *d->answers;
}

StoreDesk& Desk::stores() {
    return *d->stores;
}

PrivacyDesk& Desk::privacy() {
    return *d->privacy;
}

WebhookDesk& Desk::webhooks() {
    return *d->webhooks;
}

DeskReader& Desk::read() {
    return d->reader;
}

Future<std::vector<SearchHit>> Desk::search(const QString& text, int limitPerKind) {
    return d->search.search(text, limitPerKind);
}

void Desk::syncStore(StoreId store, SyncKind kind, SyncTrigger trigger) {
    d->post([=](DeskCore& core) { core.syncStore(store, kind, trigger); });
}

void Desk::cancelSync(StoreId store) {
    d->post([=](DeskCore& core) { core.cancelSync(store); });
}

void Desk::importMail(const QString& path, const QStringList& ownAddresses) {
    d->post([=](DeskCore& core) { core.importMail(path, ownAddresses); });
}

void Desk::saveDraft(const Draft& draft) {
    d->post([kept = draft, now = d->clock.now()](DeskCore& core) mutable {
        kept.updatedAt = now;
        core.saveDraft(kept);
    });
}

Future<DraftAttachmentId> Desk::addDraftAttachment(ConversationId conversation, const AttachmentRecord& attachment) {
    auto promise = std::make_shared<QPromise<Result<DraftAttachmentId>>>();
    promise->start();
    d->post([=](DeskCore& core) {
        promise->addResult(core.addDraftAttachment(conversation, attachment));
        promise->finish();
    });
    return promise->future();
}

void Desk::removeDraftAttachment(DraftAttachmentId id) {
    d->post([=](DeskCore& core) { core.removeDraftAttachment(id); });
}

void Desk::attend(ConversationId conversation) {
    d->post([=](DeskCore& core) { core.attend(conversation); });
}

void Desk::markRead(ConversationId conversation, bool read) {
    d->post([=](DeskCore& core) { core.markRead(conversation, read); });
}

void Desk::setStatus(ConversationId conversation, ConversationStatus status) {
    d->post([=](DeskCore& core) { core.setStatus(conversation, status); });
}

void Desk::linkToProfile(ConversationId conversation, std::optional<ProfileId> profile) {
    d->post([=](DeskCore& core) { core.linkToProfile(conversation, profile); });
}

void Desk::revertLink(ConversationId conversation) {
    d->post([=](DeskCore& core) { core.revertLink(conversation); });
}

Future<quint16> Desk::listenForWebhooks(std::optional<quint16> port) {
    auto promise = std::make_shared<QPromise<Result<quint16>>>();
    promise->start();
    d->post([=](DeskCore& core) {
        promise->addResult(core.listenForWebhooks(port));
        promise->finish();
    });
    return promise->future();
}

Future<bool> Desk::flush() {
    auto promise = std::make_shared<QPromise<Result<bool>>>();
    promise->start();
    d->post([promise](DeskCore& core) {
        promise->addResult(Result<bool>(core.flush()));
        promise->finish();
    });
    return promise->future();
}

std::optional<SyncProgress> Desk::syncProgress(StoreId store) const {
    const auto found = d->progress.find(store);
    return found == d->progress.end() ? std::nullopt : std::optional(found->second);
}

bool Desk::isOnline() const {
    return d->isOnline;
}

} // namespace aiva
