#include "ui/shell/window_state.h"

#include <QDir>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

QString dismissedKey(StoreId store) {
    return u"banner/%1"_s.arg(store.value());
}

QString noticeKey(StoreNotice::What what) {
    switch (what) {
    case StoreNotice::What::FirstSyncDone:
        return u"notify/first-sync"_s;
    case StoreNotice::What::SyncStopped:
        return u"notify/sync-stopped"_s;
    case StoreNotice::What::Disconnected:
        break;
    }
    return u"notify/disconnected"_s;
}

QString dismissedKey(MailboxId mailbox) {
    return u"banner/mailbox-%1"_s.arg(mailbox.value());
}

void saveKey(QSettings& settings, const QString& name, const std::optional<InboxKey>& key) {
    if (!key) {
        settings.remove(name);
        return;
    }
    settings.setValue(name, QStringList{QString::number(key->at.ms()), QString::number(key->id.value())});
}

std::optional<InboxKey> loadKey(const QSettings& settings, const QString& name) {
    const QStringList parts = settings.value(name).toStringList();
    if (parts.size() != 2) return std::nullopt;
    const ConversationId id(parts[1].toLongLong());
    return id.isValid() ? std::optional(InboxKey{UtcTime(parts[0].toLongLong()), id}) : std::nullopt;
}

} // namespace

WindowState::WindowState(const QString& workspaceDir)
    : m_settings(QDir(workspaceDir).filePath(u"window.ini"_s), QSettings::IniFormat) {}

QByteArray WindowState::geometry() const {
    return m_settings.value(u"window/geometry"_s).toByteArray();
}

void WindowState::setGeometry(const QByteArray& geometry) {
    m_settings.setValue(u"window/geometry"_s, geometry);
}

QByteArray WindowState::splitter() const {
    return m_settings.value(u"window/splitter"_s).toByteArray();
}

void WindowState::setSplitter(const QByteArray& splitter) {
    m_settings.setValue(u"window/splitter"_s, splitter);
}

bool WindowState::isCustomerPanelShown() const {
    return m_settings.value(u"window/customer"_s, true).toBool();
}

void WindowState::setCustomerPanelShown(bool shown) {
    m_settings.setValue(u"window/customer"_s, shown);
}

InboxFilter WindowState::filter() const {
    InboxFilter filter;
    filter.view = fromWord<InboxView>(m_settings.value(u"inbox/view"_s).toString()).value_or(InboxView::NeedsMe);
    filter.sort = m_settings.value(u"inbox/oldest_first"_s).toBool() ? InboxSort::Oldest : InboxSort::Newest;
    filter.unreadOnly = m_settings.value(u"inbox/unread_only"_s).toBool();
    filter.customerSpokeLastOnly = m_settings.value(u"inbox/customer_spoke_last"_s).toBool();
    const StoreId store(m_settings.value(u"inbox/store"_s).toLongLong());
    if (store.isValid()) filter.store = store;
    if (!m_settings.contains(u"inbox/assignees"_s)) return filter;
    filter.assignees.emplace(); // nobody, unless pairs follow
    for (const QString& pair : m_settings.value(u"inbox/assignees"_s).toStringList()) {
        const InboxAssignee who{MailboxId(pair.section(u'/', 0, 0).toLongLong()), pair.section(u'/', 1).toInt()};
        if (who.mailbox.isValid() && who.slot > 0) filter.assignees->push_back(who);
    }
    return filter;
}

void WindowState::setFilter(const InboxFilter& filter) {
    m_settings.setValue(u"inbox/view"_s, toWord(filter.view));
    m_settings.setValue(u"inbox/oldest_first"_s, filter.sort == InboxSort::Oldest);
    m_settings.setValue(u"inbox/unread_only"_s, filter.unreadOnly);
    m_settings.setValue(u"inbox/customer_spoke_last"_s, filter.customerSpokeLastOnly);
    m_settings.setValue(u"inbox/store"_s, filter.store.value_or(StoreId()).value());
    if (!filter.assignees) {
        m_settings.remove(u"inbox/assignees"_s);
        return;
    }
    QStringList pairs;
    for (const InboxAssignee& who : *filter.assignees)
        pairs << u"%1/%2"_s.arg(who.mailbox.value()).arg(who.slot);
    m_settings.setValue(u"inbox/assignees"_s, pairs);
}

InboxList::Place WindowState::place() const {
    InboxList::Place place;
    place.chosen = loadKey(m_settings, u"inbox/chosen"_s);
    place.top = loadKey(m_settings, u"inbox/top"_s);
    place.topOffset = m_settings.value(u"inbox/top_offset"_s).toInt();
    return place;
}

void WindowState::setPlace(const InboxList::Place& place) {
    saveKey(m_settings, u"inbox/chosen"_s, place.chosen);
    saveKey(m_settings, u"inbox/top"_s, place.top);
    m_settings.setValue(u"inbox/top_offset"_s, place.topOffset);
}

bool WindowState::isNotified(StoreNotice::What what) const {
    return m_settings.value(noticeKey(what), true).toBool();
}

void WindowState::setNotified(StoreNotice::What what, bool isNotified) {
    m_settings.setValue(noticeKey(what), isNotified);
}

bool WindowState::isBannerDismissed(StoreId store, UtcTime now) const {
    return UtcTime(m_settings.value(dismissedKey(store)).toLongLong()) > now;
}

void WindowState::dismissBanner(StoreId store, UtcTime until) {
    m_settings.setValue(dismissedKey(store), until.ms());
}

bool WindowState::isBannerDismissed(MailboxId mailbox, UtcTime now) const {
    return UtcTime(m_settings.value(dismissedKey(mailbox)).toLongLong()) > now;
}

void WindowState::dismissBanner(MailboxId mailbox, UtcTime until) {
    m_settings.setValue(dismissedKey(mailbox), until.ms());
}

} // namespace aiva
