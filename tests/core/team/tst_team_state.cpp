#include "tests/core/team/team_agent.h"
#include "tests/support/fake_mailbox_port.h"
#include "tests/support/patience.h"

#include <QSignalSpy>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;
using Call = FakeMailboxPort::Call;
using Status = ConversationStatus;

class TestTeamState : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void whatTheServerSaysBecomesTheRow();
    void whatMailSaidStaysUntilTheServerChanges();
    void changesAreCarriedToEveryColleague();
    void changesWaitWhileOffline();
    void aColleaguesChangeWinsAndIsTold();
    void aConflictIsToldAsSoonAsItComesIn();
    void whoIsSendingIsNotReplaced();
    void aReleaseWaitsWhileOffline();
    void mergedConversationsKeepTheSmallestUid();
    void aClaimOnALeftoverIsNotCleanedAway();
    void theStateMovesAlongWhenItsMessageGoes();
    void aCustomersMailOpensForEverybody();
    void yesterdaysFlagsAreIgnored();
    void neverComparesWithAnOldNumber();
    void uidsThatStartAnewKeepWishes();
    void aloneNothingIsWritten();
    void takesAClaimOverOnlyFromWhomThePersonSaw();
    void colleaguesAgreeWhateverHappens();

private:
    std::unique_ptr<TeamAgentDesk> newDesk(int slot);
    FakeMailboxPort& fake(TeamAgentDesk& desk) { return static_cast<FakeMailboxPort&>(*desk.port); }
    QString wordsOn(quint32 uid) {
        return teamWords(anchorStateFrom(flagWords(m_server->folder(u"INBOX"_s).mails.at(uid).flags)));
    }
    void setFlags(quint32 uid, const QStringList& words) { m_server->setFlags(u"INBOX"_s, uid, flagsFrom(words)); }

    std::unique_ptr<FakeMailServer> m_server;
    std::unique_ptr<TeamAgentDesk> m_one;
    std::unique_ptr<TeamAgentDesk> m_two;
    ConversationId m_here;
    ConversationId m_there;
};

void TestTeamState::init() {
    m_server = std::make_unique<FakeMailServer>();
    m_server->append(u"INBOX"_s, customerMail(u"a@x"_s), flagsFrom({u"$label1"_s}));
    m_one = newDesk(1);
    m_two = newDesk(2);
    QVERIFY(m_one->sync() && m_two->sync());
    m_here = m_one->conversationOf(u"a@x"_s);
    m_there = m_two->conversationOf(u"a@x"_s);
}

void TestTeamState::cleanup() {
    m_one.reset();
    m_two.reset();
    m_server.reset();
}

std::unique_ptr<TeamAgentDesk> TestTeamState::newDesk(int slot) {
    return std::make_unique<TeamAgentDesk>(std::make_unique<FakeMailboxPort>(*m_server), slot);
}

void TestTeamState::whatTheServerSaysBecomesTheRow() {
    QSignalSpy changed(m_one->state.get(), &TeamState::stateChanged);
    setFlags(1, {u"$AivaDone"_s, u"$AivaSending"_s, u"$AivaA02"_s});
    QVERIFY(m_one->sync());
    QCOMPARE(m_one->row(m_here).status, Status::Done);
    QCOMPARE(m_one->row(m_here).assigneeSlot, 2);
    QCOMPARE(m_one->row(m_here).claimSlot, 2);
    QCOMPARE(changed.size(), 1);
    QVERIFY(m_one->sync());
    QCOMPARE(changed.size(), 1);
    setFlags(1, {});
    QVERIFY(m_one->sync());
    QCOMPARE(m_one->row(m_here).status, Status::Open);
    QCOMPARE(m_one->row(m_here).claimSlot, 0);
}

void TestTeamState::whatMailSaidStaysUntilTheServerChanges() {
    setFlags(1, {u"$AivaWaiting"_s});
    QVERIFY(m_one->sync());
    QVERIFY(m_one->conversations->setStatus(m_here, Status::Open)); // as a customer's new mail does
    m_server->markSeen(u"INBOX"_s, 1, true);
    QVERIFY(m_one->sync());
    QCOMPARE(m_one->row(m_here).status, Status::Open);
    setFlags(1, {u"$AivaDone"_s});
    QVERIFY(m_one->sync());
    QCOMPARE(m_one->row(m_here).status, Status::Done);
}

void TestTeamState::changesAreCarriedToEveryColleague() {
    QVERIFY(m_one->state->setStatus(m_here, Status::Done));
    QVERIFY(m_one->state->assign(m_here, 2));
    QCOMPARE(m_one->row(m_here).status, Status::Done); // at once
    QVERIFY(m_one->carry());
    QCOMPARE(wordsOn(1), u"$AivaDone $AivaA02"_s);
    QVERIFY(flagWords(m_server->folder(u"INBOX"_s).mails.at(1).flags).contains(u"$label1"_s));
    QVERIFY(m_one->anchor(m_here).wanted.isEmpty());
    QVERIFY(m_two->sync());
    QCOMPARE(m_two->row(m_there).status, Status::Done);
    QCOMPARE(m_two->row(m_there).assigneeSlot, 2);
    QVERIFY(!m_one->state->assign(m_here, 17));
}

void TestTeamState::changesWaitWhileOffline() {
    fake(*m_one).setOnline(false);
    QVERIFY(m_one->state->setStatus(m_here, Status::Waiting));
    QVERIFY(m_one->state->setStatus(m_here, Status::Done));
    QVERIFY(m_one->carry());
    QCOMPARE(wordsOn(1), QString());
    QVERIFY(!m_one->anchor(m_here).wanted.isEmpty());
    QCOMPARE(m_one->row(m_here).status, Status::Done);
    fake(*m_one).setOnline(true);
    QVERIFY(m_one->carry());
    QCOMPARE(wordsOn(1), u"$AivaDone"_s);
    QVERIFY(m_one->anchor(m_here).wanted.isEmpty());
}

void TestTeamState::aColleaguesChangeWinsAndIsTold() {
    QSignalSpy lost(m_one->state.get(), &TeamState::wishLost);
    fake(*m_one).setOnline(false);
    QVERIFY(m_one->state->setStatus(m_here, Status::Done));
    QVERIFY(m_one->state->assign(m_here, 1));
    setFlags(1, {u"$AivaWaiting"_s});
    fake(*m_one).setOnline(true);
    QVERIFY(m_one->carry());
    QCOMPARE(wordsOn(1), u"$AivaWaiting $AivaA01"_s); // what nobody else touched is carried
    QCOMPARE(m_one->row(m_here).status, Status::Waiting);
    QCOMPARE(m_one->row(m_here).assigneeSlot, 1);
    QCOMPARE(lost.size(), 1);
    QCOMPARE(lost.first().at(1).toBool(), true);
    QCOMPARE(lost.first().at(2).toBool(), false);
    QVERIFY(m_one->anchor(m_here).wanted.isEmpty());
}

void TestTeamState::aConflictIsToldAsSoonAsItComesIn() {
    m_one->isOnline = false; // nothing is carried, but sync still reads
    QVERIFY(m_one->state->assign(m_here, 1));
    setFlags(1, {u"$AivaA02"_s});
    QSignalSpy lost(m_one->state.get(), &TeamState::wishLost);
    QVERIFY(m_one->sync());
    QCOMPARE(lost.size(), 1);
    QCOMPARE(m_one->row(m_here).assigneeSlot, 2);
    QVERIFY(m_one->anchor(m_here).wanted.isEmpty());
}

void TestTeamState::whoIsSendingIsNotReplaced() {
    QVERIFY(m_two->claim(m_there));
    QSignalSpy lost(m_one->state.get(), &TeamState::wishLost);
    QVERIFY(m_one->state->assign(m_here, 1));
    QVERIFY(m_one->carry());
    QCOMPARE(wordsOn(1), u"$AivaSending $AivaA02"_s);
    QCOMPARE(lost.size(), 1);
    QCOMPARE(m_one->row(m_here).assigneeSlot, 2);
}

void TestTeamState::aReleaseWaitsWhileOffline() {
    QVERIFY(m_one->claim(m_here));
    m_one->isOnline = false;
    const auto released = m_one->release(m_here, ClaimPort::Ending::Answered);
    QVERIFY(released && !*released);
    QCOMPARE(wordsOn(1), u"$AivaSending $AivaA01"_s);
    m_one->isOnline = true;
    QVERIFY(m_one->carry());
    QCOMPARE(wordsOn(1), u"$AivaWaiting $AivaA01"_s);
    QVERIFY(!m_one->anchor(m_here).isClaiming);
}

void TestTeamState::mergedConversationsKeepTheSmallestUid() {
    MessageRecord other = customerMail(u"b@x"_s);
    m_server->append(u"INBOX"_s, other, flagsFrom({u"$AivaDone"_s, u"$AivaA02"_s, u"\\Flagged"_s}));
    setFlags(1, {u"$AivaWaiting"_s, u"$AivaA01"_s});
    QVERIFY(m_one->sync());
    const ConversationId second = m_one->conversationOf(u"b@x"_s);
    QVERIFY(second != m_here);
    QCOMPARE(m_one->row(second).status, Status::Done);
    const auto merged = m_one->conversations->merge(second, m_here, UtcTime(1));
    QVERIFY(merged);
    m_one->state->placesChanged(*merged);
    QVERIFY(m_one->carry());
    QCOMPARE(m_one->row(*merged).status, Status::Waiting);
    QCOMPARE(m_one->row(*merged).assigneeSlot, 1);
    QCOMPARE(m_one->anchor(*merged).uid, 1U);
    QCOMPARE(wordsOn(1), u"$AivaWaiting $AivaA01"_s);
    QCOMPARE(flagWords(m_server->folder(u"INBOX"_s).mails.at(2).flags), QStringList{u"\\Flagged"_s});
}

void TestTeamState::aClaimOnALeftoverIsNotCleanedAway() {
    m_server->append(u"INBOX"_s, customerMail(u"b@x"_s, u"a@x"_s), flagsFrom({u"$AivaSending"_s, u"$AivaA02"_s}));
    QVERIFY(m_one->sync());
    QVERIFY(m_one->carry());
    QCOMPARE(wordsOn(2), u"$AivaSending $AivaA02"_s);
    setFlags(2, {u"$AivaWaiting"_s, u"$AivaA02"_s});
    QVERIFY(m_one->sync());
    QVERIFY(m_one->carry());
    QCOMPARE(wordsOn(2), QString());
}

void TestTeamState::theStateMovesAlongWhenItsMessageGoes() {
    m_server->append(u"INBOX"_s, customerMail(u"b@x"_s, u"a@x"_s));
    QVERIFY(m_one->state->setStatus(m_here, Status::Waiting));
    QVERIFY(m_one->state->assign(m_here, 2));
    QVERIFY(m_one->carry() && m_one->sync() && m_two->sync());
    m_server->expunge(u"INBOX"_s, 1);
    QVERIFY(m_one->sync() && m_one->carry());
    QVERIFY(m_two->sync() && m_two->carry());
    QCOMPARE(wordsOn(2), u"$AivaWaiting $AivaA02"_s);
    QCOMPARE(m_two->row(m_there).status, Status::Waiting);
    QCOMPARE(m_two->anchor(m_there).uid, 2U);
}

void TestTeamState::aCustomersMailOpensForEverybody() {
    QVERIFY(m_one->state->setStatus(m_here, Status::Done));
    QVERIFY(m_one->carry() && m_two->sync());
    MessageRecord more = customerMail(u"b@x"_s, u"a@x"_s);
    more.date = more.date.plusDays(1);
    m_server->append(u"INBOX"_s, more);
    QVERIFY(m_two->sync());
    QCOMPARE(m_two->row(m_there).status, Status::Open);
    m_two->state->customerWrote(m_there);
    QVERIFY(m_two->carry());
    QCOMPARE(wordsOn(1), QString());
    QVERIFY(m_one->sync());
    QCOMPARE(m_one->row(m_here).status, Status::Open);
    m_one->state->customerWrote(m_here);
    QVERIFY(m_one->anchor(m_here).wanted.isEmpty());
}

void TestTeamState::yesterdaysFlagsAreIgnored() {
    FlagUpdate old{1, m_server->folder(u"INBOX"_s).mails.at(1).modSeq, {}};
    QVERIFY(m_one->state->setStatus(m_here, Status::Done));
    QVERIFY(m_one->carry());
    m_one->state->flagsChanged(m_one->inbox, {old}); // read before our change, told after it
    QCOMPARE(m_one->row(m_here).status, Status::Done);
}

void TestTeamState::neverComparesWithAnOldNumber() {
    for (int i = 0; i < 20; ++i)
        m_server->markSeen(u"INBOX"_s, 1, i % 2 == 0);
    QVERIFY(m_one->state->setStatus(m_here, Status::Done));
    QVERIFY(m_one->carry() && m_one->sync());
    const quint64 before = m_one->anchor(m_here).modSeq;
    m_server->loseIndex(u"INBOX"_s);
    const quint64 after = m_server->folder(u"INBOX"_s).mails.at(1).modSeq;
    QVERIFY(after < before);
    m_one->state->modSeqsWentBack(m_one->inbox);
    setFlags(1, {u"$AivaWaiting"_s});
    QVERIFY(m_one->sync());
    QCOMPARE(m_one->row(m_here).status, Status::Waiting); // believed although its number is small
    fake(*m_one).clearLog();
    const quint64 now = m_server->folder(u"INBOX"_s).mails.at(1).modSeq;
    QVERIFY(m_one->claim(m_here));
    QStringList stores = fake(*m_one).log().filter(u"store INBOX"_s);
    QVERIFY(stores.takeFirst().startsWith(u"store INBOX 1 if 0 "_s)); // the one that must fail
    QCOMPARE(stores.size(), 1);
    QVERIFY2(stores.first().startsWith(u"store INBOX 1 if %1 "_s.arg(now)), qPrintable(stores.first()));
}

void TestTeamState::uidsThatStartAnewKeepWishes() {
    m_one->isOnline = false;
    QVERIFY(m_one->state->setStatus(m_here, Status::Done));
    m_one->isOnline = true;
    m_server->renewUidValidity(u"INBOX"_s);
    QVERIFY(m_one->mailboxes->forgetFolder(m_one->inbox));
    m_one->state->uidsStartedAnew(m_one->inbox);
    QCOMPARE(m_one->anchor(m_here).uid, 0U);
    QVERIFY(m_one->sync() && m_one->carry());
    const quint32 uid = m_server->folder(u"INBOX"_s).mails.begin()->first;
    QCOMPARE(wordsOn(uid), u"$AivaDone"_s);
    QCOMPARE(m_one->anchor(m_here).uid, uid);
    QCOMPARE(m_one->row(m_here).status, Status::Done);
}

void TestTeamState::aloneNothingIsWritten() {
    m_one->setMembership(TeamMode::SingleAgent, 0);
    fake(*m_one).clearLog();
    QVERIFY(m_one->state->setStatus(m_here, Status::Done));
    QVERIFY(m_one->carry());
    m_one->state->flagsChanged(m_one->inbox, {{1, 99, flagsFrom({u"$AivaWaiting"_s})}});
    QCOMPARE(m_one->row(m_here).status, Status::Done);
    QVERIFY(fake(*m_one).log().isEmpty());
}

void TestTeamState::takesAClaimOverOnlyFromWhomThePersonSaw() {
    QVERIFY(m_two->claim(m_there));
    const auto wrong = await(m_one->claims->takeOver(m_one->mailbox, m_here, 3));
    QVERIFY(!wrong && wrong.error().cause == ErrorCause::ClaimTaken);
    QCOMPARE(wordsOn(1), u"$AivaSending $AivaA02"_s);
    QVERIFY(await(m_one->claims->takeOver(m_one->mailbox, m_here, 2)).value_or(false));
    QCOMPARE(wordsOn(1), u"$AivaA01"_s);
    // The colleague comes back, releases, and disturbs nothing.
    QVERIFY(m_two->release(m_there, ClaimPort::Ending::Unsent).value_or(false));
    QCOMPARE(wordsOn(1), u"$AivaA01"_s);
}

// Three desks change the same conversation at random over lines that fail; at most one ever believes to hold the claim,
// and when all is quiet the rows say what the server says.
void TestTeamState::colleaguesAgreeWhateverHappens() {
    const int rounds = qEnvironmentVariableIntValue("AIVA_RUNS") > 0 ? qEnvironmentVariableIntValue("AIVA_RUNS") : 12;
    auto three = newDesk(3);
    QVERIFY(three->sync());
    const std::vector<TeamAgentDesk*> desks{m_one.get(), m_two.get(), three.get()};
    int granted = 0;
    for (int round = 0; round < rounds; ++round) {
        QRandomGenerator random(static_cast<quint32>(round));
        std::map<TeamAgentDesk*, bool> holds;
        for (int step = 0; step < 30; ++step) {
            TeamAgentDesk* desk = desks.at(static_cast<size_t>(random.bounded(3)));
            const ConversationId conversation = desk->conversationOf(u"a@x"_s);
            if (random.bounded(4) == 0)
                fake(*desk).failNext(static_cast<Call>(random.bounded(int(Call::Flags), int(Call::Append))),
                                     {ErrorKind::Network, u"lost"_s}, random.bounded(1, 4), random.bounded(3),
                                     random.bounded(2) ? FakeMailboxPort::Effect::Taken
                                                       : FakeMailboxPort::Effect::None);
            switch (random.bounded(6)) {
            case 0:
                (void)desk->state->setStatus(conversation, static_cast<Status>(random.bounded(3)));
                break;
            case 1:
                (void)desk->state->assign(conversation, random.bounded(4));
                break;
            case 2:
                (void)desk->sync();
                break;
            case 3:
                m_server->markSeen(u"INBOX"_s, 1, random.bounded(2) == 1);
                break;
            case 4: {
                const auto answer = desk->claim(conversation);
                if (!answer || answer->outcome != ClaimAnswer::Outcome::Granted) break;
                ++granted;
                for (const auto& [other, held] : holds)
                    QVERIFY2(other == desk || !held, "two hold the claim");
                holds[desk] = true;
                break;
            }
            default:
                if (!holds[desk]) break;
                (void)desk->release(conversation, ClaimPort::Ending::Answered);
                holds[desk] = false;
            }
        }
        for (int quiet = 0; quiet < 4; ++quiet)
            for (TeamAgentDesk* desk : desks) {
                (void)desk->release(desk->conversationOf(u"a@x"_s), ClaimPort::Ending::Unsent);
                while (!desk->sync()) {
                }
                QVERIFY(desk->carry());
            }
        const AnchorState server = anchorStateFrom(flagWords(m_server->folder(u"INBOX"_s).mails.at(1).flags));
        QVERIFY(!server.isSending);
        for (TeamAgentDesk* desk : desks) {
            const ConversationTeamState row = desk->row(desk->conversationOf(u"a@x"_s));
            QCOMPARE(row.assigneeSlot, server.assigneeSlot);
            QCOMPARE(row.claimSlot, 0);
            QCOMPARE(row.status, server.status);
            QVERIFY(desk->anchor(desk->conversationOf(u"a@x"_s)).wanted.isEmpty());
        }
    }
    qInfo("%d rounds, %d claims granted", rounds, granted);
}

QTEST_GUILESS_MAIN(TestTeamState)
#include "tst_team_state.moc"
