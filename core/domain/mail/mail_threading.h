// Threads a set of mails as RFC 5256 REFERENCES does: a pure reading of who answers whom, with cycles, missing parents
// and repeated ids settled. The measure for what storage does mail by mail; knows nothing of customers, who are kept
// apart there.
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace aiva {

struct ThreadableMail {
    QString messageId;      // empty: it has none, or none of its own
    QStringList references; // oldest first
    QString inReplyTo;      // used when there are no references
    QString subject;
    qint64 sentAt = 0; // ms
};

// RFC 5256 puts threads of one base subject together as its fifth step; shops have a hundred customers writing "Order".
enum class SubjectThreads { Joined, Apart };

struct ThreadPlace {
    int parent = -1; // index of the mail it answers; -1: none of these
    int thread = -1; // mails of one tree share a number, from 0 in the order the threads begin

    bool operator==(const ThreadPlace&) const = default;
};

// One place per mail, in the order given. Linear but for sorting; no recursion, however deep the thread.
std::vector<ThreadPlace> threadPlaces(const std::vector<ThreadableMail>& mails, SubjectThreads subjects);

} // namespace aiva
