// The draft area above the composer: one line that says where the draft stands, the draft with its claims underlined,
// why it may or may not leave by itself, and what to do with it. Shows the proposal it is given; asks, and decides
// nothing. The conversation pane owns it.
#pragma once

#include "core/domain/answering/proposal.h"
#include "ui/widgets/described.h"

#include <QWidget>

namespace aiva {

class ClaimTextView;
class ElidedLabel;
class KeyButton;
class StatusDot;
class SubtleButton;
class TextBlock;
class WhyList;

class ProposalCard final : public QWidget, public Described {
    Q_OBJECT
public:
    enum class Models { None, Configured }; // whether a model can be asked
    explicit ProposalCard(QWidget* parent = nullptr);

    void setProposal(const Proposal& proposal, Models models);
    // While a model writes: the reply so far. Ends with setProposal() or showModelTrouble().
    void showGrowing(const QString& replySoFar);
    void showModelTrouble(const QString& sentence);
    void setCompact(bool compact); // fewer lines of the draft at once, where there is little room

    bool canAccept() const;
    void toggleWhy();
    bool isWhyShown() const;
    QString lineText() const;

    AccessibleFace face() const override;

Q_SIGNALS:
    void acceptAsked(const QString& reply);
    void modelAsked();
    void cancelModelAsked();
    void payloadAsked();
    void dismissAsked();
    void stopAsked(aiva::OutboxId mail); // it would leave by itself

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void build();
    QWidget* buildHead();
    QWidget* buildFoot();
    void showFoot();

    Proposal m_proposal;
    Models m_models = Models::None;
    bool m_isGrowing = false;
    StatusDot* m_dot;
    ElidedLabel* m_line;
    ElidedLabel* m_source;
    KeyButton* m_why;
    KeyButton* m_accept;
    TextBlock* m_person;
    ClaimTextView* m_text;
    WhyList* m_whyList;
    SubtleButton* m_model;
    SubtleButton* m_payload;
    SubtleButton* m_dismiss;
    SubtleButton* m_stop;
    TextBlock* m_trouble;
};

} // namespace aiva
