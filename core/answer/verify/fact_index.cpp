#include "core/answer/verify/fact_index.h"

#include "core/answer/verify/sentences.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

QTimeZone zoneNamed(const QString& name) {
    const QTimeZone zone(name.toLatin1());
    return name.isEmpty() || !zone.isValid() ? QTimeZone::utc() : zone;
}

// Words alone, so that a comma or a line break more does not matter.
QString framedWords(const QString& folded) {
    QString words = u' ' + folded.simplified() + u' ';
    return words;
}

} // namespace

FactIndex::FactIndex(const FactSet& facts) : m_facts(facts), m_zone(zoneNamed(facts.timeZone)) {
    for (const Fact& fact : facts.facts) {
        // A product's title and price are the catalogue's words, not what the store undertakes.
        if (fact.kind != FactKind::Policy || fact.label == "product"_L1) continue;
        Policy policy{&fact, normalisedText(fact.label + u'\n' + fact.value), {}, {}};
        policy.words = framedWords(policy.text.folded);
        for (const Span& sentence : sentencesIn(policy.text))
            policy.sentences.push_back(plainWords(policy.text.foldedView(sentence)));
        m_policies.push_back(std::move(policy));
    }
}

FactList FactIndex::ofKinds(std::initializer_list<FactKind> kinds) const {
    FactList found;
    for (const Fact& fact : m_facts.facts)
        if (std::find(kinds.begin(), kinds.end(), fact.kind) != kinds.end()) found.push_back(&fact);
    return found;
}

FactList FactIndex::ofOrder(const QString& order, std::initializer_list<FactKind> kinds) const {
    FactList found;
    for (const Fact& fact : m_facts.facts) {
        if (std::find(kinds.begin(), kinds.end(), fact.kind) == kinds.end()) continue;
        if (fact.order.isEmpty() || isSameOrder(fact.order, order)) found.push_back(&fact);
    }
    return found;
}

QDate FactIndex::dayOf(UtcTime time) const {
    return time.toDateTime().toTimeZone(m_zone).date();
}

QDate FactIndex::dayOf(const Fact& fact) const {
    if (fact.value.size() == 10) {
        const QDate day = QDate::fromString(fact.value, Qt::ISODate);
        if (day.isValid()) return day;
    }
    return fact.time ? dayOf(*fact.time) : QDate();
}

const Fact* FactIndex::policySaying(const QString& foldedWords) const {
    const QString wanted = foldedWords.simplified();
    if (wanted.isEmpty()) return nullptr;
    for (const Policy& policy : m_policies) {
        const QStringView text(policy.words);
        for (qsizetype at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1))
            if (isWholeToken(text, {static_cast<int>(at), static_cast<int>(wanted.size())})) return policy.fact;
    }
    return nullptr;
}

const Fact* FactIndex::policyStating(const QStringList& words) const {
    for (const Policy& policy : m_policies)
        for (const QStringList& sentence : policy.sentences)
            if (sentence == words) return policy.fact;
    return nullptr;
}

QStringList plainWords(QStringView folded) {
    QStringList words;
    QString word;
    for (const QChar c : folded) {
        if (c.isLetterOrNumber() || c.isMark()) {
            word += c;
        } else if (!word.isEmpty()) {
            words << word;
            word.clear();
        }
    }
    if (!word.isEmpty()) words << word;
    return words;
}

QString plainOrderName(const QString& name) {
    const QString folded = foldedWords(name);
    return folded.startsWith(u'#') ? folded.mid(1) : folded;
}

bool isSameOrder(QStringView one, QStringView other) {
    const auto plain = [](QStringView name) { return name.startsWith(u'#') ? name.mid(1) : name; };
    return plain(one).compare(plain(other), Qt::CaseInsensitive) == 0;
}

QString plainNumber(QStringView number) {
    QString plain;
    for (const QChar c : number)
        if (c.isLetterOrNumber()) plain += c.toUpper();
    return plain;
}

} // namespace aiva
