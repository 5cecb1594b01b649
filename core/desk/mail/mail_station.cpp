#include "core/desk/mail/mail_station.h"

namespace aiva {

MailStation::MailStation(const MailAccount& account, const MailAdapters& adapters, const MailboxBooks& books,
                         const Clock& clock, const MailboxPace& pace)
    : m_account(account)
    , m_adapters(adapters)
    , m_reading(adapters.mailbox(account))
    , m_keeper(std::make_unique<MailboxKeeper>(*m_reading, books, account.id, clock, pace)) {
    const MailboxKeeper* keeper = m_keeper.get();
    connect(keeper, &MailboxKeeper::newsCame, this, &MailStation::newsCame);
    connect(keeper, &MailboxKeeper::messagesArrived, this, &MailStation::arrived);
    connect(keeper, &MailboxKeeper::rowsChanged, this, &MailStation::rowsChanged);
    connect(keeper, &MailboxKeeper::contactChanged, this, &MailStation::contactChanged);
    connect(keeper, &MailboxKeeper::statusChanged, this, &MailStation::passEnded);
    connect(keeper, &MailboxKeeper::passFinished, this, &MailStation::passEnded);
    connect(keeper, &MailboxKeeper::progressed, this, [this](const FolderProgress& progress) {
        Q_EMIT progressed(MailSyncProgress{progress.mailbox, progress.folder, progress.done, progress.total});
    });
}

MailStation::~MailStation() = default;

MailboxPort& MailStation::urgentLine() {
    if (!m_urgent) m_urgent = m_adapters.mailbox(m_account);
    return *m_urgent;
}

} // namespace aiva
