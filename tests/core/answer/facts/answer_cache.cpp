#include "tests/core/answer/facts/answer_cache.h"

namespace aiva::test {

using namespace Qt::StringLiterals;

template <typename T>
static T need(Result<T> result) {
    if (!result) qFatal("%s", qPrintable(result.error().detail));
    return *std::move(result);
}

static void run(Statement& statement) {
    if (const auto ran = statement.run(); !ran) qFatal("%s", qPrintable(ran.error().detail));
}

StoreId AnswerCache::addStore(const QString& domain, const QString& currency) {
    return m_fixture.addStore(domain, currency);
}

MailboxId AnswerCache::addMailbox(const QString& address, std::optional<StoreId> store) {
    Statement insert = need(m_fixture.database().prepare(
        "INSERT INTO mailboxes (address, display_name, own_addresses, user_name, auth, imap_host, imap_port, "
        "imap_security, smtp_host, smtp_port, smtp_security, store_id) "
        "VALUES (?1, '', ?1, '', 'password', '', 1, 'plain', '', 1, 'plain', ?2)"));
    insert.bind(1, address);
    insert.bind(2, store ? std::optional(store->value()) : std::nullopt);
    run(insert);
    return MailboxId(m_fixture.database().lastInsertId());
}

void AnswerCache::addKnowledge(StoreId store, KnowledgeKind kind, const QString& title, const QString& text,
                               const QString& url) {
    Statement insert = need(m_fixture.database().prepare(
        "INSERT INTO knowledge (store_id, kind, title, text, url, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, 0)"));
    insert.bind(1, store).bind(2, toWord(kind)).bind(3, title).bind(4, text).bind(5, url);
    run(insert);
}

ConversationId AnswerCache::mail(const QString& from, const QString& subject, const QString& text,
                                 std::optional<MailboxId> mailbox, const QString& earlier) {
    MessageRecord message;
    m_lastMessageId = message.messageId = u"m%1@mail.example"_s.arg(++m_mails);
    message.inReplyTo = earlier;
    if (!earlier.isEmpty()) message.references = QStringList{earlier};
    message.from.email = from;
    message.to.append({QString(), u"help@shop.example"_s});
    message.subject = subject;
    message.text = text;
    message.date = day(9).plusSeconds(m_mails);
    const auto repository = need(ConversationRepository::create(m_fixture.database()));
    return need(repository->add(message, ConversationRepository::Direction::Inbound, {mailbox})).conversation;
}

ProfileId AnswerCache::profileOf(const QString& email) {
    Statement find = need(m_fixture.database().prepare("SELECT profile_id FROM profile_emails WHERE email = ?1"));
    return need(find.bind(1, email).step()) ? find.id<ProfileId>(0) : ProfileId();
}

Database& AnswerCache::reader() {
    if (!m_reader) m_reader = m_fixture.reader();
    return *m_reader;
}

AnswerReader& AnswerCache::answers() {
    if (!m_answers) m_answers = need(AnswerReader::create(reader()));
    return *m_answers;
}

AnswerSources AnswerCache::sources(ConversationId conversation, UtcTime now) {
    auto read = need(answers().read(conversation, now));
    if (!read) qFatal("no such conversation");
    return *std::move(read);
}

} // namespace aiva::test
