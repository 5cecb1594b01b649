// What leaves by itself, when whom it was for is erased.
#include "core/desk/answers/auto_sender.h"
#include "core/desk/mail/mail_core.h"
#include "core/privacy/person_erasure.h"
#include "tests/core/privacy/privacy_world.h"
#include "tests/support/outbox_rows.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

class NoMailWriter final : public MailWriterPort {
public:
    Result<QByteArray> write(const OutgoingMail&) override { return QByteArray("x"); }
};

} // namespace

class TestAutoSender : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void forgetsWhoIsErased();
    void withdrawsNobodyElsesMailForWhoIsErased();

private:
    // The one whose mail has the highest number in the outbox.
    const WorldPerson& last() const { return m_world->people().back(); }
    void eraseLast();
    ConversationId conversationOf(const WorldPerson& person);

    std::unique_ptr<PrivacyWorld> m_world;
    std::unique_ptr<ManualClock> m_clock;
    MailAdapters m_adapters;
    std::unique_ptr<ConversationRepository> m_conversations;
    std::unique_ptr<MailCore> m_mail;
    std::unique_ptr<AnswerBooks> m_books;
    std::unique_ptr<AutoSender> m_sender;
};

void TestAutoSender::init() {
    m_world = std::make_unique<PrivacyWorld>(31, 4);
    QVERIFY(m_world->isMade());
    m_clock = std::make_unique<ManualClock>(m_world->now());
    QVERIFY(m_world->writer().execute("UPDATE outbox SET state = 'waiting', origin = 'auto_reply'; "
                                      "UPDATE proposals SET outbox_id = (SELECT id FROM outbox o "
                                      "WHERE o.conversation_id = proposals.conversation_id)"));
    auto conversations = ConversationRepository::create(m_world->writer());
    QVERIFY(conversations);
    m_conversations = *std::move(conversations);
    m_adapters.writer = [] { return std::make_unique<NoMailWriter>(); };
    m_mail =
        std::make_unique<MailCore>(m_world->writer(), *m_conversations, *m_clock, m_adapters, MailPace(), QString());
    QVERIFY(m_mail->open());
    auto books = AnswerBooks::open(m_world->writer());
    QVERIFY(books);
    m_books = *std::move(books);
    m_sender = std::make_unique<AutoSender>(*m_books, *m_mail, *m_clock);
    QVERIFY(m_sender->open());
    QCOMPARE(m_sender->waiting().size(), m_world->people().size());
}

void TestAutoSender::cleanup() {
    m_sender.reset();
    m_books.reset();
    m_mail.reset();
    m_conversations.reset();
    m_world.reset();
}

ConversationId TestAutoSender::conversationOf(const WorldPerson& person) {
    const QByteArray sql = "SELECT conversation_id FROM outbox WHERE recipients LIKE '%" + person.email.toUtf8() + "%'";
    return ConversationId(rows(m_world->writer(), sql).value(0).toLongLong());
}

void TestAutoSender::eraseLast() {
    const auto erased =
        erasePerson(m_world->home().workspace(), m_world->writer(), *m_clock, {last().email}, AuditActor::Person);
    QVERIFY2(erased, erased ? "" : qPrintable(erased.error().detail));
    QCOMPARE(erased->outbox, 1);
}

void TestAutoSender::forgetsWhoIsErased() {
    const ConversationId gone = conversationOf(last());
    QVERIFY(m_sender->isWaiting(gone));
    eraseLast();
    QVERIFY(m_sender->forgetErased());
    QVERIFY(!m_sender->isWaiting(gone));
    QCOMPARE(m_sender->waiting().size(), m_world->people().size() - 1);
}

void TestAutoSender::withdrawsNobodyElsesMailForWhoIsErased() {
    const ConversationId gone = conversationOf(last());
    const qint64 erasedId = rows(m_world->writer(), "SELECT max(id) FROM outbox").value(0).toLongLong();
    eraseLast();
    const auto outbox = OutboxRepository::create(m_world->writer());
    QVERIFY(outbox);
    const auto next = (*outbox)->add(outboxRow(MailboxId(1), u"next@licht.example"_s, m_clock->now().plusDays(1)));
    QVERIFY(next);
    QVERIFY(next->value() > erasedId);
    const auto takenBack = m_sender->takeBack(gone, AutoSender::Why::Stopped);
    QVERIFY2(takenBack, takenBack ? "" : qPrintable(takenBack.error().detail));
    QVERIFY(!m_sender->isWaiting(gone));
    const auto row = (*outbox)->byId(*next);
    QVERIFY(row && *row);
    QCOMPARE((*row)->state, OutboxState::Waiting);
}

QTEST_GUILESS_MAIN(TestAutoSender)
#include "tst_auto_sender.moc"
