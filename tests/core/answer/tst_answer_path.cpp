#include "core/answer/facts/fact_collector.h"
#include "core/answer/gate/gate.h"
#include "core/answer/playbooks/playbook_book.h"
#include "core/answer/playbooks/playbook_file.h"
#include "core/answer/verify/verifier.h"
#include "core/domain/answering/named_orders.h"
#include "tests/core/answer/facts/made_sources.h"
#include "tests/support/patience.h"
#include "tests/support/time_allowance.h"

#include <QElapsedTimer>

#include <functional>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

using Change = std::function<void(AnswerSources&)>;

struct Path {
    const char* name;
    Intent intent;
    Change change;
    const char* playbook;
    const char* heldBy; // the first failing check; empty: it is sent
};

OrderView& order(AnswerSources& sources) {
    return sources.customer->orders.front();
}

// A plain customer, not a VIP, with order #1042 on its way; a returns portal; asked at noon of 24 February 2026.
AnswerSources plainSources() {
    AnswerSources sources = vipSources();
    sources.customer->tags.clear();
    sources.customer->precedence = Precedence::Returning;
    sources.store.timeZone = u"Europe/Berlin"_s;
    sources.knowledge.push_back(
        madeKnowledge(9, KnowledgeKind::Link, u"Returns portal"_s, {}, u"https://acme.example/returns"_s));
    return sources;
}

Change unshipped(const char* createdAt) {
    return [createdAt](AnswerSources& sources) {
        order(sources).fulfillmentStatus = u"UNFULFILLED"_s;
        order(sources).tracking.clear();
        order(sources).createdAt = timeOf(createdAt);
    };
}

void addSecondParcel(AnswerSources& sources) {
    order(sources).tracking.push_back(
        madeParcel(u"UPS"_s, u"1Z999AA10123456784"_s, u"https://www.ups.com/track?tracknum=1Z999AA10123456784"_s));
}

Change delivered(const char* when) {
    return [when](AnswerSources& sources) {
        order(sources).createdAt = timeOf(when).plusDays(-4);
        order(sources).tracking.front().shippedAt = timeOf(when).plusDays(-2);
        order(sources).tracking.front().deliveredAt = timeOf(when);
    };
}

std::vector<Path> paths() {
    const Change none = [](AnswerSources&) {};
    return {
        {"shipped", Intent::OrderStatus, none, "wismo_fulfilled", ""},
        {"two parcels", Intent::OrderStatus, addSecondParcel, "wismo_fulfilled_parcels", ""},
        {"being packed", Intent::OrderStatus, unshipped("2026-02-24T09:00:00Z"), "wismo_unfulfilled", ""},
        {"late", Intent::OrderStatus, unshipped("2026-02-22T09:00:00Z"), "wismo_late", "needs_no_person"},
        {"partly shipped", Intent::OrderStatus,
         [](AnswerSources& sources) { order(sources).fulfillmentStatus = u"PARTIALLY_FULFILLED"_s; }, "wismo_partial",
         ""},
        {"delivered", Intent::OrderStatus, delivered("2026-02-23T09:00:00Z"), "wismo_delivered", "confidence_reached"},
        {"cancelled", Intent::OrderStatus,
         [](AnswerSources& sources) {
             unshipped("2026-02-22T09:00:00Z")(sources);
             order(sources).cancelledAt = timeOf("2026-02-23T09:00:00Z");
         },
         "wismo_cancelled", "confidence_reached"},
        {"no number", Intent::OrderStatus, [](AnswerSources& sources) { order(sources).tracking.clear(); },
         "wismo_no_tracking", "needs_no_person"},
        {"somebody else's order", Intent::OrderStatus,
         [](AnswerSources& sources) { sources.namedOrders = {u"#2000"_s}; }, "order_not_found",
         "names_only_own_orders"},
        {"return in time", Intent::Return, delivered("2026-02-10T09:00:00Z"), "return_inside", ""},
        {"return too late", Intent::Return, delivered("2026-01-10T09:00:00Z"), "return_outside", "needs_no_person"},
        {"money back", Intent::Refund, none, "refund_status", "needs_no_person"},
        {"cancel", Intent::Cancel, none, "cancel", "needs_no_person"},
        {"new address", Intent::AddressChange, none, "address_change", "needs_no_person"},
    };
}

VerifierVerdict verdictOn(const AnswerSources& sources, const FactSet& facts, const AnswerDraft& draft) {
    VerifierInput input;
    input.reply = draft.reply;
    input.language = draft.language;
    input.intent = draft.intent;
    input.facts = facts;
    input.declaredFacts = draft.declaredFacts;
    input.cards = draft.cards;
    input.sendAt = sources.readAt.plusSeconds(120);
    input.author = VerifierInput::Author::Playbook;
    return verify(input);
}

GateInput gateInput(const AnswerSources& sources, const FactSet& facts, const IntentReading& reading,
                    const AnswerDraft& draft) {
    const NamedOrders named = namedOrdersOf(facts, sources.namedOrders);
    GateInput input;
    input.now = input.factsReadAt = sources.readAt;
    input.verifierPassed = verdictOn(sources, facts, draft).passed();
    input.needsPerson = draft.needsPerson;
    input.intent = input.rule.intent = draft.intent;
    input.confidence = draft.confidence;
    input.language = draft.language;
    input.reading = reading;
    input.sender = SenderCheck{SenderVerdict::Verified, u"pass"_s, u"pass"_s, u"pass"_s, u"example.com"_s, {}};
    input.matchedBy = sources.customer->matchedBy;
    input.isVip = sources.customer->precedence == Precedence::Vip;
    input.isAutomated = input.isFromOwnDomain = input.hasAttachments = input.hasNewMail = false;
    input.colleagueIsOnIt = input.personIsWriting = input.answeredSince = input.isStopped = false;
    input.autoRepliesOfThreadToday = 0;
    input.candidateOrders = named.candidates;
    input.namesForeignOrder = named.namesOther;
    input.returnWindow = returnWindowOf(facts, named.only, input.now);
    input.isMasterOn = true;
    input.rule.mode = AutoSendMode::On;
    input.timeZone = sources.store.timeZone;
    return input;
}

} // namespace

// From what the cache says to a decision, through every room that judges, without the mail around it.
class AnswerPathTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sendsWhatIsCertainAndHoldsTheRest_data() {
        QTest::addColumn<int>("index");
        QTest::addColumn<QString>("language");
        const std::vector<Path> all = paths();
        for (size_t i = 0; i < all.size(); ++i)
            for (const QString& language : playbookLanguages())
                QTest::addRow("%s, %s", all[i].name, qPrintable(language)) << int(i) << language;
    }

    void sendsWhatIsCertainAndHoldsTheRest() {
        QFETCH(const int, index);
        QFETCH(const QString, language);
        const Path path = paths().at(size_t(index));
        AnswerSources sources = plainSources();
        path.change(sources);
        IntentReading reading;
        reading.intents = {{path.intent, 0.95}};
        reading.language = language;
        const FactSet facts = factsOf(sources);
        const auto draft = draftFrom(m_book, {reading, facts, sources.readAt, sources.namedOrders});
        QVERIFY(draft);
        QCOMPARE(draft->origin, QString::fromLatin1(path.playbook));
        for (const Claim& claim : verdictOn(sources, facts, *draft).claims)
            QVERIFY2(claim.status == ClaimStatus::Proven,
                     qPrintable(u"%1: %2 (%3)"_s.arg(draft->reply, claim.text, claim.reason)));
        const GateDecision decision = decide(gateInput(sources, facts, reading, *draft));
        const GateCheck* failure = decision.firstFailure();
        QCOMPARE(failure ? failure->name : QString(), QString::fromLatin1(path.heldBy));
        QCOMPARE(decision.outcome == GateDecision::Outcome::Send, failure == nullptr);
    }

    void aVipIsAnsweredByAPerson() {
        AnswerSources sources = plainSources();
        sources.customer->precedence = Precedence::Vip;
        IntentReading reading;
        reading.intents = {{Intent::OrderStatus, 0.95}};
        reading.language = u"en"_s;
        const FactSet facts = factsOf(sources);
        const auto draft = draftFrom(m_book, {reading, facts, sources.readAt});
        QVERIFY(draft);
        const GateDecision decision = decide(gateInput(sources, facts, reading, *draft));
        QCOMPARE(decision.outcome, GateDecision::Outcome::Hold);
        QCOMPARE(decision.firstFailure()->name, u"not_vip"_s);
    }

    void takesAFewMilliseconds() {
        const AnswerSources sources = plainSources();
        IntentReading reading;
        reading.intents = {{Intent::OrderStatus, 0.95}};
        reading.language = u"en"_s;
        std::vector<qint64> times;
        for (int i = 0; i < 100; ++i) {
            QElapsedTimer timer;
            timer.start();
            const FactSet facts = factsOf(sources);
            const auto draft = draftFrom(m_book, {reading, facts, sources.readAt});
            QCOMPARE(decide(gateInput(sources, facts, reading, *draft)).outcome, GateDecision::Outcome::Send);
            times.push_back(timer.nsecsElapsed() / 1000);
        }
        std::sort(times.begin(), times.end());
        qInfo("facts, draft, proof and decision: p50 %lld us, p99 %lld us", times[50], times[98]);
        QVERIFY(times[50] < test::allowed(20) * 1'000);
    }

private:
    const PlaybookBook m_book = *PlaybookBook::shipped();
};

QTEST_GUILESS_MAIN(AnswerPathTest)
#include "tst_answer_path.moc"
