#include "core/readmodel/conversation_query.h"
#include "core/readmodel/outbox_query.h"
#include "core/storage/conversations/conversation_repository.h"
#include "core/storage/replies/draft_basis_reader.h"
#include "tests/core/readmodel/plans.h"
#include "tests/core/storage/records/record_fixture.h"
#include "tests/support/outbox_rows.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class OutboxQueryTest : public QObject {
    Q_OBJECT

    static QStringList idsOf(const std::vector<OutboxView>& views) {
        QStringList ids;
        for (const OutboxView& view : views)
            ids.append(view.messageId);
        return ids;
    }

private Q_SLOTS:
    void listsOpenOnesFirstThenStuckThenTheNewestThatEnded() {
        RecordFixture cache;
        const MailboxId mailbox = addMailboxRow(cache.database(), u"help@shop.example"_s);
        auto outbox = OutboxRepository::create(cache.database());
        const auto add = [&](const QString& id, OutboxState state, UtcTime due) {
            OutboxRow row = outboxRow(mailbox, id, due);
            row.state = state;
            QVERIFY((*outbox)->add(row));
        };
        add(u"sent1"_s, OutboxState::Sent, day(1));
        add(u"held"_s, OutboxState::Held, day(1));
        add(u"later"_s, OutboxState::Waiting, day(9));
        add(u"sent2"_s, OutboxState::Sent, day(2));
        add(u"failed"_s, OutboxState::Failed, day(2));
        add(u"soon"_s, OutboxState::Waiting, day(3));
        add(u"cancelled"_s, OutboxState::Cancelled, day(3));
        add(u"filing"_s, OutboxState::Filing, day(4));

        const auto reader = cache.reader();
        auto query = OutboxQuery::create(*reader);
        QVERIFY(query);
        QCOMPARE(idsOf(*(*query)->all(2)),
                 QStringList({u"soon"_s, u"filing"_s, u"later"_s, u"failed"_s, u"held"_s, u"cancelled"_s, u"sent2"_s}));
        QCOMPARE(*(*query)->openCount(), 4);
        QVERIFY(!*(*query)->isPaused());
        QVERIFY(cache.database().execute("INSERT INTO settings VALUES ('outbox.paused', '1')"));
        QVERIFY(*(*query)->isPaused());
    }

    void showsARowAsItStands() {
        RecordFixture cache;
        const MailboxId mailbox = addMailboxRow(cache.database(), u"help@shop.example"_s);
        auto conversations = ConversationRepository::create(cache.database());
        MessageRecord mail;
        mail.messageId = u"c@x"_s;
        mail.from = {u"Ada"_s, u"ada@example.com"_s};
        mail.date = day(1);
        const auto added = (*conversations)->add(mail, ConversationRepository::Direction::Inbound);
        auto outbox = OutboxRepository::create(cache.database());
        OutboxRow row = outboxRow(mailbox, u"a@x"_s, day(2));
        row.conversation = added->conversation;
        row.attempts = 2;
        row.error = u"Network/ConnectionReset"_s;
        row.id = *(*outbox)->add(row);
        QVERIFY((*outbox)->update(row, OutboxState::Waiting));

        const auto reader = cache.reader();
        auto query = OutboxQuery::create(*reader);
        const auto found = (*query)->pending(added->conversation);
        QVERIFY(found && *found);
        const OutboxView& view = **found;
        QCOMPARE(view.id, row.id);
        QCOMPARE(view.mailbox, mailbox);
        QCOMPARE(view.mailboxAddress, u"help@shop.example"_s);
        QCOMPARE(view.conversation, std::optional(added->conversation));
        QCOMPARE(view.state, OutboxState::Waiting);
        QCOMPARE(view.subject, u"Re: Order"_s);
        QCOMPARE(view.recipients, QStringList{u"ada@example.com"_s}); // the copy to ourselves was nobody's choice
        QCOMPARE(view.snippet, u"Dear Ada, it is on its way."_s);
        QCOMPARE(view.size, qint64(row.mail.size()));
        QCOMPARE(view.queuedAt, row.queuedAt);
        QCOMPARE(view.notBefore, row.notBefore);
        QCOMPARE(view.attempts, 2);
        QCOMPARE(errorFromWords(view.error)->cause, ErrorCause::ConnectionReset);
        QVERIFY(!view.isAutomatic);

        for (const OutboxState ended : {OutboxState::Filing, OutboxState::Sent}) {
            const OutboxState before = row.state;
            row.state = ended;
            QVERIFY((*outbox)->update(row, before));
            QVERIFY(!*(*query)->pending(added->conversation));
        }
        QCOMPARE(*(*query)->openCount(), 0);
    }

    void givesTheComposerTheBasisTheGuardCompares() {
        RecordFixture cache;
        auto conversations = ConversationRepository::create(cache.database());
        MessageRecord mail;
        mail.messageId = u"c@x"_s;
        mail.from = {u"Ada"_s, u"ada@example.com"_s};
        mail.date = day(1);
        const auto added = (*conversations)->add(mail, ConversationRepository::Direction::Inbound);
        const auto reader = cache.reader();
        auto query = ConversationQuery::create(*reader);
        auto guard = DraftBasisReader::create(cache.database());
        const auto basis = (*query)->basis(added->conversation);
        QVERIFY(basis);
        QCOMPARE(basis->newestMessage, added->message);
        QCOMPARE(*basis, *(*guard)->basis(added->conversation));
    }

    void readsNothingWhole() {
        const RecordFixture cache;
        const auto reader = cache.reader();
        auto query = OutboxQuery::create(*reader);
        QVERIFY(query);
        QCOMPARE(slowSteps(*reader).join(u'\n'), QString());
    }
};

QTEST_GUILESS_MAIN(OutboxQueryTest)
#include "tst_outbox_query.moc"
