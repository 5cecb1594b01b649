#include "core/adapters/mail/imap/folder_runs.h"

#include "core/adapters/mail/imap/folder_roles.h"
#include "core/adapters/mail/imap/imap_errors.h"
#include "core/adapters/mail/imap/imap_text.h"

#include <memory>

namespace aiva {

namespace {
constexpr size_t kMostFolders = 20'000;
}

void ListRun::begin() {
    const ImapCapabilities& able = session().capabilities();
    const bool asksRoles = able.has("SPECIAL-USE") && able.has("LIST-EXTENDED");
    command(
        ImapCommand(asksRoles ? R"(LIST "" "*" RETURN (SPECIAL-USE))" : R"(LIST "" "*")"),
        [this](const ImapResponse&) { finish(); }, [this](ImapResponse& response) { take(response); });
}

// (\HasNoChildren \Sent) "/" "Sent"
void ListRun::take(const ImapResponse& response) {
    const bool isList = response.is("LIST") && !response.isMalformed && response.values.size() >= 3;
    if (!isList || m_folders.size() >= kMostFolders) return;
    const QByteArray& wire = response.values[2].bytes;
    if (wire.isEmpty()) return;
    MailFolder folder;
    const bool isInbox = wire.compare("INBOX", Qt::CaseInsensitive) == 0;
    folder.name = isInbox ? QStringLiteral("INBOX") : decodeFolderName(wire);
    folder.role = isInbox ? FolderRole::Inbox : FolderRole::None;
    for (const ImapValue& attribute : response.values[0].items) {
        if (attribute.isWord("\\Noselect") || attribute.isWord("\\NonExistent")) folder.canSelect = false;
        if (!isInbox && folder.role == FolderRole::None) folder.role = roleOfAttribute(attribute.bytes);
    }
    spellings().insert(folder.name, isInbox ? QByteArray("INBOX") : wire);
    m_folders.push_back(std::move(folder));
}

void ListRun::finish() {
    guessMissingRoles(m_folders);
    answer(std::move(m_folders));
}

void FolderStateRun::begin() {
    session().select(wireFolder(), session().hasCondStore() ? "(CONDSTORE)" : QByteArray(),
                     [this](const Result<FolderState>& state) {
                         if (state)
                             answer(*state);
                         else
                             refuseAndEnd(state.error());
                     });
}

void CreateFolderRun::begin() {
    ImapCommand create("CREATE");
    create.string(wireFolder());
    session().link().run(create, [this](const ImapResponse& response) {
        if (!response.isOk()) return lookForIt(imapError(response));
        // So that other mail programs show it too; refused where subscriptions are not kept.
        ImapCommand subscribe("SUBSCRIBE");
        subscribe.string(wireFolder());
        session().link().run(subscribe, [this](const ImapResponse&) { answer(true); });
    });
}

// Many servers say only NO when it is there already.
void CreateFolderRun::lookForIt(const Error& error) {
    if (error.kind == ErrorKind::Conflict) return answer(true);
    ImapCommand list("LIST \"\"");
    list.string(wireFolder());
    auto isThere = std::make_shared<bool>(false);
    command(
        list, [this, isThere, error](const ImapResponse&) { return *isThere ? answer(true) : refuseAndEnd(error); },
        [isThere](ImapResponse& response) { *isThere |= response.is("LIST") && response.values.size() >= 3; });
}

} // namespace aiva
