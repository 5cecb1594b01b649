#include "core/storage/mailboxes/answer_lookup.h"

#include "core/domain/email_address.h"

namespace aiva {

static constexpr std::string_view kNewMail =
    "SELECT name, uid_next FROM mail_folders WHERE mailbox_id = ?1 AND role = ?2 ORDER BY id LIMIT 1";

// Mailboxes are few; their further addresses stand one per line.
static constexpr std::string_view kOwnAddress = R"sql(
SELECT 1 FROM mailboxes
WHERE address = ?1 OR instr(char(10) || own_addresses || char(10), char(10) || ?1 || char(10)) > 0 LIMIT 1)sql";

static constexpr std::string_view kKnowsMessage = R"sql(
SELECT 1 FROM messages WHERE message_id = ?2 AND conversation_id = ?1
UNION ALL
SELECT 1 FROM message_references WHERE message_id = ?2 AND conversation_id = ?1
LIMIT 1)sql";

Result<std::unique_ptr<AnswerLookup>> AnswerLookup::create(Database& database) {
    std::unique_ptr<AnswerLookup> made(new AnswerLookup);
    AIVA_TRY(made->m_newMail, database.prepare(kNewMail));
    AIVA_TRY(made->m_ownAddress, database.prepare(kOwnAddress));
    AIVA_TRY(made->m_ours, database.prepare("SELECT 1 FROM outbox WHERE message_id = ?1"));
    AIVA_TRY(made->m_knows, database.prepare(kKnowsMessage));
    return made;
}

Result<std::optional<NewMail>> AnswerLookup::newMail(MailboxId mailbox, const QString& role) {
    AIVA_TRY(const bool found, m_newMail.bind(1, mailbox).bind(2, role).step());
    if (!found) return std::optional<NewMail>();
    const NewMail mail{m_newMail.text(0), static_cast<quint32>(m_newMail.integer(1))};
    m_newMail.reset();
    return mail.firstUid > 0 ? std::optional(mail) : std::nullopt;
}

Result<bool> AnswerLookup::isOwnAddress(const QString& email) {
    const QString normalised = normalizedEmail(email);
    if (normalised.isEmpty()) return false;
    AIVA_TRY(const bool found, m_ownAddress.bind(1, normalised).step());
    m_ownAddress.reset();
    return found;
}

Result<bool> AnswerLookup::isOurs(const QString& messageId) {
    AIVA_TRY(const bool found, m_ours.bind(1, messageId).step());
    m_ours.reset();
    return found;
}

Result<bool> AnswerLookup::conversationKnows(ConversationId conversation, const QStringList& messageIds) {
    for (const QString& id : messageIds) {
        AIVA_TRY(const bool found, m_knows.bind(1, conversation).bind(2, id).step());
        m_knows.reset();
        if (found) return true;
    }
    return false;
}

} // namespace aiva
