// A drafted reply with its claims underlined: thin and green where a fact proves it, red where nothing does. Hovering
// says which fact or what is missing; a screen reader hears the same as a list. Read-only; as high as its text up to a
// limit.
#pragma once

#include "core/domain/answering/fact.h"
#include "core/domain/answering/verdict.h"

#include <QPlainTextEdit>

namespace aiva {

class ClaimTextView final : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit ClaimTextView(QWidget* parent = nullptr);

    void showDraft(const QString& text, const VerifierVerdict& verdict, const FactSet& facts);
    // Without underlines: what a model is still writing.
    void showGrowing(const QString& text);
    void setCompact(bool compact); // fewer lines at once; the rest is scrolled to
    // Null when no claim stands there.
    const Claim* claimAt(int position) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void underline();
    int textHeight() const;

    VerifierVerdict m_verdict;
    FactSet m_facts;
    int m_mostLines;
};

} // namespace aiva
