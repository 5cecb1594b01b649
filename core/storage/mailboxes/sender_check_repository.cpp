#include "core/storage/mailboxes/sender_check_repository.h"

#include "core/domain/mail/mail_domains.h"

namespace aiva {

using namespace Qt::StringLiterals;

class SenderCheckRepository::Private {
public:
    struct Arrival {
        std::optional<qint64> mailbox;
        QString authservId; // empty: none was seen
    };

    Statement mailboxes;
    Statement stores;
    Statement known;
    Statement store;
    Statement read;

    Result<void> addOurs(SenderContext& context, MailboxId mailbox);
    Result<void> keep(MessageId message, const SenderCheck& check, const Arrival& arrival);
};

// Addresses of the person the conversation was matched with, and the address it began with. Few: a person's aliases.
static constexpr std::string_view kKnown = R"sql(
SELECT c.customer_email FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE m.id = ?1
UNION ALL
SELECT e.email FROM messages m JOIN conversations c ON c.id = m.conversation_id
JOIN profile_emails e ON e.profile_id = c.profile_id WHERE m.id = ?1
LIMIT 50)sql";

// What the mail arrived with stays as it was.
static constexpr std::string_view kStore = R"sql(
INSERT INTO sender_checks (message_id, verdict, spf, dkim, dmarc, aligned_domain, warnings, mailbox_id,
    seen_authserv_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, nullif(?9, ''))
ON CONFLICT (message_id) DO UPDATE SET verdict = excluded.verdict, spf = excluded.spf, dkim = excluded.dkim,
    dmarc = excluded.dmarc, aligned_domain = excluded.aligned_domain, warnings = excluded.warnings)sql";

SenderCheck senderCheckFrom(const Statement& row, int first) {
    SenderCheck check;
    check.verdict = fromWord<SenderVerdict>(row.text(first)).value_or(SenderVerdict::Unverified);
    check.spf = row.text(first + 1);
    check.dkim = row.text(first + 2);
    check.dmarc = row.text(first + 3);
    check.alignedDomain = row.text(first + 4);
    check.warnings = row.text(first + 5).split(u' ', Qt::SkipEmptyParts);
    return check;
}

SenderCheckRepository::SenderCheckRepository(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

SenderCheckRepository::~SenderCheckRepository() = default;

Result<std::unique_ptr<SenderCheckRepository>> SenderCheckRepository::create(Database& database) {
    auto priv = std::make_unique<Private>();
    AIVA_TRY(priv->mailboxes,
             database.prepare("SELECT id, address, own_addresses, authserv_id FROM mailboxes WHERE id > 0"));
    AIVA_TRY(priv->stores, database.prepare("SELECT domain FROM stores WHERE id > 0"));
    AIVA_TRY(priv->known, database.prepare(kKnown));
    AIVA_TRY(priv->store, database.prepare(kStore));
    AIVA_TRY(priv->read, database.prepare("SELECT verdict, spf, dkim, dmarc, aligned_domain, warnings "
                                          "FROM sender_checks WHERE message_id = ?1"));
    return std::unique_ptr<SenderCheckRepository>(new SenderCheckRepository(std::move(priv)));
}

Result<void> SenderCheckRepository::Private::addOurs(SenderContext& context, MailboxId mailbox) {
    for (;;) {
        AIVA_TRY(const bool more, mailboxes.step());
        if (!more) break;
        context.ownAddresses << mailboxes.text(1) << mailboxes.text(2).split(u'\n', Qt::SkipEmptyParts);
        if (mailboxes.id<MailboxId>(0) == mailbox) context.authservId = mailboxes.text(3);
    }
    for (;;) {
        AIVA_TRY(const bool more, stores.step());
        if (!more) return {};
        const QString domain = normalizedDomain(stores.text(0));
        if (domain.contains(u'.')) context.ownDomains << domain;
    }
}

Result<SenderContext> SenderCheckRepository::context(MailboxId mailbox, MessageId message) {
    SenderContext context;
    AIVA_CHECK(d->addOurs(context, mailbox));
    d->known.bind(1, message);
    for (;;) {
        AIVA_TRY(const bool more, d->known.step());
        if (!more) return context;
        if (const QString address = d->known.text(0); !address.isEmpty()) context.knownAddresses << address;
    }
}

Result<void> SenderCheckRepository::Private::keep(MessageId message, const SenderCheck& check, const Arrival& arrival) {
    store.bind(1, message).bind(2, toWord(check.verdict)).bind(3, check.spf).bind(4, check.dkim);
    store.bind(5, check.dmarc).bind(6, check.alignedDomain).bind(7, check.warnings.join(u' '));
    return store.bind(8, arrival.mailbox).bind(9, arrival.authservId).run();
}

Result<void> SenderCheckRepository::storeSenderCheck(MessageId message, const SenderCheck& check) {
    return d->keep(message, check, {});
}

Result<SenderCheck> SenderCheckRepository::check(MailboxId mailbox, MessageId message, const MessageRecord& record) {
    AIVA_TRY(const SenderContext found, context(mailbox, message));
    const SenderCheck check = checkSender(record, found);
    AIVA_CHECK(d->keep(message, check, {mailbox.value(), topmostAuthservId(record.trace)}));
    return check;
}

Result<std::optional<SenderCheck>> SenderCheckRepository::senderCheck(MessageId message) {
    AIVA_TRY(const bool found, d->read.bind(1, message).step());
    if (!found) return std::optional<SenderCheck>();
    const SenderCheck check = senderCheckFrom(d->read, 0);
    d->read.reset();
    return std::optional<SenderCheck>(check);
}

} // namespace aiva
