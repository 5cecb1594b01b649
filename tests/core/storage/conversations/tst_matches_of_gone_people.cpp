// Whom a conversation is matched with when the person it was matched with is no more.
#include "core/storage/stores/store_remover.h"
#include "tests/core/storage/conversations/conversation_fixture.h"

#include <QtTest>

using namespace aiva;
using namespace Qt::StringLiterals;
using aiva::test::ConversationFixture;
using aiva::test::mailFrom;

class TestMatchesOfGonePeople : public QObject, ConversationFixture {
    Q_OBJECT
private Q_SLOTS:
    void init() { open(); }
    void cleanup() { close(); }

    void takesBackAMergeOfAPersonWhoIsOneWithAnother();
    void matchesByAddressAgainWhenAStoreIsDropped();
};

void TestMatchesOfGonePeople::takesBackAMergeOfAPersonWhoIsOneWithAnother() {
    sql("INSERT INTO profiles (id) VALUES (7), (8);"
        "INSERT INTO profile_emails (email, profile_id, source) VALUES ('ann@x.example', 7, 'shop')");
    const auto one = add(mailFrom(u"a@x"_s, u"ann@x.example"_s, u"one"_s, 0));
    const auto two = add(mailFrom(u"b@x"_s, u"ann@x.example"_s, u"two"_s, 1));
    QVERIFY(m_repository->merge(one, two, UtcTime(5)));
    sql("UPDATE profile_emails SET profile_id = 8; UPDATE conversations SET profile_id = 8;"
        "DELETE FROM profiles WHERE id = 7");
    QVERIFY(m_repository->rematch(500));
    const auto reverted = m_repository->revertMove(one, UtcTime(9));
    QVERIFY2(reverted && *reverted, reverted ? "" : qPrintable(reverted.error().detail));
    QVERIFY(m_repository->rematch(500));
    QCOMPARE(text("SELECT group_concat(profile_id || matched_by) FROM conversations"), u"8email,8email"_s);
}

// A person linked it to somebody only the dropped store knew; who has the address is known elsewhere.
void TestMatchesOfGonePeople::matchesByAddressAgainWhenAStoreIsDropped() {
    sql("INSERT INTO profiles (id) VALUES (7), (8);"
        "INSERT INTO profile_emails (email, profile_id, source) VALUES ('ann@x.example', 7, 'shop'), "
        "('bob@x.example', 8, 'shop');"
        "INSERT INTO customers VALUES (1, 1, 'c1', 7, 'Ann', 'Ann', '', 'ann@x.example', '', '', '', '', '', '', 2, "
        "100, 'EUR', 0, 0, 0), (2, 2, 'c2', 8, 'Bob', 'Bob', '', 'bob@x.example', '', '', '', '', '', '', 2, 100, "
        "'EUR', 0, 0, 0)");
    indexCustomers();
    const auto conversation = add(mailFrom(u"a@x"_s, u"bob@x.example"_s, u"one"_s, 0));
    QVERIFY(m_repository->linkToProfile(conversation, ProfileId(7), UtcTime(5)));
    QVERIFY(m_repository->rematch(500));
    QCOMPARE(text("SELECT profile_id || matched_by FROM conversations"), u"7manual"_s);
    const auto removed = removeStore(*m_database, StoreId(1));
    QVERIFY2(removed, removed ? "" : qPrintable(removed.error().detail));
    QCOMPARE(removed->profiles, 1);
    QVERIFY(m_repository->rematch(500));
    QCOMPARE(text("SELECT profile_id || matched_by FROM conversations"), u"8email"_s);
    QCOMPARE(number("SELECT count(*) FROM match_corrections"), 0);
}

QTEST_GUILESS_MAIN(TestMatchesOfGonePeople)
#include "tst_matches_of_gone_people.moc"
