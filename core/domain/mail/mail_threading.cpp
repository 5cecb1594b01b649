#include "core/domain/mail/mail_threading.h"

#include "core/domain/mail/mail_subject.h"

#include <QHash>

#include <algorithm>

namespace aiva {
namespace {

constexpr int kNone = -1;

struct Tree;

struct Node {
    int parent = kNone;
    bool isMail = false; // else only named by others
    bool hasChildren = false;
};

class Threading {
public:
    Threading(const std::vector<ThreadableMail>& mails, SubjectThreads subjects)
        : m_mails(mails), m_subjects(subjects) {}

    std::vector<ThreadPlace> run() {
        makeNodes();
        for (size_t i = 0; i < m_mails.size(); ++i)
            linkMail(static_cast<int>(i));
        pruneNamed();
        if (m_subjects == SubjectThreads::Joined) joinBySubject();
        return places();
    }

private:
    // Nodes 0…n-1 are the mails themselves. The first with an id has it, a repeated or missing one is nobody's parent.
    void makeNodes() {
        m_nodes.resize(m_mails.size());
        for (size_t i = 0; i < m_mails.size(); ++i) {
            m_nodes[i].isMail = true;
            const QString& id = m_mails[i].messageId;
            if (!id.isEmpty() && !m_byId.contains(id)) m_byId.insert(id, static_cast<int>(i));
        }
    }

    int nodeOf(const QString& id) {
        const auto known = m_byId.constFind(id);
        if (known != m_byId.constEnd()) return *known;
        m_nodes.push_back({});
        const int node = static_cast<int>(m_nodes.size()) - 1;
        m_byId.insert(id, node);
        return node;
    }

    bool isAbove(int ancestor, int node) const {
        if (ancestor == node) return true;
        if (!m_nodes[static_cast<size_t>(ancestor)].hasChildren) return false;
        for (int at = node; at != kNone; at = m_nodes[static_cast<size_t>(at)].parent)
            if (at == ancestor) return true;
        return false;
    }

    void setParent(int node, int parent) {
        m_nodes[static_cast<size_t>(node)].parent = parent;
        m_nodes[static_cast<size_t>(parent)].hasChildren = true;
    }

    // Step 1: the references name a line of ancestors; a parent once known is not changed by hearsay, only by the mail
    // itself.
    void linkMail(int mail) {
        const ThreadableMail& record = m_mails[static_cast<size_t>(mail)];
        QStringList line = record.references;
        if (line.isEmpty() && !record.inReplyTo.isEmpty()) line << record.inReplyTo;
        line.removeAll(record.messageId); // some programs name the mail itself
        int above = kNone;
        for (const QString& id : std::as_const(line)) {
            const int node = nodeOf(id);
            const bool isFree = m_nodes[static_cast<size_t>(node)].parent == kNone;
            if (above != kNone && isFree && !isAbove(node, above)) setParent(node, above);
            above = node;
        }
        m_nodes[static_cast<size_t>(mail)].parent = kNone;
        if (above != kNone && !isAbove(mail, above)) setParent(mail, above);
    }

    // Step 3: a named id without a mail gives its children to its own parent; on top it stays, to hold them together.
    void pruneNamed() {
        for (size_t i = 0; i < m_mails.size(); ++i) {
            std::vector<int> named;
            int at = m_nodes[i].parent;
            for (; at != kNone && !m_nodes[static_cast<size_t>(at)].isMail;
                 at = m_nodes[static_cast<size_t>(at)].parent)
                named.push_back(at);
            const int top = at == kNone && !named.empty() ? named.back() : kNone;
            m_parents.push_back(at);
            m_tops.push_back(top);
            for (const int node : named) // a long line is walked once
                if (node != top) m_nodes[static_cast<size_t>(node)].parent = at != kNone ? at : top;
        }
    }

    std::vector<Tree> trees() const;
    void joinBySubject();
    std::vector<ThreadPlace> places() const;

    const std::vector<ThreadableMail>& m_mails;
    SubjectThreads m_subjects;
    std::vector<Node> m_nodes;
    QHash<QString, int> m_byId;
    std::vector<int> m_parents; // of the mails, among the mails
    std::vector<int> m_tops;    // of a root below a named id: that id's node, which its siblings share
};

// One root of the forest as step 5 sees it.
struct Tree {
    std::vector<int> roots; // one mail, or several held together by a dummy
    int dummy = kNone;
    QString base;
    bool isReply = false;
    qint64 sentAt = 0;

    bool isDummy() const { return dummy != kNone; }
};

std::vector<Tree> Threading::trees() const {
    QHash<int, size_t> byTop;
    std::vector<Tree> all;
    for (size_t i = 0; i < m_mails.size(); ++i) {
        if (m_parents[i] != kNone) continue;
        const int top = m_tops[i];
        if (top != kNone && byTop.contains(top)) {
            Tree& tree = all[byTop.value(top)];
            tree.roots.push_back(static_cast<int>(i));
            tree.dummy = top;
            continue;
        }
        if (top != kNone) byTop.insert(top, all.size());
        all.push_back({{static_cast<int>(i)}, kNone, {}, false, 0});
    }
    const auto byDate = [this](int a, int b) {
        return m_mails[static_cast<size_t>(a)].sentAt < m_mails[static_cast<size_t>(b)].sentAt;
    };
    for (Tree& tree : all) {
        std::stable_sort(tree.roots.begin(), tree.roots.end(), byDate);
        const ThreadableMail& first = m_mails[static_cast<size_t>(tree.roots.front())];
        tree.base = baseSubject(first.subject);
        tree.isReply = isReplySubject(first.subject);
        tree.sentAt = first.sentAt;
    }
    std::stable_sort(all.begin(), all.end(), [](const Tree& a, const Tree& b) { return a.sentAt < b.sentAt; });
    return all;
}

// Step 5: the tree that begins a subject gets those that share it.
void Threading::joinBySubject() {
    std::vector<Tree> all = trees();
    QHash<QString, size_t> bySubject;
    for (size_t i = 0; i < all.size(); ++i) {
        if (all[i].base.isEmpty()) continue;
        const auto known = bySubject.constFind(all[i].base);
        const bool leads = known == bySubject.constEnd() ||
                           (!all[*known].isDummy() && (all[i].isDummy() || (all[*known].isReply && !all[i].isReply)));
        if (leads) bySubject.insert(all[i].base, i);
    }
    int nextDummy = static_cast<int>(m_nodes.size());
    for (size_t i = 0; i < all.size(); ++i) {
        if (all[i].base.isEmpty() || bySubject.value(all[i].base) == i) continue;
        Tree& head = all[bySubject.value(all[i].base)];
        const bool isAnswer = !head.isDummy() && all[i].isReply && !head.isReply;
        if (!isAnswer && !head.isDummy()) {
            head.dummy = nextDummy++;
            m_tops[static_cast<size_t>(head.roots.front())] = head.dummy;
        }
        for (const int root : all[i].roots) {
            if (isAnswer) m_parents[static_cast<size_t>(root)] = head.roots.front();
            m_tops[static_cast<size_t>(root)] = isAnswer ? kNone : head.dummy;
        }
    }
}

std::vector<ThreadPlace> Threading::places() const {
    std::vector<ThreadPlace> all(m_mails.size());
    QHash<int, int> ofTop;
    std::vector<int> ofRoot(m_mails.size(), kNone);
    int threads = 0;
    for (size_t i = 0; i < m_mails.size(); ++i) {
        all[i].parent = m_parents[i];
        // Down from the nearest ancestor already numbered, so that a long line is walked once.
        std::vector<int> line;
        int at = static_cast<int>(i);
        while (ofRoot[static_cast<size_t>(at)] == kNone && m_parents[static_cast<size_t>(at)] != kNone) {
            line.push_back(at);
            at = m_parents[static_cast<size_t>(at)];
        }
        int& number = ofRoot[static_cast<size_t>(at)];
        if (number == kNone) {
            const int top = m_tops[static_cast<size_t>(at)];
            number = top != kNone && ofTop.contains(top) ? ofTop.value(top) : threads++;
            if (top != kNone) ofTop.insert(top, number);
        }
        for (const int below : line)
            ofRoot[static_cast<size_t>(below)] = number;
        all[i].thread = ofRoot[i];
    }
    return all;
}

} // namespace

std::vector<ThreadPlace> threadPlaces(const std::vector<ThreadableMail>& mails, SubjectThreads subjects) {
    return Threading(mails, subjects).run();
}

} // namespace aiva
