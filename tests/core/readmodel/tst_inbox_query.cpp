#include "core/readmodel/inbox_query.h"
#include "tests/core/readmodel/plans.h"
#include "tests/core/storage/record_fixture.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class InboxQueryTest : public QObject {
    Q_OBJECT

    struct Conversation {
        qint64 id;
        qint64 at;
        QString status;
        bool spokeLast;
        int unread;
        QString precedence;
    };

    std::unique_ptr<RecordFixture> m_cache;
    std::vector<Conversation> m_all;

    void add(const Conversation& c, const QString& name = {}) {
        auto insert = m_cache->database().prepare(
            "INSERT INTO conversations (id, subject, base_subject, store_id, status, customer_email, customer_name, "
            "precedence, snippet, message_count, unread_count, first_message_at, last_message_at, "
            "customer_spoke_last) VALUES (?1, 'S' || ?1, '', NULL, ?2, ?1 || '@example.com', ?3, ?4, 'text', 2, ?5, "
            "?6, ?6, ?7)");
        insert->bind(1, c.id).bind(2, c.status).bind(3, name).bind(4, c.precedence).bind(5, c.unread);
        QVERIFY(insert->bind(6, c.at).bind(7, c.spokeLast).run());
        m_all.push_back(c);
    }
    void fill(int count) {
        QRandomGenerator random(7);
        const auto transaction = Transaction::begin(m_cache->database());
        static const QStringList statuses{u"open"_s, u"waiting"_s, u"done"_s};
        static const QStringList precedences{u"VIP"_s, u"RETURNING"_s, u"NEW"_s, u"PROSPECT"_s};
        for (int i = 1; i <= count; ++i)
            // Few distinct times, so that ties are broken by id.
            add({i, random.bounded(40), statuses[random.bounded(3)], random.bounded(2) == 1,
                 random.bounded(3) == 0 ? 1 : 0, precedences[random.bounded(4)]});
        QVERIFY((*transaction)->commit());
    }
    static bool belongs(const InboxFilter& filter, const Conversation& c) {
        if (filter.unreadOnly && c.unread == 0) return false;
        if (filter.customerSpokeLastOnly && !c.spokeLast) return false;
        switch (filter.view) {
        case InboxView::NeedsMe:
            return c.status == u"open" && c.spokeLast;
        case InboxView::Waiting:
            return c.status == u"waiting" || (c.status == u"open" && !c.spokeLast);
        case InboxView::Vip:
            return c.precedence == u"VIP" && c.status != u"done";
        case InboxView::All:
            return true;
        default:
            return false;
        }
    }
    std::vector<qint64> expected(const InboxFilter& filter) const {
        std::vector<std::pair<qint64, qint64>> keys;
        for (const Conversation& c : m_all)
            if (belongs(filter, c)) keys.emplace_back(c.at, c.id);
        std::sort(keys.begin(), keys.end());
        if (filter.sort == InboxSort::Newest) std::reverse(keys.begin(), keys.end());
        std::vector<qint64> ids;
        for (const auto& key : keys)
            ids.push_back(key.second);
        return ids;
    }

private Q_SLOTS:
    void init() {
        m_all.clear();
        m_cache = std::make_unique<RecordFixture>();
    }

    void pagesHoldEveryRowOnceInOrder_data() {
        QTest::addColumn<int>("view");
        QTest::addColumn<bool>("newest");
        QTest::addColumn<bool>("unreadOnly");
        QTest::addColumn<bool>("spokeLastOnly");
        for (const auto view :
             {InboxView::NeedsMe, InboxView::Waiting, InboxView::Vip, InboxView::All, InboxView::Snoozed})
            for (int bits = 0; bits < 8; ++bits)
                QTest::addRow("%s %d", qPrintable(toWord(view)), bits)
                    << int(view) << bool(bits & 1) << bool(bits & 2) << bool(bits & 4);
    }
    void pagesHoldEveryRowOnceInOrder() {
        QFETCH(int, view);
        QFETCH(bool, newest);
        QFETCH(bool, unreadOnly);
        QFETCH(bool, spokeLastOnly);
        fill(300);
        const auto reader = m_cache->reader();
        const auto query = InboxQuery::create(*reader);
        QVERIFY(query);
        const InboxFilter filter{InboxView(view), newest ? InboxSort::Newest : InboxSort::Oldest, unreadOnly,
                                 spokeLastOnly};
        std::vector<qint64> seen;
        std::optional<InboxKey> after;
        for (;;) {
            const auto page = (*query)->page(filter, after, 7);
            QVERIFY(page);
            QVERIFY(page->size() <= 7);
            for (const InboxRow& row : *page)
                seen.push_back(row.id.value());
            if (page->size() < 7) break;
            after = InboxKey{page->back().lastMessageAt, page->back().id};
        }
        QCOMPARE(seen, expected(filter));
    }

    void countsStayInStepWithEveryChange() {
        fill(100);
        const auto reader = m_cache->reader();
        const auto query = InboxQuery::create(*reader);
        QRandomGenerator random(9);
        for (int round = 0; round < 40; ++round) {
            Conversation& c = m_all[random.bounded(quint32(m_all.size()))];
            c.status = random.bounded(2) ? u"open"_s : u"done"_s;
            c.precedence = random.bounded(2) ? u"VIP"_s : u"NEW"_s;
            c.unread = random.bounded(2);
            c.spokeLast = random.bounded(2);
            auto update = m_cache->database().prepare("UPDATE conversations SET status = ?2, precedence = ?3, "
                                                      "unread_count = ?4, customer_spoke_last = ?5 WHERE id = ?1");
            update->bind(1, c.id).bind(2, c.status).bind(3, c.precedence).bind(4, c.unread).bind(5, c.spokeLast);
            QVERIFY(update->run());
            if (round % 10 == 9) {
                auto remove = m_cache->database().prepare("DELETE FROM conversations WHERE id = ?1");
                QVERIFY(remove->bind(1, m_all.back().id).run());
                m_all.pop_back();
            }
            const auto counts = (*query)->counts();
            QVERIFY(counts);
            for (auto it = counts->begin(); it != counts->end(); ++it)
                QCOMPARE(*it, static_cast<qint64>(expected({it.key(), InboxSort::Newest, false, false}).size()));
        }
    }

    void showsWhatARowNeeds() {
        add({1, 5'000, u"open"_s, true, 2, u"VIP"_s}, u"Ada"_s);
        add({2, 6'000, u"done"_s, false, 0, u"NEW"_s});
        const auto reader = m_cache->reader();
        const auto query = InboxQuery::create(*reader);
        const auto row = (*query)->row(ConversationId(1));
        QVERIFY(row && *row);
        QCOMPARE((*row)->fromName, u"Ada"_s);
        QCOMPARE((*row)->unreadCount, 2);
        QCOMPARE((*row)->precedence, Precedence::Vip);
        QVERIFY((*row)->customerSpokeLast);
        QCOMPARE((*(*query)->row(ConversationId(2)))->fromName, u"2@example.com"_s);
        QVERIFY(!*(*query)->row(ConversationId(3)));
    }

    void namesTheStoreOnlyWhenThereAreSeveral() {
        const StoreId store = m_cache->addStore(u"acme.myshopify.com"_s);
        add({1, 5'000, u"open"_s, true, 2, u"VIP"_s});
        QVERIFY(m_cache->database().execute("UPDATE conversations SET store_id = 1"));
        const auto reader = m_cache->reader();
        const auto query = InboxQuery::create(*reader);
        auto row = (*query)->row(ConversationId(1));
        QCOMPARE((*row)->storeId, std::optional(store));
        QCOMPARE((*row)->storeName, QString());
        m_cache->addStore(u"other.myshopify.com"_s);
        row = (*query)->row(ConversationId(1));
        QCOMPARE((*row)->storeName, u"acme"_s);
    }

    void readsNoTableWhole() {
        const auto reader = m_cache->reader();
        const auto query = InboxQuery::create(*reader);
        QVERIFY(query);
        // The counters are a table of at most 24 rows.
        QCOMPARE(slowSteps(*reader).filter(QRegularExpression(u"^(?!SCAN inbox_counts)"_s)), QStringList());
    }
};

QTEST_GUILESS_MAIN(InboxQueryTest)
#include "tst_inbox_query.moc"
