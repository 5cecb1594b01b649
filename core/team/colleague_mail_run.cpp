#include "core/team/colleague_mail_run.h"

namespace aiva {

using namespace Qt::StringLiterals;

// More new mail than this means the cache is far behind; the newest is what a colleague wrote just now.
static constexpr quint32 kMostNewMails = 50;

ColleagueMailRun::ColleagueMailRun(MailboxPort& port, TeamRepository& repository, MailboxId mailbox,
                                   ConversationId conversation, QObject* parent)
    : TeamRun(parent), m_port(&port), m_repository(repository), m_mailbox(mailbox), m_conversation(conversation) {}

void ColleagueMailRun::begin() {
    for (const QString& role : {u"sent"_s, u"inbox"_s}) {
        const auto folder = m_repository.folderOfRole(m_mailbox, role);
        if (!folder) return finish(folder.error());
        if (*folder && (*folder)->uid > 0) m_folders.push_back(**folder);
    }
    nextFolder();
}

void ColleagueMailRun::nextFolder() {
    if (m_folders.empty()) return finish(ColleagueMail{false});
    if (!m_port) return finish(Error{ErrorKind::Refused, u"the mailbox was closed"_s});
    whenDone(m_port->folderState(m_folders.front().folderName), this, [this](const Result<FolderState>& state) {
        if (!state) return finish(state.error());
        fetchNew(*state);
    });
}

void ColleagueMailRun::fetchNew(const FolderState& state) {
    const TeamPlace folder = m_folders.front();
    m_folders.pop_front();
    if (state.uidNext <= folder.uid) return nextFolder();
    if (!m_port) return finish(Error{ErrorKind::Refused, u"the mailbox was closed"_s});
    std::vector<quint32> uids;
    const quint32 first = state.uidNext - folder.uid > kMostNewMails ? state.uidNext - kMostNewMails : folder.uid;
    for (quint32 uid = first; uid < state.uidNext; ++uid)
        uids.push_back(uid);
    whenDone(m_port->fetch(folder.folderName, uids), this, [this](const Result<std::vector<ServerMessage>>& mails) {
        if (!mails) return finish(mails.error());
        for (const ServerMessage& mail : *mails) {
            if (!mail.message || !*mail.message) continue; // unreadable: it answers nothing we can tell
            const Result<bool> answers = isAnswer(**mail.message);
            if (!answers) return finish(answers.error());
            if (*answers) return finish(ColleagueMail{true});
        }
        nextFolder();
    });
}

Result<bool> ColleagueMailRun::isAnswer(const MessageRecord& message) {
    AIVA_TRY(const bool fromUs, m_repository.isOwnAddress(message.from.email));
    if (!fromUs) return false;
    AIVA_TRY(const bool mine, m_repository.isOurs(message.messageId));
    if (mine) return false;
    return m_repository.conversationKnows(m_conversation, message.references + QStringList{message.inReplyTo});
}

} // namespace aiva
