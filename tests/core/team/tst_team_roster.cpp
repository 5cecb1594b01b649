#include "core/adapters/mail/mime/mail_decoder.h"
#include "core/team/compare_and_set_test.h"
#include "core/team/team_connection.h"
#include "tests/core/team/team_agent.h"
#include "tests/support/fake_mailbox_port.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;
using Call = FakeMailboxPort::Call;
using Effect = FakeMailboxPort::Effect;
using SameName = RosterRequest::SameName;

namespace {

const Error kLineLost{ErrorKind::Network, u"the line was lost"_s, ErrorCause::ConnectionReset};

struct Member {
    explicit Member(FakeMailServer& server) : desk(std::make_unique<FakeMailboxPort>(server), 0) {}
    FakeMailboxPort& port() { return static_cast<FakeMailboxPort&>(*desk.port); }
    Future<TeamMembership> start(const QString& name, SameName sameName = SameName::Ask) {
        return (new TeamConnection(port(), desk.workspace.writer(), *desk.repository, *desk.mailboxes, clock,
                                   desk.mailbox, name, sameName, desk.port.get()))
            ->start();
    }
    Result<TeamMembership> connect(const QString& name = {}, SameName sameName = SameName::Ask) {
        return await(start(name, sameName));
    }
    QStringList team() {
        QStringList names;
        for (const TeamAgent& agent : desk.repository->agents(desk.mailbox).value_or({}))
            names << u"%1 %2%3"_s.arg(agent.slot).arg(agent.name, agent.isMe ? u" (me)"_s : QString());
        return names;
    }

    TeamAgentDesk desk;
    SystemClock clock;
};

} // namespace

class TestTeamRoster : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { startServer(); }

    void joinsOnceAndStays();
    void readsWithoutJoining();
    void everyColleagueGetsAPlaceOfTheirOwn();
    void joiningAtOnceGivesTwoPlaces();
    void isRenamed();
    void aColleaguesNameIsAskedFor();
    void aReinstalledDeskTakesItsPlaceBack();
    void aLostLineAnywhereIsRepaired();
    void aFullTeamRefuses();
    void strangersMailIsNoCard();
    void aLostRosterIsMadeAnew();
    void alonenessIsKeptWithItsReason();

private:
    size_t cards() {
        const auto& mails = m_server->folder(u"Aiva"_s).mails;
        return static_cast<size_t>(std::count_if(mails.begin(), mails.end(), [](const auto& mail) {
            return *mail.second.message && teamCardFrom(**mail.second.message).has_value();
        }));
    }
    QStringList takenSlots() {
        const FakeMail* roster = m_server->folder(u"Aiva"_s).find(teamRosterMessageId());
        return roster ? roster->flags.keywords : QStringList();
    }

    // One that reads mail as the product does.
    void startServer() {
        m_server = std::make_unique<FakeMailServer>();
        m_server->decode = [](const QByteArray& raw) { return decodeMail(raw, UtcTime(1)); };
    }

    std::unique_ptr<FakeMailServer> m_server;
};

void TestTeamRoster::joinsOnceAndStays() {
    Member ann(*m_server);
    for (int connect = 0; connect < 3; ++connect) {
        const auto joined = ann.connect(connect == 2 ? QString() : u"Ann"_s);
        QVERIFY2(joined, joined ? "" : qPrintable(joined.error().detail));
        QCOMPARE(joined->mySlot, 1);
        QCOMPARE(ann.team(), QStringList{u"1 Ann (me)"_s});
        QCOMPARE(cards(), 1U);
        QCOMPARE(takenSlots(), QStringList{u"$AivaA01"_s});
    }
    const auto membership = ann.desk.repository->membership(ann.desk.mailbox);
    QVERIFY(membership && membership->mode == TeamMode::Shared && membership->mySlot == 1);
}

void TestTeamRoster::readsWithoutJoining() {
    Member ann(*m_server);
    Member guest(*m_server);
    QVERIFY(ann.connect(u"Ann"_s));
    const auto looked = guest.connect();
    QVERIFY(looked && looked->mode == TeamMode::Shared && looked->mySlot == 0);
    QCOMPARE(guest.team(), QStringList{u"1 Ann"_s});
    QCOMPARE(cards(), 1U);
}

void TestTeamRoster::everyColleagueGetsAPlaceOfTheirOwn() {
    Member ann(*m_server);
    Member bob(*m_server);
    QVERIFY(ann.connect(u"Ann"_s) && bob.connect(u"Bob Weiß 😀"_s));
    QVERIFY(ann.connect());
    QCOMPARE(ann.team(), (QStringList{u"1 Ann (me)"_s, u"2 Bob Weiß 😀"_s}));
    QCOMPARE(takenSlots().size(), 2);
}

void TestTeamRoster::joiningAtOnceGivesTwoPlaces() {
    for (int round = 0; round < 12; ++round) {
        startServer();
        Member ann(*m_server);
        Member bob(*m_server);
        ann.port().latencyMs = round % 3;
        bob.port().latencyMs = round / 3 % 2;
        const auto first = ann.start(u"Ann"_s);
        const auto second = bob.start(u"Bob"_s);
        const auto one = await(first);
        const auto two = await(second);
        QVERIFY(one && two);
        QVERIFY2(one->mySlot > 0 && two->mySlot > 0 && one->mySlot != two->mySlot, "two share a place");
        QVERIFY(ann.connect() && bob.connect());
        QCOMPARE(ann.team().size(), 2);
        QCOMPARE(cards(), 2U);
    }
}

void TestTeamRoster::isRenamed() {
    Member ann(*m_server);
    Member bob(*m_server);
    QVERIFY(ann.connect(u"Ann"_s) && bob.connect(u"Bob"_s));
    const auto renamed = ann.connect(u"Anna\u202E K."_s);
    QVERIFY(renamed && renamed->mySlot == 1);
    QCOMPARE(ann.team(), (QStringList{u"1 Anna K. (me)"_s, u"2 Bob"_s}));
    QCOMPARE(cards(), 2U);
    const auto taken = ann.connect(u"bob"_s);
    QVERIFY(!taken && taken.error().kind == ErrorKind::Conflict);
}

void TestTeamRoster::aColleaguesNameIsAskedFor() {
    Member ann(*m_server);
    Member other(*m_server);
    QVERIFY(ann.connect(u"Ann"_s));
    const auto refused = other.connect(u"ANN"_s);
    QVERIFY(!refused && refused.error().kind == ErrorKind::Conflict);
    QCOMPARE(cards(), 1U);
}

void TestTeamRoster::aReinstalledDeskTakesItsPlaceBack() {
    Member bob(*m_server);
    Member old(*m_server);
    QVERIFY(bob.connect(u"Bob"_s) && old.connect(u"Ann"_s));
    Member fresh(*m_server);
    const auto back = fresh.connect(u"Ann"_s, SameName::TakeOver);
    QVERIFY2(back, back ? "" : qPrintable(back.error().detail));
    QCOMPARE(back->mySlot, 2);
    QCOMPARE(fresh.team(), (QStringList{u"1 Bob"_s, u"2 Ann (me)"_s}));
    QCOMPARE(cards(), 2U);
    const auto replaced = old.connect();
    QVERIFY(replaced && replaced->mySlot == 0); // two never claim with one slot
}

void TestTeamRoster::aLostLineAnywhereIsRepaired() {
    int cases = 0;
    for (const Call call : {Call::Append, Call::ConditionalStore, Call::Changes, Call::Fetch, Call::Erase})
        for (int after = 0; after < 4; ++after)
            for (const Effect effect : {Effect::None, Effect::Taken}) {
                startServer();
                Member bob(*m_server);
                QVERIFY(bob.connect(u"Bob"_s));
                Member ann(*m_server);
                ann.port().failNext(call, kLineLost, 1, after, effect);
                const auto first = ann.connect(u"Ann"_s);
                QVERIFY(first || first.error().kind == ErrorKind::Network);
                auto second = ann.connect(u"Ann"_s);
                if (!second) second = ann.connect(u"Ann"_s); // the line was lost in this run instead
                QVERIFY2(second, second ? "" : qPrintable(second.error().detail));
                auto third = ann.connect(u"Anna"_s);
                if (!third) third = ann.connect(u"Anna"_s);
                QVERIFY2(third, third ? "" : qPrintable(third.error().detail));
                QCOMPARE(third->mySlot, 2);
                QCOMPARE(cards(), 2U);
                QCOMPARE(ann.team(), (QStringList{u"1 Bob"_s, u"2 Anna (me)"_s}));
                QCOMPARE(takenSlots().size(), 2);
                ++cases;
            }
    qInfo("%d places of a lost line", cases);
}

void TestTeamRoster::aFullTeamRefuses() {
    Member ann(*m_server);
    QVERIFY(ann.connect(u"Ann"_s));
    for (int slot = 2; slot <= kTeamSlots; ++slot)
        m_server->appendRaw(u"Aiva"_s,
                            teamCardMail({slot, randomTeamId(), u"Agent %1"_s.arg(slot)}, u"0"_s, UtcTime(1)));
    Member late(*m_server);
    const auto refused = late.connect(u"Late"_s);
    QVERIFY(!refused && refused.error().kind == ErrorKind::Refused);
    // A place that is only marked is given away when no other is left.
    m_server->expunge(u"Aiva"_s, m_server->folder(u"Aiva"_s).mails.rbegin()->first);
    const auto last = late.connect(u"Late"_s);
    QVERIFY(last && last->mySlot == kTeamSlots);
}

void TestTeamRoster::strangersMailIsNoCard() {
    m_server->addFolder(u"Aiva"_s, FolderRole::None);
    m_server->append(u"Aiva"_s, customerMail(u"lunch@x"_s));
    m_server->appendUnreadable(u"Aiva"_s, {ErrorKind::Invalid, u"too many parts"_s});
    m_server->appendRaw(u"Aiva"_s, teamCardMail({1, u"not hex"_s, u"Eve"_s}, u"0"_s, UtcTime(1)));
    Member ann(*m_server);
    const auto joined = ann.connect(u"Ann"_s);
    QVERIFY(joined && joined->mySlot == 1);
    QCOMPARE(ann.team(), QStringList{u"1 Ann (me)"_s});
    QVERIFY(m_server->folder(u"Aiva"_s).find(u"lunch@x"_s)); // what is not ours is not touched
}

void TestTeamRoster::aLostRosterIsMadeAnew() {
    Member ann(*m_server);
    Member bob(*m_server);
    QVERIFY(ann.connect(u"Ann"_s) && bob.connect(u"Bob"_s));
    m_server->expunge(u"Aiva"_s, m_server->folder(u"Aiva"_s).find(teamRosterMessageId())->uid);
    QVERIFY(bob.connect() && ann.connect());
    QCOMPARE(takenSlots().size(), 2);
    QCOMPARE(bob.desk.repository->membership(bob.desk.mailbox)->mySlot, 2);
}

void TestTeamRoster::alonenessIsKeptWithItsReason() {
    m_server->abilities.condStore = false;
    Member ann(*m_server);
    const auto alone = ann.connect(u"Ann"_s);
    QVERIFY(alone && alone->mode == TeamMode::SingleAgent);
    const auto account = ann.desk.mailboxes->byId(ann.desk.mailbox);
    QVERIFY(account && *account);
    QCOMPARE((*account)->teamReason, u"no_condstore"_s);
    QVERIFY(!m_server->folders.contains(u"Aiva"_s));
}

QTEST_GUILESS_MAIN(TestTeamRoster)
#include "tst_team_roster.moc"
