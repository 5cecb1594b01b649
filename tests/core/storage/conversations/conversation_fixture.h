// A workspace with two stores, mails, and a repository to put them into.
#pragma once

#include "core/storage/conversations/conversation_repository.h"
#include "core/storage/database/database.h"
#include "core/storage/workspace/workspace.h"

#include <QTemporaryDir>

#include <memory>

namespace aiva::test {

// When a mail of minute 0 is sent, in ms.
constexpr qint64 kNoon = 1'770'000'000'000;

MessageRecord mailFrom(const QString& id, const QString& from, const QString& subject, qint64 minutes,
                       const QStringList& references = {});
MessageRecord replyTo(const QString& id, const QString& to, const QString& subject, qint64 minutes,
                      const QStringList& references = {});

class ConversationFixture {
protected:
    void open();
    void close();
    qint64 number(const char* sql);
    QString text(const char* sql);
    void sql(const char* statements);
    // Customers written by hand as the writers leave them: found by full text.
    void indexCustomers();
    // An order of profile 7.
    void order(qint64 store, const QString& name, const QString& email, qint64 createdAt);
    ConversationId add(const MessageRecord& message,
                       ConversationRepository::Direction direction = ConversationRepository::Direction::Inbound);

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<ConversationRepository> m_repository;
};

} // namespace aiva::test
