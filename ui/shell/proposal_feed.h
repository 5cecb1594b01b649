// Carries between the draft area and the desk: the proposal of the conversation shown, what a model writes, what the
// person decides about it; and the claims of what they type into the composer afterwards.
#pragma once

#include "core/desk/desk.h"
#include "ui/models/answer_reads.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace aiva {

class Composer;
class ProposalCard;

class ProposalFeed final : public QObject {
    Q_OBJECT
public:
    // All outlive the feed.
    ProposalFeed(Desk& desk, AnswerReads reads, ProposalCard& card, Composer& composer);

    // Another conversation is shown, or none (invalid). What is proposed is shown at once and made afresh behind it.
    // `known`: what was proposed a moment ago.
    void follow(ConversationId conversation, std::optional<Proposal> known = {});
    void refresh();
    void accept();
    void toggleWhy();
    const std::optional<Proposal>& proposal() const { return m_proposal; }

Q_SIGNALS:
    void shown(); // there is a proposal, or none any more
    void failed(const aiva::Error& error);

private:
    void connectCard();
    void look();
    bool isUpToDate() const;
    std::optional<Proposal> read();
    void show();
    void showGrowing();
    void take(const QString& reply);
    void showPayload();
    void stop(OutboxId mail);
    bool hasModel() const;

    Desk& m_desk;
    const AnswerReads m_reads;
    ProposalCard& m_card;
    Composer& m_composer;
    ConversationId m_conversation;
    QTimer m_rest; // until it is clear that somebody stays
    std::optional<Proposal> m_proposal;
    bool m_isShown = false; // m_proposal is what the card shows
    bool m_hadModel = false;
    ConversationId m_growing;                 // whose reply grows on the card
    QHash<ConversationId, QString> m_writing; // what a model wrote so far
};

} // namespace aiva
