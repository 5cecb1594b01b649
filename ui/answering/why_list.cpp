#include "ui/answering/why_list.h"

#include "ui/answering/answer_text.h"
#include "ui/widgets/line_label.h"

#include <QBoxLayout>

namespace aiva {

using namespace Qt::StringLiterals;

WhyList::WhyList(QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout(this)) {
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(2);
    setAccessibleName(tr("Why"));
}

void WhyList::clear() {
    m_sentences.clear();
    while (QLayoutItem* item = m_column->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
}

void WhyList::addHeading(const QString& text) {
    auto* label = textLabel(text, TextStyle::Micro, &Colors::textMuted, this);
    label->setContentsMargins(0, size::grid, 0, 0);
    m_column->addWidget(label);
    label->show();
}

void WhyList::addLine(Mark mark, const QString& sentence, const QString& detail) {
    m_sentences.append(sentence);
    auto* line = new QWidget(this);
    auto* across = new QHBoxLayout(line);
    across->setContentsMargins(0, 0, 0, 0);
    across->setSpacing(2 * size::grid);
    auto* dot = new StatusDot(line);
    switch (mark) {
    case Mark::Holds:
        dot->setStatus({DotShape::Filled, Tone::Ok}, tr("holds"));
        break;
    case Mark::Fails:
        dot->setStatus({DotShape::Half, Tone::Warning}, tr("does not hold"));
        break;
    case Mark::FailsHard:
        dot->setStatus({DotShape::Ring, Tone::Danger}, tr("does not hold, and nothing switches this off"));
        break;
    }
    auto* text =
        new ElidedLabel(TextStyle::Meta, mark == Mark::Holds ? &Colors::textSecondary : &Colors::textPrimary, line);
    text->setText(sentence);
    text->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    auto* more = new ElidedLabel(TextStyle::MonoMicro, &Colors::textMuted, line);
    more->setText(detail);
    more->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    across->addWidget(dot);
    across->addWidget(text);
    across->addWidget(more, 1);
    m_column->addWidget(line);
    line->show();
}

void WhyList::setProposal(const Proposal& proposal) {
    clear();
    if (!proposal.verdict.passed()) {
        addHeading(tr("Not proved"));
        for (const Claim& claim : proposal.verdict.claims) {
            if (claim.status == ClaimStatus::Proven) continue;
            const Mark mark = claim.status == ClaimStatus::Forbidden ? Mark::FailsHard : Mark::Fails;
            addLine(mark, claim.length > 0 ? tr("“%1”").arg(claim.text.simplified()) : claimText(claim, proposal.facts),
                    claim.length > 0 ? claim.reason : QString());
        }
    }
    addHeading(tr("May it leave by itself?"));
    for (const bool failing : {true, false})
        for (const GateCheck& check : proposal.gate.checks) {
            if (check.passed == failing) continue;
            const Mark mark = check.passed ? Mark::Holds : check.hard ? Mark::FailsHard : Mark::Fails;
            addLine(mark, gateCheckText(check), check.detail);
        }
}

} // namespace aiva
