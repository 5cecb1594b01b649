// MailStation: one connected mailbox at work: the line that keeps it in step, and a second one for what must not wait
// behind a large fetch: claims, sent copies, filing. Owned by MailCore, on the core thread.
#pragma once

#include "core/desk/mail/mail_adapters.h"
#include "core/desk/mail/mail_values.h"
#include "core/mailbox/mailbox_keeper.h"

#include <QObject>

#include <memory>

namespace aiva {

class MailStation : public QObject {
    Q_OBJECT
public:
    MailStation(const MailAccount& account, const MailAdapters& adapters, const MailboxBooks& books, const Clock& clock,
                const MailboxPace& pace);
    ~MailStation() override;

    void start() { m_keeper->start(); }
    MailboxKeeper& keeper() { return *m_keeper; }
    const MailAccount& account() const { return m_account; }
    // Made at first use; reconnects by itself.
    MailboxPort& urgentLine();

Q_SIGNALS:
    void arrived(const aiva::MailArrivals& arrivals);
    void newsCame(const aiva::FolderNews& news);
    void progressed(const aiva::MailSyncProgress& progress);
    void contactChanged(bool reached);
    void rowsChanged();
    void passEnded();

private:
    const MailAccount m_account;
    const MailAdapters& m_adapters;
    std::unique_ptr<MailboxPort> m_reading;
    std::unique_ptr<MailboxPort> m_urgent;
    std::unique_ptr<MailboxKeeper> m_keeper; // before its port
};

} // namespace aiva
