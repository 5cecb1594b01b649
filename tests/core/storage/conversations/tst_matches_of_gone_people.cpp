// Whom a conversation is matched with when the person it was matched with is no more.
#include "core/storage/records/record_remover.h"
#include "core/storage/records/record_writer.h"
#include "core/storage/stores/store_remover.h"
#include "tests/core/storage/conversations/conversation_fixture.h"
#include "tests/support/patience.h"

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
    void aCorrectionAwayFromThemStands();
    void aStoreDroppedTakesNoAddressAnotherSpells();
    void aCorrectionToThemCanBeTakenBackTo();
    void nobodyNewIsTakenForThem();
    void aMergeTakenBackUnlinksWhoIsOneWithAnother();
    void whoIsOneWithAnotherIsRankedAsThey();

private:
    static CustomerRecord customer(const std::string& id, const std::string& email, qint64 at = 1) {
        CustomerRecord record;
        record.externalId = id;
        record.email = email;
        record.createdAt = record.updatedAt = UtcTime(at);
        return record;
    }
    ProfileId profileOf(const char* customer) {
        return ProfileId(
            number((std::string("SELECT profile_id FROM customers WHERE external_id = '") + customer + "'").c_str()));
    }
    bool revert(ConversationId conversation) {
        const auto reverted = m_repository->revertLink(conversation, UtcTime(9));
        if (!reverted) qWarning("%s", qPrintable(reverted.error().detail));
        return reverted && *reverted;
    }
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

// The one it was matched with before is gone; whom a person linked it to is not.
void TestMatchesOfGonePeople::aCorrectionAwayFromThemStands() {
    QVERIFY((*RecordWriter::create(*m_database, StoreId(1)))->put(customer("ann", "ann@x.example")));
    QVERIFY((*RecordWriter::create(*m_database, StoreId(2)))->put(customer("bob", "bob@x.example")));
    const auto conversation = add(mailFrom(u"a@x"_s, u"ann@x.example"_s, u"one"_s, 0));
    QVERIFY(m_repository->linkToProfile(conversation, profileOf("bob"), UtcTime(5)));
    QVERIFY(removeStore(*m_database, StoreId(1)));
    const auto later = add(mailFrom(u"b@x"_s, u"ann@x.example"_s, u"two"_s, 1));
    QCOMPARE(number("SELECT count(*) FROM conversations WHERE matched_by = 'manual'"), 2);
    QVERIFY(revert(later));
    QCOMPARE(number("SELECT count(*) FROM conversations WHERE profile_id IS NULL AND matched_by = 'none'"), 2);
}

void TestMatchesOfGonePeople::aStoreDroppedTakesNoAddressAnotherSpells() {
    QVERIFY((*RecordWriter::create(*m_database, StoreId(1)))->put(customer("1", " Ann@X.Example ")));
    QVERIFY((*RecordWriter::create(*m_database, StoreId(2)))->put(customer("2", "ann@x.example")));
    QVERIFY((*RecordWriter::create(*m_database, StoreId(1)))->put(customer("3", "\u00C4NN@x.example")));
    QVERIFY((*RecordWriter::create(*m_database, StoreId(2)))->put(customer("4", "\u00E4nn@x.example")));
    QVERIFY(removeStore(*m_database, StoreId(2)));
    QCOMPARE(number("SELECT count(*) FROM profile_emails e JOIN customers c ON c.profile_id = e.profile_id"), 2);
    add(mailFrom(u"a@x"_s, u"ann@x.example"_s, u"one"_s, 0));
    QCOMPARE(text("SELECT matched_by FROM conversations"), u"email"_s);
}

// Of two corrections the first was to somebody whom the shop has deleted since.
void TestMatchesOfGonePeople::aCorrectionToThemCanBeTakenBackTo() {
    const auto writer = *RecordWriter::create(*m_database, StoreId(1));
    for (const char* name : {"ann", "bob", "eva"})
        QVERIFY(writer->put(customer(name, std::string(name) + "@x.example")));
    const auto conversation = add(mailFrom(u"a@x"_s, u"ann@x.example"_s, u"one"_s, 0));
    QVERIFY(m_repository->linkToProfile(conversation, profileOf("bob"), UtcTime(5)));
    QVERIFY(m_repository->linkToProfile(conversation, profileOf("eva"), UtcTime(6)));
    QVERIFY((*RecordRemover::create(*m_database, StoreId(1)))->remove(Resource::Customers, "bob"));
    QVERIFY(revert(conversation));
    QCOMPARE(number("SELECT profile_id FROM conversations"), profileOf("ann").value());
    QVERIFY(revert(conversation)); // to bob; it is as if not made
    QVERIFY(!revert(conversation));
    QCOMPARE(text("SELECT matched_by FROM conversations"), u"email"_s);
    add(mailFrom(u"b@x"_s, u"ann@x.example"_s, u"two"_s, 1));
}

// Whoever comes next must not get the mail of one who is gone, nor what a merge put away.
void TestMatchesOfGonePeople::nobodyNewIsTakenForThem() {
    const auto writer = *RecordWriter::create(*m_database, StoreId(1));
    const auto remover = *RecordRemover::create(*m_database, StoreId(1));
    for (const char* name : {"ann", "eva", "bob"})
        QVERIFY(writer->put(customer(name, std::string(name) + "@x.example")));
    const ProfileId bob = profileOf("bob");
    const auto one = add(mailFrom(u"a@x"_s, u"bob@x.example"_s, u"one"_s, 0));
    const auto two = add(mailFrom(u"b@x"_s, u"bob@x.example"_s, u"two"_s, 1));
    QVERIFY(m_repository->merge(one, two, UtcTime(3)));
    QVERIFY(m_repository->linkToProfile(one, bob, UtcTime(5)));
    QVERIFY(m_repository->linkToProfile(one, profileOf("eva"), UtcTime(6)));
    QVERIFY(remover->remove(Resource::Customers, "bob"));
    QCOMPARE(number("SELECT count(*) FROM profiles"), 2);
    QVERIFY(writer->put(customer("zoe", "zoe@x.example")));
    QVERIFY(profileOf("zoe") != bob);
    const auto taken = m_repository->revertMove(one, UtcTime(8));
    QVERIFY2(taken && *taken, taken ? "" : qPrintable(taken.error().detail));
    QVERIFY(revert(one));
    QVERIFY(m_repository->rematch(500));
    QCOMPARE(number("SELECT count(*) FROM conversations WHERE profile_id IS NOT NULL"), 0);
}

// Nobody was linked to it before the merge; whom the merge brought is called otherwise by now.
void TestMatchesOfGonePeople::aMergeTakenBackUnlinksWhoIsOneWithAnother() {
    const auto writer = *RecordWriter::create(*m_database, StoreId(1));
    QVERIFY(writer->put(customer("ann", "ann@x.example")));
    QVERIFY(writer->put(customer("eva", "eva@x.example")));
    const auto one = add(mailFrom(u"a@x"_s, u"ann@work.example"_s, u"one"_s, 0));
    const auto two = add(mailFrom(u"b@x"_s, u"ann@x.example"_s, u"two"_s, 1));
    sql("UPDATE conversations SET customer_email = 'ann@work.example' WHERE subject = 'two'");
    QVERIFY(m_repository->merge(one, two, UtcTime(5)));
    QCOMPARE(number("SELECT profile_id FROM conversations"), profileOf("ann").value());
    QVERIFY(writer->put(customer("ann", "eva@x.example", 2)));
    QCOMPARE(profileOf("ann").value(), profileOf("eva").value());
    QVERIFY(*m_repository->revertMove(one, UtcTime(9)));
    QCOMPARE(text("SELECT ifnull(profile_id, 'nobody') FROM conversations WHERE subject = 'one'"), u"nobody"_s);
    QCOMPARE(number("SELECT profile_id FROM conversations WHERE subject = 'two'"), profileOf("eva").value());
}

// The shop merged a customer whom only a person's hand tied to the conversation.
void TestMatchesOfGonePeople::whoIsOneWithAnotherIsRankedAsThey() {
    const auto writer = *RecordWriter::create(*m_database, StoreId(1));
    CustomerRecord vip = customer("vip", "");
    vip.tags = {"VIP"};
    QVERIFY(writer->put(vip));
    QVERIFY(writer->put(customer("plain", "plain@x.example")));
    const auto conversation = add(mailFrom(u"a@x"_s, u"new@x.example"_s, u"one"_s, 0));
    QVERIFY(m_repository->linkToProfile(conversation, profileOf("vip"), UtcTime(5)));
    QVERIFY(m_repository->rematch(500));
    QCOMPARE(text("SELECT precedence FROM conversations"), u"VIP"_s);
    const auto remover = *RecordRemover::create(*m_database, StoreId(1));
    const auto removed = remover->remove(Resource::Customers, "vip");
    QVERIFY(removed && *removed);
    QVERIFY(remover->follow((*removed)->profile, "plain"));
    QVERIFY(m_repository->rematch(500));
    QCOMPARE(text("SELECT precedence FROM conversations"), u"PROSPECT"_s);
    QCOMPARE(number("SELECT profile_id FROM conversations"), profileOf("plain").value());
}

QTEST_GUILESS_MAIN(TestMatchesOfGonePeople)
#include "tst_matches_of_gone_people.moc"
