// The middle column: subject and what can be done, the messages, the order card, the composer; or a quiet word when
// nothing is chosen. Shows what the triage page gives it.
#pragma once

#include "core/readmodel/customer_query.h"
#include "ui/conversation/conversation_thread.h"

#include <QWidget>

class QLabel;
class QStackedWidget;

namespace aiva {

class Banner;
class Composer;
class KeyButton;
class OrderCard;
class ProposalCard;

class ConversationPane final : public QWidget {
    Q_OBJECT
public:
    ConversationPane(MessageSources sources, const Clock& clock, QWidget* parent = nullptr);

    void showConversation(const ConversationView& conversation, const std::optional<CustomerView>& customer);
    void clear(const QString& hint);

    ConversationThread* thread() const { return m_thread; }
    Composer* composer() const { return m_composer; }
    OrderCard* orderCard() const { return m_order; }
    ProposalCard* proposalCard() const { return m_proposal; }
    enum class Proposed { Nothing, Something };
    void setProposed(Proposed proposed);

Q_SIGNALS:
    void doneAsked();
    void unreadAsked();
    void assignAsked();
    void mergeSuggestedAsked(aiva::ConversationId other);
    void keepApartAsked(aiva::ConversationId other);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void showOrder();
    QWidget* buildBar();
    void showSuggestion(const std::optional<MergeSuggestion>& suggestion);

    const Clock& m_clock;
    QLabel* m_subject = nullptr;
    KeyButton* m_done = nullptr;
    Banner* m_suggestion = nullptr;
    std::optional<ConversationId> m_suggested;
    ConversationThread* m_thread = nullptr;
    OrderCard* m_order = nullptr;
    QWidget* m_orderPlace = nullptr; // goes with its margins
    bool m_hasOrder = false;
    ProposalCard* m_proposal = nullptr;
    QWidget* m_proposalPlace = nullptr; // goes with its margins
    Composer* m_composer = nullptr;
    QLabel* m_hint = nullptr;
    QStackedWidget* m_pages = nullptr;
};

} // namespace aiva
