#include "core/team/team_connection.h"
#include "core/team/team_folder.h"
#include "tests/core/team/team_agent.h"
#include "tests/support/fake_mailbox_port.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;
using Call = FakeMailboxPort::Call;
using SameName = RosterRequest::SameName;

namespace {

const Error kLineLost{ErrorKind::Network, u"the line was lost"_s, ErrorCause::ConnectionReset};

// A server that advertises more than it keeps.
class LyingPort final : public MailboxPort {
public:
    enum class Lie { None, StaleWins, FreshLoses, ForgetsKeywords, CapsKeywords, LoserWrites, NoModSeqs, Refuses };
    LyingPort(FakeMailServer& server, Lie lie) : m_port(server), m_server(server), m_lie(lie) {}

    Future<MailboxAbilities> open() override { return m_port.open(); }
    Future<std::vector<MailFolder>> folders() override { return m_port.folders(); }
    Future<FolderState> folderState(const QString& f) override { return m_port.folderState(f); }
    Future<bool> createFolder(const QString& f) override { return m_port.createFolder(f); }
    Future<FolderChanges> changes(const QString& f, const KnownFolder& k) override { return m_port.changes(f, k); }
    Future<std::vector<ServerMessage>> fetch(const QString& f, const std::vector<quint32>& u) override {
        return m_port.fetch(f, u);
    }
    Future<QByteArray> fetchRaw(const QString& f, quint32 u) override { return m_port.fetchRaw(f, u); }
    Future<std::vector<FlagUpdate>> flags(const QString& f, const std::vector<quint32>& uids) override {
        return andThen(m_port.flags(f, uids), this, [this](std::vector<FlagUpdate> updates) {
            for (FlagUpdate& update : updates) {
                if (m_lie == Lie::ForgetsKeywords) update.flags.keywords.clear();
                if (m_lie == Lie::CapsKeywords) update.flags.keywords = update.flags.keywords.mid(0, 10);
                if (m_lie == Lie::NoModSeqs) update.modSeq = 0;
            }
            return readyFuture<std::vector<FlagUpdate>>(updates);
        });
    }
    Future<std::vector<quint32>> findMessageId(const QString& f, const QString& id) override {
        return m_port.findMessageId(f, id);
    }
    Future<bool> store(const QString& f, const std::vector<quint32>& u, FlagChange c, const QStringList& w) override {
        return m_port.store(f, u, c, w);
    }
    Future<ConditionalStore> storeUnchangedSince(const QString& f, quint32 uid, quint64 modSeq, FlagChange c,
                                                 const QStringList& words) override {
        using Answer = ConditionalStore;
        if (m_lie == Lie::Refuses) return readyFuture<Answer>(Error{ErrorKind::Refused, u"BAD"_s});
        if (m_lie == Lie::FreshLoses) return readyFuture<Answer>(Answer{Answer::Outcome::Modified, 0});
        if (m_lie == Lie::StaleWins) modSeq = 1'000'000'000;
        const bool isStale = m_server.folder(f).mails.at(uid).modSeq > modSeq;
        if (m_lie == Lie::LoserWrites && isStale) m_server.setFlags(f, uid, flagsFrom(words));
        return m_port.storeUnchangedSince(f, uid, modSeq, c, words);
    }
    Future<AppendedMail> append(const QString& f, const QByteArray& m, const QStringList& w) override {
        return m_port.append(f, m, w);
    }
    Future<bool> move(const QString& f, const std::vector<quint32>& u, const QString& t) override {
        return m_port.move(f, u, t);
    }
    Future<bool> erase(const QString& f, const std::vector<quint32>& u) override { return m_port.erase(f, u); }
    void watch(const QString& f) override { m_port.watch(f); }
    void close() override { m_port.close(); }

private:
    FakeMailboxPort m_port;
    FakeMailServer& m_server;
    const Lie m_lie;
};

} // namespace

class TestTeamSetup : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_server = std::make_unique<FakeMailServer>(); }

    void sharesWhatPassesTheTestAndLeavesNothing();
    void refusesAServerThatLies_data();
    void refusesAServerThatLies();
    void saysWhyAServerCannotShare_data();
    void saysWhyAServerCannotShare();
    void aLostLineDecidesNothing_data();
    void aLostLineDecidesNothing();
    void worksWithoutUidPlus();
    void findsTheFolderWhereTheServerHasIts_data();
    void findsTheFolderWhereTheServerHasIts();

private:
    Result<TeamVerdict> setUp(MailboxPort& port) { return await((new TeamSetup(port, m_clock, &port))->start()); }
    size_t mailsInAiva() { return m_server->folder(u"Aiva"_s).mails.size(); }

    std::unique_ptr<FakeMailServer> m_server;
    SystemClock m_clock;
};

void TestTeamSetup::sharesWhatPassesTheTestAndLeavesNothing() {
    FakeMailboxPort port(*m_server);
    for (int connect = 0; connect < 3; ++connect) {
        const auto verdict = setUp(port);
        QVERIFY(verdict);
        QCOMPARE(verdict->mode, TeamMode::Shared);
        QCOMPARE(verdict->reason, QString());
        QCOMPARE(verdict->folder, u"Aiva"_s);
        QCOMPARE(mailsInAiva(), 0U);
    }
    QCOMPARE(port.calls(Call::Create), 1);
}

void TestTeamSetup::refusesAServerThatLies_data() {
    using Lie = LyingPort::Lie;
    QTest::addColumn<int>("lie");
    QTest::addColumn<QString>("reason");
    QTest::newRow("none") << int(Lie::None) << QString();
    QTest::newRow("a stale writer wins") << int(Lie::StaleWins) << u"compare_and_set_failed"_s;
    QTest::newRow("a fresh writer loses") << int(Lie::FreshLoses) << u"compare_and_set_failed"_s;
    QTest::newRow("the loser changes it all the same") << int(Lie::LoserWrites) << u"compare_and_set_failed"_s;
    QTest::newRow("does not know the command") << int(Lie::Refuses) << u"compare_and_set_failed"_s;
    QTest::newRow("forgets keywords") << int(Lie::ForgetsKeywords) << u"keywords_not_kept"_s;
    QTest::newRow("keeps ten keywords") << int(Lie::CapsKeywords) << u"keywords_not_kept"_s;
    QTest::newRow("gives no mod-sequences") << int(Lie::NoModSeqs) << u"no_mod_seq"_s;
}

void TestTeamSetup::refusesAServerThatLies() {
    QFETCH(const int, lie);
    QFETCH(const QString, reason);
    LyingPort port(*m_server, static_cast<LyingPort::Lie>(lie));
    const auto verdict = setUp(port);
    QVERIFY(verdict);
    QCOMPARE(verdict->reason, reason);
    QCOMPARE(verdict->mode, reason.isEmpty() ? TeamMode::Shared : TeamMode::SingleAgent);
    QCOMPARE(mailsInAiva(), 0U);
}

void TestTeamSetup::saysWhyAServerCannotShare_data() {
    QTest::addColumn<QString>("reason");
    QTest::newRow("no CONDSTORE") << u"no_condstore"_s;
    QTest::newRow("no keywords") << u"no_keywords"_s;
    QTest::newRow("no folder to be had") << u"folder_refused"_s;
    QTest::newRow("the test's folder store refused") << u"keywords_not_kept"_s;
}

void TestTeamSetup::saysWhyAServerCannotShare() {
    QFETCH(const QString, reason);
    FakeMailboxPort port(*m_server);
    const Error refused{ErrorKind::Refused, u"NO"_s};
    if (reason == u"no_condstore"_s) m_server->abilities.condStore = false;
    if (reason == u"no_keywords"_s) m_server->keepsKeywords = false;
    if (reason == u"folder_refused"_s) port.failNext(Call::Create, refused, 10);
    if (reason == u"keywords_not_kept"_s) port.failNext(Call::Store, refused);
    const auto verdict = setUp(port);
    QVERIFY(verdict);
    QCOMPARE(verdict->mode, TeamMode::SingleAgent);
    QCOMPARE(verdict->reason, reason);
}

void TestTeamSetup::aLostLineDecidesNothing_data() {
    QTest::addColumn<int>("call");
    for (const Call call : {Call::Open, Call::Folders, Call::State, Call::Create, Call::Append, Call::Store,
                            Call::Flags, Call::ConditionalStore})
        QTest::addRow("call %d", int(call)) << int(call);
}

void TestTeamSetup::aLostLineDecidesNothing() {
    QFETCH(const int, call);
    FakeMailboxPort port(*m_server);
    port.failNext(static_cast<Call>(call), kLineLost);
    const auto verdict = setUp(port);
    QVERIFY(!verdict && verdict.error().kind == ErrorKind::Network);
    const auto again = setUp(port);
    QVERIFY(again && again->mode == TeamMode::Shared);
}

void TestTeamSetup::worksWithoutUidPlus() {
    m_server->saysAppendUid = false;
    m_server->abilities.uidPlus = false;
    FakeMailboxPort port(*m_server);
    const auto verdict = setUp(port);
    QVERIFY(verdict && verdict->mode == TeamMode::Shared);
    for (const auto& [uid, mail] : m_server->folder(u"Aiva"_s).mails)
        QVERIFY(mail.flags.deleted);
}

void TestTeamSetup::findsTheFolderWhereTheServerHasIts_data() {
    QTest::addColumn<QStringList>("folders");
    QTest::addColumn<QString>("existing");
    QTest::addColumn<QString>("first");
    QTest::newRow("beside") << QStringList{u"INBOX"_s, u"Sent"_s} << QString() << u"Aiva"_s;
    QTest::newRow("below, with dots") << QStringList{u"INBOX"_s, u"INBOX.Sent"_s} << QString() << u"INBOX.Aiva"_s;
    QTest::newRow("below, with slashes") << QStringList{u"INBOX"_s, u"INBOX/Sent"_s} << QString() << u"INBOX/Aiva"_s;
    QTest::newRow("inbox alone") << QStringList{u"INBOX"_s} << QString() << u"Aiva"_s;
    QTest::newRow("there") << QStringList{u"INBOX"_s, u"Aiva"_s} << u"Aiva"_s << u"Aiva"_s;
    QTest::newRow("there, below") << QStringList{u"INBOX"_s, u"INBOX.Aiva"_s} << u"INBOX.Aiva"_s << u"INBOX.Aiva"_s;
    QTest::newRow("somebody else's") << QStringList{u"INBOX"_s, u"Work/Aiva"_s} << QString() << u"Aiva"_s;
}

void TestTeamSetup::findsTheFolderWhereTheServerHasIts() {
    QFETCH(const QStringList, folders);
    std::vector<MailFolder> listed;
    for (const QString& name : folders)
        listed.push_back({name, name == u"INBOX"_s ? FolderRole::Inbox : FolderRole::None, true});
    const TeamFolderPlan plan = teamFolderPlan(listed);
    QTEST(plan.existing, "existing");
    QTEST(plan.toCreate.value(0), "first");
}

QTEST_GUILESS_MAIN(TestTeamSetup)
#include "tst_team_setup.moc"
