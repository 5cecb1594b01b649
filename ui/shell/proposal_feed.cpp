#include "ui/shell/proposal_feed.h"

#include "ui/answering/payload_sheet.h"
#include "ui/answering/proposal_card.h"
#include "ui/composer/composer.h"
#include "ui/errors/error_text.h"

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int restMs = 250;
}

ProposalFeed::ProposalFeed(Desk& desk, AnswerReads reads, ProposalCard& card, Composer& composer)
    : QObject(&card), m_desk(desk), m_reads(std::move(reads)), m_card(card), m_composer(composer) {
    connectCard();
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, &ProposalFeed::look);
    const AnswerDesk* answers = &m_desk.answers();
    connect(answers, &AnswerDesk::modelWrote, this, [this](ConversationId conversation, const QString& replySoFar) {
        m_writing[conversation] = replySoFar;
        if (conversation == m_conversation) showGrowing();
    });
    connect(answers, &AnswerDesk::modelEnded, this,
            [this](ConversationId conversation, const std::optional<Error>& error) {
                m_writing.remove(conversation);
                if (conversation != m_conversation) return;
                refresh();
                if (error && m_isShown) m_card.showModelTrouble(errorSentence(*error));
            });
    connect(answers, &AnswerDesk::commandFailed, this,
            [this](const QString&, const Error& error) { Q_EMIT failed(error); });
}

void ProposalFeed::connectCard() {
    connect(&m_card, &ProposalCard::acceptAsked, this, &ProposalFeed::take);
    connect(&m_card, &ProposalCard::modelAsked, this, [this] {
        m_writing[m_conversation].clear();
        showGrowing();
        m_desk.answers().askModel(m_conversation);
    });
    connect(&m_card, &ProposalCard::cancelModelAsked, this, [this] { m_desk.answers().cancelModel(m_conversation); });
    connect(&m_card, &ProposalCard::payloadAsked, this, &ProposalFeed::showPayload);
    connect(&m_card, &ProposalCard::dismissAsked, this, [this] { m_desk.answers().dismiss(m_conversation); });
    connect(&m_card, &ProposalCard::stopAsked, this, &ProposalFeed::stop);
}

void ProposalFeed::follow(ConversationId conversation, std::optional<Proposal> known) {
    m_conversation = conversation;
    m_composer.setClaimCheck({});
    const auto still = known && m_reads.isStill ? m_reads.isStill(*known) : Result(false);
    m_proposal = still && *still ? std::move(known) : read();
    show();
    // Who leafs through the inbox asks for nothing but what is missing.
    if (conversation.isValid() && !m_proposal)
        look();
    else
        m_rest.start(restMs);
}

void ProposalFeed::look() {
    m_rest.stop();
    m_desk.attend(m_conversation);
    if (m_conversation.isValid()) m_desk.answers().propose(m_conversation);
}

bool ProposalFeed::hasModel() const {
    if (!m_reads.endpoints) return false;
    const auto endpoints = m_reads.endpoints();
    return endpoints && std::any_of(endpoints->begin(), endpoints->end(),
                                    [](const ModelEndpoint& endpoint) { return endpoint.isActive; });
}

// Answers are made for the whole inbox while one is read: what did not change is neither read nor laid out again.
bool ProposalFeed::isUpToDate() const {
    if (!m_isShown || !m_proposal || m_proposal->conversation != m_conversation || !m_reads.isStill) return false;
    if (m_writing.contains(m_conversation)) return false;
    const auto still = m_reads.isStill(*m_proposal);
    return still && *still && hasModel() == m_hadModel;
}

void ProposalFeed::refresh() {
    if (isUpToDate()) return;
    m_proposal = read();
    show();
}

std::optional<Proposal> ProposalFeed::read() {
    if (!m_conversation.isValid() || !m_reads.proposal) return std::nullopt;
    auto proposal = m_reads.proposal(m_conversation);
    if (proposal) return *std::move(proposal);
    Q_EMIT failed(proposal.error());
    return std::nullopt;
}

void ProposalFeed::show() {
    const bool isWriting = m_writing.contains(m_conversation);
    // What grows on the card already goes on where it is.
    const bool goesOn = isWriting && m_growing == m_conversation;
    m_isShown = m_proposal && !isWriting;
    if (m_proposal && !goesOn) {
        m_hadModel = hasModel();
        m_card.setProposal(*m_proposal, m_hadModel ? ProposalCard::Models::Configured : ProposalCard::Models::None);
        m_growing = {};
    }
    if (isWriting) showGrowing();
    Q_EMIT shown();
}

void ProposalFeed::showGrowing() {
    m_isShown = false;
    m_growing = m_conversation;
    m_card.showGrowing(m_writing.value(m_conversation));
}

void ProposalFeed::accept() {
    if (m_isShown && m_proposal->draft && m_card.canAccept()) take(m_proposal->draft->reply);
}

void ProposalFeed::toggleWhy() {
    if (m_proposal) m_card.toggleWhy();
}

// Into the composer, where every claim stays marked while it is changed.
void ProposalFeed::take(const QString& reply) {
    m_composer.write(DraftKind::Reply);
    m_composer.appendBlock(reply, {});
    m_desk.answers().accepted(m_conversation);
    m_composer.setClaimCheck([this, conversation = m_conversation](const QString& text, const auto& answer) {
        whenDone(m_desk.answers().verify(conversation, text), this, [answer](const Result<VerifierVerdict>& verdict) {
            answer(verdict ? verdict->claims : std::vector<Claim>());
        });
    });
}

void ProposalFeed::showPayload() {
    whenDone(m_desk.answers().payload(m_conversation), this, [this](const Result<ModelPayload>& payload) {
        if (!payload) {
            Q_EMIT failed(payload.error());
            return;
        }
        auto* sheet = new PayloadSheet(*payload, m_card.window());
        sheet->setAttribute(Qt::WA_DeleteOnClose);
        sheet->open();
    });
}

void ProposalFeed::stop(OutboxId mail) {
    whenDone(m_desk.mail().cancelSend(mail), this, [this](const Result<bool>& stopped) {
        if (!stopped) Q_EMIT failed(stopped.error());
        m_desk.answers().propose(m_conversation);
    });
}

} // namespace aiva
