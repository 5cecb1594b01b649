#include "core/domain/answering/return_window.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

UtcTime at(const char* iso) {
    return *UtcTime::parseIso(iso);
}

Fact moment(FactKind kind, const char* when) {
    Fact fact;
    fact.kind = kind;
    fact.order = u"#1042"_s;
    fact.time = at(when);
    return fact;
}

Fact windowOfStore(const QString& value) {
    Fact fact;
    fact.kind = FactKind::Policy;
    fact.label = u"return_window"_s;
    fact.value = value;
    return fact;
}

ReturnWindow windowOf(const FactSet& facts, const char* now) {
    return returnWindowOf(facts, u"#1042"_s, at(now));
}

} // namespace

class ReturnWindowTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void countsFromDeliveryElseFromCreation() {
        FactSet facts;
        facts.facts = {moment(FactKind::OrderDate, "2026-04-01T10:00:00Z")};
        QCOMPARE(windowOf(facts, "2026-05-01T23:59:59Z"), ReturnWindow::Inside);
        QCOMPARE(windowOf(facts, "2026-05-02T00:00:00Z"), ReturnWindow::Outside);
        facts.facts.push_back(moment(FactKind::DeliveredAt, "2026-04-05T10:00:00Z"));
        QCOMPARE(windowOf(facts, "2026-05-05T10:00:00Z"), ReturnWindow::Inside);
        facts.facts.push_back(moment(FactKind::DeliveredAt, "2026-04-09T10:00:00Z"));
        QCOMPARE(windowOf(facts, "2026-05-09T23:00:00Z"), ReturnWindow::Inside);
        QCOMPARE(windowOf(facts, "2026-05-10T00:00:00Z"), ReturnWindow::Outside);
    }

    void countsTheStoresDays() {
        FactSet facts;
        facts.timeZone = u"America/New_York"_s;
        facts.facts = {windowOfStore(u"1 day"_s),
                       moment(FactKind::DeliveredAt, "2026-04-02T03:00:00Z")}; // still the first there
        QCOMPARE(windowOf(facts, "2026-04-03T03:59:59Z"), ReturnWindow::Inside);
        QCOMPARE(windowOf(facts, "2026-04-03T04:00:00Z"), ReturnWindow::Outside);
    }

    void knowsNothingWithoutADate() {
        FactSet facts;
        QCOMPARE(windowOf(facts, "2026-05-01T00:00:00Z"), ReturnWindow::Unknown);
        facts.facts = {moment(FactKind::OrderDate, "2026-04-01T10:00:00Z")};
        QCOMPARE(returnWindowOf(facts, {}, at("2026-04-01T11:00:00Z")), ReturnWindow::Unknown);
        QCOMPARE(returnWindowOf(facts, u"#1"_s, at("2026-04-01T11:00:00Z")), ReturnWindow::Unknown);
        facts.facts.push_back(windowOfStore(u"one month"_s));
        QCOMPARE(windowOf(facts, "2026-04-01T11:00:00Z"), ReturnWindow::Unknown);
    }
};

QTEST_GUILESS_MAIN(ReturnWindowTest)
#include "tst_return_window.moc"
