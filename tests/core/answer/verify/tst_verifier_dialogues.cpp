// Dialogues of a shop's agents with what their tools answered (tau-bench retail): what share of the turns stands up to
// their own tool output, and what the others lack. A measurement; it fails only when nothing could be read.
#include "core/answer/verify/verifier.h"
#include "tests/support/corpora.h"
#include "tests/support/patience.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

struct Turn {
    QString role; // user, assistant, tool
    QString text;
};

std::vector<Turn> turnsOf(const QString& dialogue) {
    std::vector<Turn> turns;
    for (const QString& line : dialogue.split(u'\n')) {
        const QString role = line.section(u": "_s, 0, 0);
        if (role == "user"_L1 || role == "assistant"_L1 || role == "tool"_L1)
            turns.push_back({role, line.section(u": "_s, 1)});
        else if (!turns.empty())
            turns.back().text += u'\n' + line;
    }
    return turns;
}

class ToolFacts {
public:
    ToolFacts() { m_set.storeName = u"Shop"_s; }
    void read(const QString& toolOutput);
    const FactSet& set() const { return m_set; }

private:
    Fact& add(FactKind kind, const QString& value, const QString& order = {}) {
        Fact fact;
        fact.id = u"F%1"_s.arg(m_set.facts.size() + 1);
        fact.kind = kind;
        fact.value = value;
        fact.order = order;
        m_set.facts.push_back(fact);
        return m_set.facts.back();
    }
    void addAmount(double amount, const QString& order);
    void addAddress(const QJsonObject& address, const QString& order);
    void addOrder(const QJsonObject& order);
    void addUser(const QJsonObject& user);

    FactSet m_set;
};

void ToolFacts::addAmount(double amount, const QString& order) {
    const std::string decimal = QString::number(amount, 'f', 2).toStdString();
    const Money money = Money::parse(decimal, Currency::parse("USD").value()).value();
    add(FactKind::Money, money.decimalText() + u" USD"_s, order).money = money;
}

void ToolFacts::addAddress(const QJsonObject& address, const QString& order) {
    for (const QString& key : address.keys())
        if (!address[key].toString().isEmpty()) add(FactKind::AddressLine, address[key].toString(), order);
}

void ToolFacts::addOrder(const QJsonObject& order) {
    const QString name = order["order_id"_L1].toString();
    if (m_set.orderNames.contains(name)) return;
    m_set.orderNames.append(name);
    add(FactKind::OrderName, name, name);
    static const QMap<QString, QString> states{{u"pending"_s, u"UNFULFILLED"_s},
                                               {u"processed"_s, u"UNFULFILLED"_s},
                                               {u"delivered"_s, u"DELIVERED"_s},
                                               {u"cancelled"_s, u"CANCELLED"_s}};
    const QString status = order["status"_L1].toString();
    add(FactKind::FulfillmentStatus, states.value(status, status.toUpper()), name);
    for (const QJsonValue value : order["items"_L1].toArray()) {
        Fact& fact = add(FactKind::Item, value["name"_L1].toString(), name);
        fact.item = FactItem{value["name"_L1].toString(), {}, value["item_id"_L1].toString(), 1};
        addAmount(value["price"_L1].toDouble(), name);
    }
    for (const QJsonValue value : order["payment_history"_L1].toArray())
        addAmount(value["amount"_L1].toDouble(), name);
    for (const QJsonValue value : order["fulfillments"_L1].toArray())
        for (const QJsonValue number : value["tracking_id"_L1].toArray())
            add(FactKind::TrackingNumber, number.toString(), name);
    addAddress(order["address"_L1].toObject(), name);
}

void ToolFacts::addUser(const QJsonObject& user) {
    const QJsonObject name = user["name"_L1].toObject();
    m_set.customerFirstName = name["first_name"_L1].toString();
    m_set.customerName = m_set.customerFirstName + u' ' + name["last_name"_L1].toString();
    m_set.customerEmails = {user["email"_L1].toString()};
    addAddress(user["address"_L1].toObject(), {});
}

void ToolFacts::read(const QString& toolOutput) {
    const QJsonObject object = QJsonDocument::fromJson(toolOutput.toUtf8()).object();
    if (object.contains("order_id"_L1)) addOrder(object);
    if (object.contains("payment_methods"_L1)) addUser(object);
}

} // namespace

class VerifierDialoguesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsHowManyTurnsStandUp();
};

void VerifierDialoguesTest::tellsHowManyTurnsStandUp() {
    const QString path = aiva::test::corpus(u"store/tau-bench-retail/few_shot_retail.jsonl"_s);
    if (path.isEmpty()) QSKIP("aiva-skip: the dialogues are not here");
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    int turns = 0;
    int proven = 0;
    QMap<QString, int> reasons;
    while (!file.atEnd()) {
        ToolFacts facts;
        const QJsonObject dialogue = QJsonDocument::fromJson(file.readLine()).object();
        for (const Turn& turn : turnsOf(dialogue["messages_display"_L1].toString())) {
            if (turn.role == "tool"_L1) facts.read(turn.text);
            if (turn.role != "assistant"_L1 || turn.text.trimmed() == "None"_L1) continue;
            VerifierInput input;
            input.reply = turn.text;
            input.language = u"en"_s;
            input.facts = facts.set();
            input.author = VerifierInput::Author::Person;
            const VerifierVerdict verdict = verify(input);
            ++turns;
            proven += verdict.passed() ? 1 : 0;
            QStringList seen;
            for (const Claim& claim : verdict.claims) {
                const QString reason = u"%1 %2"_s.arg(claim.check).arg(claim.reason);
                if (claim.status == ClaimStatus::Proven || seen.contains(reason)) continue;
                seen << reason;
                ++reasons[reason];
            }
        }
    }
    QVERIFY(turns > 0);
    qInfo("%d of %d turns stand up to their own tool output (%.1f %%)", proven, turns, 100.0 * proven / turns);
    for (auto it = reasons.begin(); it != reasons.end(); ++it)
        qInfo("%4d turns: check %s", it.value(), qPrintable(it.key()));
}

QTEST_GUILESS_MAIN(VerifierDialoguesTest)
#include "tst_verifier_dialogues.moc"
