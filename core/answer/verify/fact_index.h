// A fact set prepared for comparing: values folded, local dates, what the store's policies say word for word. Built
// once per draft by DraftReading, read by the checks.
#pragma once

#include "core/answer/verify/normalised_text.h"
#include "core/domain/answering/fact.h"

#include <QDate>
#include <QStringList>
#include <QTimeZone>

#include <vector>

namespace aiva {

using FactList = std::vector<const Fact*>;

class FactIndex {
public:
    explicit FactIndex(const FactSet& facts);

    const FactSet& set() const { return m_facts; }
    FactList ofKinds(std::initializer_list<FactKind> kinds) const;
    // Of that order and of no order at all.
    FactList ofOrder(const QString& order, std::initializer_list<FactKind> kinds) const;

    // The day a reply would give: in the store's own time zone. Invalid when the fact has none.
    QDate dayOf(const Fact& fact) const;
    QDate dayOf(UtcTime time) const;

    // The policy that says these folded words, as whole words; null when none does.
    const Fact* policySaying(const QString& foldedWords) const;
    // The policy of which this is one whole sentence: no condition left away.
    const Fact* policyStating(const QStringList& words) const;

    struct Policy {
        const Fact* fact = nullptr;
        NormalisedText text; // label and value
        QString words;       // folded, single spaces, framed by spaces
        std::vector<QStringList> sentences;
    };
    const std::vector<Policy>& policies() const { return m_policies; }

private:
    const FactSet& m_facts;
    QTimeZone m_zone;
    std::vector<Policy> m_policies;
};

// The words of a folded text, marks and spaces gone.
QStringList plainWords(QStringView folded);

// "#1042" and "1042" are one name.
QString plainOrderName(const QString& name);
bool isSameOrder(QStringView one, QStringView other);
// Only letters and digits, upper case: how two spellings of one number compare.
QString plainNumber(QStringView number);

} // namespace aiva
