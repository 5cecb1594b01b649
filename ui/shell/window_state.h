// What the window remembers between sessions, in window.ini beside the workspace: sizes, the split and its place, what
// was dismissed. Ids and times only, no customer data.
#pragma once

#include "core/base/utc_time.h"
#include "core/desk/stores/store_values.h"
#include "core/domain/ids.h"
#include "core/readmodel/inbox_query.h"
#include "ui/inbox/inbox_list.h"

#include <QByteArray>
#include <QSettings>

namespace aiva {

class WindowState {
public:
    explicit WindowState(const QString& workspaceDir);

    QByteArray geometry() const;
    void setGeometry(const QByteArray& geometry);
    QByteArray splitter() const;
    void setSplitter(const QByteArray& splitter);
    bool isCustomerPanelShown() const;
    void setCustomerPanelShown(bool shown);

    InboxFilter filter() const;
    void setFilter(const InboxFilter& filter);
    InboxList::Place place() const;
    void setPlace(const InboxList::Place& place);

    // Whether the system tells of it; the window always does.
    bool isNotified(StoreNotice::What what) const;
    void setNotified(StoreNotice::What what, bool isNotified);

    bool isBannerDismissed(StoreId store, UtcTime now) const;
    void dismissBanner(StoreId store, UtcTime until);
    bool isBannerDismissed(MailboxId mailbox, UtcTime now) const;
    void dismissBanner(MailboxId mailbox, UtcTime until);

private:
    QSettings m_settings;
};

} // namespace aiva
