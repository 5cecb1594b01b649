#include "tests/core/storage/conversations/moves_fixture.h"

#include "tests/support/patience.h"
#include "tests/support/table_dump.h"

namespace aiva::test {

using namespace Qt::StringLiterals;

MessageRecord mail(const QString& id, const QString& from, const QString& subject, qint64 minutes,
                   const QStringList& references) {
    MessageRecord message;
    message.messageId = id;
    message.from = {u"Some One"_s, from};
    message.to = {{u"Shop"_s, u"help@shop.example"_s}};
    message.subject = subject;
    message.date = UtcTime(kMovesBegin + minutes * 60'000);
    message.text = u"Text of %1, order #%2"_s.arg(id).arg(1000 + minutes);
    message.references = references;
    if (!references.isEmpty()) message.inReplyTo = references.last();
    return message;
}

void MovesFixture::open() {
    m_repository.reset();
    m_workspace = std::make_unique<TemporaryWorkspace>();
    QVERIFY(m_workspace->isOpen());
    auto repository = ConversationRepository::create(m_workspace->writer());
    QVERIFY2(repository, repository ? "" : qPrintable(repository.error().detail));
    m_repository = std::move(*repository);
    sql(u"INSERT INTO mailboxes (id, address, display_name, own_addresses, user_name, auth, imap_host, imap_port, "
        "imap_security, smtp_host, smtp_port, smtp_security) VALUES (1, 'help@shop.example', '', '', '', "
        "'password', '', 1, 'tls', '', 1, 'tls');"
        "INSERT INTO mail_folders (id, mailbox_id, name, role) VALUES (1, 1, 'INBOX', 'inbox')"_s);
}

ConversationId MovesFixture::add(const MessageRecord& message, Direction direction) {
    const auto added = m_repository->add(message, direction);
    if (!added) qFatal("%s", qPrintable(added.error().detail));
    return added->conversation;
}

MessageId MovesFixture::idOf(const QString& messageId) {
    auto find = m_workspace->writer().prepare("SELECT id FROM messages WHERE message_id = ?1");
    if (!find || !find->bind(1, messageId).step()) qFatal("no message");
    return find->id<MessageId>(0);
}

ConversationId MovesFixture::place(const QString& messageId) {
    auto find = m_workspace->writer().prepare("SELECT conversation_id FROM messages WHERE message_id = ?1");
    if (!find || !find->bind(1, messageId).step()) qFatal("no message");
    return find->id<ConversationId>(0);
}

void MovesFixture::sql(const QString& statements) {
    const auto done = m_workspace->writer().execute(statements.toStdString());
    if (!done) qFatal("%s", qPrintable(done.error().detail));
}

qint64 MovesFixture::number(const char* query) {
    auto statement = m_workspace->writer().prepare(query);
    if (!statement) qFatal("%s", qPrintable(statement.error().detail));
    const auto row = statement->step();
    return row && *row ? statement->integer(0) : -1;
}

void MovesFixture::propose(ConversationId conversation, const QString& state) {
    sql(u"INSERT INTO proposals (conversation_id, message_id, state, intent, draft, facts, verdict, gate, hand_over, "
        "basis, made_at) VALUES (%1, 1, '%2', '{\"intents\":[{\"intent\":\"return\"}]}', '', '{}', '{}', '{}', '', '', 0)"_s
            .arg(conversation.value())
            .arg(state));
}

// An anchor that gave way is asked for anew, so its MODSEQ may be gone.
QStringList MovesFixture::dump() {
    QStringList all;
    for (const QByteArray table :
         {"conversations", "messages", "message_references", "conversation_orders", "conversations_apart", "notes",
          "outbox", "drafts", "note_drafts", "draft_versions", "draft_attachments", "match_corrections",
          "draft_outcomes", "model_requests", "intent_labels"})
        for (const QString& row : rows(m_workspace->writer(), "SELECT * FROM " + table + " ORDER BY 1, 2"))
            all << QString::fromLatin1(table) + u": "_s + row;
    all << rows(m_workspace->writer(), "SELECT 'anchors', conversation_id, folder_id, uid, wanted FROM "
                                       "team_anchors ORDER BY conversation_id");
    return all;
}

} // namespace aiva::test
