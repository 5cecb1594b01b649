#include "core/domain/mail/message_ids.h"
#include "core/outbox/reply_rules.h"
#include "tests/core/outbox/outbox_world.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class ReplyQueueTest : public QObject {
    Q_OBJECT

    static ErrorCause causeOf(const Result<OutboxId>& queued) {
        return queued ? ErrorCause::None : queued.error().cause;
    }

private Q_SLOTS:
    void freezesTheMailAndTakesTheDraft() {
        OutboxWorld world(SentProof::OwnCopy);
        auto drafts = DraftRepository::create(world.workspace.writer());
        Draft draft;
        draft.conversation = world.conversation;
        draft.text = u"It is on"_s;
        draft.cursor = 3;
        draft.updatedAt = world.clock.now();
        QVERIFY((*drafts)->save(draft));
        ReplyRequest request = world.reply();
        request.to = {{u"Ada"_s, u"Ada@Example.com"_s}};
        request.cc = {{{}, u"bob@example.com"_s}, {{}, u"ada@example.com"_s}};
        request.bcc = {{{}, u"boss@shop.example"_s}};
        request.html = u"<p>It is on its way.</p>"_s;
        request.attachments = {{u"bill.pdf"_s, u"application/pdf"_s, {}, false, QByteArray("%PDF\0x", 6)}};
        const auto id = world.queue(request);
        QVERIFY2(id, id ? "" : qPrintable(id.error().detail));
        const OutboxRow row = world.row(*id);
        QCOMPARE(row.state, OutboxState::Waiting);
        QCOMPARE(row.recipients, QStringList({u"Ada@Example.com"_s, u"bob@example.com"_s, u"boss@shop.example"_s,
                                              u"help@shop.example"_s}));
        QCOMPARE(row.envelopeFrom, u"help@shop.example"_s);
        QVERIFY(row.mail.contains("Message-ID: <" + row.messageId.toUtf8() + ">"));
        QVERIFY(!row.mail.contains("boss"));
        QVERIFY(!*(*drafts)->reply(world.conversation));

        // Taken back as it was, attachment included.
        QVERIFY(world.ledger->cancel(*id, world.clock.now()));
        const auto back = *(*drafts)->reply(world.conversation);
        QVERIFY(back);
        QCOMPARE(back->text, draft.text);
        QCOMPARE(back->cursor, draft.cursor);
        const auto attached = *(*drafts)->attachments(world.conversation);
        QCOMPARE(attached.size(), size_t(1));
        QCOMPARE(attached[0].content, request.attachments[0].content);
        QCOMPARE(attached[0].name, u"bill.pdf"_s);
        QCOMPARE(world.row(*id).state, OutboxState::Cancelled);
        QCOMPARE(world.ledger->cancel(*id, world.clock.now()).error().kind, ErrorKind::Conflict);
    }

    void keepsWhatWasBegunMeanwhileAsAVersion() {
        OutboxWorld world(SentProof::OwnCopy);
        const auto id = world.queue(world.reply());
        auto drafts = DraftRepository::create(world.workspace.writer());
        Draft begun;
        begun.conversation = world.conversation;
        begun.text = u"Something else begun meanwhile"_s;
        begun.updatedAt = world.clock.now();
        QVERIFY((*drafts)->save(begun));
        QVERIFY(world.ledger->cancel(*id, world.clock.now()));
        QCOMPARE((*(*drafts)->reply(world.conversation))->text, world.reply().text);
        auto versions = world.workspace.writer().prepare("SELECT text FROM draft_versions WHERE conversation_id = ?1");
        versions->bind(1, world.conversation);
        QVERIFY(*versions->step());
        QCOMPARE(versions->text(0), begun.text);
    }

    void refusesWhatMustNotLeave() {
        OutboxWorld world(SentProof::OwnCopy);
        ReplyRequest request = world.reply();
        request.to.clear();
        QCOMPARE(causeOf(world.queue(request)), ErrorCause::NoRecipient);
        request = world.reply();
        request.to.append({{}, u"ada@example.com\r\nRCPT TO:<eve@example.com>"_s});
        QCOMPARE(causeOf(world.queue(request)), ErrorCause::RecipientRefused);
        request = world.reply();
        request.text = u"Dear {{customer.first_name}},"_s;
        QCOMPARE(causeOf(world.queue(request)), ErrorCause::VariableEmpty);
        request = world.reply();
        request.html = u"<p>Dear {{customer.first_name}}</p>"_s;
        QCOMPARE(causeOf(world.queue(request)), ErrorCause::VariableEmpty);
        request = world.reply();
        request.kind = DraftKind::Note;
        QCOMPARE(world.queue(request).error().kind, ErrorKind::Refused);
        request = world.reply();
        request.mailbox = MailboxId(99);
        QCOMPARE(world.queue(request).error().kind, ErrorKind::NotFound);
        QVERIFY(world.ledger->rows().open()->empty());
        // What the customer wrote is not ours to fill in.
        request = world.reply();
        request.text = u"No idea.\n> What is {{this}}?"_s;
        QVERIFY(world.queue(request));
    }

    void refusesWhatIsStaleAndSaysWhatChanged() {
        OutboxWorld world(SentProof::OwnCopy);
        const ReplyRequest request = world.reply();
        world.customerWrites();
        QCOMPARE(causeOf(world.queue(request)), ErrorCause::DraftStale);
        PlainWriter writer;
        ReplyQueue replies(*world.ledger, writer, world.clock);
        const auto change = replies.changeSince(request.conversation, request.basis);
        QVERIFY(change && *change);
        QVERIFY((*change)->newMessages);
    }

    // Whom the conversation is with was put right: what was written of the other does not leave, queued or not.
    void refusesWhatWasWrittenOfSomebodyElse() {
        OutboxWorld world(SentProof::OwnCopy);
        QVERIFY(world.workspace.writer().execute("INSERT INTO profiles (id) VALUES (7), (8)"));
        const auto conversations = ConversationRepository::create(world.workspace.writer());
        QVERIFY((*conversations)->linkToProfile(world.conversation, ProfileId(7), world.clock.now()));
        const ReplyRequest request = world.reply();
        const auto queued = world.queue(request);
        QVERIFY(queued);
        QVERIFY((*conversations)->linkToProfile(world.conversation, std::nullopt, world.clock.now()));
        QCOMPARE(causeOf(world.queue(request)), ErrorCause::DraftStale);
        OutboxRow row = world.row(*queued);
        row.state = OutboxState::Sending;
        QCOMPARE(*world.ledger->handOver(row, OutboxState::Waiting), OutboxLedger::Guard::Stale);
        QVERIFY((*conversations)->revertLink(world.conversation, world.clock.now()));
        QVERIFY(world.queue(request));
    }

    void leavesAfterTheUndoWindowOrWhenTold() {
        OutboxWorld world(SentProof::OwnCopy);
        ReplyRequest request = world.reply();
        request.sendAt = world.clock.now().plusDays(2);
        OutboxRow row = world.row(*world.queue(request));
        QCOMPARE(row.notBefore, *request.sendAt);
        QCOMPARE(row.nextAttemptAt, *request.sendAt);
        auto mailboxes = MailboxRepository::create(world.workspace.writer());
        MailAccount account = **(*mailboxes)->byId(world.mailbox);
        account.undoSeconds = 20;
        QVERIFY((*mailboxes)->save(account));
        request.sendAt.reset();
        row = world.row(*world.queue(request));
        const qint64 window = row.notBefore.msSince(row.queuedAt);
        // Less what it took to write the mail.
        QVERIFY2(window > 10'000 && window <= 20'000, qPrintable(QString::number(window)));
    }

    void continuesTheThreadUnderOneToken() {
        OutboxWorld world(SentProof::OwnCopy);
        const OutboxRow first = world.row(*world.queue(world.reply()));
        const OutboxRow second = world.row(*world.queue(world.reply()));
        QVERIFY(first.messageId != second.messageId);
        QVERIFY(!conversationTokenIn(first.messageId).isEmpty());
        QCOMPARE(conversationTokenIn(first.messageId), conversationTokenIn(second.messageId));

        const ThreadingHeaders headers = threadingHeaders(
            {{u"a@x"_s, true}, {u"1@missing.aiva"_s, true}, {u"b@us"_s, false}, {u"c@x"_s, true}, {u"d@us"_s, false}});
        QCOMPARE(headers.inReplyTo, u"c@x"_s);
        QCOMPARE(headers.references, QStringList({u"a@x"_s, u"b@us"_s, u"c@x"_s}));
        std::vector<ThreadMessage> longThread;
        for (int i = 0; i < 50; ++i)
            longThread.push_back({QString::number(i), true});
        QCOMPARE(threadingHeaders(longThread).references.size(), 20);
        QCOMPARE(threadingHeaders(longThread).references.first(), u"0"_s);
        QCOMPARE(threadingHeaders(longThread).references.last(), u"49"_s);
        QCOMPARE(threadingHeaders({}).inReplyTo, QString());
    }
};

QTEST_GUILESS_MAIN(ReplyQueueTest)
#include "tst_reply_queue.moc"
