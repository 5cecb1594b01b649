#include "core/storage/replies/outbox_repository.h"

#include "core/storage/database/durable_transaction.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace aiva {

using namespace Qt::StringLiterals;

class OutboxRepository::Private {
public:
    explicit Private(Database& theDatabase) : database(theDatabase) {}

    Database& database;
    Statement add;
    Statement byId;
    Statement open;
    Statement stuck;
    Statement claims;
    Statement ofConversation;
    Statement nextDue;
    Statement update;
    Statement exists;
    Statement forget;

    Result<void> prepare();
    Result<void> runUpdate(const OutboxRow& row, OutboxState expected);
    static Result<std::vector<OutboxRow>> rows(Statement& statement);

    // On the disk when it answers, unless a caller's transaction decides that.
    template <typename Work>
    auto durably(Work work) -> decltype(work()) {
        if (database.isInTransaction()) return work();
        AIVA_TRY(const std::unique_ptr<DurableTransaction> transaction, DurableTransaction::begin(database));
        auto result = work();
        if (result) AIVA_CHECK(transaction->commit());
        return result;
    }
};

#define AIVA_OUTBOX_COLUMNS                                                                                            \
    "SELECT id, mailbox_id, conversation_id, message_id, state, origin, subject, envelope_from, recipients, text, "    \
    "basis, cancel_when_customer_writes, queued_at, not_before, attempts, next_attempt_at, handed_over_at, sent_at, "  \
    "holds_claim, error"

static constexpr std::string_view kByIdRow = AIVA_OUTBOX_COLUMNS ", mail, draft FROM outbox WHERE id = ?1";
// Partial indexes are used only where a query repeats their condition word for word.
static constexpr std::string_view kOpenRow =
    AIVA_OUTBOX_COLUMNS " FROM outbox WHERE state IN ('waiting', 'sending', 'unknown', 'filing') "
                        "AND next_attempt_at >= 0 ORDER BY next_attempt_at, id";
static constexpr std::string_view kStuck =
    AIVA_OUTBOX_COLUMNS " FROM outbox WHERE state IN ('held', 'failed') AND id > 0 ORDER BY id";
static constexpr std::string_view kClaims =
    AIVA_OUTBOX_COLUMNS " FROM outbox WHERE holds_claim = 1 AND id > 0 ORDER BY id";
static constexpr std::string_view kOfConversation =
    AIVA_OUTBOX_COLUMNS " FROM outbox WHERE conversation_id = ?1 ORDER BY id";
#undef AIVA_OUTBOX_COLUMNS

static constexpr std::string_view kNextDue = R"sql(
SELECT next_attempt_at FROM outbox WHERE state IN ('waiting', 'sending', 'unknown', 'filing') AND next_attempt_at >= 0
ORDER BY next_attempt_at LIMIT 1)sql";

static constexpr std::string_view kAdd = R"sql(
INSERT INTO outbox (id, mailbox_id, conversation_id, message_id, state, origin, subject, envelope_from, recipients, mail,
    text, draft, basis, cancel_when_customer_writes, queued_at, not_before, attempts, next_attempt_at)
VALUES (max(ifnull((SELECT max(id) FROM outbox), 0),
            ifnull((SELECT id FROM last_ids WHERE name = 'outbox'), 0)) + 1,
        ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17))sql";

static constexpr std::string_view kUpdateRow = R"sql(
UPDATE outbox SET state = ?3, not_before = ?4, attempts = ?5, next_attempt_at = ?6, handed_over_at = ?7, sent_at = ?8,
    holds_claim = ?9, error = ?10, cancel_when_customer_writes = ?11
WHERE id = ?1 AND state = ?2)sql";

static constexpr std::string_view kForget = R"sql(
UPDATE outbox SET mail = x'', draft = '' WHERE state IN ('sent', 'cancelled') AND id > 0 AND queued_at < ?1
AND length(mail) > 0)sql";

static QString originWord(MailOrigin origin) {
    return origin == MailOrigin::AutoReply ? u"auto_reply"_s : u"person"_s;
}

static OutboxRow rowFrom(const Statement& row) {
    OutboxRow out;
    out.id = row.id<OutboxId>(0);
    out.mailbox = row.id<MailboxId>(1);
    if (!row.isNull(2)) out.conversation = row.id<ConversationId>(2);
    out.messageId = row.text(3);
    out.state = fromWord<OutboxState>(row.text(4)).value_or(OutboxState::Held);
    out.origin = row.view(5) == "auto_reply" ? MailOrigin::AutoReply : MailOrigin::Person;
    out.subject = row.text(6);
    out.envelopeFrom = row.text(7);
    const QJsonArray recipients = QJsonDocument::fromJson(row.text(8).toUtf8()).array();
    for (const QJsonValue& recipient : recipients)
        out.recipients.append(recipient.toString());
    out.text = row.text(9);
    out.basis = row.text(10);
    out.cancelWhenCustomerWrites = row.boolean(11);
    out.queuedAt = row.time(12);
    out.notBefore = row.time(13);
    out.attempts = static_cast<int>(row.integer(14));
    out.nextAttemptAt = row.time(15);
    out.handedOverAt = row.optionalTime(16);
    out.sentAt = row.optionalTime(17);
    out.holdsClaim = row.boolean(18);
    out.error = row.text(19);
    return out;
}

Result<void> OutboxRepository::Private::prepare() {
    AIVA_TRY(add, database.prepare(kAdd));
    AIVA_TRY(byId, database.prepare(kByIdRow));
    AIVA_TRY(open, database.prepare(kOpenRow));
    AIVA_TRY(stuck, database.prepare(kStuck));
    AIVA_TRY(claims, database.prepare(kClaims));
    AIVA_TRY(ofConversation, database.prepare(kOfConversation));
    AIVA_TRY(nextDue, database.prepare(kNextDue));
    AIVA_TRY(update, database.prepare(kUpdateRow));
    AIVA_TRY(exists, database.prepare("SELECT 1 FROM outbox WHERE id = ?1"));
    AIVA_TRY(forget, database.prepare(kForget));
    return {};
}

Result<std::vector<OutboxRow>> OutboxRepository::Private::rows(Statement& statement) {
    std::vector<OutboxRow> found;
    for (;;) {
        AIVA_TRY(const bool more, statement.step());
        if (!more) return found;
        found.push_back(rowFrom(statement));
    }
}

Result<void> OutboxRepository::Private::runUpdate(const OutboxRow& row, OutboxState expected) {
    update.bind(1, row.id).bind(2, toWord(expected)).bind(3, toWord(row.state)).bind(4, row.notBefore);
    update.bind(5, row.attempts).bind(6, row.nextAttemptAt).bind(7, row.handedOverAt).bind(8, row.sentAt);
    update.bind(9, row.holdsClaim).bind(10, row.error).bind(11, row.cancelWhenCustomerWrites);
    AIVA_CHECK(update.run());
    if (database.changes() > 0) return {};
    AIVA_TRY(const bool found, exists.bind(1, row.id).step());
    exists.reset();
    if (!found) return Error{ErrorKind::NotFound, u"no such mail in the outbox"_s};
    return Error{ErrorKind::Conflict, u"the mail is not %1 any more"_s.arg(toWord(expected))};
}

OutboxRepository::OutboxRepository(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

OutboxRepository::~OutboxRepository() = default;

Result<std::unique_ptr<OutboxRepository>> OutboxRepository::create(Database& database) {
    auto priv = std::make_unique<Private>(database);
    AIVA_CHECK(priv->prepare());
    return std::unique_ptr<OutboxRepository>(new OutboxRepository(std::move(priv)));
}

Result<OutboxId> OutboxRepository::add(const OutboxRow& row) {
    return d->durably([&]() -> Result<OutboxId> {
        const QByteArray recipients =
            QJsonDocument(QJsonArray::fromStringList(row.recipients)).toJson(QJsonDocument::Compact);
        d->add.bind(1, row.mailbox);
        if (row.conversation) d->add.bind(2, *row.conversation);
        d->add.bind(3, row.messageId).bind(4, toWord(row.state)).bind(5, originWord(row.origin)).bind(6, row.subject);
        d->add.bind(7, row.envelopeFrom).bind(8, QString::fromUtf8(recipients)).bind(9, row.mail).bind(10, row.text);
        d->add.bind(11, row.draft).bind(12, row.basis).bind(13, row.cancelWhenCustomerWrites).bind(14, row.queuedAt);
        d->add.bind(15, row.notBefore).bind(16, row.attempts).bind(17, row.nextAttemptAt);
        AIVA_CHECK(d->add.run());
        return OutboxId(d->database.lastInsertId());
    });
}

Result<std::optional<OutboxRow>> OutboxRepository::byId(OutboxId id) {
    AIVA_TRY(const bool found, d->byId.bind(1, id).step());
    if (!found) return std::optional<OutboxRow>();
    std::optional<OutboxRow> row = rowFrom(d->byId);
    row->mail = d->byId.blob(20);
    row->draft = d->byId.text(21);
    d->byId.reset();
    return row;
}

Result<std::vector<OutboxRow>> OutboxRepository::open() {
    return Private::rows(d->open);
}

Result<std::vector<OutboxRow>> OutboxRepository::stuck() {
    return Private::rows(d->stuck);
}

Result<std::vector<OutboxRow>> OutboxRepository::holdingClaims() {
    return Private::rows(d->claims);
}

Result<std::vector<OutboxRow>> OutboxRepository::ofConversation(ConversationId conversation) {
    d->ofConversation.bind(1, conversation);
    return Private::rows(d->ofConversation);
}

Result<std::optional<UtcTime>> OutboxRepository::nextDue() {
    AIVA_TRY(const bool found, d->nextDue.step());
    if (!found) return std::optional<UtcTime>();
    const std::optional<UtcTime> due = d->nextDue.time(0);
    d->nextDue.reset();
    return due;
}

Result<void> OutboxRepository::update(const OutboxRow& row, OutboxState expected) {
    return d->durably([&] { return d->runUpdate(row, expected); });
}

Result<void> OutboxRepository::forgetBytes(UtcTime before) {
    return d->durably([&] { return d->forget.bind(1, before).run(); });
}

} // namespace aiva
