#include "core/team/colleague_mail_run.h"

namespace aiva {

using namespace Qt::StringLiterals;

// More new mail than this means the cache is far behind; the newest is what a colleague wrote just now.
static constexpr quint32 kMostNewMails = 50;

ColleagueMailRun::ColleagueMailRun(MailboxPort& port, Database& database, MailboxId mailbox,
                                   ConversationId conversation, QObject* parent)
    : TeamRun(parent), m_port(&port), m_database(database), m_mailbox(mailbox), m_conversation(conversation) {}

void ColleagueMailRun::begin() {
    if (const auto found = findFolders(); !found) return finish(found.error());
    nextFolder();
}

Result<void> ColleagueMailRun::findFolders() {
    AIVA_TRY(m_lookup, AnswerLookup::create(m_database));
    for (const QString& role : {u"sent"_s, u"inbox"_s}) {
        AIVA_TRY(const std::optional<NewMail> folder, m_lookup->newMail(m_mailbox, role));
        if (folder) m_folders.push_back(*folder);
    }
    return {};
}

void ColleagueMailRun::nextFolder() {
    if (m_folders.empty()) return finish(ColleagueMail{false});
    if (!m_port) return finish(Error{ErrorKind::Refused, u"the mailbox was closed"_s});
    whenDone(m_port->folderState(m_folders.front().folder), this, [this](const Result<FolderState>& state) {
        if (!state) return finish(state.error());
        fetchNew(*state);
    });
}

void ColleagueMailRun::fetchNew(const FolderState& state) {
    const NewMail mail = m_folders.front();
    m_folders.pop_front();
    if (state.uidNext <= mail.firstUid) return nextFolder();
    if (!m_port) return finish(Error{ErrorKind::Refused, u"the mailbox was closed"_s});
    std::vector<quint32> uids;
    const quint32 first = state.uidNext - mail.firstUid > kMostNewMails ? state.uidNext - kMostNewMails : mail.firstUid;
    for (quint32 uid = first; uid < state.uidNext; ++uid)
        uids.push_back(uid);
    whenDone(m_port->fetch(mail.folder, uids), this, [this](const Result<std::vector<ServerMessage>>& mails) {
        if (!mails) return finish(mails.error());
        for (const ServerMessage& found : *mails) {
            if (!found.message || !*found.message) continue; // unreadable: it answers nothing we can tell
            const Result<bool> answers = isAnswer(**found.message);
            if (!answers) return finish(answers.error());
            if (*answers) return finish(ColleagueMail{true});
        }
        nextFolder();
    });
}

Result<bool> ColleagueMailRun::isAnswer(const MessageRecord& message) {
    AIVA_TRY(const bool fromUs, m_lookup->isOwnAddress(message.from.email));
    if (!fromUs) return false;
    AIVA_TRY(const bool mine, m_lookup->isOurs(message.messageId));
    if (mine) return false;
    return m_lookup->conversationKnows(m_conversation, message.references + QStringList{message.inReplyTo});
}

} // namespace aiva
