#include "core/storage/conversations/conversation_repository.h"
#include "core/storage/replies/draft_basis_reader.h"
#include "tests/core/readmodel/plans.h"
#include "tests/core/storage/records/record_fixture.h"
#include "tests/support/outbox_rows.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class DraftBasisReaderTest : public QObject {
    Q_OBJECT

    static MessageRecord message(const QString& id, UtcTime at) {
        MessageRecord mail;
        mail.messageId = id;
        mail.from = {u"Ada"_s, u"ada@example.com"_s};
        mail.to = {{u"Support"_s, u"help@shop.example"_s}};
        mail.date = at;
        mail.subject = u"Order"_s;
        mail.text = u"Where is it?"_s;
        return mail;
    }

    static MessageRecord answer(const QString& id, UtcTime at) {
        MessageRecord mail = message(id, at);
        std::swap(mail.from, mail.to[0]);
        return mail;
    }

    using Direction = ConversationRepository::Direction;

private Q_SLOTS:
    void isTheMessageThatCameLastAndThePersonsOrders() {
        RecordFixture cache;
        const StoreId store = cache.addStore(u"licht.myshopify.com"_s);
        {
            auto writer = cache.writer(store);
            auto transaction = Transaction::begin(cache.database());
            QVERIFY(writer->put(customer("1", "ada@example.com")));
            for (int i = 1; i <= 25; ++i)
                QVERIFY(writer->put(order(std::to_string(i), "1", "ada@example.com")));
            QVERIFY((*transaction)->commit());
        }
        auto conversations = ConversationRepository::create(cache.database());
        auto reader = DraftBasisReader::create(cache.database());
        QVERIFY(reader);
        const auto first = (*conversations)->add(message(u"1@x"_s, day(10)), Direction::Inbound);
        QVERIFY(first);
        const auto basis = (*reader)->basis(first->conversation);
        QVERIFY(basis);
        QCOMPARE(basis->newestMessage, first->message);
        QCOMPARE(basis->orders.size(), 20);
        QVERIFY(cache.database().execute("UPDATE orders SET updated_at = updated_at + 1 WHERE id = "
                                         "(SELECT id FROM orders ORDER BY created_at DESC, id DESC LIMIT 1)"));
        const auto changed = basisChange(*basis, *(*reader)->basis(first->conversation));
        QVERIFY(changed);
        QVERIFY(!changed->newMessages);
        QCOMPARE(changed->changedOrders.size(), size_t(1));

        // Sent a week before the other, and held up on its way.
        const auto delayed = (*conversations)->add(message(u"2@x"_s, day(3)), Direction::Inbound);
        QCOMPARE(delayed->conversation, first->conversation);
        QCOMPARE((*reader)->basis(first->conversation)->newestMessage, delayed->message);
        QVERIFY(*(*reader)->hasCustomerWritten(first->conversation, *basis));
        QVERIFY(!*(*reader)->hasCustomerWritten(first->conversation, *(*reader)->basis(first->conversation)));
        QCOMPARE((*reader)->basis(ConversationId(77))->newestMessage, MessageId());
    }

    void isNotChangedByWhatAPersonSentFromHere() {
        RecordFixture cache;
        const MailboxId mailbox = addMailboxRow(cache.database(), u"help@shop.example"_s);
        auto conversations = ConversationRepository::create(cache.database());
        auto outbox = OutboxRepository::create(cache.database());
        auto reader = DraftBasisReader::create(cache.database());
        const auto first = (*conversations)->add(message(u"1@x"_s, day(1)), Direction::Inbound);
        const auto basis = (*reader)->basis(first->conversation);

        QVERIFY((*outbox)->add(outboxRow(mailbox, u"mine@x"_s, day(2))));
        QVERIFY((*conversations)->add(answer(u"mine@x"_s, day(2)), Direction::Outbound));
        QCOMPARE(*(*reader)->basis(first->conversation), *basis);

        // Nobody read what went out by itself.
        OutboxRow automatic = outboxRow(mailbox, u"robot@x"_s, day(3));
        automatic.origin = MailOrigin::AutoReply;
        QVERIFY((*outbox)->add(automatic));
        QVERIFY((*conversations)->add(answer(u"robot@x"_s, day(3)), Direction::Outbound));
        const auto afterRobot = (*reader)->basis(first->conversation);
        QVERIFY(*afterRobot != *basis);

        QVERIFY((*conversations)->add(answer(u"colleague@x"_s, day(4)), Direction::Outbound));
        QVERIFY(*(*reader)->basis(first->conversation) != *afterRobot);
        QVERIFY(!*(*reader)->hasCustomerWritten(first->conversation, *basis));
    }

    // What was read of one person is not said to another, whether or not either has bought anything.
    void isChangedWhenTheConversationIsSomebodyElses() {
        RecordFixture cache;
        const StoreId store = cache.addStore(u"licht.myshopify.com"_s);
        QVERIFY(cache.writer(store)->put(customer("1", "ada@example.com")));
        QVERIFY(cache.writer(store)->put(order("1001", "1", "")));
        QVERIFY(cache.writer(store)->put(customer("2", "bob@example.com")));
        auto conversations = ConversationRepository::create(cache.database());
        auto reader = DraftBasisReader::create(cache.database());
        const auto id = (*conversations)->add(message(u"1@x"_s, day(10)), Direction::Inbound)->conversation;
        const ProfileId bob(cache.integer("SELECT profile_id FROM customers WHERE external_id = '2'"));
        const auto ofAda = (*reader)->basis(id);
        QVERIFY((*conversations)->linkToProfile(id, bob, day(11)));
        const auto ofBob = (*reader)->basis(id);
        QVERIFY((*conversations)->linkToProfile(id, std::nullopt, day(12)));
        const auto ofNobody = (*reader)->basis(id);
        for (const auto& [then, now] : {std::pair(*ofAda, *ofBob), std::pair(*ofBob, *ofNobody)}) {
            const auto changed = basisChange(*draftBasisFromJson(toJson(then)), *draftBasisFromJson(toJson(now)));
            QVERIFY(changed && changed->isOtherPerson);
        }
        QVERIFY(!basisChange(*ofNobody, *ofBob)); // nothing was read of anybody
        DraftBasis older = *ofBob;                // as it was noted before persons were
        older.person.reset();
        QCOMPARE(*draftBasisFromJson(toJson(older)), older);
        QVERIFY(!basisChange(older, *ofNobody));
        QVERIFY(!draftBasisFromJson(u"{\"message\":\"1\",\"orders\":{},\"person\":\"x\"}"_s));
    }

    // A store was dropped, or the shop deleted an order or gave it to somebody else: what was read of it holds no more.
    void isChangedWhenAnOrderIsGone() {
        RecordFixture cache;
        const StoreId store = cache.addStore(u"licht.myshopify.com"_s);
        QVERIFY(cache.writer(store)->put(customer("1", "ada@example.com")));
        for (const char* id : {"1001", "1002"})
            QVERIFY(cache.writer(store)->put(order(id, "1", "")));
        auto conversations = ConversationRepository::create(cache.database());
        auto reader = DraftBasisReader::create(cache.database());
        const auto id = (*conversations)->add(message(u"1@x"_s, day(10)), Direction::Inbound)->conversation;
        const auto then = (*reader)->basis(id);
        const auto gone = cache.integer("SELECT id FROM orders WHERE external_id = '1001'");
        QVERIFY(cache.database().execute("DELETE FROM orders WHERE external_id = '1001'"));
        const auto changed = basisChange(*then, *(*reader)->basis(id));
        QVERIFY(changed && !changed->isOtherPerson);
        QCOMPARE(changed->changedOrders, std::vector<OrderId>{OrderId(gone)});
    }

    void readsNothingWhole() {
        RecordFixture cache;
        auto reader = DraftBasisReader::create(cache.database());
        QVERIFY(reader);
        QCOMPARE(slowSteps(cache.database()).join(u'\n'), QString());
    }
};

QTEST_GUILESS_MAIN(DraftBasisReaderTest)
#include "tst_draft_basis_reader.moc"
