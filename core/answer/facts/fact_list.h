// The facts as they are collected: gives each its id, its source and the moment it was read. Used by fact_collector and
// its parts only.
#pragma once

#include "core/domain/answering/fact.h"

#include <vector>

namespace aiva {

class FactList {
public:
    FactList(QString timeZone, UtcTime readAt) : m_timeZone(std::move(timeZone)), m_readAt(readAt) {}

    // Adds "F1", "F2", … (policies: "P1", …); a fact without a value is none.
    void add(Fact fact) {
        if (fact.value.isEmpty()) return;
        fact.id =
            fact.kind == FactKind::Policy ? u'P' + QString::number(++m_policies) : u'F' + QString::number(++m_others);
        fact.readAt = m_readAt;
        m_facts.push_back(std::move(fact));
    }
    const QString& timeZone() const { return m_timeZone; }
    std::vector<Fact> take() { return std::move(m_facts); }

private:
    QString m_timeZone;
    UtcTime m_readAt;
    int m_policies = 0;
    int m_others = 0;
    std::vector<Fact> m_facts;
};

} // namespace aiva
