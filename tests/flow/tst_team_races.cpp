// Colleagues who reach for the same conversation at the same moment, over connections of the product's own client to a
// real server: exactly one gets it, and the server says who. AIVA_RUNS=1000 for the whole count.
#include "core/domain/team/team_keywords.h"
#include "core/team/team_connection.h"
#include "tests/core/team/mailbox_line.h"
#include "tests/core/team/team_agent.h"
#include "tests/support/fake_mail_server.h"
#include "tests/support/patience.h"

#include <QElapsedTimer>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;
using Outcome = ClaimAnswer::Outcome;

class TestTeamRaces : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup() { m_desks.clear(); }
    void oneOfTwoWinsEachRace() { race(2, runs(200)); }
    void oneOfEightWinsEachRace() { race(8, runs(200) * 3 / 10); }
    void aServerThatRestartsMeanwhileGrantsToOne();
    void lostConnectionsGrantToOne();
    void aLostIndexChangesNothing();
    void theVocabularyFitsBesideOtherPrograms();
    void aTeamMeetsInTheMailbox();

private:
    static int runs(int usual) {
        const int asked = qEnvironmentVariableIntValue("AIVA_RUNS");
        return asked > 0 ? asked : usual;
    }
    void openDesks(int count);
    void race(int desks, int rounds);
    void raceThrough(const std::function<void()>& disturb, int rounds);
    std::vector<Future<ClaimAnswer>> claimAll();
    QStringList wordsOnServer();
    ConversationId conversation(size_t desk) { return m_desks.at(desk)->conversationOf(u"lamp@x"_s); }

    std::unique_ptr<MailRig> m_rig;
    QString m_user;
    std::vector<std::unique_ptr<TeamAgentDesk>> m_desks;
};

void TestTeamRaces::initTestCase() {
    if (const QString missing = MailRig::missing(); !missing.isEmpty()) QSKIP(qPrintable(u"aiva-skip: "_s + missing));
    m_rig = std::make_unique<MailRig>();
    QVERIFY2(m_rig->start(), qPrintable(m_rig->error()));
}

void TestTeamRaces::openDesks(int count) {
    m_user = m_rig->freshUser();
    m_rig->deliver(m_user, FakeMailServer::rawOf(customerMail(u"lamp@x"_s)));
    for (int slot = 1; slot <= count; ++slot) {
        m_desks.push_back(std::make_unique<TeamAgentDesk>(lineTo(*m_rig, m_user), slot));
        QVERIFY(m_desks.back()->sync());
        QVERIFY(conversation(m_desks.size() - 1).isValid());
    }
}

std::vector<Future<ClaimAnswer>> TestTeamRaces::claimAll() {
    std::vector<Future<ClaimAnswer>> answers;
    for (size_t i = 0; i < m_desks.size(); ++i)
        answers.push_back(m_desks.at(i)->claims->claim(m_desks.at(i)->mailbox, conversation(i)));
    return answers;
}

QStringList TestTeamRaces::wordsOnServer() {
    const auto flags = await(m_desks.front()->port->flags(u"INBOX"_s, {1}));
    if (!flags || flags->size() != 1) return {u"unreadable"_s};
    return teamWords(anchorStateFrom(flags->front().flags.keywords)).split(u' ', Qt::SkipEmptyParts);
}

void TestTeamRaces::race(int desks, int rounds) {
    openDesks(desks);
    QElapsedTimer time;
    time.start();
    std::map<int, int> wins;
    for (int round = 0; round < rounds; ++round) {
        const std::vector<Future<ClaimAnswer>> answers = claimAll();
        int winner = 0;
        for (size_t i = 0; i < answers.size(); ++i) {
            const auto answer = await(answers.at(i));
            QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
            QVERIFY(answer->outcome != Outcome::NotShared);
            if (answer->outcome == Outcome::Taken) continue;
            QVERIFY2(winner == 0, "two were granted the claim");
            winner = static_cast<int>(i) + 1;
        }
        QVERIFY2(winner > 0, "nobody was granted the claim");
        QCOMPARE(wordsOnServer(), (QStringList{u"$AivaSending"_s, slotKeyword(winner)}));
        ++wins[winner];
        const auto index = static_cast<size_t>(winner - 1);
        QVERIFY(m_desks.at(index)->release(conversation(index), ClaimPort::Ending::Unsent).value_or(false));
    }
    QStringList shares;
    for (const auto& [slot, count] : wins)
        shares << u"%1: %2"_s.arg(slot).arg(count);
    qInfo("%d races of %d in %lld ms, one winner each (%s)", rounds, desks, time.elapsed(),
          qPrintable(shares.join(u", "_s)));
}

// Claims that fail are asked for again, as the outbox does, until everybody knows where they stand.
void TestTeamRaces::raceThrough(const std::function<void()>& disturb, int rounds) {
    openDesks(3);
    int unknown = 0;
    for (int round = 0; round < rounds; ++round) {
        std::vector<Future<ClaimAnswer>> answers = claimAll();
        QTest::qWait(round % 4); // somewhere between the first read and the last answer
        disturb();
        std::vector<int> granted;
        for (size_t i = 0; i < answers.size(); ++i) {
            auto answer = await(answers.at(i));
            for (int again = 0; !answer && again < 20; ++again) {
                ++unknown;
                QTest::qWait(50);
                answer = m_desks.at(i)->claim(conversation(i));
            }
            QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
            if (answer->outcome == Outcome::Granted) granted.push_back(static_cast<int>(i) + 1);
        }
        QCOMPARE(granted.size(), size_t(1));
        QCOMPARE(wordsOnServer(), (QStringList{u"$AivaSending"_s, slotKeyword(granted.front())}));
        const auto index = static_cast<size_t>(granted.front() - 1);
        QVERIFY(m_desks.at(index)->release(conversation(index), ClaimPort::Ending::Unsent).value_or(false));
    }
    qInfo("%d rounds, %d claims asked again", rounds, unknown);
}

void TestTeamRaces::aServerThatRestartsMeanwhileGrantsToOne() {
    raceThrough(
        [this] {
            m_rig->stopDovecot();
            QVERIFY(m_rig->startDovecot());
        },
        6);
}

void TestTeamRaces::lostConnectionsGrantToOne() {
    raceThrough([this] { m_rig->dropConnections(); }, 12);
}

void TestTeamRaces::aLostIndexChangesNothing() {
    openDesks(2);
    for (int i = 0; i < 10; ++i) // mod-sequences to lose
        QVERIFY(await(m_desks.front()->port->store(u"INBOX"_s, {1}, i % 2 ? FlagChange::Remove : FlagChange::Add,
                                                   {u"\\Flagged"_s})));
    QVERIFY(m_desks.front()->claim(conversation(0)));
    const quint64 before = m_desks.front()->anchor(conversation(0)).modSeq;
    m_rig->dropConnections();
    m_rig->deleteIndexes(m_user);
    QTRY_VERIFY(m_desks.front()->sync());
    QTRY_VERIFY(m_desks.back()->sync());
    QCOMPARE(wordsOnServer(), (QStringList{u"$AivaSending"_s, u"$AivaA01"_s}));
    const auto taken = m_desks.back()->claim(conversation(1));
    QVERIFY(taken && taken->outcome == Outcome::Taken);
    QCOMPARE(taken->holder, u"Agent 1"_s);
    for (const auto& desk : m_desks)
        desk->state->modSeqsWentBack(desk->inbox);
    QVERIFY(m_desks.front()->release(conversation(0), ClaimPort::Ending::Answered).value_or(false));
    QVERIFY(m_desks.back()->sync());
    QCOMPARE(m_desks.back()->row(conversation(1)).status, ConversationStatus::Waiting);
    const quint64 after = m_desks.front()->anchor(conversation(0)).modSeq;
    qInfo("mod-sequence %llu before, %llu after the index was lost", before, after);
    const auto granted = m_desks.back()->claim(conversation(1));
    QVERIFY(granted && granted->outcome == Outcome::Granted);
}

// A Maildir keeps 26 keywords in the names of its files; what is beyond them is gone with the index.
void TestTeamRaces::theVocabularyFitsBesideOtherPrograms() {
    openDesks(1);
    MailboxPort& port = *m_desks.front()->port;
    QStringList others;
    for (int i = 1; i <= 7; ++i)
        others << u"$label%1"_s.arg(i);
    QVERIFY(await(port.store(u"INBOX"_s, {1}, FlagChange::Add, others + teamVocabulary())));
    m_rig->dropConnections();
    m_rig->deleteIndexes(m_user);
    Result<std::vector<FlagUpdate>> flags = Error{ErrorKind::Network, {}};
    QTRY_VERIFY((flags = await(port.flags(u"INBOX"_s, {1}))) && flags->size() == 1);
    QStringList kept = flags->front().flags.keywords;
    QStringList all = others + teamVocabulary();
    kept.sort();
    all.sort();
    QCOMPARE(kept, all);
}

void TestTeamRaces::aTeamMeetsInTheMailbox() {
    openDesks(2);
    SystemClock clock;
    std::vector<Future<TeamMembership>> joined;
    for (size_t i = 0; i < m_desks.size(); ++i) {
        TeamAgentDesk& desk = *m_desks.at(i);
        desk.setMembership(TeamMode::Unknown, 0);
        auto* run = new TeamConnection(*desk.port, desk.workspace.writer(), *desk.repository, *desk.mailboxes, clock,
                                       desk.mailbox, i == 0 ? u"Ann Weiß"_s : u"Bob 😀"_s, RosterRequest::SameName::Ask,
                                       desk.port.get());
        joined.push_back(run->start());
    }
    QList<int> slots_;
    for (const auto& one : joined) {
        const auto membership = await(one, 60'000);
        QVERIFY2(membership, membership ? "" : qPrintable(membership.error().detail));
        QCOMPARE(membership->mode, TeamMode::Shared);
        slots_ << membership->mySlot;
    }
    QVERIFY(slots_.at(0) > 0 && slots_.at(1) > 0 && slots_.at(0) != slots_.at(1));
    QCOMPARE(m_rig->mailsOf(m_user, u"Aiva"_s).size(), 3); // a roster, two cards, no test message
    const auto granted = m_desks.front()->claim(conversation(0));
    QVERIFY(granted && granted->outcome == Outcome::Granted);
    const auto taken = m_desks.back()->claim(conversation(1));
    QVERIFY(taken && taken->outcome == Outcome::Taken);
}

QTEST_GUILESS_MAIN(TestTeamRaces)
#include "tst_team_races.moc"
