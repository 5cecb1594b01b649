#include "core/domain/team/team_card.h"
#include "core/domain/team/team_keywords.h"
#include "core/domain/team/team_wish.h"
#include "tests/support/patience.h"

#include <QRandomGenerator>

using namespace aiva;
using namespace Qt::StringLiterals;
using Status = ConversationStatus;

class TestTeamKeywords : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAnchorsTolerantly_data();
    void readsAnchorsTolerantly();
    void vocabularyLeavesRoomForOthers();
    void everyStateComesBackFromItsFlags();
    void keepsForeignFlagsWhateverComes();
    void wishesMeetTheServer_data();
    void wishesMeetTheServer();
    void wishesSurviveAsJson();
    void laterWishesCoverEarlierOnes();
    void agentNamesAreMadeHarmless_data();
    void agentNamesAreMadeHarmless();
    void cardsOnlyCountAsWeWriteThem_data();
    void cardsOnlyCountAsWeWriteThem();
};

void TestTeamKeywords::readsAnchorsTolerantly_data() {
    QTest::addColumn<QStringList>("flags");
    QTest::addColumn<Status>("status");
    QTest::addColumn<int>("slot");
    QTest::addColumn<bool>("sending");
    QTest::addColumn<QStringList>("foreign");
    const auto row = [](const char* name, const QStringList& flags, Status status, int slot, bool sending,
                        const QStringList& foreign) {
        QTest::newRow(name) << flags << status << slot << sending << foreign;
    };
    row("nothing", {}, Status::Open, 0, false, {});
    row("foreign only", {u"\\Seen"_s, u"$label1"_s}, Status::Open, 0, false, {u"\\Seen"_s, u"$label1"_s});
    row("waiting", {u"$AivaWaiting"_s}, Status::Waiting, 0, false, {});
    row("done with a slot", {u"$AivaDone"_s, u"$AivaA16"_s}, Status::Done, 16, false, {});
    row("other spelling", {u"$aivadone"_s, u"$AIVAA03"_s, u"$AIVASENDING"_s}, Status::Done, 3, true, {});
    row("two slots: the lowest", {u"$AivaA07"_s, u"$AivaA02"_s, u"$AivaA09"_s}, Status::Open, 2, false, {});
    row("waiting and done", {u"$AivaDone"_s, u"$AivaWaiting"_s}, Status::Waiting, 0, false, {});
    row("claimed by nobody known", {u"$AivaSending"_s}, Status::Open, 0, true, {});
    row("slots out of range", {u"$AivaA00"_s, u"$AivaA17"_s, u"$AivaA99"_s, u"$AivaA1"_s, u"$AivaA001"_s}, Status::Open,
        0, false, {u"$AivaA00"_s, u"$AivaA17"_s, u"$AivaA99"_s, u"$AivaA1"_s, u"$AivaA001"_s});
    row("not digits", {u"$AivaA0x"_s, u"$AivaA١٢"_s}, Status::Open, 0, false, {u"$AivaA0x"_s, u"$AivaA١٢"_s});
    row("twice and empty", {u"\\Seen"_s, u"\\seen"_s, QString()}, Status::Open, 0, false, {u"\\Seen"_s});
}

void TestTeamKeywords::readsAnchorsTolerantly() {
    QFETCH(const QStringList, flags);
    const AnchorState state = anchorStateFrom(flags);
    QTEST(state.status, "status");
    QTEST(state.assigneeSlot, "slot");
    QTEST(state.isSending, "sending");
    QTEST(state.foreign, "foreign");
}

void TestTeamKeywords::vocabularyLeavesRoomForOthers() {
    const QStringList words = teamVocabulary();
    QCOMPARE(words.size(), 19); // of the 26 a Maildir keeps
    for (const QString& word : words) {
        QVERIFY(word.startsWith(u"$Aiva"_s) && word.size() <= 50);
        QVERIFY(anchorStateFrom({word}).foreign.isEmpty());
    }
    for (int slot = 1; slot <= kTeamSlots; ++slot)
        QCOMPARE(slotOfKeyword(slotKeyword(slot)), slot);
}

void TestTeamKeywords::everyStateComesBackFromItsFlags() {
    int cases = 0;
    for (const Status status : {Status::Open, Status::Waiting, Status::Done})
        for (int slot = 0; slot <= kTeamSlots; ++slot)
            for (const bool sending : {false, true}) {
                const AnchorState state{status, slot, sending, {u"\\Flagged"_s, u"NonJunk"_s}};
                QCOMPARE(anchorStateFrom(anchorFlags(state)), state);
                AnchorState bare = state;
                bare.foreign.clear();
                QCOMPARE(anchorStateFrom(teamWords(state).split(u' ', Qt::SkipEmptyParts)), bare);
                ++cases;
            }
    QCOMPARE(cases, 3 * 17 * 2);
}

void TestTeamKeywords::keepsForeignFlagsWhateverComes() {
    QRandomGenerator random(20260220);
    const QStringList pool = teamVocabulary() + QStringList{u"\\Seen"_s, u"\\Answered"_s, u"$label1"_s, u"Junk"_s,
                                                            u"$AivaX"_s, u"$aivaa05"_s,   u"$AivaA0"_s};
    for (int round = 0; round < 2000; ++round) {
        QStringList flags;
        for (int i = random.bounded(12); i > 0; --i)
            flags << pool.at(random.bounded(static_cast<int>(pool.size())));
        const AnchorState state = anchorStateFrom(flags);
        const QStringList written = anchorFlags(state);
        for (const QString& flag : std::as_const(flags)) {
            const bool ours = teamVocabulary().contains(flag, Qt::CaseInsensitive);
            QVERIFY2(ours || written.contains(flag), qPrintable(flag));
        }
        QCOMPARE(anchorStateFrom(written), state); // writing settles nonsense
    }
}

void TestTeamKeywords::wishesMeetTheServer_data() {
    QTest::addColumn<TeamWish>("wish");
    QTest::addColumn<AnchorState>("server");
    QTest::addColumn<QString>("written"); // words, "=" when nothing is
    QTest::addColumn<QString>("lost");
    using Release = TeamWish::Release;
    const auto row = [](const char* name, const TeamWish& wish, const AnchorState& server, const QString& written,
                        const QString& lost = {}) { QTest::newRow(name) << wish << server << written << lost; };
    const QStringList seen{u"\\Seen"_s};
    const auto status = [](Status wanted, Status basis) {
        return TeamWish{wanted, {}, basis, 0, Release::None, false};
    };
    const auto assignee = [](int wanted, int basis) {
        return TeamWish{{}, wanted, Status::Open, basis, Release::None, false};
    };
    const auto release = [](Release how) { return TeamWish{{}, {}, Status::Open, 0, how, false}; };
    row("done", status(Status::Done, Status::Open), {Status::Open, 2, false, seen}, u"$AivaDone $AivaA02"_s);
    row("already done", status(Status::Done, Status::Open), {Status::Done, 2, false, seen}, u"="_s);
    row("a colleague set it waiting", status(Status::Done, Status::Open), {Status::Waiting, 2, false, seen}, u"="_s,
        u"status"_s);
    row("done while a colleague sends", status(Status::Done, Status::Open), {Status::Open, 2, true, seen},
        u"$AivaDone $AivaSending $AivaA02"_s);
    row("assigned", assignee(4, 0), {Status::Waiting, 0, false, seen}, u"$AivaWaiting $AivaA04"_s);
    row("given up", assignee(0, 3), {Status::Open, 3, false, seen}, u""_s);
    row("a colleague took it", assignee(4, 0), {Status::Open, 5, false, seen}, u"="_s, u"assignee"_s);
    row("a colleague is sending", assignee(4, 5), {Status::Open, 5, true, seen}, u"="_s, u"assignee"_s);
    row("answered", release(Release::Answered), {Status::Open, 3, true, seen}, u"$AivaWaiting $AivaA03"_s);
    row("answered and done", release(Release::Answered), {Status::Done, 3, true, seen}, u"$AivaDone $AivaA03"_s);
    row("unsent", release(Release::Unsent), {Status::Open, 3, true, seen}, u"$AivaA03"_s);
    row("unsent, taken over", release(Release::Unsent), {Status::Open, 4, true, seen}, u"="_s);
    row("answered, taken over and sending", release(Release::Answered), {Status::Open, 4, true, seen}, u"="_s);
    row("answered, claim broken", release(Release::Answered), {Status::Open, 4, false, seen},
        u"$AivaWaiting $AivaA04"_s);
    row("already released", release(Release::Answered), {Status::Waiting, 3, false, seen}, u"="_s);
    TeamWish quiet = status(Status::Open, Status::Waiting);
    quiet.isQuiet = true;
    row("reopened", quiet, {Status::Waiting, 1, false, seen}, u"$AivaA01"_s);
    row("reopened, but done meanwhile", quiet, {Status::Done, 1, false, seen}, u"="_s);
}

void TestTeamKeywords::wishesMeetTheServer() {
    QFETCH(const TeamWish, wish);
    QFETCH(const AnchorState, server);
    QFETCH(const QString, written);
    const WishOutcome outcome = fulfil(wish, server, 3);
    QCOMPARE(outcome.write ? teamWords(*outcome.write) : u"="_s, written);
    if (outcome.write) QCOMPARE(outcome.write->foreign, server.foreign);
    QTEST(QString(outcome.statusLost ? u"status"_s : outcome.assigneeLost ? u"assignee"_s : QString()), "lost");
}

void TestTeamKeywords::wishesSurviveAsJson() {
    QCOMPARE(toJson(TeamWish()), QString());
    const TeamWish wish{Status::Done, 0, Status::Waiting, 16, TeamWish::Release::Unsent, true};
    QCOMPARE(teamWishFromJson(toJson(wish)), wish);
    for (const QString& nonsense : {u""_s, u"[]"_s, u"{"_s, u"{\"status\":7,\"assignee\":17,\"release\":[]}"_s})
        QVERIFY2(teamWishFromJson(nonsense).isEmpty(), qPrintable(nonsense));
}

void TestTeamKeywords::laterWishesCoverEarlierOnes() {
    const TeamWish done{Status::Done, {}, Status::Waiting, 2, TeamWish::Release::None, true};
    const TeamWish open{Status::Open, 4, Status::Done, 2, TeamWish::Release::Answered, false};
    const TeamWish both = mergedWish(done, open);
    QCOMPARE(both, (TeamWish{Status::Open, 4, Status::Waiting, 2, TeamWish::Release::Answered, false}));
    QCOMPARE(mergedWish(TeamWish(), open), open);
}

void TestTeamKeywords::agentNamesAreMadeHarmless_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("clean");
    QTest::newRow("plain") << u"Ann Weiß"_s << u"Ann Weiß"_s;
    QTest::newRow("lines") << u" Ann\r\nBcc: x@y\t"_s << u"Ann Bcc: x@y"_s;
    QTest::newRow("turned round") << u"Ann\u202Enimda\u2069"_s << u"Annnimda"_s;
    QTest::newRow("controls only") << u"\u0001\u0002\u200B"_s << QString();
    QTest::newRow("long") << QString(500, u'x') << QString(60, u'x');
    QTest::newRow("cut inside a pair") << QString(59, u'x') + u"😀"_s << QString(59, u'x');
}

void TestTeamKeywords::agentNamesAreMadeHarmless() {
    QFETCH(const QString, name);
    QTEST(cleanAgentName(name), "clean");
}

void TestTeamKeywords::cardsOnlyCountAsWeWriteThem_data() {
    QTest::addColumn<QString>("messageId");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("slot"); // 0: no card
    const QString id(32, u'a');
    const auto row = [](const QString& messageId, const QString& name, int slot) {
        QTest::newRow(qPrintable(messageId + u' ' + name)) << messageId << name << slot;
    };
    row(u"card.03."_s + id + u".ff@team.aiva.invalid"_s, u"Ann"_s, 3);
    row(u"card.16."_s + id + u".0@team.aiva.invalid"_s, u"Ann"_s, 16);
    row(u"card.17."_s + id + u".0@team.aiva.invalid"_s, u"Ann"_s, 0);
    row(u"card.3."_s + id + u".0@team.aiva.invalid"_s, u"Ann"_s, 0);
    row(u"card.03."_s + id.chopped(1) + u".0@team.aiva.invalid"_s, u"Ann"_s, 0);
    row(u"card.03."_s + id.toUpper() + u".0@team.aiva.invalid"_s, u"Ann"_s, 0);
    row(u"card.03."_s + id + u".zz@team.aiva.invalid"_s, u"Ann"_s, 0);
    row(u"card.03."_s + id + u"@team.aiva.invalid"_s, u"Ann"_s, 0);
    row(u"card.03."_s + id + u".0@team.aiva.invalid.example"_s, u"Ann"_s, 0);
    row(u"card.03."_s + id + u".0@team.aiva.invalid"_s, u"\u202E"_s, 0);
    row(u"roster@team.aiva.invalid"_s, u"Ann"_s, 0);
    row(u""_s, u"Ann"_s, 0);
}

void TestTeamKeywords::cardsOnlyCountAsWeWriteThem() {
    QFETCH(const QString, messageId);
    QFETCH(const QString, name);
    MessageRecord message;
    message.messageId = messageId;
    message.from.name = name;
    const std::optional<TeamCard> card = teamCardFrom(message);
    QTEST(card ? card->slot : 0, "slot");
}

QTEST_GUILESS_MAIN(TestTeamKeywords)
#include "tst_team_keywords.moc"
