// The gate's answer, check by check, and the claims nothing proves: what stands behind "Held: VIP customer". Each line
// is a mark, a sentence and its detail; the mark is a shape, not only a colour.
#pragma once

#include "core/domain/answering/proposal.h"

#include <QWidget>

class QVBoxLayout;

namespace aiva {

class WhyList final : public QWidget {
    Q_OBJECT
public:
    explicit WhyList(QWidget* parent = nullptr);
    void setProposal(const Proposal& proposal);
    QStringList shownSentences() const { return m_sentences; }

private:
    enum class Mark { Holds, Fails, FailsHard };
    void addLine(Mark mark, const QString& sentence, const QString& detail);
    void addHeading(const QString& text);
    void clear();

    QVBoxLayout* m_column;
    QStringList m_sentences;
};

} // namespace aiva
