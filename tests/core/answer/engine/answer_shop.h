// A shop whose owner lets everything leave by itself that may: one customer with a shipped order, another customer with
// theirs, and mail that the receiving server vouches for. Tests change one thing and look at what still leaves.
#pragma once

#include "core/answer/engine/answer_engine.h"
#include "tests/core/answer/facts/answer_cache.h"

namespace aiva::test {

class AnswerShop {
public:
    AnswerShop();

    struct Mail {
        QString from = QStringLiteral("maya@mail.example");
        QString fromName = QStringLiteral("Maya Chen");
        QString replyTo = {};
        QString subject = QStringLiteral("Where is my order?");
        QString text = QStringLiteral("Hello,\n\nwhere is my order #1001? When will it arrive?\n\nThank you\nMaya");
        SenderCheck sender = verified();
        bool automated = false;
        QString attachment = {};
        std::vector<FoldedRange> folded = {};
    };
    static SenderCheck verified();
    ConversationId take(const Mail& mail);
    // The customer's record changed: name, tags, what they spent.
    void changeCustomer(const std::function<void(CustomerRecord&)>& change);
    void changeOrder(const std::function<void(OrderRecord&)>& change);
    void addProduct(const QString& title);
    void setRule(const std::function<void(AutoSendRule&)>& change);

    AnswerEngine& engine();
    AnswerReading read(ConversationId conversation);
    Proposal propose(const Mail& mail);
    // As a model that writes exactly this would be judged.
    Proposal judge(const Mail& mail, const QString& reply, const QStringList& cards = {});

    ManualClock& clock() { return m_clock; }
    AnswerCache& cache() { return m_cache; }
    StoreId store() const { return m_store; }
    // {own_order} and so on of the attacks.
    QMap<QString, QString> words() const;

private:
    AnswerCache m_cache;
    ManualClock m_clock;
    StoreId m_store;
    MailboxId m_mailbox;
    CustomerRecord m_customer;
    OrderRecord m_order;
    std::unique_ptr<AnswerEngine> m_engine;
    int m_mails = 0;
};

// Names of the checks that do not hold.
QStringList failedChecks(const Proposal& proposal);

} // namespace aiva::test
