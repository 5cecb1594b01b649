// A cache with stores, people, knowledge and mail, put there by the product's own writers, to read an answer's sources
// from.
#pragma once

#include "core/answer/facts/answer_sources.h"
#include "core/storage/conversations/conversation_repository.h"
#include "tests/core/storage/records/record_fixture.h"

#include <map>

namespace aiva::test {

class AnswerCache {
public:
    StoreId addStore(const QString& domain, const QString& currency = QStringLiteral("USD"));
    MailboxId addMailbox(const QString& address, std::optional<StoreId> store);
    void addKnowledge(StoreId store, KnowledgeKind kind, const QString& title, const QString& text,
                      const QString& url = {});
    template <typename Record>
    void put(StoreId store, const Record& record) {
        auto& writer = m_writers[store.value()];
        if (!writer) writer = m_fixture.writer(store);
        if (const auto written = writer->put(record); !written) qFatal("%s", qPrintable(written.error().detail));
    }
    // A new conversation's first mail, or one that answers `earlier`.
    ConversationId mail(const QString& from, const QString& subject, const QString& text,
                        std::optional<MailboxId> mailbox = std::nullopt, const QString& earlier = {});
    QString lastMessageId() const { return m_lastMessageId; }
    ProfileId profileOf(const QString& email);

    RecordFixture& fixture() { return m_fixture; }
    Database& reader();
    // Opens the reader on first use.
    AnswerReader& answers();
    AnswerSources sources(ConversationId conversation, UtcTime now = day(10));

private:
    RecordFixture m_fixture;
    std::map<qint64, std::unique_ptr<RecordWriter>> m_writers;
    std::unique_ptr<Database> m_reader;
    std::unique_ptr<AnswerReader> m_answers;
    QString m_lastMessageId;
    int m_mails = 0;
};

} // namespace aiva::test
