#include "tests/core/team/team_agent.h"
#include "tests/support/fake_mailbox_port.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;
using Call = FakeMailboxPort::Call;
using Effect = FakeMailboxPort::Effect;
using Outcome = ClaimAnswer::Outcome;
using Ending = ClaimPort::Ending;

static const Error kLineLost{ErrorKind::Network, u"the line was lost"_s, ErrorCause::ConnectionReset};

class TestTeamClaims : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void grantsToOneAndNamesTheHolder();
    void keepsForeignFlagsAndTakesTheConversation();
    void isGrantedAgainAfterACrash();
    void ownSlotWithoutOurMarkIsSomebodyElse();
    void aReaderInBetweenCostsNoClaim();
    void aColleagueInBetweenWins();
    void oneWhoWasOverwrittenDoesNotGoOn();
    void aLostLineIsFoundOut_data();
    void aLostLineIsFoundOut();
    void anUnknownOutcomeIsKnownAtTheNextAttempt();
    void aColleagueWhoAnsweredJustNowBlocks();
    void aColleaguesNewMailTakesTheClaimBack_data();
    void aColleaguesNewMailTakesTheClaimBack();
    void otherNewMailTakesNothingBack();
    void asksNobodyWhereNothingIsShared();
    void refusesWhileNobodyKnowsWhoWeAre();
    void claimsOnAnyMessageOfTheConversationCount();
    void theSmallestUidStillThereIsTheAnchor();
    void givesUpWhenTheMessageNeverRests();

private:
    std::unique_ptr<TeamAgentDesk> newDesk(int slot);
    FakeMailboxPort& fake(TeamAgentDesk& desk) { return static_cast<FakeMailboxPort&>(*desk.port); }
    QStringList flagsOn(quint32 uid) { return flagWords(m_server->folder(u"INBOX"_s).mails.at(uid).flags); }
    void setFlags(quint32 uid, const QStringList& words) { m_server->setFlags(u"INBOX"_s, uid, flagsFrom(words)); }

    std::unique_ptr<FakeMailServer> m_server;
    std::unique_ptr<TeamAgentDesk> m_one;
    std::unique_ptr<TeamAgentDesk> m_two;
    ConversationId m_here; // the conversation as desk one knows it
    ConversationId m_there;
};

void TestTeamClaims::init() {
    m_server = std::make_unique<FakeMailServer>();
    m_server->append(u"INBOX"_s, customerMail(u"a@x"_s), flagsFrom({u"\\Flagged"_s, u"$label1"_s}));
    m_one = newDesk(1);
    m_two = newDesk(2);
    QVERIFY(m_one->sync() && m_two->sync());
    m_here = m_one->conversationOf(u"a@x"_s);
    m_there = m_two->conversationOf(u"a@x"_s);
}

void TestTeamClaims::cleanup() {
    m_one.reset();
    m_two.reset();
    m_server.reset();
}

std::unique_ptr<TeamAgentDesk> TestTeamClaims::newDesk(int slot) {
    return std::make_unique<TeamAgentDesk>(std::make_unique<FakeMailboxPort>(*m_server), slot);
}

// "granted", "taken Agent 2", "not shared", or the error's kind.
static QString said(const Result<ClaimAnswer>& answer) {
    if (!answer) return errorKindName(answer.error().kind);
    if (answer->outcome == Outcome::Granted) return u"granted"_s;
    return answer->outcome == Outcome::Taken ? u"taken "_s + answer->holder : u"not shared"_s;
}

#define GRANTED(answer) QCOMPARE(said(answer), u"granted"_s)
#define TAKEN_BY(answer, name) QCOMPARE(said(answer), u"taken "_s + (name))

void TestTeamClaims::grantsToOneAndNamesTheHolder() {
    GRANTED(m_one->claim(m_here));
    TAKEN_BY(m_two->claim(m_there), u"Agent 1"_s);
    QCOMPARE(m_two->row(m_there).claimSlot, 1);
    QVERIFY(!m_two->anchor(m_there).isClaiming);
    QVERIFY(m_one->release(m_here, Ending::Unsent).value_or(false));
    GRANTED(m_two->claim(m_there));
}

void TestTeamClaims::keepsForeignFlagsAndTakesTheConversation() {
    setFlags(1, flagsOn(1) + QStringList{u"$AivaDone"_s, u"$AivaA05"_s});
    QVERIFY(m_one->sync());
    GRANTED(m_one->claim(m_here));
    QCOMPARE(flagsOn(1), (QStringList{u"\\Flagged"_s, u"$label1"_s, u"$AivaDone"_s, u"$AivaSending"_s, u"$AivaA01"_s}));
    QCOMPARE(m_one->row(m_here).claimSlot, 1);
    QCOMPARE(m_one->row(m_here).assigneeSlot, 1);
    QVERIFY(m_one->release(m_here, Ending::Unsent).value_or(false));
    QCOMPARE(flagsOn(1), (QStringList{u"\\Flagged"_s, u"$label1"_s, u"$AivaDone"_s, u"$AivaA01"_s}));
    QCOMPARE(m_one->row(m_here).claimSlot, 0);
    QVERIFY(!m_one->anchor(m_here).isClaiming);
}

void TestTeamClaims::isGrantedAgainAfterACrash() {
    GRANTED(m_one->claim(m_here));
    const quint64 modSeq = m_server->folder(u"INBOX"_s).highestModSeq;
    GRANTED(m_one->claim(m_here)); // what the cache knows is all a new process has
    QCOMPARE(m_server->folder(u"INBOX"_s).highestModSeq, modSeq);
}

void TestTeamClaims::ownSlotWithoutOurMarkIsSomebodyElse() {
    setFlags(1, {u"$AivaSending"_s, u"$AivaA01"_s});
    TAKEN_BY(m_one->claim(m_here), u"Agent 1"_s);
    QVERIFY(!m_one->anchor(m_here).isClaiming);
}

void TestTeamClaims::aReaderInBetweenCostsNoClaim() {
    fake(*m_one).beforeEach = [this](Call call, int number) {
        if (call == Call::ConditionalStore && number == 2) m_server->markSeen(u"INBOX"_s, 1, true);
    };
    GRANTED(m_one->claim(m_here));
    QCOMPARE(fake(*m_one).calls(Call::ConditionalStore), 3);
    QVERIFY(flagsOn(1).contains(u"\\Seen"_s));
}

void TestTeamClaims::aColleagueInBetweenWins() {
    fake(*m_one).beforeEach = [this](Call call, int number) {
        if (call == Call::ConditionalStore && number == 2) setFlags(1, {u"$AivaSending"_s, u"$AivaA02"_s});
    };
    TAKEN_BY(m_one->claim(m_here), u"Agent 2"_s);
    QCOMPARE(flagsOn(1), (QStringList{u"$AivaSending"_s, u"$AivaA02"_s}));
}

// What Dovecot does when two stores are the first changes of a folder: both are told they won, the later one stands.
void TestTeamClaims::oneWhoWasOverwrittenDoesNotGoOn() {
    fake(*m_one).beforeEach = [this](Call call, int number) {
        if (call == Call::State && number == 1) setFlags(1, {u"$AivaSending"_s, u"$AivaA02"_s});
    };
    TAKEN_BY(m_one->claim(m_here), u"Agent 2"_s);
    QVERIFY(!m_one->anchor(m_here).isClaiming);
    QCOMPARE(flagsOn(1), (QStringList{u"$AivaSending"_s, u"$AivaA02"_s}));
}

void TestTeamClaims::aLostLineIsFoundOut_data() {
    QTest::addColumn<int>("call");
    QTest::addColumn<bool>("tookEffect");
    QTest::addColumn<int>("stores");
    QTest::addColumn<int>("after");
    QTest::newRow("the first store") << int(Call::ConditionalStore) << false << 2 << 0;
    QTest::newRow("the claim took effect") << int(Call::ConditionalStore) << true << 2 << 1;
    QTest::newRow("the claim did not") << int(Call::ConditionalStore) << false << 3 << 1;
    QTest::newRow("while reading") << int(Call::Flags) << false << 2 << 0;
    QTest::newRow("at the last look") << int(Call::Flags) << false << 2 << 1;
}

void TestTeamClaims::aLostLineIsFoundOut() {
    QFETCH(const int, call);
    QFETCH(const bool, tookEffect);
    QFETCH(const int, after);
    fake(*m_one).failNext(static_cast<Call>(call), kLineLost, 1, after, tookEffect ? Effect::Taken : Effect::None);
    GRANTED(m_one->claim(m_here));
    QTEST(fake(*m_one).calls(Call::ConditionalStore), "stores");
    TAKEN_BY(m_two->claim(m_there), u"Agent 1"_s);
}

void TestTeamClaims::anUnknownOutcomeIsKnownAtTheNextAttempt() {
    for (const bool tookEffect : {true, false}) {
        fake(*m_one).failNext(Call::ConditionalStore, kLineLost, 1, 1, tookEffect ? Effect::Taken : Effect::None);
        fake(*m_one).failNext(Call::Flags, kLineLost, 5, 1);
        const auto unknown = m_one->claim(m_here);
        QVERIFY(!unknown && unknown.error().kind == ErrorKind::Network);
        GRANTED(m_one->claim(m_here)); // the line comes back while it asks
        TAKEN_BY(m_two->claim(m_there), u"Agent 1"_s);
        QVERIFY(m_one->release(m_here, Ending::Unsent).value_or(false));
    }
}

void TestTeamClaims::aColleagueWhoAnsweredJustNowBlocks() {
    GRANTED(m_two->claim(m_there));
    QVERIFY(m_two->release(m_there, Ending::Answered).value_or(false));
    QVERIFY(flagsOn(1).contains(u"$AivaWaiting"_s) && !flagsOn(1).contains(u"$AivaSending"_s));
    QCOMPARE(m_two->row(m_there).status, ConversationStatus::Waiting);
    TAKEN_BY(m_one->claim(m_here), u"Agent 2"_s);
    QCOMPARE(m_one->row(m_here).status, ConversationStatus::Waiting);
    GRANTED(m_one->claim(m_here)); // the person has seen it and answers all the same
}

void TestTeamClaims::aColleaguesNewMailTakesTheClaimBack_data() {
    QTest::addColumn<QString>("folder");
    QTest::newRow("filed under Sent") << u"Sent"_s;
    QTest::newRow("the copy in INBOX") << u"INBOX"_s;
}

void TestTeamClaims::aColleaguesNewMailTakesTheClaimBack() {
    QFETCH(const QString, folder);
    setFlags(1, {u"$AivaA02"_s});
    QVERIFY(m_one->sync());
    m_server->append(folder, shopAnswer(u"answer@shop"_s, u"a@x"_s));
    TAKEN_BY(m_one->claim(m_here), u"Agent 2"_s);
    QCOMPARE(flagsOn(1), QStringList{u"$AivaA02"_s});
    QCOMPARE(m_one->row(m_here).claimSlot, 0);
    QVERIFY(m_one->sync());
    GRANTED(m_one->claim(m_here));
}

void TestTeamClaims::otherNewMailTakesNothingBack() {
    m_server->append(u"Sent"_s, shopAnswer(u"elsewhere@shop"_s, u"unknown@x"_s));
    m_server->append(u"INBOX"_s, customerMail(u"b@x"_s, u"a@x"_s)); // the customer's is the draft guard's business
    m_server->append(u"Sent"_s, shopAnswer(u"mine@shop"_s, u"a@x"_s));
    m_server->appendUnreadable(u"Sent"_s, {ErrorKind::Invalid, u"too many parts"_s});
    m_one->sql(u"INSERT INTO outbox (mailbox_id, message_id, state, origin, subject, envelope_from, recipients, mail, "
               "text, draft, basis, cancel_when_customer_writes, queued_at, not_before, next_attempt_at) VALUES (1, "
               "'mine@shop', 'filing', 'person', '', '', '[]', x'', '', '', '', 0, 0, 0, 0)"_s);
    GRANTED(m_one->claim(m_here));
}

void TestTeamClaims::asksNobodyWhereNothingIsShared() {
    m_one->setMembership(TeamMode::SingleAgent, 0);
    fake(*m_one).clearLog();
    auto answer = m_one->claim(m_here);
    QVERIFY(answer && answer->outcome == Outcome::NotShared);
    QVERIFY(m_one->release(m_here, Ending::Answered).value_or(false));
    m_one->setMembership(TeamMode::Shared, 1);
    const auto fromFile =
        m_one->conversations->add(customerMail(u"file@x"_s), ConversationRepository::Direction::Inbound);
    QVERIFY(fromFile);
    m_one->sql(u"DELETE FROM mail_locations"_s);
    answer = m_one->claim(fromFile->conversation);
    QVERIFY(answer && answer->outcome == Outcome::NotShared);
    QVERIFY(fake(*m_one).log().isEmpty());
}

void TestTeamClaims::refusesWhileNobodyKnowsWhoWeAre() {
    m_one->setMembership(TeamMode::Unknown, 0);
    QCOMPARE(m_one->claim(m_here).error().kind, ErrorKind::Refused);
    m_one->setMembership(TeamMode::Shared, 0);
    QCOMPARE(m_one->claim(m_here).error().kind, ErrorKind::Refused);
    m_one->setMembership(TeamMode::Shared, 1);
    m_one->isOnline = false;
    QCOMPARE(m_one->claim(m_here).error().kind, ErrorKind::Network);
}

void TestTeamClaims::claimsOnAnyMessageOfTheConversationCount() {
    m_server->append(u"INBOX"_s, customerMail(u"b@x"_s, u"a@x"_s));
    QVERIFY(m_one->sync());
    setFlags(2, {u"$AivaSending"_s, u"$AivaA02"_s}); // by somebody who does not know of the older mail yet
    TAKEN_BY(m_one->claim(m_here), u"Agent 2"_s);
    setFlags(2, {});
    GRANTED(m_one->claim(m_here));
    QVERIFY(flagsOn(1).contains(u"$AivaSending"_s) && flagsOn(2).isEmpty());
}

void TestTeamClaims::theSmallestUidStillThereIsTheAnchor() {
    m_server->append(u"INBOX"_s, customerMail(u"b@x"_s, u"a@x"_s));
    QVERIFY(m_one->sync());
    m_server->expunge(u"INBOX"_s, 1);
    GRANTED(m_one->claim(m_here));
    QVERIFY(flagsOn(2).contains(u"$AivaA01"_s));
    QVERIFY(m_one->release(m_here, Ending::Unsent).value_or(false));
    QVERIFY(!flagsOn(2).contains(u"$AivaSending"_s));
    m_server->expunge(u"INBOX"_s, 2);
    QCOMPARE(m_one->claim(m_here).error().kind, ErrorKind::NotFound);
}

void TestTeamClaims::givesUpWhenTheMessageNeverRests() {
    fake(*m_one).beforeEach = [this](Call call, int number) {
        if (call == Call::ConditionalStore) m_server->markSeen(u"INBOX"_s, 1, number % 2 == 1);
    };
    QCOMPARE(m_one->claim(m_here).error().kind, ErrorKind::Conflict);
    QVERIFY(!flagsOn(1).contains(u"$AivaSending"_s));
    m_server->abilities.condStore = false;
    QCOMPARE(m_one->claim(m_here).error().cause, ErrorCause::NotSupported);
}

QTEST_GUILESS_MAIN(TestTeamClaims)
#include "tst_team_claims.moc"
