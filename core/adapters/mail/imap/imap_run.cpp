#include "core/adapters/mail/imap/imap_run.h"

#include "core/adapters/mail/imap/imap_errors.h"

namespace aiva {

ImapRun::~ImapRun() = default;

void ImapRun::start(ImapSession& session, ImapSession::Spellings& spellings, std::function<void()> ended) {
    m_session = &session;
    m_spellings = &spellings;
    m_ended = std::move(ended);
    begin();
}

void ImapRun::end() {
    m_ended();
}

QByteArray ImapRun::wireFolder(const ImapSession& session, const ImapSession::Spellings& spellings) const {
    return session.wireName(m_folder, spellings);
}

void ImapRun::withFolder(std::function<void()> next) {
    const QByteArray folder = wireFolder();
    if (m_session->selectedFolder() == folder) return next();
    m_session->select(folder, m_session->hasCondStore() ? "(CONDSTORE)" : QByteArray(),
                      [this, next = std::move(next)](const Result<FolderState>& state) {
                          if (state)
                              next();
                          else
                              refuseAndEnd(state.error());
                      });
}

void ImapRun::command(const ImapCommand& command, std::function<void(const ImapResponse&)> ok,
                      ImapLink::Untagged untagged) {
    m_session->link().run(
        command,
        [this, ok = std::move(ok)](const ImapResponse& response) {
            if (response.isOk())
                ok(response);
            else
                refuseAndEnd(imapError(response));
        },
        std::move(untagged));
}

void ImapRun::refuseAndEnd(const Error& error) {
    refuse(error);
    end();
}

QByteArray ImapRun::flagItems() const {
    return m_session->hasCondStore() ? "(UID FLAGS MODSEQ)" : "(UID FLAGS)";
}

} // namespace aiva
