// A workspace with a mailbox, mails between few people, and a repository that moves them between conversations.
#pragma once

#include "core/storage/conversations/conversation_repository.h"
#include "tests/support/temporary_workspace.h"

#include <memory>

namespace aiva::test {

// When a mail of minute 0 is sent, in ms.
constexpr qint64 kMovesBegin = 1'770'000'000'000;
inline const QString kAnn = QStringLiteral("ann@x.example");
inline const QString kBob = QStringLiteral("bob@y.example");

MessageRecord mail(const QString& id, const QString& from, const QString& subject, qint64 minutes,
                   const QStringList& references = {});

class MovesFixture {
protected:
    using Direction = ConversationRepository::Direction;

    // Afresh.
    void open();
    ConversationId add(const MessageRecord& message, Direction direction = Direction::Inbound);
    MessageId idOf(const QString& messageId);
    ConversationId place(const QString& messageId);
    void sql(const QString& statements);
    qint64 number(const char* query);
    void propose(ConversationId conversation, const QString& state);
    // All that hangs on conversations, row by row.
    QStringList dump();
    UtcTime now() const { return UtcTime(kMovesBegin + 100'000'000); }

    std::unique_ptr<TemporaryWorkspace> m_workspace;
    std::unique_ptr<ConversationRepository> m_repository;
};

} // namespace aiva::test
