#include "core/readmodel/conversation_query.h"
#include "core/storage/conversations/conversation_repository.h"
#include "tests/core/readmodel/plans.h"
#include "tests/core/storage/records/record_fixture.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class ConversationQueryTest : public QObject {
    Q_OBJECT

    static MessageRecord message(const QString& id, const QString& subject, UtcTime at) {
        MessageRecord mail;
        mail.messageId = id;
        mail.from = {u"Ada Lovelace"_s, u"Ada@Example.com"_s};
        mail.to = {{u"Support"_s, u"help@shop.example"_s}};
        mail.cc = {{QString(), u"cc@example.com"_s}};
        mail.date = at;
        mail.subject = subject;
        mail.text = u"Where is my order?\n> quoted\n-- \nAda"_s;
        mail.folded = {{1, 1, false}, {2, 2, true}};
        return mail;
    }

private Q_SLOTS:
    void showsAConversationAsItWasSaved() {
        RecordFixture cache;
        const auto repository = ConversationRepository::create(cache.database());
        QVERIFY(repository);
        auto first = message(u"a@x"_s, u"Order"_s, day(1));
        first.safeHtml = u"<p>Where?</p>"_s;
        first.attachments = {{u"photo.jpg"_s, u"image/jpeg"_s, u"cid1"_s, true, QByteArray("\0jpeg", 5)},
                             {u"bill.pdf"_s, u"application/pdf"_s, {}, false, "pdf"}};
        const auto added = (*repository)->add(first, ConversationRepository::Direction::Inbound);
        QVERIFY(added);
        auto reply = message(u"b@x"_s, u"Re: Order"_s, day(2));
        std::swap(reply.from, reply.to[0]);
        reply.cc.clear();
        reply.inReplyTo = u"a@x"_s;
        reply.references = QStringList{u"a@x"_s};
        reply.isAutomated = true;
        const auto answered = (*repository)->add(reply, ConversationRepository::Direction::Outbound);
        QVERIFY(answered);
        QCOMPARE(answered->conversation, added->conversation);
        QVERIFY((*repository)->saveDraft({added->conversation, u"Dear Ada"_s, u"<p>Dear Ada</p>"_s, 4, day(3)}));

        const auto reader = cache.reader();
        const auto query = ConversationQuery::create(*reader);
        const auto found = (*query)->conversation(added->conversation);
        QVERIFY(found && *found);
        const ConversationView& view = **found;
        QCOMPARE(view.subject, u"Order"_s);
        QCOMPARE(view.customerEmail, u"ada@example.com"_s);
        QCOMPARE(view.status, ConversationStatus::Open);
        QCOMPARE(view.messages.size(), size_t(2));
        const MessageView& mail = view.messages[0];
        QCOMPARE(mail.id, added->message);
        QCOMPARE(mail.messageId, u"a@x"_s);
        QVERIFY(!mail.isOutbound);
        QCOMPARE(mail.from, first.from);
        QCOMPARE(mail.to, first.to);
        QCOMPARE(mail.cc, first.cc);
        QCOMPARE(mail.sentAt, day(1));
        QCOMPARE(mail.text, first.text);
        QCOMPARE(mail.folded, first.folded);
        QVERIFY(mail.hasHtml);
        QVERIFY(!mail.automated);
        QCOMPARE(mail.attachments.size(), size_t(2));
        QCOMPARE(mail.attachments[0].name, u"photo.jpg"_s);
        QVERIFY(mail.attachments[0].isInline);
        QCOMPARE(mail.attachments[1].mimeType, u"application/pdf"_s);
        QCOMPARE(mail.attachments[1].size, 3);
        QVERIFY(view.messages[1].isOutbound);
        QVERIFY(!view.messages[1].hasHtml);
        QVERIFY(view.messages[1].automated);
        QVERIFY(view.draft);
        QCOMPARE(view.draft->text, u"Dear Ada"_s);
        QCOMPARE(view.draft->html, u"<p>Dear Ada</p>"_s);
        QCOMPARE(view.draft->cursor, 4);
        QCOMPARE(view.draft->updatedAt, day(3));
        QCOMPARE(*(*query)->safeHtml(mail.id), first.safeHtml);
        QCOMPARE(*(*query)->attachmentContent(mail.attachments[0].id), first.attachments[0].content);
    }

    void saysWhetherASenderIsWhoTheySay() {
        RecordFixture cache;
        const auto repository = ConversationRepository::create(cache.database());
        const auto added =
            (*repository)->add(message(u"a@x"_s, u"Order"_s, day(1)), ConversationRepository::Direction::Inbound);
        auto reply = message(u"b@x"_s, u"Re: Order"_s, day(2));
        std::swap(reply.from, reply.to[0]);
        reply.inReplyTo = u"a@x"_s;
        QVERIFY((*repository)->add(reply, ConversationRepository::Direction::Outbound));
        QVERIFY(cache.database().execute("INSERT INTO sender_checks VALUES (1, 'suspicious', 'pass', '', 'none', "
                                         "'example.com', 'reply_to_elsewhere look_alike_domain', NULL, NULL)"));
        const auto reader = cache.reader();
        const auto query = ConversationQuery::create(*reader);
        const auto view = (*query)->conversation(added->conversation);
        const SenderCheck expected{SenderVerdict::Suspicious,
                                   u"pass"_s,
                                   {},
                                   u"none"_s,
                                   u"example.com"_s,
                                   {u"reply_to_elsewhere"_s, u"look_alike_domain"_s}};
        QCOMPARE((*view)->messages[0].sender, std::optional(expected));
        QVERIFY(!(*view)->messages[1].sender);
        QVERIFY(!(*view)->messages[0].sentElsewhere);
        QVERIFY((*view)->messages[1].sentElsewhere); // no row of our outbox has it
    }

    void saysWhatIsNotThere() {
        const RecordFixture cache;
        const auto reader = cache.reader();
        const auto query = ConversationQuery::create(*reader);
        QVERIFY(!*(*query)->conversation(ConversationId(1)));
        QCOMPARE((*query)->safeHtml(MessageId(1)).error().kind, ErrorKind::NotFound);
        QCOMPARE((*query)->attachmentContent(AttachmentId(1)).error().kind, ErrorKind::NotFound);
    }

    void readsNoTableWhole() {
        const RecordFixture cache;
        const auto reader = cache.reader();
        const auto query = ConversationQuery::create(*reader);
        QVERIFY(query);
        QCOMPARE(slowSteps(*reader).join(u'\n'), QString());
    }
};

QTEST_GUILESS_MAIN(ConversationQueryTest)
#include "tst_conversation_query.moc"
