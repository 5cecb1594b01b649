#include "core/readmodel/inbox_query.h"
#include "tests/core/readmodel/plans.h"
#include "tests/core/storage/records/record_fixture.h"
#include "tests/support/patience.h"

#include <QRandomGenerator>

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
        qint64 store = 0;
        qint64 mailbox = 0;
        int slot = 0;
        QString answer = {};
    };

    std::unique_ptr<RecordFixture> m_cache;
    std::vector<Conversation> m_all;

    void add(const Conversation& c, const QString& name = {}) {
        auto insert = m_cache->database().prepare(
            "INSERT INTO conversations (id, subject, base_subject, store_id, status, customer_email, customer_name, "
            "precedence, snippet, message_count, unread_count, first_message_at, last_message_at, "
            "customer_spoke_last, mailbox_id, assignee_slot) VALUES (?1, 'S' || ?1, '', nullif(?8, 0), ?2, "
            "?1 || '@example.com', ?3, ?4, 'text', 2, ?5, ?6, ?6, ?7, nullif(?9, 0), ?10)");
        insert->bind(1, c.id).bind(2, c.status).bind(3, name).bind(4, c.precedence).bind(5, c.unread);
        QVERIFY(insert->bind(6, c.at).bind(7, c.spokeLast).bind(8, c.store).bind(9, c.mailbox).bind(10, c.slot).run());
        if (!c.answer.isEmpty()) setAnswer(c.id, c.answer);
        m_all.push_back(c);
    }
    void setAnswer(qint64 id, const QString& state) {
        auto update = m_cache->database().prepare("UPDATE conversations SET answer_state = ?2 WHERE id = ?1");
        QVERIFY(update->bind(1, id).bind(2, state).run());
    }
    void fill(int count) {
        QRandomGenerator random(7);
        const auto transaction = Transaction::begin(m_cache->database());
        static const QStringList statuses{u"open"_s, u"waiting"_s, u"done"_s};
        static const QStringList answers{u""_s, u"ready"_s, u"check"_s};
        static const QStringList precedences{u"VIP"_s, u"RETURNING"_s, u"NEW"_s, u"PROSPECT"_s};
        for (int i = 1; i <= count; ++i)
            // Few distinct times, so that ties are broken by id.
            add({i, random.bounded(40), statuses[random.bounded(3)], random.bounded(2) == 1,
                 random.bounded(3) == 0 ? 1 : 0, precedences[random.bounded(4)], 0, 0, 0, answers[random.bounded(3)]});
        QVERIFY((*transaction)->commit());
    }
    // Two stores, two mailboxes with a team of three each, conversations spread over all of them.
    void fillTeams(int count) {
        Database& database = m_cache->database();
        m_cache->addStore(u"acme.myshopify.com"_s);
        m_cache->addStore(u"other.myshopify.com"_s);
        for (const int mailbox : {1, 2}) {
            auto insert = database.prepare(
                "INSERT INTO mailboxes (id, address, display_name, own_addresses, user_name, auth, imap_host, "
                "imap_port, imap_security, smtp_host, smtp_port, smtp_security) VALUES (?1, ?1 || "
                "'@acme.example', '', '', '', 'password', 'h', 993, 'tls', 'h', 465, 'tls')");
            QVERIFY2(insert, insert ? "" : qPrintable(insert.error().detail));
            QVERIFY(insert->bind(1, mailbox).run());
            for (const int slot : {1, 2, 3}) {
                auto agent = database.prepare("INSERT INTO team_agents VALUES (?1, ?2, 'Agent ' || ?2, ?2 = 1)");
                QVERIFY(agent->bind(1, mailbox).bind(2, slot).run());
            }
        }
        QRandomGenerator random(11);
        static const QStringList statuses{u"open"_s, u"waiting"_s, u"done"_s};
        const auto transaction = Transaction::begin(database);
        for (int i = 1; i <= count; ++i) {
            const int mailbox = random.bounded(3);
            add({i, random.bounded(30), statuses[random.bounded(3)], random.bounded(2) == 1, random.bounded(2),
                 random.bounded(3) == 0 ? u"VIP"_s : u"NEW"_s, random.bounded(3), mailbox,
                 mailbox == 0 ? 0 : random.bounded(4), random.bounded(2) ? u"ready"_s : u"blocked"_s});
        }
        QVERIFY((*transaction)->commit());
    }
    std::vector<qint64> paged(InboxQuery& query, const InboxFilter& filter, int limit) {
        std::vector<qint64> seen;
        std::optional<InboxKey> after;
        for (;;) {
            const auto page = query.page(filter, after, limit);
            if (!page || page->size() > static_cast<size_t>(limit)) return {-1};
            for (const InboxRow& row : *page)
                seen.push_back(row.id.value());
            if (page->size() < static_cast<size_t>(limit)) return seen;
            after = InboxKey{page->back().lastMessageAt, page->back().id};
        }
    }
    static bool belongs(const InboxFilter& filter, const Conversation& c) {
        if (filter.unreadOnly && c.unread == 0) return false;
        if (filter.customerSpokeLastOnly && !c.spokeLast) return false;
        if (filter.store && c.store != filter.store->value()) return false;
        if (filter.assignees) {
            const InboxAssignee own{MailboxId(c.mailbox), c.slot};
            const auto& wanted = *filter.assignees;
            if (wanted.empty() ? c.slot != 0 : std::find(wanted.begin(), wanted.end(), own) == wanted.end())
                return false;
        }
        switch (filter.view) {
        case InboxView::NeedsMe:
            return c.status == u"open" && c.spokeLast;
        case InboxView::ReadyToSend:
            return c.status == u"open" && c.spokeLast && c.answer == u"ready";
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
        for (const auto view : {InboxView::NeedsMe, InboxView::ReadyToSend, InboxView::Waiting, InboxView::Vip,
                                InboxView::All, InboxView::Snoozed})
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

    void narrowsToAStoreAndToWhoeverHasIt() {
        fillTeams(400);
        const auto reader = m_cache->reader();
        const auto query = InboxQuery::create(*reader);
        QVERIFY(query);
        const std::vector<InboxAssignee> mine{{MailboxId(1), 1}, {MailboxId(2), 1}};
        const std::vector<std::optional<std::vector<InboxAssignee>>> whos{
            std::nullopt, std::vector<InboxAssignee>(), mine, std::vector<InboxAssignee>{{MailboxId(2), 3}}};
        int cases = 0;
        size_t rows = 0;
        for (const auto view :
             {InboxView::NeedsMe, InboxView::ReadyToSend, InboxView::Waiting, InboxView::Vip, InboxView::All})
            for (const auto sort : {InboxSort::Newest, InboxSort::Oldest})
                for (const std::optional<StoreId> store : {std::optional<StoreId>(), std::optional(StoreId(2))})
                    for (const auto& who : whos)
                        for (const bool unread : {false, true}) {
                            const InboxFilter filter{view, sort, unread, false, store, who};
                            const auto seen = paged(**query, filter, 7);
                            QCOMPARE(seen, expected(filter));
                            rows += seen.size();
                            ++cases;
                        }
        QCOMPARE(cases, 160);
        QVERIFY(rows > 2000);
    }

    void showsWhoHasItAndWhatIsOnItsWay() {
        fillTeams(0);
        add({1, 5'000, u"open"_s, true, 2, u"NEW"_s, 1, 1, 2});
        add({2, 6'000, u"open"_s, true, 2, u"NEW"_s, 1, 2, 1});
        add({3, 7'000, u"open"_s, true, 2, u"NEW"_s, 1, 1, 9});
        QVERIFY(m_cache->database().execute("UPDATE conversations SET claim_slot = 3 WHERE id = 1"));
        QVERIFY(m_cache->database().execute("UPDATE conversations SET claim_slot = 1 WHERE id = 2"));
        const auto queue = [this](qint64 conversation, const QString& state) {
            auto insert = m_cache->database().prepare(
                "INSERT INTO outbox (mailbox_id, conversation_id, message_id, state, origin, subject, envelope_from, "
                "recipients, mail, text, draft, basis, cancel_when_customer_writes, queued_at, not_before, "
                "next_attempt_at) VALUES (1, ?1, hex(randomblob(8)), ?2, 'person', '', '', '[]', x'', '', '', '', 0, "
                "0, 0, 0)");
            QVERIFY(insert->bind(1, conversation).bind(2, state).run());
        };
        const auto reader = m_cache->reader();
        const auto query = InboxQuery::create(*reader);
        const auto row = [&](qint64 id) { return **(*query)->row(ConversationId(id)); };
        QCOMPARE(row(1).assigneeName, u"Agent 2"_s);
        QVERIFY(!row(1).isMine);
        QCOMPARE(row(1).answering, u"Agent 3"_s);
        QVERIFY(row(2).isMine);
        QCOMPARE(row(2).answering, QString()); // it is me
        QCOMPARE(row(3).assigneeName, QString());
        QCOMPARE(row(3).assigneeSlot, 9);
        const std::pair<QString, Outgoing> states[] = {
            {u"sent"_s, Outgoing::None},      {u"waiting"_s, Outgoing::OnItsWay}, {u"held"_s, Outgoing::NeedsYou},
            {u"cancelled"_s, Outgoing::None}, {u"failed"_s, Outgoing::NeedsYou},  {u"sending"_s, Outgoing::OnItsWay},
            {u"filing"_s, Outgoing::None},    {u"unknown"_s, Outgoing::NeedsYou}};
        for (const auto& [state, outgoing] : states) {
            queue(1, state); // the newest counts
            QCOMPARE(row(1).outgoing, outgoing);
        }
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
            Conversation& other = m_all[random.bounded(quint32(m_all.size()))];
            other.answer = QStringList{u""_s, u"ready"_s, u"check"_s}[random.bounded(3)];
            setAnswer(other.id, other.answer);
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
        QCOMPARE((*row)->answerState, QString());
        QVERIFY(!(*row)->intent);
        QVERIFY(m_cache->database().execute("INSERT INTO proposals (conversation_id, message_id, state, intent, draft, "
                                            "facts, verdict, gate, hand_over, "
                                            "basis, made_at) VALUES (1, 1, 'check', "
                                            "'{\"intents\":[{\"intent\":\"refund\"}]}', '', '', '', '', '', '', 0)"));
        const auto proposed = (*query)->row(ConversationId(1));
        QCOMPARE((*proposed)->answerState, u"check"_s);
        QVERIFY((*proposed)->intent == std::optional(Intent::Refund));
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

    void readyAnswersAreReadAlongTheirOwnIndex() {
        const auto reader = m_cache->reader();
        const auto query = InboxQuery::create(*reader);
        QVERIFY(query);
        const QStringList plans = plansOf(*reader, u"answer_state = 'ready'"_s);
        QCOMPARE(plans.size(), 4);
        for (const QString& plan : plans)
            QVERIFY2(plan.contains(u"USING COVERING INDEX conversations_ready"_s) ||
                         plan.contains(u"USING INDEX conversations_ready"_s),
                     qPrintable(plan));
    }

    void readsNoTableWhole() {
        const auto reader = m_cache->reader();
        const auto query = InboxQuery::create(*reader);
        QVERIFY(query);
        // The counters are a table of at most 24 rows.
        QCOMPARE(slowSteps(*reader).filter(QRegularExpression(u"^(?!SCAN inbox_counts)"_s)).join(u'\n'), QString());
    }
};

QTEST_GUILESS_MAIN(InboxQueryTest)
#include "tst_inbox_query.moc"
