// Which store a conversation is of, and what two stores have in common that does not make one conversation of theirs.
#include "tests/core/storage/conversations/conversation_fixture.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"

using namespace aiva;
using namespace Qt::StringLiterals;
using aiva::test::ConversationFixture;
using aiva::test::mailFrom;

class TestConversationStores : public QObject, ConversationFixture {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { close(); }

    void oneSubjectAtTwoStoresIsTwoMatters();
    void oneOrderNumberAtTwoStoresIsTwoMatters();
    void aMailboxForBothJoinsEither();
    void anAnswerToOursFollowsItsThread();
    void aNoticeFindsTheOrderOfItsOwnStore();
    void theMailboxSaysTheStore();
    void aLinkByHandBringsTheStoreAlong();
    void mergedMailStaysWhereItCameIn();

private:
    ConversationId mail(const QString& id, const QString& from, const QString& subject, std::optional<qint64> mailbox,
                        int minute, const QStringList& references = {});
    QStringList stores() { return test::rows(*m_database, "SELECT store_id FROM conversations ORDER BY id"); }
};

// Mailboxes 1 and 2 are of the stores of those numbers, 3 is of both.
void TestConversationStores::init() {
    open();
    sql("INSERT INTO mailboxes (id, address, display_name, own_addresses, user_name, auth, imap_host, imap_port, "
        "imap_security, smtp_host, smtp_port, smtp_security, store_id) VALUES "
        "(1, 'help@a.example', '', 'help@a.example', '', 'password', '', 1, 'plain', '', 1, 'plain', 1), "
        "(2, 'help@b.example', '', 'help@b.example', '', 'password', '', 1, 'plain', '', 1, 'plain', 2), "
        "(3, 'both@c.example', '', 'both@c.example', '', 'password', '', 1, 'plain', '', 1, 'plain', NULL);"
        "INSERT INTO profiles (id) VALUES (7), (8);"
        "INSERT INTO profile_emails (email, profile_id, source) VALUES ('ann@x.example', 7, 'shop')");
}

ConversationId TestConversationStores::mail(const QString& id, const QString& from, const QString& subject,
                                            std::optional<qint64> mailbox, int minute, const QStringList& references) {
    const auto box = mailbox ? std::optional(MailboxId(*mailbox)) : std::nullopt;
    const auto added = m_repository->add(mailFrom(id, from, subject, minute, references),
                                         ConversationRepository::Direction::Inbound, {box});
    if (!added) qFatal("%s", qPrintable(added.error().detail));
    return added->conversation;
}

void TestConversationStores::oneSubjectAtTwoStoresIsTwoMatters() {
    const auto atA = mail(u"a"_s, u"ann@x.example"_s, u"Where is my order?"_s, 1, 0);
    const auto atB = mail(u"b"_s, u"ann@x.example"_s, u"Where is my order?"_s, 2, 1);
    QVERIFY(atA != atB);
    QCOMPARE(mail(u"c"_s, u"ann@x.example"_s, u"Re: Where is my order?"_s, 1, 2), atA);
    QCOMPARE(mail(u"d"_s, u"ann@x.example"_s, u"Re: Where is my order?"_s, 2, 3), atB);
    QCOMPARE(test::rows(*m_database, "SELECT mailbox_id, message_count FROM conversations ORDER BY id"),
             (QStringList{u"1|2"_s, u"2|2"_s}));
}

void TestConversationStores::oneOrderNumberAtTwoStoresIsTwoMatters() {
    QVERIFY(mail(u"a"_s, u"ann@x.example"_s, u"Order #1042"_s, 1, 0) !=
            mail(u"b"_s, u"ann@x.example"_s, u"Still no order #1042"_s, 2, 1));
    // A platform writes for both of them from one address.
    QVERIFY(mail(u"c"_s, u"mailer@shopify.com"_s, u"Order #1042"_s, 1, 2) !=
            mail(u"d"_s, u"mailer@shopify.com"_s, u"Order #1042"_s, 2, 3));
}

void TestConversationStores::aMailboxForBothJoinsEither() {
    const auto atA = mail(u"a"_s, u"ann@x.example"_s, u"Lamp"_s, 1, 0);
    QCOMPARE(mail(u"b"_s, u"ann@x.example"_s, u"Lamp"_s, 3, 1), atA);
    const auto open = mail(u"c"_s, u"bob@y.example"_s, u"Lamp"_s, 3, 2);
    QCOMPARE(mail(u"d"_s, u"bob@y.example"_s, u"Lamp"_s, 2, 3), open);
    QCOMPARE(mail(u"e"_s, u"bob@y.example"_s, u"Lamp"_s, std::nullopt, 4), open);
}

void TestConversationStores::anAnswerToOursFollowsItsThread() {
    const auto atA = mail(u"a"_s, u"ann@x.example"_s, u"Lamp"_s, 1, 0);
    QCOMPARE(mail(u"b"_s, u"ann@x.example"_s, u"Re: Lamp"_s, 2, 1, {u"a"_s}), atA);
}

// The other store counts alike, and this one's order is not synced: whose the notice is cannot be known.
void TestConversationStores::aNoticeFindsTheOrderOfItsOwnStore() {
    order(2, u"#1042"_s, u"ann@x.example"_s, 5);
    mail(u"a"_s, u"mailer@shopify.com"_s, u"Order #1042"_s, 1, 0);
    mail(u"b"_s, u"mailer@shopify.com"_s, u"Order #1042"_s, 2, 1);
    QCOMPARE(test::rows(*m_database, "SELECT matched_by FROM conversations ORDER BY id"),
             (QStringList{u"none"_s, u"order"_s}));
    const auto rematched = m_repository->rematch(500);
    QVERIFY(rematched && *rematched == 0);
}

void TestConversationStores::theMailboxSaysTheStore() {
    order(1, u"#1001"_s, {}, 5);
    mail(u"a"_s, u"ann@x.example"_s, u"One"_s, 2, 0);
    mail(u"b"_s, u"ann@x.example"_s, u"Two"_s, 1, 1);
    mail(u"c"_s, u"ann@x.example"_s, u"Three"_s, 3, 2);
    mail(u"d"_s, u"ann@x.example"_s, u"Four: order #1001"_s, 2, 3);
    QCOMPARE(stores(), (QStringList{u"2"_s, u"1"_s, u"1"_s, u"2"_s}));
    // Nor does matching anew say otherwise.
    sql("UPDATE profile_emails SET profile_id = 8; UPDATE orders SET profile_id = 8");
    QCOMPARE(*m_repository->rematch(500), 4);
    QCOMPARE(stores(), (QStringList{u"2"_s, u"1"_s, u"1"_s, u"2"_s}));
}

void TestConversationStores::aLinkByHandBringsTheStoreAlong() {
    order(1, u"#1001"_s, {}, 5);
    sql("UPDATE orders SET profile_id = 8");
    order(2, u"#2001"_s, {}, 5);
    const auto id = mail(u"a"_s, u"ann@x.example"_s, u"One"_s, std::nullopt, 0);
    QCOMPARE(stores(), QStringList{u"2"_s});
    QVERIFY(m_repository->linkToProfile(id, ProfileId(8), UtcTime(5)));
    QCOMPARE(stores(), QStringList{u"1"_s});
    QVERIFY(m_repository->linkToProfile(id, std::nullopt, UtcTime(6)));
    QCOMPARE(stores(), QStringList{u"NULL"_s}); // where somebody else bought says nothing
    QVERIFY(*m_repository->revertLink(id, UtcTime(7)));
    QVERIFY(*m_repository->revertLink(id, UtcTime(8)));
    QCOMPARE(stores(), QStringList{u"2"_s});
}

void TestConversationStores::mergedMailStaysWhereItCameIn() {
    order(1, u"#1001"_s, {}, 5);
    const auto one = mail(u"a"_s, u"ann@x.example"_s, u"One"_s, 1, 0);
    const auto two = mail(u"b"_s, u"ann@x.example"_s, u"Two"_s, 2, 1);
    sql("UPDATE conversations SET profile_id = NULL, matched_by = 'none' WHERE mailbox_id = 2");
    QVERIFY(m_repository->merge(two, one, UtcTime(5)));
    QCOMPARE(test::rows(*m_database, "SELECT mailbox_id, store_id, profile_id FROM conversations"),
             QStringList{u"2|2|7"_s});
}

QTEST_GUILESS_MAIN(TestConversationStores)
#include "tst_conversation_stores.moc"
