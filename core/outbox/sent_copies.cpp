#include "core/outbox/sent_copies.h"

namespace aiva {

using namespace Qt::StringLiterals;

SentCopiesRun::SentCopiesRun(MailboxPort& port, QString messageId, Done done, QObject* parent)
    : QObject(parent), m_port(&port), m_messageId(std::move(messageId)), m_done(std::move(done)) {}

void SentCopiesRun::start() {
    whenDone(m_port->folders(), this, [this](const Result<std::vector<MailFolder>>& folders) {
        if (!folders) return end(folders.error());
        takeFolders(*folders);
        lookNext();
    });
}

// A draft on the server is no mail that was sent: that folder proves nothing.
void SentCopiesRun::takeFolders(const std::vector<MailFolder>& folders) {
    bool hasInbox = false;
    for (const MailFolder& folder : folders) {
        if (!folder.canSelect || folder.role == FolderRole::None || folder.role == FolderRole::Drafts) continue;
        if (folder.role == FolderRole::Sent && m_found.sentFolder.isEmpty()) m_found.sentFolder = folder.name;
        hasInbox = hasInbox || folder.role == FolderRole::Inbox;
        m_folders.push_back(folder);
    }
    if (!hasInbox) m_folders.push_back({u"INBOX"_s, FolderRole::Inbox, true});
}

void SentCopiesRun::lookNext() {
    if (m_folders.empty()) return end(m_found);
    if (!m_port) return end(Error{ErrorKind::Network, u"the mailbox was disconnected"_s});
    const MailFolder folder = m_folders.front();
    m_folders.pop_front();
    whenDone(m_port->findMessageId(folder.name, m_messageId), this,
             [this, folder](const Result<std::vector<quint32>>& uids) {
                 const bool isMain = folder.role == FolderRole::Sent || folder.role == FolderRole::Inbox;
                 if (!uids && isMain) return end(uids.error());
                 if (uids && folder.role == FolderRole::Inbox)
                     m_found.inInbox = *uids;
                 else if (uids && folder.name == m_found.sentFolder)
                     m_found.inSent = *uids;
                 else if (uids && !uids->empty())
                     m_found.isElsewhere = true;
                 lookNext();
             });
}

void SentCopiesRun::end(const Result<SentCopies>& result) {
    deleteLater();
    // The callee may well destroy this.
    const Done done = std::move(m_done);
    done(result);
}

} // namespace aiva
