// What changed in a folder since the cache last looked: the difference by QRESYNC, by CHANGEDSINCE and the list of
// UIDs, or everything (RFC 7162). Begun by ImapMailbox.
#pragma once

#include "core/adapters/mail/imap/imap_run.h"

#include <memory>

namespace aiva {

// Servers without QRESYNC do not say what vanished: it is what an earlier list named and the next does not. Kept per
// folder by ImapEngine for as long as the program runs; only an answer the cache has adopted is built upon.
struct ListedUids {
    quint32 uidValidity = 0;
    quint64 highestModSeq = 0;
    std::vector<quint32> uids; // ascending
};
using ListedFolders = QHash<QString, ListedUids>;

class ChangeRun final : public AnsweringRun<FolderChanges> {
public:
    ChangeRun(QString folder, const KnownFolder& known, std::shared_ptr<ListedFolders> listed,
              ImapAnswer<FolderChanges> answer);

private:
    void begin() override;
    bool asksQresync() const;
    void onSelected(const FolderState& state);
    void take(const ImapResponse& response);
    void takeVanished(const ImapResponse& response);
    void listEverything();
    void listChanges();
    void listUids();
    void compareUids(const std::vector<quint32>& present);
    void finish();

    KnownFolder m_known;
    std::shared_ptr<ListedFolders> m_listed;
    FolderChanges m_changes;
    std::vector<quint32> m_present;
    bool m_isVanishedUnclear = false; // the server named more than can be taken: list everything instead
};

} // namespace aiva
