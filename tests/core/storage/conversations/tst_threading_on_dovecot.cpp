// The same mailbox threaded by Dovecot (UID THREAD REFERENCES), by the pure algorithm, and mail by mail by storage.
// Dovecot and the algorithm must draw the same trees; storage must keep together whatever they keep together.
#include "core/adapters/mail/mime/mail_decoder.h"
#include "core/domain/mail/mail_threading.h"
#include "core/storage/conversations/conversation_repository.h"
#include "tests/core/storage/conversations/generated_threads.h"
#include "tests/support/corpora.h"
#include "tests/support/mail_rig.h"
#include "tests/support/patience.h"
#include "tests/support/temporary_workspace.h"

#include <QDirIterator>
#include <QTcpSocket>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

struct Tree {
    int parent = -1;
    int thread = -1;
};

// "(1 (2 4)(3))((5)(6))" → place of each number; a list that begins with a list has no mail on top.
QMap<int, Tree> treesOf(const QByteArray& answer) {
    QMap<int, Tree> all;
    std::vector<int> parents{-1}; // of what stands next, one for each open list
    int thread = -1;
    QByteArray digits;
    for (const char c : answer + ' ') {
        if (c >= '0' && c <= '9') {
            digits += c;
            continue;
        }
        if (!digits.isEmpty()) {
            all.insert(digits.toInt(), {parents.back(), thread});
            parents.back() = digits.toInt();
            digits.clear();
        }
        if (c == '(') {
            if (parents.size() == 1) ++thread;
            parents.push_back(parents.size() == 1 ? -1 : parents.back());
        }
        if (c == ')') parents.pop_back();
    }
    return all;
}

class Imap {
public:
    bool open(const MailAccount& account, const QString& user) {
        m_socket.connectToHost(account.imap.host, account.imap.port);
        if (!m_socket.waitForConnected(30'000)) return false;
        line();
        const SecretString secret = test::MailRig::password(user);
        const QByteArray password(secret.reveal().data(), static_cast<qsizetype>(secret.size()));
        return command("LOGIN " + user.toUtf8() + " \"" + password + '"').contains("a OK") &&
               command("SELECT INBOX").contains("a OK");
    }
    QByteArray command(const QByteArray& text) {
        m_socket.write("a " + text + "\r\n");
        QByteArray all;
        for (;;) {
            const QByteArray one = line();
            all += one;
            if (one.isEmpty() || one.startsWith("a ")) return all;
        }
    }

private:
    QByteArray line() {
        while (!m_socket.canReadLine() && m_socket.waitForReadyRead(60'000)) {
        }
        return m_socket.readLine();
    }
    QTcpSocket m_socket;
};

} // namespace

class TestThreadingOnDovecot : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void generatedForests();
    void corpusMails();

private:
    QMap<int, Tree> askDovecot(const std::vector<QByteArray>& mails);
    std::vector<MessageRecord> decoded(const std::vector<QByteArray>& mails);
    void compareTrees(const std::vector<MessageRecord>& mails, const QMap<int, Tree>& theirs, int allowed);
    void compareConversations(std::vector<MessageRecord> mails, const QMap<int, Tree>& theirs);

    std::unique_ptr<test::MailRig> m_rig;
};

void TestThreadingOnDovecot::initTestCase() {
    if (const QString missing = test::MailRig::missing(); !missing.isEmpty())
        QSKIP(qPrintable(u"aiva-skip: "_s + missing));
    m_rig = std::make_unique<test::MailRig>();
    QVERIFY2(m_rig->start(), qPrintable(m_rig->error()));
}

// Mails get UIDs in the order of delivery, from 1.
QMap<int, Tree> TestThreadingOnDovecot::askDovecot(const std::vector<QByteArray>& mails) {
    const QString user = m_rig->freshUser();
    for (const QByteArray& mail : mails)
        m_rig->deliver(user, mail);
    Imap imap;
    if (!imap.open(m_rig->account(user, MailSecurity::Plain), user)) qFatal("no login");
    const QByteArray answer = imap.command("UID THREAD REFERENCES UTF-8 ALL");
    const qsizetype start = answer.indexOf("* THREAD ");
    if (start < 0) qFatal("%s", answer.left(200).constData());
    return treesOf(answer.mid(start + 9, answer.indexOf("\r\n", start) - start - 9));
}

std::vector<MessageRecord> TestThreadingOnDovecot::decoded(const std::vector<QByteArray>& mails) {
    std::vector<MessageRecord> records;
    for (const QByteArray& mail : mails) {
        auto record = decodeMail(mail, UtcTime(0));
        records.push_back(record ? *record : MessageRecord());
    }
    return records;
}

void TestThreadingOnDovecot::compareTrees(const std::vector<MessageRecord>& mails, const QMap<int, Tree>& theirs,
                                          int allowed) {
    std::vector<ThreadableMail> input;
    for (const MessageRecord& mail : mails)
        input.push_back({mail.messageId, mail.references, mail.inReplyTo, mail.subject, mail.date.ms()});
    const std::vector<ThreadPlace> ours = threadPlaces(input, SubjectThreads::Joined);
    QCOMPARE(theirs.size(), static_cast<qsizetype>(mails.size()));
    QMap<int, int> threadOf; // theirs to ours
    int namesItself = 0;
    int otherParent = 0;
    int otherThread = 0;
    for (size_t i = 0; i < ours.size(); ++i) {
        const Tree their = theirs.value(static_cast<int>(i) + 1);
        const int parent = ours[i].parent < 0 ? -1 : ours[i].parent + 1;
        if (threadOf.contains(their.thread) && threadOf[their.thread] != ours[i].thread) {
            ++otherThread;
            qInfo("mail %zu, %s: another thread there", i + 1, qPrintable(mails[i].subject.left(60)));
        }
        threadOf.insert(their.thread, ours[i].thread);
        if (parent == their.parent) continue;
        // A mail that names itself last answers nobody there; here it answers the one it names before.
        if (mails[i].references.endsWith(mails[i].messageId)) {
            ++namesItself;
            continue;
        }
        ++otherParent;
        if (otherParent <= 5)
            qInfo("mail %zu <%s>: parent %d there, %d here", i + 1, qPrintable(mails[i].messageId), their.parent,
                  parent);
    }
    qInfo("%zu mails: %d have another parent there, %d another thread, %d name themselves", mails.size(), otherParent,
          otherThread, namesItself);
    QVERIFY2(otherParent + otherThread <= allowed, "the trees differ");
}

// All from one customer; subjects left out, because they join nothing across mails of many.
void TestThreadingOnDovecot::compareConversations(std::vector<MessageRecord> mails, const QMap<int, Tree>& theirs) {
    test::TemporaryWorkspace workspace;
    auto repository = ConversationRepository::create(workspace.writer());
    QVERIFY(repository);
    std::vector<ConversationId> ours;
    QMap<int, int> known; // conversations already counted
    for (MessageRecord& mail : mails) {
        mail.from.email = u"ann@x.example"_s;
        mail.replyTo.clear();
        mail.subject.clear();
        if (mail.messageId.isEmpty()) mail.messageId = u"none-%1"_s.arg(&mail - mails.data());
        const auto added = (*repository)->add(mail, ConversationRepository::Direction::Inbound);
        QVERIFY2(added, added ? "" : qPrintable(added.error().detail));
    }
    auto find = workspace.writer().prepare("SELECT conversation_id FROM messages WHERE message_id = ?1");
    QVERIFY(find);
    std::vector<ThreadableMail> input;
    for (const MessageRecord& mail : mails) {
        const auto row = find->bind(1, mail.messageId).step();
        QVERIFY(row && *row);
        ours.push_back(find->id<ConversationId>(0));
        find->reset();
        input.push_back({mail.messageId, mail.references, mail.inReplyTo, {}, mail.date.ms()});
    }
    const std::vector<ThreadPlace> byReferences = threadPlaces(input, SubjectThreads::Apart);
    int bySubject = 0, repeated = 0, namedTogether = 0;
    QSet<QString> ids;
    std::vector<bool> isRepeated; // such a mail is here already and is not read again
    for (size_t i = 0; i < ours.size(); ++i) {
        isRepeated.push_back(ids.contains(mails[i].messageId));
        ids.insert(mails[i].messageId);
        repeated += isRepeated[i] ? 1 : 0;
        for (size_t j = 0; j < i; ++j) {
            const bool together = ours[i] == ours[j];
            const bool inTree = byReferences[i].thread == byReferences[j].thread;
            const bool there = theirs[static_cast<int>(i) + 1].thread == theirs[static_cast<int>(j) + 1].thread;
            if (inTree && !isRepeated[i] && !isRepeated[j])
                QVERIFY2(together, "one thread by references, two conversations");
            if (there && !inTree) ++bySubject;
            if (together && !inTree && mails[i].messageId != mails[j].messageId) ++namedTogether;
        }
    }
    qInfo("pairs: %d together there by subject alone, %d here because one mail names both; %d mails repeat an id",
          bySubject, namedTogether, repeated);
}

void TestThreadingOnDovecot::generatedForests() {
    const int mails = std::max(400, qEnvironmentVariableIntValue("AIVA_RUNS"));
    const std::vector<QByteArray> box = test::generatedThreads(mails, 5);
    const QMap<int, Tree> theirs = askDovecot(box);
    const std::vector<MessageRecord> records = decoded(box);
    compareTrees(records, theirs, mails / 1000); // circles can be cut in more than one place
    compareConversations(records, theirs);
}

void TestThreadingOnDovecot::corpusMails() {
    const QString root = test::corpus(u"mail"_s);
    if (root.isEmpty()) QSKIP("corpora absent");
    std::vector<QByteArray> box;
    QStringList paths;
    for (QDirIterator it(root, {u"*.eml"_s, u"msg_*.txt"_s}, QDir::Files, QDirIterator::Subdirectories); it.hasNext();)
        paths << it.next();
    paths.sort();
    for (const QString& path : std::as_const(paths)) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray mail = file.readAll();
        if (!mail.isEmpty()) box.push_back(mail);
    }
    const QMap<int, Tree> theirs = askDovecot(box);
    const std::vector<MessageRecord> records = decoded(box);
    compareTrees(records, theirs, 3); // see what it prints: subjects read another way
    compareConversations(records, theirs);
}

QTEST_GUILESS_MAIN(TestThreadingOnDovecot)
#include "tst_threading_on_dovecot.moc"
