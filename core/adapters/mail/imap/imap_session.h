// One logged-in connection and the folder selected on it. Made anew for each connection by the working line and the
// watch; everything runs on the connection's thread.
#pragma once

#include "core/adapters/mail/imap/imap_login.h"
#include "core/ports/mailbox_port.h"

#include <QHash>
#include <QObject>

namespace aiva {

struct ImapContext {
    MailAccount account;
    ImapPace pace;
    CredentialAsk askCredentials;
};

class ImapSession : public QObject {
    Q_OBJECT
public:
    using Selected = std::function<void(const Result<FolderState>&)>;
    // Folder names as last listed → their bytes on the wire; outlives connections.
    using Spellings = QHash<QString, QByteArray>;

    explicit ImapSession(const ImapContext& context, QObject* parent = nullptr);

    void open() { m_link.open(); }
    void close() { m_link.close(); }
    bool isReady() const { return m_isReady; }
    ImapLink& link() { return m_link; }

    const ImapCapabilities& capabilities() const { return m_login.welcome().capabilities; }
    bool hasQresync() const { return m_login.welcome().enabledQresync; }
    bool hasCondStore() const { return capabilities().hasCondStore(); }
    MailboxAbilities abilities() const;

    // As bytes for a command: as listed, else encoded, below the user's own prefix where the server has one.
    QByteArray wireName(const QString& folder, const Spellings& spellings) const;

    // The folder that is selected; empty when none is.
    const QByteArray& selectedFolder() const { return m_selected; }
    // SELECT, also when it is selected already. `parameters`: "(CONDSTORE)" or "(QRESYNC (…))" or nothing; `others`
    // is told VANISHED and FETCH.
    void select(const QByteArray& folder, const QByteArray& parameters, Selected selected,
                ImapLink::Untagged others = {});

Q_SIGNALS:
    void ready();
    void folderSelected();               // after the one who asked for it was told
    void lost(const aiva::Error& error); // also when the login was refused

private:
    void readFolderState(const ImapResponse& response, FolderState& state) const;

    ImapLink m_link;
    ImapLogin m_login;
    bool m_isReady = false;
    QByteArray m_selected;
};

} // namespace aiva
