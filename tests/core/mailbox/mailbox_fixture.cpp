#include "tests/core/mailbox/mailbox_fixture.h"

#include "core/ports/flag_words.h"

#include <QEventLoop>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace aiva::test {

MailboxFixture::MailboxFixture() {
    openBooks();
    MailAccount account;
    account.address = u"help@licht.example"_s;
    account.userName = u"help"_s;
    mailbox = *m_mailboxes->save(account);
}

void MailboxFixture::openBooks() {
    m_mailboxes = *MailboxRepository::create(m_workspace.writer());
    m_conversations = *ConversationRepository::create(m_workspace.writer());
}

void MailboxFixture::reopen() {
    m_conversations.reset();
    m_mailboxes.reset();
    m_workspace.releaseWriter();
    if (!m_workspace.reopenWriter()) qFatal("the workspace did not open again");
    openBooks();
    port = std::make_unique<FakeMailboxPort>(server);
}

MailSyncOutcome MailboxFixture::sync(MailboxPass::Scope scope) {
    MailboxPass pass(*port, books(), mailbox, clock, pace);
    std::optional<MailSyncOutcome> outcome;
    QEventLoop loop;
    QObject::connect(&pass, &MailboxPass::finished, &loop, [&](const MailSyncOutcome& result) {
        outcome = result;
        loop.quit();
    });
    QTimer::singleShot(60'000, &loop, &QEventLoop::quit);
    pass.start(scope);
    if (!outcome) loop.exec();
    if (!outcome) qWarning("the pass never ended");
    return outcome.value_or(MailSyncOutcome{mailbox, SyncStatus::Failed, {}, Error{}, 0});
}

ConversationId MailboxFixture::conversationOf(const QString& messageId) {
    return ConversationId(
        one("SELECT conversation_id FROM messages WHERE message_id = '" + messageId.toUtf8() + "'").toLongLong());
}

QStringList MailboxFixture::disagreementsOf(const QString& name) {
    QStringList there;
    for (const auto& [uid, mail] : server.folder(name).mails) {
        QStringList words = aiva::flagWords(mail.flags);
        words.sort();
        const bool readable = mail.message->has_value() && !(*mail.message)->messageId.isEmpty();
        there << u"%1 %2 %3"_s.arg(uid, 6).arg(readable ? (*mail.message)->messageId : u"fault"_s, words.join(u' '));
    }
    QStringList here;
    for (const QString& row :
         rows("SELECT printf('%6d', l.uid), ifnull(m.message_id, CASE WHEN l.fault <> '' THEN 'fault' ELSE 'absent' "
              "END), l.flags FROM mail_locations l JOIN mail_folders f ON f.id = l.folder_id "
              "LEFT JOIN messages m ON m.id = l.message_id WHERE f.name = '" +
              name.toUtf8() + "' ORDER BY l.uid")) {
        QStringList words = row.section(u'|', 2).split(u' ', Qt::SkipEmptyParts);
        words.sort();
        here << u"%1 %2 %3"_s.arg(row.section(u'|', 0, 0), row.section(u'|', 1, 1), words.join(u' '));
    }
    const QString differs = difference(there, here);
    return differs.isEmpty() ? QStringList() : QStringList{name + u": "_s + differs};
}

QStringList MailboxFixture::disagreements() {
    QStringList wrong = disagreementsOf(u"INBOX"_s) + disagreementsOf(u"Sent"_s);
    const auto expectNone = [&](const char* what, const QByteArray& sql) {
        const QStringList found = rows(sql);
        if (!found.isEmpty()) wrong << QLatin1String(what) + u": "_s + found.join(u", "_s);
    };
    expectNone("read marks on their way", "SELECT uid FROM mail_locations WHERE seen_wanted IS NOT NULL");
    expectNone("unread here, read there",
               "SELECT m.message_id FROM messages m JOIN mail_locations l ON l.message_id = m.id "
               "WHERE m.unread = 1 AND instr(l.flags, '\\Seen') > 0");
    expectNone("read here, unread there",
               "SELECT m.message_id FROM messages m JOIN mail_locations l ON l.message_id = m.id "
               "WHERE m.direction = 'in' AND m.unread = 0 AND instr(l.flags, '\\Seen') = 0");
    expectNone(
        "unread counts",
        "SELECT c.id FROM conversations c WHERE c.unread_count <> "
        "(SELECT count(*) FROM messages m WHERE m.conversation_id = c.id AND m.unread = 1) OR c.message_count <> "
        "(SELECT count(*) FROM messages m WHERE m.conversation_id = c.id)");
    expectNone("gone, but there",
               "SELECT g.message_id FROM mail_gone g JOIN mail_locations l ON l.message_id = g.message_id");
    expectNone(
        "neither there nor gone",
        "SELECT m.id FROM messages m WHERE NOT EXISTS (SELECT 1 FROM mail_locations l WHERE l.message_id = m.id) "
        "AND NOT EXISTS (SELECT 1 FROM mail_gone g WHERE g.message_id = m.id)");
    expectNone("folder counts",
               "SELECT name FROM mail_folders f WHERE listed <> (SELECT count(*) FROM mail_locations WHERE folder_id = "
               "f.id) OR linked <> (SELECT count(message_id) FROM mail_locations WHERE folder_id = f.id) OR faults <> "
               "(SELECT count(*) FROM mail_locations WHERE folder_id = f.id AND fault <> '')");
    expectNone("full-text index",
               "SELECT m.id FROM messages m WHERE m.id NOT IN (SELECT rowid FROM messages_fts WHERE messages_fts MATCH "
               "'lamp')");
    return wrong;
}

MessageRecord MailboxFixture::mail(int number) {
    MessageRecord message;
    message.messageId = u"mail-%1@example.com"_s.arg(number);
    message.from = {u"Person %1"_s.arg(number % 7), u"person%1@example.com"_s.arg(number % 7)};
    message.to = {{u"Licht"_s, u"help@licht.example"_s}};
    message.date = UtcTime(1'750'000'000'000).plusSeconds(number * 60);
    message.subject = u"Lamp %1"_s.arg(number % 3);
    message.text = u"Where is lamp %1?\n"_s.arg(number);
    message.rawSize = 300;
    return message;
}

MessageRecord MailboxFixture::ours(int number) {
    MessageRecord message = mail(number);
    message.messageId = u"ours-%1@licht.example"_s.arg(number);
    message.to = {message.from};
    message.from = {u"Licht"_s, u"Help@Licht.example"_s};
    message.subject = u"Re: "_s + message.subject;
    return message;
}

} // namespace aiva::test
