// FakeMailServer: an IMAP server in memory: folders, UIDs, mod-sequences, expunges. Changed by the test as other
// clients would, and by any number of FakeMailboxPorts. Obeys RFC 3501/7162 where it is asked.
#pragma once

#include "core/ports/flag_words.h"

#include <QObject>

#include <functional>
#include <map>

namespace aiva::test {

struct FakeMail {
    quint32 uid = 0;
    quint64 modSeq = 0;
    MailFlags flags;
    QByteArray raw;
    std::shared_ptr<const Result<MessageRecord>> message;
};

struct FakeFolder {
    FolderRole role = FolderRole::None;
    bool canSelect = true;
    quint32 uidValidity = 1;
    quint32 uidNext = 1;
    quint64 highestModSeq = 1;
    std::map<quint32, FakeMail> mails;
    std::vector<std::pair<quint64, quint32>> expunged; // mod-sequence, UID

    const FakeMail* find(const QString& messageId) const; // the first of that Message-ID
};

class FakeMailServer : public QObject {
    Q_OBJECT
public:
    FakeMailServer(); // INBOX, Sent, Drafts; everything offered

    MailboxAbilities abilities;
    bool keepsKeywords = true;
    bool saysAppendUid = true; // UIDPLUS
    std::map<QString, FakeFolder> folders;
    // Reads appended bytes. The one given knows plain headers and a text body.
    std::function<Result<MessageRecord>(const QByteArray&)> decode;

    FakeFolder& folder(const QString& name) { return folders.at(name); }
    void addFolder(const QString& name, FolderRole role);
    void removeFolder(const QString& name);

    // What other clients do. Each tells the watchers.
    quint32 append(const QString& folder, const MessageRecord& message, const MailFlags& flags = {});
    quint32 appendRaw(const QString& folder, const QByteArray& mail, const MailFlags& flags = {});
    quint32 appendUnreadable(const QString& folder, const Error& error);
    void setFlags(const QString& folder, quint32 uid, const MailFlags& flags);
    void markSeen(const QString& folder, quint32 uid, bool seen);
    void expunge(const QString& folder, quint32 uid);
    quint32 move(const QString& folder, quint32 uid, const QString& target); // the new UID
    // Every mail keeps its content and gets a new UID.
    void renewUidValidity(const QString& folder);
    // The index was rebuilt: UIDs stay, mod-sequences start low, what was expunged is forgotten.
    void loseIndex(const QString& folder);

    FolderState state(const QString& folder) const;
    FolderChanges changes(const QString& folder, const KnownFolder& known) const;
    // A mail as text, for appendRaw and for comparing.
    static QByteArray rawOf(const MessageRecord& message);

Q_SIGNALS:
    void changed(const QString& folder);

private:
    quint32 put(const QString& folder, FakeMail mail);
};

// The way back from flagWords().
MailFlags flagsFrom(const QStringList& words);

} // namespace aiva::test
