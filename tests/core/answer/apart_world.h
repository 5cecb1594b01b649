// Two stores of one workspace and one store of another, fed in any order with people, order numbers and ids they have
// in common. Every text of a store carries the store's own word, every text about a person the person's, and no two
// stores of a workspace have one currency, so that a crossing can be read off.
#pragma once

#include "core/storage/stores/store_remover.h"
#include "tests/core/answer/facts/answer_cache.h"

#include <QRandomGenerator>

#include <map>
#include <set>

namespace aiva::test {

inline constexpr int kApartPeople = 5;

template <typename T>
T needed(Result<T> result) {
    if (!result) qFatal("%s", qPrintable(result.error().detail));
    return *std::move(result);
}

QString apartPersonWord(int person);
std::string apartAddress(int person);
QStringList wordsIn(const QString& text, const QStringList& words);

struct ApartStore {
    QString word; // in all its texts
    AnswerCache* cache = nullptr;
    Currency currency;
    StoreId id = {};
    MailboxId mailbox = {};
};

struct ApartConversation {
    AnswerCache* cache = nullptr;
    ConversationId id;
    std::optional<StoreId> firstThrough;      // the store of the mailbox it began in; absent: one for both
    std::set<std::optional<StoreId>> through; // of all mailboxes its mail came through
};

// What the shops say of one profile, added up here once more and per currency.
struct ApartSums {
    std::map<QString, qint64> spent;
    qint64 orders = 0;
    bool isVip = false;

    void add(const QString& currency, qint64 minor, qint64 count) {
        spent[currency] += minor;
        orders += count;
        isVip = isVip || minor > 50'000;
    }
};
ApartSums sumsOf(AnswerCache& cache, ProfileId profile);
// Whose words stand on it.
QString textOf(const OrderView& order);
// Every column of a table, as SQL that never is NULL.
QStringList textColumns(AnswerCache& cache, const QString& table);

class ApartWorld {
public:
    explicit ApartWorld(quint32 seed);

    void step();
    // Everything of one home store goes, as when its owner uninstalls. Answers its word.
    QString dropStore();
    void rematch();

    const std::vector<ApartStore>& stores() const { return m_stores; }
    std::vector<AnswerCache*> caches() const { return {m_home.get(), m_away.get()}; }
    std::vector<ApartStore> storesOf(const AnswerCache& cache) const;
    const QStringList& storeWords() const { return m_storeWords; }
    const QStringList& personWords() const { return m_personWords; }
    const std::vector<ApartConversation>& conversations() const { return m_conversations; }
    // Whose records an answer to the address may speak of: the person's own, and those it was linked to by hand.
    QStringList allowedFor(const AnswerCache& cache, const QString& address) const;

private:
    int any(int below) { return static_cast<int>(m_random.bounded(quint32(below))); }
    bool isSecond(const ApartStore& store) const { return store.word == m_storeWords[1]; }
    Money amount(const ApartStore& store, qint64 minor) const { return Money(minor, store.currency); }
    void putCustomer(const ApartStore& store);
    void putOrder(const ApartStore& store);
    void putShopWords(const ApartStore& store);
    void removeSomething(const ApartStore& store);
    void writeMail(const ApartStore& store);
    void linkByHand();

    QRandomGenerator m_random;
    std::unique_ptr<AnswerCache> m_home;
    std::unique_ptr<AnswerCache> m_away; // another workspace
    std::vector<ApartStore> m_stores;
    MailboxId m_common; // of the home workspace: mail for either store
    QStringList m_storeWords;
    QStringList m_personWords;
    std::vector<ApartConversation> m_conversations;
    std::map<std::pair<const AnswerCache*, QString>, QStringList> m_linked;
};

} // namespace aiva::test
