#include "ui/answering/proposal_card.h"

#include "ui/answering/answer_text.h"
#include "ui/answering/claim_text_view.h"
#include "ui/answering/why_list.h"
#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QPainter>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int padding = 12;
}

ProposalCard::ProposalCard(QWidget* parent)
    : QWidget(parent)
    , m_dot(new StatusDot(this))
    , m_line(new ElidedLabel(TextStyle::DenseStrong, &Colors::textPrimary, this))
    , m_source(new ElidedLabel(TextStyle::MonoMicro, &Colors::textMuted, this))
    , m_why(new KeyButton(u"G"_s, tr("why"), this))
    , m_accept(new KeyButton(u"D"_s, tr("use draft"), this))
    , m_person(new TextBlock(TextStyle::Dense, &Colors::textSecondary, this))
    , m_text(new ClaimTextView(this))
    , m_whyList(new WhyList(this))
    , m_model(new SubtleButton({}, SubtleButton::Look::Quiet, this))
    , m_payload(new SubtleButton(tr("What leaves this computer"), SubtleButton::Look::Quiet, this))
    , m_dismiss(new SubtleButton(tr("Put aside"), SubtleButton::Look::Quiet, this))
    , m_stop(new SubtleButton(tr("Stop it"), SubtleButton::Look::Subtle, this))
    , m_trouble(new TextBlock(TextStyle::Meta, &Colors::warning, this)) {
    describe(this);
    build();
}

void ProposalCard::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(padding, 2 * size::grid, padding, 2 * size::grid);
    column->setSpacing(2 * size::grid);
    column->addWidget(buildHead());
    column->addWidget(m_person);
    column->addWidget(m_text);
    column->addWidget(m_trouble);
    m_whyList->hide();
    column->addWidget(m_whyList);
    column->addWidget(buildFoot());
    connect(m_why, &QAbstractButton::clicked, this, &ProposalCard::toggleWhy);
    connect(m_accept, &QAbstractButton::clicked, this, [this] {
        if (canAccept()) Q_EMIT acceptAsked(m_proposal.draft->reply);
    });
    connect(m_model, &QAbstractButton::clicked, this, [this] {
        if (m_isGrowing)
            Q_EMIT cancelModelAsked();
        else
            Q_EMIT modelAsked();
    });
    connect(m_payload, &QAbstractButton::clicked, this, &ProposalCard::payloadAsked);
    connect(m_dismiss, &QAbstractButton::clicked, this, &ProposalCard::dismissAsked);
    connect(m_stop, &QAbstractButton::clicked, this, [this] { Q_EMIT stopAsked(m_proposal.outbox); });
}

QWidget* ProposalCard::buildHead() {
    auto* head = new QWidget(this);
    auto* across = new QHBoxLayout(head);
    across->setContentsMargins(0, 0, 0, 0);
    across->setSpacing(2 * size::grid);
    m_line->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_source->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    across->addWidget(m_dot);
    across->addWidget(m_line);
    across->addWidget(m_source, 1);
    across->addWidget(m_stop);
    across->addWidget(m_why);
    across->addWidget(m_accept);
    return head;
}

QWidget* ProposalCard::buildFoot() {
    auto* foot = new QWidget(this);
    auto* across = new QHBoxLayout(foot);
    across->setContentsMargins(0, 0, 0, 0);
    across->setSpacing(3 * size::grid);
    across->addWidget(m_model);
    across->addWidget(m_payload);
    across->addStretch();
    across->addWidget(m_dismiss);
    return foot;
}

void ProposalCard::setProposal(const Proposal& proposal, Models models) {
    m_proposal = proposal;
    m_models = models;
    m_isGrowing = false;
    const ProposalLine line = proposalLine(proposal);
    m_dot->setStatus(line.dot, line.text);
    m_line->setText(line.text);
    m_source->setText(
        proposal.draft
            ? sourceText(*proposal.draft)
            : intentText(proposal.intent.intents.empty() ? Intent::Other : proposal.intent.intents.front().intent));
    const bool isPersonal = proposal.state == ProposalState::HandOver || !proposal.handOver.isEmpty();
    m_person->setVisible(isPersonal);
    if (isPersonal) m_person->setText(handOverText(proposal.handOver));
    const bool showsDraft = proposal.draft && proposal.state != ProposalState::Dismissed;
    m_text->setVisible(showsDraft);
    if (showsDraft) m_text->showDraft(proposal.draft->reply, proposal.verdict, proposal.facts);
    if (isWhyShown()) m_whyList->setProposal(proposal); // else when it is unfolded: a dozen lines cost a frame
    m_trouble->hide();
    showFoot();
    announceChange(this, QAccessible::NameChanged);
}

void ProposalCard::showGrowing(const QString& replySoFar) {
    if (!m_isGrowing) {
        m_isGrowing = true;
        m_dot->setStatus({DotShape::Half, Tone::Accent}, tr("The model is writing"));
        m_line->setText(tr("The model is writing…"));
        m_person->hide();
        m_trouble->hide();
        m_text->show();
        showFoot();
    }
    m_text->showGrowing(replySoFar);
}

// The proposal that stood before stays: half a draft is none.
void ProposalCard::showModelTrouble(const QString& sentence) {
    setProposal(m_proposal, m_models);
    m_trouble->setText(sentence);
    m_trouble->setVisible(!sentence.isEmpty());
}

void ProposalCard::setCompact(bool compact) {
    m_text->setCompact(compact);
}

void ProposalCard::showFoot() {
    const bool isWaiting = m_proposal.outbox.isValid();
    m_accept->setVisible(canAccept());
    m_why->setVisible(!m_isGrowing && !m_proposal.gate.checks.empty());
    m_stop->setVisible(isWaiting && !m_isGrowing);
    m_model->setVisible(m_models == Models::Configured && !isWaiting);
    m_model->setText(m_isGrowing        ? tr("Stop writing")
                     : m_proposal.draft ? tr("Draft anew with the model")
                                        : tr("Draft with the model"));
    m_payload->setVisible(m_models == Models::Configured && !m_isGrowing && !isWaiting);
    const bool canDismiss = m_proposal.draft && m_proposal.state != ProposalState::Dismissed;
    m_dismiss->setVisible(canDismiss && !m_isGrowing && !isWaiting);
    m_dismiss->parentWidget()->setVisible(m_models == Models::Configured || canDismiss);
}

bool ProposalCard::canAccept() const {
    return !m_isGrowing && m_proposal.draft && !m_proposal.outbox.isValid();
}

void ProposalCard::toggleWhy() {
    if (m_isGrowing || m_proposal.gate.checks.empty()) return;
    if (!isWhyShown()) m_whyList->setProposal(m_proposal);
    m_whyList->setVisible(!isWhyShown());
}

bool ProposalCard::isWhyShown() const {
    return !m_whyList->isHidden();
}

QString ProposalCard::lineText() const {
    return m_line->text();
}

AccessibleFace ProposalCard::face() const {
    return {QAccessible::Grouping, tr("Proposed answer: %1").arg(m_line->text()), {}, m_source->text()};
}

void ProposalCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colors& colors = Theme::colors();
    const qreal half = size::hairline / 2.0;
    painter.setPen(QPen(colors.borderSubtle, size::hairline));
    painter.setBrush(colors.elevated);
    painter.drawRoundedRect(QRectF(rect()).adjusted(half, half, -half, -half), size::radiusCard, size::radiusCard);
}

} // namespace aiva
