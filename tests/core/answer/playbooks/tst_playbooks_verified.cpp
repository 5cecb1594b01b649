#include "tests/core/answer/playbooks/playbook_world.h"

#include "core/answer/playbooks/playbook_file.h"
#include "core/answer/verify/verifier.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray isoOf(const QDateTime& moment) {
    return UtcTime(moment.toMSecsSinceEpoch()).isoText().toLatin1();
}

VerifierVerdict verdictOn(const PlaybookWorld& world, const AnswerDraft& draft) {
    VerifierInput input;
    input.reply = draft.reply;
    input.language = draft.language;
    input.intent = draft.intent;
    input.facts = world.facts;
    input.declaredFacts = draft.declaredFacts;
    input.cards = draft.cards;
    input.sendAt = world.now.plusSeconds(120);
    input.author = VerifierInput::Author::Playbook;
    return verify(input);
}

QString problemsOf(const VerifierVerdict& verdict) {
    QStringList problems;
    for (const Claim& claim : verdict.claims)
        if (claim.status != ClaimStatus::Proven)
            problems.append(u"check %1: \"%2\" %3"_s.arg(claim.check).arg(claim.text, claim.reason));
    return problems.join(u"; "_s);
}

} // namespace

class PlaybooksVerifiedTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void provesWhateverAPlaybookSays_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("language");
        for (const QString& name : PlaybookWorld::playbookNames())
            for (const QString& language : playbookLanguages())
                QTest::addRow("%s %s", qPrintable(name), qPrintable(language)) << name << language;
    }

    void provesWhateverAPlaybookSays() {
        QFETCH(const QString, name);
        QFETCH(const QString, language);
        static const PlaybookBook book = *PlaybookBook::shipped();
        PlaybookWorld world = PlaybookWorld::forPlaybook(name);
        world.reading.language = language;
        world.addFact(FactKind::Policy, u"30 days"_s, u"return_window"_s);
        const auto draft = draftFrom(book, world.asked());
        QVERIFY(draft);
        const VerifierVerdict verdict = verdictOn(world, *draft);
        QVERIFY2(verdict.passed(), qPrintable(problemsOf(verdict) + u'\n' + draft->reply));
    }

    // Names of months are words of other meanings, too.
    void provesAnyDay() {
        int drafts = 0;
        for (int month = 1; month <= 12; ++month)
            for (const int day : {1, 2, 12, 28}) {
                const QDateTime shipped(QDate(2026, month, day), QTime(10, 0), Qt::UTC);
                PlaybookWorld world;
                world.addOrder(u"#1042"_s, isoOf(shipped.addDays(-1)).constData());
                world.setStatus(u"#1042"_s, u"FULFILLED"_s);
                world.now = UtcTime(shipped.addDays(5).toMSecsSinceEpoch());
                const int parcel = world.addParcel(u"#1042"_s, u"USPS"_s, u"9400111899223197428490"_s);
                world.drop(FactKind::ShippedAt);
                world.addMoment(u"#1042"_s, FactKind::ShippedAt, isoOf(shipped).constData(), parcel);
                for (const bool isDelivered : {false, true}) {
                    if (isDelivered)
                        world.addMoment(u"#1042"_s, FactKind::DeliveredAt, isoOf(shipped.addDays(3)).constData(),
                                        parcel);
                    drafts += proveInEachLanguage(world, isDelivered ? u"wismo_delivered"_s : u"wismo_fulfilled"_s);
                }
            }
        qInfo("%d drafts", drafts);
    }

    void provesAnyHandlingTime() {
        int drafts = 0;
        for (const QString& time : {u"24 hours"_s, u"1 hour"_s, u"3 days"_s, u"1 to 2 business days"_s,
                                    u"5-7 Werktage"_s, u"1 week"_s, u"2 semaines"_s, u"3 días hábiles"_s}) {
            PlaybookWorld world;
            world.drop(FactKind::Policy);
            world.addFact(FactKind::Policy, time, u"handling_time"_s);
            world.addOrder(u"#1042"_s, "2026-05-12T11:59:00Z");
            world.setStatus(u"#1042"_s, u"UNFULFILLED"_s);
            drafts += proveInEachLanguage(world, u"wismo_unfulfilled"_s);
        }
        qInfo("%d drafts", drafts);
    }

private:
    int proveInEachLanguage(PlaybookWorld world, const QString& origin) {
        static const PlaybookBook book = *PlaybookBook::shipped();
        for (const QString& language : playbookLanguages()) {
            world.reading.language = language;
            const auto draft = draftFrom(book, world.asked());
            const bool isThat = draft && draft->origin == origin;
            const VerifierVerdict verdict = isThat ? verdictOn(world, *draft) : VerifierVerdict{};
            if (!isThat || !verdict.passed())
                QTest::qFail(qPrintable(isThat ? problemsOf(verdict) + u'\n' + draft->reply : u"no draft"_s), __FILE__,
                             __LINE__);
        }
        return int(playbookLanguages().size());
    }
};

QTEST_GUILESS_MAIN(PlaybooksVerifiedTest)
#include "tst_playbooks_verified.moc"
