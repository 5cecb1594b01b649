// What changed since a draft was begun (V6): the mails that came since, and each field of an order before and after.
// Sending is blocked until a person has seen it.
#pragma once

#include "core/base/clock.h"
#include "core/domain/shop/order_facts.h"
#include "core/readmodel/conversation_query.h"

#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace aiva {

struct DraftChange {
    std::vector<MessageView> messages; // newer than the draft's newest
    std::vector<FactDifference> facts;
    bool isOtherPerson = false; // the conversation is linked to somebody else now
    bool isEmpty() const { return messages.empty() && facts.empty() && !isOtherPerson; }
};
// Of a conversation as it is now against what its draft stood on.
DraftChange draftChange(const ConversationView& conversation, const Draft& draft, const OrderFactsMap& now);

class DraftDifference final : public QWidget {
    Q_OBJECT
public:
    explicit DraftDifference(const Clock& clock, QWidget* parent = nullptr);
    void setChange(const DraftChange& change);

Q_SIGNALS:
    void acknowledged();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void addMessage(const MessageView& message);
    void addFact(const FactDifference& fact);

    const Clock& m_clock;
    QWidget* m_rows = nullptr;
    QVBoxLayout* m_column;
};

} // namespace aiva
