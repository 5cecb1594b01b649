// How a mailbox's team is looked at: one look at a time, and a place on the team for who has none.
#include "core/adapters/mail/mime/mail_decoder.h"
#include "core/desk/mail/team_looks.h"
#include "tests/core/team/team_agent.h"
#include "tests/support/fake_mailbox_port.h"
#include "tests/support/patience.h"

#include <QSignalSpy>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestTeamLooks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void joinsUnderThePersonsNameWhereNobodyChoseOne();
    void staysOutsideWithoutAName();
    void looksOneAfterTheOther();
    void saysWhenTheMailboxIsNotConnected();

private:
    std::unique_ptr<TeamLooks> looksFor(const QString& personName);
    QStringList team();

    SystemClock m_clock;
    std::unique_ptr<FakeMailServer> m_server;
    std::unique_ptr<TeamAgentDesk> m_desk;
};

void TestTeamLooks::init() {
    m_desk.reset();
    m_server = std::make_unique<FakeMailServer>();
    m_server->decode = [](const QByteArray& raw) { return decodeMail(raw, UtcTime(1)); }; // as the product reads mail
    m_desk = std::make_unique<TeamAgentDesk>(std::make_unique<FakeMailboxPort>(*m_server), 0);
    QVERIFY(m_desk->repository->setAgents(m_desk->mailbox, {}));
}

std::unique_ptr<TeamLooks> TestTeamLooks::looksFor(const QString& personName) {
    return std::make_unique<TeamLooks>(
        TeamLooks::Books{m_desk->workspace.writer(), *m_desk->repository, *m_desk->mailboxes},
        [this](MailboxId) { return m_desk->line(); }, m_clock, personName);
}

QStringList TestTeamLooks::team() {
    QStringList names;
    for (const TeamAgent& agent : m_desk->repository->agents(m_desk->mailbox).value_or({}))
        names << u"%1 %2%3"_s.arg(agent.slot).arg(agent.name, agent.isMe ? u" (me)"_s : QString());
    return names;
}

void TestTeamLooks::joinsUnderThePersonsNameWhereNobodyChoseOne() {
    const auto looks = looksFor(u"Anna"_s);
    QSignalSpy looked(looks.get(), &TeamLooks::looked);
    const auto done = await(looks->look(m_desk->mailbox, {}));
    QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    QCOMPARE(team(), QStringList{u"1 Anna (me)"_s});
    QCOMPARE(looked.size(), 1);
    QVERIFY(await(looks->look(m_desk->mailbox, u"Kim"_s))); // a name somebody chose renames
    QVERIFY(await(looks->look(m_desk->mailbox, {})));
    QCOMPARE(team(), QStringList{u"1 Kim (me)"_s});
}

void TestTeamLooks::staysOutsideWithoutAName() {
    const auto looks = looksFor({});
    QVERIFY(await(looks->look(m_desk->mailbox, {})));
    QCOMPARE(team(), QStringList());
    const auto membership = m_desk->repository->membership(m_desk->mailbox);
    QVERIFY(membership && membership->mode == TeamMode::Shared && membership->mySlot == 0);
}

void TestTeamLooks::looksOneAfterTheOther() {
    static_cast<FakeMailboxPort&>(*m_desk->port).latencyMs = 1;
    const auto looks = looksFor(u"Anna"_s);
    QSignalSpy looked(looks.get(), &TeamLooks::looked);
    const auto first = looks->look(m_desk->mailbox, {});
    const auto second = looks->look(m_desk->mailbox, u"Kim"_s);
    QVERIFY(await(second));
    QVERIFY(first.isFinished() && await(first)); // in the order they were asked for
    QCOMPARE(looked.size(), 2);
    QCOMPARE(team(), QStringList{u"1 Kim (me)"_s}); // one place, not two
}

void TestTeamLooks::saysWhenTheMailboxIsNotConnected() {
    const auto looks = looksFor(u"Anna"_s);
    QSignalSpy looked(looks.get(), &TeamLooks::looked);
    m_desk->isOnline = false;
    const auto refused = await(looks->look(m_desk->mailbox, {}));
    QVERIFY(!refused && refused.error().kind == ErrorKind::NotFound);
    QVERIFY(looked.isEmpty());
    m_desk->isOnline = true;
    QVERIFY(await(looks->look(m_desk->mailbox, {})));
    QCOMPARE(looked.size(), 1);
}

QTEST_GUILESS_MAIN(TestTeamLooks)
#include "tst_team_looks.moc"
