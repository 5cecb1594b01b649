// The stores half of the window: page, banner, progress, notices.
#include "ui/errors/error_text.h"
#include "ui/inbox/inbox_pane.h"
#include "ui/shell/desk_window.h"
#include "ui/shell/mailbox_banner.h"
#include "ui/shell/notifier.h"
#include "ui/shell/settings_page.h"
#include "ui/shell/status_line.h"
#include "ui/shell/store_banner.h"
#include "ui/shell/triage_page.h"
#include "ui/stores/connect/connect_wizard.h"
#include "ui/stores/store_text.h"
#include "ui/stores/stores_page.h"
#include "ui/widgets/text_label.h"

#include <QDesktopServices>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int oneMinuteMs = 60'000;
}

StoresPage* DeskWindow::makeStores() {
    SyncQuery* syncs = m_desk.read().syncs.get();
    StoreReads reads;
    reads.jobs = [syncs](StoreId store, int limit) { return syncs->jobs(store, limit); };
    reads.faults = [syncs](SyncJobId job) { return syncs->faults(job); };
    reads.comparison = [syncs](StoreId store) { return syncs->comparison(store); };
    reads.apiHealth = [syncs](StoreId store, UtcTime now) { return syncs->apiHealth(store, now); };
    auto* page = new StoresPage(m_desk.stores(), std::move(reads), m_clock);
    page->setWebhooks(m_desk.webhooks());
    return page;
}

void DeskWindow::connectStores() {
    connect(m_banner, &StoreBanner::reconnectAsked, this, [this](StoreId store) {
        showPage(DeskPage::Stores);
        m_stores->reconnect(store);
    });
    connect(m_stores, &StoresPage::failed, this, &DeskWindow::tell);
    connect(m_stores, &StoresPage::openUrlAsked, this, [](const QUrl& url) { QDesktopServices::openUrl(url); });
    StoreSettings* settings = m_settings->stores();
    for (const auto what :
         {StoreNotice::What::FirstSyncDone, StoreNotice::What::SyncStopped, StoreNotice::What::Disconnected})
        settings->setNotified(what, m_state.isNotified(what));
    connect(settings, &StoreSettings::notifiedChanged, this,
            [this](StoreNotice::What what, bool isNotified) { m_state.setNotified(what, isNotified); });
    connect(settings, &StoreSettings::failed, this, &DeskWindow::tell);
    connect(&m_desk, &Desk::syncProgressed, this, [this](const SyncProgress& progress) {
        m_syncing.insert(progress.store);
        m_status->setProgress(progress);
        m_stores->setProgress(progress);
    });
    connect(&m_desk, &Desk::syncFinished, this, [this](const SyncOutcome& outcome) {
        endSync(outcome.store);
        if (outcome.error) tellOf(outcome.store, *outcome.error);
    });
    connect(&m_desk.stores(), &StoreDesk::compared, this, [this](const ReconcileReport& report) {
        endSync(report.store);
        if (report.error) tellOf(report.store, *report.error);
    });
    connect(&m_desk.stores(), &StoreDesk::openUrl, this, [](const QUrl& url) {
        if (url.scheme() == "https"_L1 || url.scheme() == "http"_L1) QDesktopServices::openUrl(url);
    });
    connect(&m_desk.stores(), &StoreDesk::noticed, this, &DeskWindow::notice);
    connect(m_notifier, &Notifier::opened, this, [this] {
        showPage(DeskPage::Stores);
        setWindowState(windowState() & ~Qt::WindowMinimized);
        raise();
        activateWindow();
    });
    m_minute.setInterval(oneMinuteMs);
    connect(&m_minute, &QTimer::timeout, this, [this] {
        m_banner->refresh();
        m_mailboxBanner->refresh();
        m_status->refresh();
        m_stores->refresh();
    });
    m_minute.start();
}

void DeskWindow::endSync(StoreId store) {
    m_syncing.remove(store);
    m_stores->endProgress(store);
    m_status->setSyncing(store, false);
    readStores();
}

void DeskWindow::tellOf(StoreId store, const Error& error) {
    tell(error);
    if (m_storeViews.size() < 2) return;
    for (const StoreView& view : m_storeViews)
        if (view.store.id == store)
            showTrouble(tr("%1: %2", "store, what happened").arg(storeTitle(view.store), errorSentence(error)));
}

void DeskWindow::notice(const StoreNotice& told) {
    const bool isGood = told.what == StoreNotice::What::FirstSyncDone;
    const QString title = noticeTitle(told);
    const QString text = noticeText(told);
    if (m_state.isNotified(told.what))
        m_notifier->tell(title, text, isGood ? Notifier::Weight::Good : Notifier::Weight::Bad);
    m_trouble->setColor(isGood ? &Colors::textPrimary : &Colors::warning);
    showTrouble(text.isEmpty() ? title : u"%1. %2"_s.arg(title, text));
}

void DeskWindow::readStores() {
    auto stores = m_desk.read().stores->stores();
    if (!stores) {
        tell(stores.error());
        return;
    }
    m_storeViews = *std::move(stores);
    for (const StoreView& view : m_storeViews)
        if (view.store.status == StoreStatus::Disconnected && m_syncing.remove(view.store.id))
            m_status->setSyncing(view.store.id, false); // it was asked for, and never began
    m_status->setStores(m_storeViews);
    m_stores->setStores(m_storeViews);
    m_settings->stores()->setStores(m_storeViews);
    m_banner->setStores(m_storeViews);
    StoreNames names;
    for (const StoreView& view : m_storeViews)
        names.emplace_back(view.store.id, storeTitle(view.store));
    m_settings->mailboxes()->setStores(names);
    m_triage->inbox()->setStores(names);
}

// Each by itself: files stand for no shop that could be asked.
void DeskWindow::syncAll(SyncKind kind) {
    for (const StoreView& view : m_storeViews) {
        if (view.store.status == StoreStatus::Disconnected || view.store.kind == StoreKind::Csv) continue;
        m_syncing.insert(view.store.id);
        m_status->setSyncing(view.store.id, true);
        m_desk.syncStore(view.store.id, kind);
    }
}

} // namespace aiva
