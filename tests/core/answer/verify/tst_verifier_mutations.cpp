// What the verifier is for: true replies pass, and no single untrue change gets through.
#include "tests/core/answer/verify/reply_mutations.h"
#include "tests/support/patience.h"

#include <QMap>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kReplies = 320;
constexpr int kFewestMutants = 5'000;

const QStringList kLanguages{u"en"_s, u"de"_s, u"fr"_s, u"es"_s};

VerifierInput inputOf(const GeneratedReply& reply, const OtherPeople& others, const QString& text,
                      VerifierInput::Author author) {
    VerifierInput input;
    input.reply = text;
    input.language = reply.language;
    input.intent = reply.intent;
    input.facts = reply.facts;
    input.declaredFacts = reply.declaredFacts;
    input.sendAt = reply.sentAt;
    input.author = author;
    input.belongsToSomebodyElse = [&](IdentityKind kind, const QString& value) {
        return others.owns(reply, kind, value);
    };
    return input;
}

QString objectionsTo(const VerifierVerdict& verdict) {
    QStringList lines;
    for (const Claim& claim : verdict.claims)
        if (claim.status != ClaimStatus::Proven) lines << u"%1 %2: %3"_s.arg(claim.check).arg(claim.text, claim.reason);
    return lines.join(u'\n');
}

} // namespace

class VerifierMutationsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void letsEveryOriginalPass();
    void flagsEveryMutant();

private:
    std::optional<OtherPeople> m_others;
    std::vector<GeneratedReply> m_replies;
};

void VerifierMutationsTest::initTestCase() {
    SandboxOptions options;
    options.orders = 2'400;
    options.now = UtcTime::parseIso("2026-05-12T16:00:00Z").value();
    const sandbox::World world(options);
    m_others.emplace(world);
    for (qint64 customer = 0; customer < world.customerCount() && int(m_replies.size()) < kReplies; ++customer) {
        const QString language = kLanguages.at(int(m_replies.size()) % kLanguages.size());
        if (auto reply = replyFor(world, customer, language)) m_replies.push_back(std::move(*reply));
    }
    QVERIFY2(int(m_replies.size()) >= 300, qPrintable(QString::number(m_replies.size())));
}

void VerifierMutationsTest::letsEveryOriginalPass() {
    int alarms = 0;
    for (const GeneratedReply& reply : m_replies) {
        const VerifierVerdict verdict =
            verify(inputOf(reply, *m_others, reply.text(), VerifierInput::Author::Playbook));
        if (verdict.passed()) continue;
        if (++alarms <= 10) qWarning().noquote() << reply.text() << u"\n=>\n"_s << objectionsTo(verdict);
    }
    qInfo("%d true replies, %d false alarms", int(m_replies.size()), alarms);
    QCOMPARE(alarms, 0);
}

void VerifierMutationsTest::flagsEveryMutant() {
    int turn = 0;
    int mutants = 0;
    QMap<QString, int> missed;
    QMap<QString, int> made;
    quint32 seed = 1;
    for (const GeneratedReply& reply : m_replies)
        for (const Mutant& mutant : mutantsOf(reply, *m_others, ++seed)) {
            // Every third one, and without the help of declared facts.
            if (++turn % 3 != 0) continue;
            ++mutants;
            ++made[mutant.what];
            if (!verify(inputOf(reply, *m_others, mutant.text, VerifierInput::Author::Person)).passed()) continue;
            if (++missed[mutant.what] <= 2) qWarning().noquote() << mutant.what << u":\n"_s << mutant.text;
        }
    for (auto it = made.begin(); it != made.end(); ++it)
        qInfo("%5d of %5d flagged: %s", it.value() - missed.value(it.key()), it.value(), qPrintable(it.key()));
    qInfo("%d mutants of %d replies", mutants, int(m_replies.size()));
    QVERIFY(mutants >= kFewestMutants);
    QVERIFY2(missed.isEmpty(), qPrintable(missed.keys().join(u", "_s)));
}

QTEST_GUILESS_MAIN(VerifierMutationsTest)
#include "tst_verifier_mutations.moc"
