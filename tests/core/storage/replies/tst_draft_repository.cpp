#include "core/storage/conversations/conversation_repository.h"
#include "core/storage/conversations/note_repository.h"
#include "core/storage/replies/canned_reply_repository.h"
#include "core/storage/replies/draft_repository.h"
#include "tests/core/storage/records/record_fixture.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

constexpr UtcTime noon(1'770'000'000'000);

QString words(int count, const QString& word = u"word"_s) {
    return QStringList(count, word).join(u' ');
}

} // namespace

class DraftRepositoryTest : public QObject {
    Q_OBJECT

    ConversationId conversation(const QString& messageId) {
        MessageRecord mail;
        mail.messageId = messageId;
        mail.from = {u"Ada"_s, messageId}; // an address of its own: nothing joins
        mail.date = noon;
        mail.subject = u"Order"_s;
        const auto added = m_conversations->add(mail, ConversationRepository::Direction::Inbound);
        return added ? added->conversation : ConversationId();
    }

    Draft draft(const QString& text, int seconds) const {
        return {m_conversation, text, {}, 0, noon.plusSeconds(seconds)};
    }

    int number(const char* sql) {
        auto statement = m_cache->database().prepare(sql);
        const auto row = statement->step();
        return row && *row ? static_cast<int>(statement->integer(0)) : -1;
    }

    std::unique_ptr<RecordFixture> m_cache;
    std::unique_ptr<ConversationRepository> m_conversations;
    std::unique_ptr<DraftRepository> m_drafts;
    ConversationId m_conversation;

private Q_SLOTS:
    void init() {
        m_cache = std::make_unique<RecordFixture>();
        m_conversations = *ConversationRepository::create(m_cache->database());
        m_drafts = *DraftRepository::create(m_cache->database());
        m_conversation = conversation(u"ada@x"_s);
    }

    void cleanup() {
        m_drafts.reset();
        m_conversations.reset();
        m_cache.reset();
    }

    void keepsEverythingOfADraft() {
        Draft whole = draft(u"Dear Ada"_s, 0);
        whole.html = u"<p><b>Dear</b> Ada</p>"_s;
        whole.cursor = 4;
        whole.kind = DraftKind::ReplyAll;
        whole.recipients = DraftRecipients{{{u"Ada"_s, u"ada@x"_s}}, {{{}, u"cc@x"_s}}, {{{}, u"bcc@x"_s}}};
        whole.subject = u"Your order"_s;
        whole.basis = DraftBasis{MessageId(7), {{1, 10}, {2, 20}}};
        whole.quote = QuoteUse::LeftOut;
        whole.facts = {{1, {u"#1042"_s, {{u"fulfillment"_s, u"FULFILLED"_s}}}}};
        QVERIFY(m_drafts->save(whole));
        const auto read = m_drafts->reply(m_conversation);
        QVERIFY(read && *read);
        QVERIFY(**read == whole);
    }

    void aNoteAndAReplyNeverMeet() {
        Draft note = draft(u"he is angry"_s, 0);
        note.kind = DraftKind::Note;
        QVERIFY(m_drafts->save(note));
        QVERIFY(m_drafts->save(draft(u"Dear Ada"_s, 1)));
        QCOMPARE((*m_drafts->reply(m_conversation))->text, u"Dear Ada"_s);
        QCOMPARE((*m_drafts->note(m_conversation))->text, u"he is angry"_s);
        QVERIFY(m_drafts->save(draft({}, 2)));
        QVERIFY(!*m_drafts->reply(m_conversation));
        QCOMPARE(number("SELECT sum(has_draft) FROM conversations"), 1);
        note.text.clear();
        QVERIFY(m_drafts->save(note));
        QCOMPARE(number("SELECT sum(has_draft) FROM conversations"), 0);
    }

    void typingMakesAVersionEveryFiveMinutes() {
        int seconds = 0;
        for (QString text = u"Dear"_s; seconds < 16 * 60; seconds += 2) {
            if (seconds % 30 == 0) text += u" a"_s;
            QVERIFY(m_drafts->save(draft(text, seconds)));
        }
        QCOMPARE(number("SELECT count(*) FROM draft_versions"), 3);
    }

    void whatIsReplacedAtOnceStaysReadable() {
        QVERIFY(m_drafts->save(draft(words(20), 0)));
        QVERIFY(m_drafts->save(draft(u"Dear"_s, 1)));
        QCOMPARE(number("SELECT count(*) FROM draft_versions"), 1);
        QVERIFY(m_drafts->save(draft(words(90, u"other"_s), 2)));
        QVERIFY(m_drafts->save(draft(words(90, u"other"_s) + u"!"_s, 3)));
        QCOMPARE(number("SELECT count(*) FROM draft_versions WHERE text LIKE 'other%'"), 1);
        QVERIFY(m_drafts->save(draft({}, 4)));
        QCOMPARE(number("SELECT count(*) FROM draft_versions WHERE text LIKE 'other%!'"), 1);
    }

    void keepsFiftyVersions() {
        for (int i = 0; i < 70; ++i) {
            QVERIFY(m_drafts->save(draft(u"text %1"_s.arg(i), i)));
            QVERIFY(m_drafts->keepVersion(m_conversation));
            QVERIFY(m_drafts->keepVersion(m_conversation)); // the same text again is no version
        }
        QCOMPARE(number("SELECT count(*) FROM draft_versions"), DraftRepository::versionsKept);
        QCOMPARE(number("SELECT count(*) FROM draft_versions WHERE text = 'text 69'"), 1);
        QCOMPARE(number("SELECT count(*) FROM draft_versions WHERE text = 'text 19'"), 0);
    }

    void attachmentsKeepADraftAlive() {
        const auto id =
            m_drafts->addAttachment(m_conversation, {u"a.pdf"_s, u"application/pdf"_s, {}, false, "pdf"}, noon);
        QVERIFY(id);
        const auto image =
            m_drafts->addAttachment(m_conversation, {u"b.png"_s, u"image/png"_s, u"b@aiva"_s, true, "png"}, noon);
        QVERIFY(image);
        QVERIFY(m_drafts->save(draft({}, 1)));
        QVERIFY(*m_drafts->reply(m_conversation));
        const auto attached = m_drafts->attachments(m_conversation);
        QCOMPARE(attached->size(), size_t(2));
        QCOMPARE(attached->at(0).content, QByteArray("pdf"));
        QVERIFY(attached->at(1).isInline);
        QVERIFY(m_drafts->removeAttachment(*id));
        QVERIFY(m_drafts->removeAttachment(*image));
        QVERIFY(!*m_drafts->reply(m_conversation));
        QCOMPARE(m_drafts->removeAttachment(*id).error().kind, ErrorKind::NotFound);
    }

    void refusesMoreThanItsLimit() {
        const QByteArray half(DraftRepository::attachmentBytesMost / 2, 'x');
        const AttachmentRecord big{u"big"_s, u"application/octet-stream"_s, {}, false, half};
        QVERIFY(m_drafts->addAttachment(m_conversation, big, noon));
        QVERIFY(m_drafts->addAttachment(m_conversation, big, noon));
        const auto third = m_drafts->addAttachment(m_conversation, big, noon);
        QVERIFY(!third);
        QCOMPARE(third.error().cause, ErrorCause::MailTooLarge);
    }

    void aQueuedReplyLeavesOnlyItsVersion() {
        QVERIFY(m_drafts->save(draft(u"Dear Ada"_s, 0)));
        QVERIFY(m_drafts->addAttachment(m_conversation, {u"a"_s, u"text/plain"_s, {}, false, "a"}, noon));
        QVERIFY(m_drafts->removeReply(m_conversation));
        QVERIFY(!*m_drafts->reply(m_conversation));
        QCOMPARE(number("SELECT count(*) FROM draft_attachments"), 0);
        QCOMPARE(number("SELECT count(*) FROM draft_versions WHERE text = 'Dear Ada'"), 1);
        QCOMPARE(number("SELECT sum(has_draft) FROM conversations"), 0);
    }

    void joiningLosesNothing() {
        const ConversationId other = conversation(u"bob@x"_s);
        QVERIFY(m_drafts->save(draft(u"older"_s, 0)));
        QVERIFY(m_drafts->save({other, u"newer"_s, {}, 0, noon.plusSeconds(5)}));
        Draft note{other, u"a note"_s, {}, 0, noon};
        note.kind = DraftKind::Note;
        QVERIFY(m_drafts->save(note));
        QVERIFY(m_drafts->join(m_conversation, other));
        QCOMPARE((*m_drafts->reply(m_conversation))->text, u"newer\n\nolder"_s);
        QCOMPARE((*m_drafts->note(m_conversation))->text, u"a note"_s);
        QVERIFY(!*m_drafts->reply(other));
        QVERIFY(!*m_drafts->note(other));
    }

    void notesStandInTheOrderTheyWereWritten() {
        const auto notes = *NoteRepository::create(m_cache->database());
        Draft typed = draft(u"call him"_s, 0);
        typed.kind = DraftKind::Note;
        QVERIFY(m_drafts->save(typed));
        QVERIFY(notes->add(m_conversation, u"Kim"_s, u" call him\n"_s, noon.plusSeconds(2)));
        QVERIFY(!*m_drafts->note(m_conversation));
        QVERIFY(notes->add(m_conversation, u"Lee"_s, u"was first"_s, noon));
        QCOMPARE(notes->add(m_conversation, u"Lee"_s, u" \n"_s, noon).error().kind, ErrorKind::Invalid);
        const auto all = notes->ofConversation(m_conversation);
        QCOMPARE(all->size(), size_t(2));
        QCOMPARE(all->at(0).author, u"Lee"_s);
        QCOMPARE(all->at(1).text, u"call him"_s);
    }

    void cannedRepliesHaveNamesOfTheirOwn() {
        const auto replies = *CannedReplyRepository::create(m_cache->database());
        const auto thanks = replies->save({{}, u" Thanks "_s, u"Thank you, {{customer.first_name}}"_s}, noon);
        QVERIFY(thanks);
        QCOMPARE(replies->save({{}, u"Thanks"_s, u"x"_s}, noon).error().kind, ErrorKind::Conflict);
        QCOMPARE(replies->save({{}, u" "_s, u"x"_s}, noon).error().kind, ErrorKind::Invalid);
        QVERIFY(replies->save({*thanks, u"Thanks"_s, u"Thank you!"_s}, noon));
        QCOMPARE(replies->save({CannedReplyId(99), u"Other"_s, u"x"_s}, noon).error().kind, ErrorKind::NotFound);
        QVERIFY(replies->save({{}, u"Apology"_s, u"Sorry"_s}, noon));
        QVERIFY(replies->countUse(*thanks));
        const auto all = *replies->all();
        QCOMPARE(all.size(), size_t(2));
        QCOMPARE(all[0].name, u"Apology"_s);
        QCOMPARE(all[1].text, u"Thank you!"_s);
        QCOMPARE(all[1].uses, 1);
        QVERIFY(replies->remove(*thanks));
        QCOMPARE(replies->all()->size(), size_t(1));
    }
};

QTEST_GUILESS_MAIN(DraftRepositoryTest)
#include "tst_draft_repository.moc"
