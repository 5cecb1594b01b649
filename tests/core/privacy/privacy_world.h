// A generated cache: two shops, people who bought there or only wrote, and everything the cache can hold of each: mail
// with attachments on a server's folders, drafts, versions, notes, replies in the outbox, proposals, deliveries in the
// queue, staged lines, faults, requests of shops. Each person's texts carry a word of theirs alone.
#pragma once

#include "core/domain/mail/message_record.h"
#include "core/domain/shop/source_records.h"
#include "core/storage/conversations/conversation_repository.h"
#include "core/storage/records/record_writer.h"
#include "tests/support/temporary_workspace.h"

#include <QByteArrayList>
#include <QRandomGenerator>

#include <vector>

namespace aiva::test {

struct WorldPerson {
    QString word; // in every text of theirs, in lower case, of nobody else
    QString email;
    QString phone;
    std::vector<std::pair<StoreId, CustomerRecord>> customers;
    std::vector<std::pair<StoreId, OrderRecord>> orders;
    std::vector<MessageRecord> mails;

    // What must not be found once they are erased.
    QByteArrayList traces() const;
};

class PrivacyWorld {
public:
    explicit PrivacyWorld(quint32 seed, int people = 6);
    // In a workspace of the caller's; home() is not to be asked then.
    PrivacyWorld(quint32 seed, int people, Database& writer);

    bool isMade() const { return m_isMade; }
    TemporaryWorkspace& home() { return *m_home; }
    Database& writer() { return *m_writer; }
    const std::vector<WorldPerson>& people() const { return m_people; }
    StoreId store(int index) const { return m_stores.at(static_cast<size_t>(index)); }

    // Everything the sources still have of the person comes once more.
    bool bringAgain(const WorldPerson& person);
    // Count and sums of each store's orders and items.
    QStringList totals();
    UtcTime now() const { return m_now; }

private:
    bool make(int people);
    StoreId addStore(const QString& domain);
    void makePerson(int number);
    bool putRecords(const WorldPerson& person);
    bool putMail(const WorldPerson& person);
    bool putOnServer(const QString& messageId);
    bool putWork(const WorldPerson& person, ConversationId conversation);
    bool putQueued(const WorldPerson& person);
    OrderRecord order(const WorldPerson& person, const std::string& customer, int number);
    MessageRecord mail(const WorldPerson& person, int number, const WorldPerson* other);
    bool run(const QByteArray& sql, const QVariantList& values = {});
    int random(int bound) { return static_cast<int>(m_random.bounded(bound)); }
    QString randomWord();

    QRandomGenerator m_random;
    std::unique_ptr<TemporaryWorkspace> m_home;
    Database* m_writer = nullptr;
    std::vector<StoreId> m_stores;
    std::vector<WorldPerson> m_people;
    UtcTime m_now;
    qint64 m_number = 1000;
    qint64 m_uid = 0;
    bool m_isMade = false;
};

} // namespace aiva::test
