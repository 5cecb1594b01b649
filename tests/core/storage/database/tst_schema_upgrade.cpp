#include "core/storage/conversations/conversation_repository.h"
#include "core/storage/database/migrations.h"
#include "core/storage/vault/cipher_vfs.h"
#include "tests/support/patience.h"
#include "tests/support/table_dump.h"

#include <QSqlDatabase>
#include <QTemporaryDir>

#include <sqlite3.h>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

// Rows as a workspace of the first release holds them.
constexpr const char* kOldRows = R"sql(
INSERT INTO settings VALUES ('theme', 'dark');
INSERT INTO conversations (id, subject, base_subject, status, customer_email, customer_name, snippet, message_count,
    unread_count, first_message_at, last_message_at, customer_spoke_last, has_draft)
VALUES (1, 'Lamp', 'lamp', 'open', 'kim@example.com', 'Kim', 'Where is it?', 2, 1, 10, 20, 1, 1),
       (2, 'Cable', 'cable', 'done', 'lee@example.com', 'Lee', 'Thanks', 1, 0, 30, 30, 0, 0);
INSERT INTO messages (id, conversation_id, message_id, in_reply_to, direction, from_name, from_email, recipients,
    sent_at, subject, folded, automated, unread, raw_size, text, safe_html)
VALUES (1, 1, 'a@x', '', 'in', 'Kim', 'kim@example.com', '{}', 10, 'Lamp', '[]', 0, 0, 5, 'Where is the lamp', ''),
       (2, 1, 'b@x', 'a@x', 'in', 'Kim', 'kim@example.com', '{}', 20, 'Lamp', '[]', 0, 1, 5, 'Still waiting', '<p>S'),
       (3, 2, 'c@x', '', 'out', 'Shop', 'help@x', '{}', 30, 'Cable', '[]', 0, 0, 5, 'Thanks for asking', '');
INSERT INTO message_references VALUES ('a@x', 1);
INSERT INTO attachments (id, message_id, position, name, mime_type, content_id, is_inline, size)
VALUES (1, 2, 0, 'lamp.jpg', 'image/jpeg', '', 0, 3);
INSERT INTO attachment_contents VALUES (1, x'010203');
INSERT INTO drafts VALUES (1, 'Dear Kim', '<p>Dear Kim', 4, 40);
)sql";

// Mail of a mailbox as it was kept before 0013.
constexpr const char* kCheckedMail = R"sql(
INSERT INTO mailboxes (id, address, display_name, own_addresses, user_name, auth, imap_host, imap_port, imap_security,
    smtp_host, smtp_port, smtp_security)
VALUES (7, 'help@x', 'Shop', '', 'help', 'password', 'x', 993, 'tls', 'x', 465, 'tls');
INSERT INTO conversations (id, subject, base_subject, status, customer_email, customer_name, snippet, message_count,
    unread_count, first_message_at, last_message_at, customer_spoke_last, has_draft, mailbox_id)
VALUES (1, 'Lamp', 'lamp', 'open', 'kim@example.com', 'Kim', 'Where is it?', 1, 1, 10, 10, 1, 0, 7);
INSERT INTO messages (id, conversation_id, message_id, in_reply_to, direction, from_name, from_email, recipients,
    sent_at, subject, folded, automated, unread, raw_size, text, safe_html)
VALUES (1, 1, 'a@x', '', 'in', 'Kim', 'kim@example.com', '{}', 10, 'Lamp', '[]', 0, 1, 5, 'Where is the lamp', '');
INSERT INTO sender_checks VALUES (1, 'suspicious', 'pass', '', 'none', 'example.com', 'reply_to_elsewhere');
)sql";

} // namespace

class TestSchemaUpgrade : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;

    // A workspace as the release with schema `version` left it.
    static bool writeOld(const QString& path, int version, const QByteArray& oldRows) {
        const auto known = builtInMigrations();
        sqlite3* old = nullptr;
        if (!known || !createCipherDatabase(path) ||
            sqlite3_open_v2(cipherUri(path).toUtf8().constData(), &old, SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI,
                            nullptr) != SQLITE_OK)
            return false;
        QByteArray sql = "BEGIN;";
        for (int i = 0; i < version; ++i)
            sql += known->at(static_cast<size_t>(i)).sql + ';';
        sql += "PRAGMA application_id=1097430625;PRAGMA user_version=" + QByteArray::number(version) + ";COMMIT;BEGIN;";
        sql += oldRows + ";COMMIT";
        const int done = sqlite3_exec(old, sql.constData(), nullptr, nullptr, nullptr);
        if (done != SQLITE_OK) qWarning("%s", sqlite3_errmsg(old));
        sqlite3_close(old);
        return done == SQLITE_OK;
    }

    // Every table of the first schema that has rows, by its own columns.
    static QStringList dump(Database& database) {
        QStringList all;
        for (const char* sql :
             {"SELECT * FROM settings",
              "SELECT id, subject, base_subject, status, customer_email, customer_name, snippet, message_count, "
              "unread_count, first_message_at, last_message_at, customer_spoke_last, has_draft, inbox_facet, "
              "precedence "
              "FROM conversations ORDER BY id",
              "SELECT id, conversation_id, message_id, in_reply_to, direction, from_name, from_email, recipients, "
              "sent_at, subject, folded, automated, unread, raw_size, has_html, text, safe_html FROM messages "
              "ORDER BY id",
              "SELECT message_id, conversation_id FROM message_references", "SELECT * FROM attachments",
              "SELECT attachment_id, hex(content) FROM attachment_contents",
              "SELECT conversation_id, text, html, cursor, updated_at FROM drafts",
              "SELECT * FROM inbox_counts ORDER BY inbox_facet",
              "SELECT rowid FROM messages_fts WHERE messages_fts MATCH 'wai*' ORDER BY rowid"})
            all << rows(database, sql);
        return all;
    }

private Q_SLOTS:
    void keepsEverythingOfAnOlderWorkspace() {
        const QString path = m_dir.filePath(u"aiva.db"_s);
        const auto key = CipherKeyLease::take(path, SecretString(std::string(32, 'k')), CipherKeyLease::Trust::Proven);
        QVERIFY(key);
        const auto known = builtInMigrations();
        QVERIFY(known && known->size() >= 2);
        QVERIFY(writeOld(path, 1, kOldRows));
        QCOMPARE(*schemaVersionOnDisk(path), 1);
        {
            const auto look = Database::open(path, Database::Access::QueryOnly);
            QVERIFY(!look); // a reader never migrates
        }
        auto database = Database::open(path, Database::Access::ReadWrite);
        QVERIFY2(database, database ? "" : qPrintable(database.error().detail));
        QCOMPARE(*schemaVersion(**database), static_cast<int>(known->size()));
        const QStringList after = dump(**database);
        const QStringList expected{
            u"theme|dark"_s,
            u"1|Lamp|lamp|open|kim@example.com|Kim|Where is it?|2|1|10|20|1|1|3|PROSPECT"_s,
            u"2|Cable|cable|done|lee@example.com|Lee|Thanks|1|0|30|30|0|0|8|PROSPECT"_s,
            u"1|1|a@x||in|Kim|kim@example.com|{}|10|Lamp|[]|0|0|5|0|Where is the lamp|"_s,
            u"2|1|b@x|a@x|in|Kim|kim@example.com|{}|20|Lamp|[]|0|1|5|1|Still waiting|<p>S"_s,
            u"3|2|c@x||out|Shop|help@x|{}|30|Cable|[]|0|0|5|0|Thanks for asking|"_s,
            u"a@x|1"_s,
            u"1|2|0|lamp.jpg|image/jpeg||0|3"_s,
            u"1|010203"_s,
            u"1|Dear Kim|<p>Dear Kim|4|40"_s,
            u"3|0|1"_s,
            u"8|0|1"_s,
            u"2"_s,
        };
        QCOMPARE(after, expected);
        QCOMPARE(rows(**database, "PRAGMA integrity_check"), QStringList{u"ok"_s});
        QVERIFY(rows(**database, "PRAGMA foreign_key_check").isEmpty());
        // And it goes on working: a mail joins the old conversation and is found.
        auto conversations = ConversationRepository::create(**database);
        QVERIFY(conversations);
        MessageRecord message;
        message.messageId = u"d@x"_s;
        message.from = {u"Kim"_s, u"kim@example.com"_s};
        message.references = {u"a@x"_s};
        message.date = UtcTime(50);
        message.subject = u"Re: Lamp"_s;
        message.text = u"It arrived"_s;
        const auto added = (*conversations)->add(message, ConversationRepository::Direction::Inbound);
        QVERIFY(added);
        QCOMPARE(added->conversation, ConversationId(1));
        QCOMPARE(rows(**database, "SELECT rowid FROM messages_fts WHERE messages_fts MATCH 'arriv*'"),
                 QStringList{u"4"_s});
    }

    // Nobody knows any more whose results the mail that is there already came with.
    void notesWhoseResultsMailCameWithFromThenOn() {
        const QString path = m_dir.filePath(u"checked.db"_s);
        const auto key = CipherKeyLease::take(path, SecretString(std::string(32, 'k')), CipherKeyLease::Trust::Proven);
        QVERIFY(key);
        QVERIFY(writeOld(path, 12, kCheckedMail));
        auto database = Database::open(path, Database::Access::ReadWrite);
        QVERIFY2(database, database ? "" : qPrintable(database.error().detail));
        const QString old = u"1|suspicious|pass||none|example.com|reply_to_elsewhere|NULL|NULL"_s;
        QCOMPARE(rows(**database, "SELECT * FROM sender_checks"), QStringList{old});
        auto conversations = ConversationRepository::create(**database);
        QVERIFY(conversations);
        MessageRecord message;
        message.messageId = u"d@x"_s;
        message.from = {u"Kim"_s, u"kim@example.com"_s};
        message.date = UtcTime(50);
        message.trace = {{u"authentication-results"_s, u"mx.x; none"_s}};
        QVERIFY((*conversations)->add(message, ConversationRepository::Direction::Inbound, {.mailbox = MailboxId(7)}));
        QCOMPARE(rows(**database, "SELECT mailbox_id, seen_authserv_id FROM sender_checks ORDER BY message_id"),
                 (QStringList{u"NULL|NULL"_s, u"7|mx.x"_s}));
        QCOMPARE(rows(**database, "PRAGMA integrity_check"), QStringList{u"ok"_s});
    }
};

QTEST_GUILESS_MAIN(TestSchemaUpgrade)
#include "tst_schema_upgrade.moc"
