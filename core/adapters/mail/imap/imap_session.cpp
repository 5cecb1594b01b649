#include "core/adapters/mail/imap/imap_session.h"

#include "core/adapters/mail/imap/imap_errors.h"
#include "core/adapters/mail/imap/imap_text.h"
#include "core/base/log.h"

#include <algorithm>
#include <memory>

namespace aiva {

using namespace Qt::StringLiterals;

ImapSession::ImapSession(const ImapContext& context, QObject* parent)
    : QObject(parent)
    , m_link(context.account.imap, context.account.caCertificates, context.pace, this)
    , m_login(m_link, context.account, context.askCredentials, this) {
    connect(&m_login, &ImapLogin::done, this, [this] {
        m_isReady = true;
        Q_EMIT ready();
    });
    const auto onLost = [this](const Error& error) {
        m_isReady = false;
        Q_EMIT lost(error);
    };
    connect(&m_login, &ImapLogin::refused, this, [this, onLost](const Error& error) {
        m_link.close();
        onLost(error);
    });
    connect(&m_link, &ImapLink::lost, this, onLost);
    connect(&m_link, &ImapLink::said, this, [](const ImapResponse& response) {
        if (response.code == "ALERT") qCInfo(logMail) << "alert:" << cleanServerText(response.text, 200);
    });
}

MailboxAbilities ImapSession::abilities() const {
    const ImapCapabilities& able = capabilities();
    MailboxAbilities abilities;
    abilities.condStore = hasCondStore();
    abilities.qresync = hasQresync();
    abilities.idle = able.has("IDLE");
    abilities.move = able.has("MOVE");
    abilities.uidPlus = able.has("UIDPLUS");
    abilities.threadReferences = able.has("THREAD=REFERENCES");
    abilities.appendLimit = able.appendLimit();
    abilities.serverName = m_login.welcome().serverName;
    return abilities;
}

QByteArray ImapSession::wireName(const QString& folder, const Spellings& spellings) const {
    if (folder.compare("INBOX"_L1, Qt::CaseInsensitive) == 0) return "INBOX";
    if (const auto listed = spellings.constFind(folder); listed != spellings.constEnd()) return *listed;
    const QByteArray name = encodeFolderName(folder);
    const ImapNamespace& names = m_login.welcome().names;
    const bool isPlaced = names.prefix.isEmpty() || name.startsWith(names.prefix) ||
                          std::any_of(names.foreign.begin(), names.foreign.end(),
                                      [&](const QByteArray& p) { return name.startsWith(p); });
    return isPlaced ? name : names.prefix + name;
}

void ImapSession::readFolderState(const ImapResponse& response, FolderState& state) const {
    if (response.is("EXISTS") && response.number) state.messages = *response.number;
    if (response.codeValues.empty()) {
        if (response.code == "NOMODSEQ") state.highestModSeq = 0;
        return;
    }
    const ImapValue& value = response.codeValues.front();
    const auto small = [&value] { return static_cast<quint32>(std::min<quint64>(value.number().value_or(0), ~0U)); };
    if (response.code == "UIDVALIDITY") state.uidValidity = small();
    if (response.code == "UIDNEXT") state.uidNext = small();
    if (response.code == "HIGHESTMODSEQ" && hasCondStore()) state.highestModSeq = value.number().value_or(0);
    if (response.code == "PERMANENTFLAGS")
        state.keepsKeywords = std::any_of(value.items.begin(), value.items.end(),
                                          [](const ImapValue& flag) { return flag.bytes == "\\*"; });
}

void ImapSession::select(const QByteArray& folder, const QByteArray& parameters, Selected selected,
                         ImapLink::Untagged others) {
    ImapCommand command("SELECT");
    command.string(folder);
    if (!parameters.isEmpty()) command.words(parameters);
    auto state = std::make_shared<FolderState>();
    m_selected.clear();
    m_link.run(
        command,
        [this, folder, state, selected = std::move(selected)](const ImapResponse& response) {
            if (!response.isOk()) {
                Error error = imapError(response);
                // Servers without response codes say no more than NO.
                if (response.is("NO") && response.code.isEmpty()) {
                    error.kind = ErrorKind::NotFound;
                    error.cause = ErrorCause::FolderMissing;
                }
                return selected(error);
            }
            m_selected = folder;
            selected(*state);
            Q_EMIT folderSelected();
        },
        [this, state, others = std::move(others)](ImapResponse& response) {
            readFolderState(response, *state);
            if (others && (response.is("FETCH") || response.is("VANISHED"))) others(response);
        });
}

} // namespace aiva
