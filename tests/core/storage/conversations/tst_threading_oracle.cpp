// Conversations against the expected THREAD=REFERENCES answers of Dovecot's imaptest: two mails of one tree there
// belong to one conversation here, and the other way round.
#include "core/adapters/mail/files/mail_file_reader.h"
#include "core/storage/conversations/conversation_repository.h"
#include "core/storage/workspace/workspace.h"
#include "tests/support/corpora.h"
#include "tests/support/patience.h"

#include <QFile>
#include <QMap>
#include <QTemporaryDir>

#include <algorithm>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

// "(1 (2 4)(3))(5)" → tree of each number.
QMap<int, int> treesOf(const QString& answer) {
    QMap<int, int> trees;
    int depth = 0;
    int tree = 0;
    QString digits;
    for (const QChar c : answer + u' ') {
        if (c.isDigit()) {
            digits += c;
            continue;
        }
        if (!digits.isEmpty()) trees.insert(digits.toInt(), tree);
        digits.clear();
        if (c == u'(' && depth++ == 0) ++tree;
        if (c == u')') --depth;
    }
    return trees;
}

// The first "* thread …" answer of a script.
QString expectedAnswer(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return {};
    for (const QByteArray& line : file.readAll().split('\n'))
        if (line.toLower().startsWith("* thread ")) return QString::fromUtf8(line.mid(9)).trimmed();
    return {};
}

} // namespace

class TestThreadingOracle : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void agreesWithImaptest_data();
    void agreesWithImaptest();
    void orderOfArrivalDoesNotMatter();

private:
    std::vector<MessageRecord> mailsOf(const QString& mbox);
    QMap<int, int> conversationsOf(const std::vector<MessageRecord>& mails, const std::vector<int>& order);

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<Database> m_database;
};

void TestThreadingOracle::init() {
    m_database.reset();
    m_workspace.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    auto workspace = Workspace::create(m_dir->filePath(u"w"_s), Workspace::newKey(), KeySource::KeyFile);
    QVERIFY(workspace);
    m_workspace = std::move(*workspace);
    auto database = m_workspace->openWriter();
    QVERIFY(database);
    m_database = std::move(*database);
}

// All from one customer, as the scripts name nobody; a repeated Message-ID gets one of its own, as Dovecot does.
std::vector<MessageRecord> TestThreadingOracle::mailsOf(const QString& mbox) {
    std::vector<MessageRecord> mails;
    QStringList ids;
    MailFileReader reader;
    const auto result = reader.read(mbox, [&](const QString&, Result<MessageRecord> mail) {
        if (!mail) return true;
        mail->from.email = u"ann@x.example"_s;
        if (ids.contains(mail->messageId)) mail->messageId += u"-again-%1"_s.arg(mails.size());
        ids << mail->messageId;
        mail->subject.clear(); // subjects never join here: that is another rule
        mails.push_back(*std::move(mail));
        return true;
    });
    if (!result) qFatal("%s", qPrintable(result.error().detail));
    return mails;
}

QMap<int, int> TestThreadingOracle::conversationsOf(const std::vector<MessageRecord>& mails,
                                                    const std::vector<int>& order) {
    auto repository = ConversationRepository::create(*m_database);
    if (!repository) qFatal("repository");
    for (const int i : order)
        if (!(*repository)->add(mails.at(static_cast<size_t>(i)), ConversationRepository::Direction::Inbound))
            qFatal("add");
    QMap<int, int> conversations;
    auto find = m_database->prepare("SELECT conversation_id FROM messages WHERE message_id = ?1");
    for (size_t i = 0; i < mails.size(); ++i) {
        const auto row = find->bind(1, mails[i].messageId).step();
        if (!row || !*row) qFatal("message lost");
        conversations.insert(static_cast<int>(i) + 1, static_cast<int>(find->integer(0)));
        find->reset();
    }
    return conversations;
}

static bool samePartition(const QMap<int, int>& one, const QMap<int, int>& other) {
    if (one.keys() != other.keys()) return false;
    for (const int a : one.keys())
        for (const int b : one.keys())
            if ((one[a] == one[b]) != (other[a] == other[b])) return false;
    return true;
}

void TestThreadingOracle::agreesWithImaptest_data() {
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("ours"); // empty: as expected there
    QTest::addColumn<QString>("why");
    const auto row = [](const char* script, const QString& ours, const QString& why) {
        QTest::newRow(script) << QString::fromLatin1(script) << ours << why;
    };
    row("thread", u"(1 2 3)"_s, u"references in a cycle; mails that name each other stay together"_s);
    row("thread2", {}, {});
    row("thread3", u"(1)(2)"_s, u"they join by subject"_s);
    row("thread4", u"(1)(2)"_s, u"they join by subject"_s);
    row("thread5", {}, {});
    row("thread6", {}, {});
    row("thread7", {}, {});
    row("thread8", {}, {});
}

void TestThreadingOracle::agreesWithImaptest() {
    const QString root = test::corpus(u"mail/imaptest/src/tests"_s);
    if (root.isEmpty()) QSKIP("corpora absent");
    QFETCH(QString, script);
    QFETCH(QString, ours);
    QFETCH(QString, why);
    const QString answer = expectedAnswer(root + u'/' + script);
    std::vector<MessageRecord> mails = mailsOf(root + u'/' + script + u".mbox"_s);
    QVERIFY(!answer.isEmpty());
    const auto answered = static_cast<size_t>(treesOf(answer).size());
    QVERIFY(mails.size() >= answered);
    mails.resize(answered); // some scripts deliver the rest only later
    std::vector<int> order;
    for (size_t i = 0; i < mails.size(); ++i)
        order.push_back(static_cast<int>(i));
    const QMap<int, int> conversations = conversationsOf(mails, order);
    if (!ours.isEmpty()) qInfo("%s expected there, %s here: %s", qPrintable(answer), qPrintable(ours), qPrintable(why));
    QVERIFY(samePartition(conversations, treesOf(ours.isEmpty() ? answer : ours)));
}

void TestThreadingOracle::orderOfArrivalDoesNotMatter() {
    // A tree with a fork, a lost parent, and a stranger: every order of arrival ends in the same conversations.
    const auto mail = [](const QString& id, const QStringList& references) {
        MessageRecord record;
        record.messageId = id;
        record.references = references;
        record.from.email = u"ann@x.example"_s;
        return record;
    };
    const std::vector<MessageRecord> mails{mail(u"a"_s, {}),
                                           mail(u"b"_s, {u"a"_s}),
                                           mail(u"c"_s, {u"a"_s, u"b"_s}),
                                           mail(u"d"_s, {u"lost"_s}),
                                           mail(u"e"_s, {u"lost"_s, u"c"_s}),
                                           mail(u"z"_s, {})};
    std::vector<int> order{0, 1, 2, 3, 4, 5};
    int orders = 0;
    do {
        QVERIFY(m_database->execute("DELETE FROM message_references; DELETE FROM messages; DELETE FROM conversations"));
        QVERIFY(samePartition(conversationsOf(mails, order), treesOf(u"(1 2 3 4 5)(6)"_s)));
        ++orders;
    } while (std::next_permutation(order.begin(), order.end()));
    qInfo("%d orders of arrival", orders);
}

QTEST_GUILESS_MAIN(TestThreadingOracle)
#include "tst_threading_oracle.moc"
