#include "core/readmodel/outbox_query.h"

#include "core/domain/mail/quoted_text.h"
#include "core/storage/conversations/conversation_summary.h"
#include "core/storage/replies/outbox_repository.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace aiva {

using namespace Qt::StringLiterals;

class OutboxQuery::Private {
public:
    Statement open;
    Statement stuck;
    Statement ended;
    Statement pending;
    Statement openCount;
    Statement paused;

    static Result<void> read(Statement& statement, std::vector<OutboxView>& into);
};

// length(mail) reads the blob's header only.
#define AIVA_OUTBOX_VIEW                                                                                               \
    "SELECT outbox.id, mailbox_id, address, conversation_id, state, subject, recipients, text, length(mail), "         \
    "queued_at, not_before, next_attempt_at, attempts, sent_at, error, origin, envelope_from, message_id "             \
    "FROM outbox JOIN mailboxes ON mailboxes.id = mailbox_id "

static constexpr std::string_view kOpen =
    AIVA_OUTBOX_VIEW "WHERE state IN ('waiting', 'sending', 'unknown', 'filing') AND next_attempt_at >= 0 "
                     "ORDER BY next_attempt_at, outbox.id";
static constexpr std::string_view kStuck =
    AIVA_OUTBOX_VIEW "WHERE state IN ('held', 'failed') AND outbox.id > 0 ORDER BY outbox.id DESC";
static constexpr std::string_view kEnded =
    AIVA_OUTBOX_VIEW "WHERE state IN ('sent', 'cancelled') AND outbox.id > 0 ORDER BY outbox.id DESC LIMIT ?1";
static constexpr std::string_view kPending =
    AIVA_OUTBOX_VIEW "WHERE conversation_id = ?1 AND state NOT IN ('filing', 'sent', 'cancelled') "
                     "ORDER BY outbox.id DESC LIMIT 1";
#undef AIVA_OUTBOX_VIEW

static constexpr std::string_view kOpenCount = R"sql(
SELECT (SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending', 'unknown', 'filing')
            AND next_attempt_at >= 0 AND state <> 'filing') +
       (SELECT count(*) FROM outbox WHERE state IN ('held', 'failed') AND id > 0))sql";

static OutboxView viewFrom(const Statement& row) {
    OutboxView view;
    view.id = row.id<OutboxId>(0);
    view.mailbox = row.id<MailboxId>(1);
    view.mailboxAddress = row.text(2);
    if (!row.isNull(3)) view.conversation = row.id<ConversationId>(3);
    view.state = fromWord<OutboxState>(row.text(4)).value_or(OutboxState::Held);
    view.subject = row.text(5);
    const QString from = row.text(16);
    const QJsonArray recipients = QJsonDocument::fromJson(row.text(6).toUtf8()).array();
    for (const QJsonValue& recipient : recipients)
        view.recipients.append(recipient.toString());
    // The blind copy to ourselves is no recipient anybody chose.
    if (view.recipients.size() > 1) view.recipients.removeAll(from);
    const QString text = row.text(7);
    view.snippet = snippetOf(unfoldedText(text, foldedRanges(text)));
    view.size = row.integer(8);
    view.queuedAt = row.time(9);
    view.notBefore = row.time(10);
    view.nextAttemptAt = row.time(11);
    view.attempts = static_cast<int>(row.integer(12));
    view.sentAt = row.optionalTime(13);
    view.error = row.text(14);
    view.isAutomatic = row.view(15) == "auto_reply";
    view.messageId = row.text(17);
    return view;
}

Result<void> OutboxQuery::Private::read(Statement& statement, std::vector<OutboxView>& into) {
    for (;;) {
        AIVA_TRY(const bool more, statement.step());
        if (!more) return {};
        into.push_back(viewFrom(statement));
    }
}

OutboxQuery::OutboxQuery(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

OutboxQuery::~OutboxQuery() = default;

Result<std::unique_ptr<OutboxQuery>> OutboxQuery::create(Database& reader) {
    auto priv = std::make_unique<Private>();
    AIVA_TRY(priv->open, reader.prepare(kOpen));
    AIVA_TRY(priv->stuck, reader.prepare(kStuck));
    AIVA_TRY(priv->ended, reader.prepare(kEnded));
    AIVA_TRY(priv->pending, reader.prepare(kPending));
    AIVA_TRY(priv->openCount, reader.prepare(kOpenCount));
    AIVA_TRY(priv->paused, reader.prepare("SELECT value = '1' FROM settings WHERE name = ?1"));
    return std::unique_ptr<OutboxQuery>(new OutboxQuery(std::move(priv)));
}

Result<std::vector<OutboxView>> OutboxQuery::all(int recent) {
    std::vector<OutboxView> found;
    AIVA_CHECK(Private::read(d->open, found));
    AIVA_CHECK(Private::read(d->stuck, found));
    d->ended.bind(1, recent);
    AIVA_CHECK(Private::read(d->ended, found));
    return found;
}

Result<std::optional<OutboxView>> OutboxQuery::pending(ConversationId conversation) {
    AIVA_TRY(const bool found, d->pending.bind(1, conversation).step());
    if (!found) return std::optional<OutboxView>();
    std::optional<OutboxView> view = viewFrom(d->pending);
    d->pending.reset();
    return view;
}

Result<qint64> OutboxQuery::openCount() {
    AIVA_TRY(const bool found, d->openCount.step());
    const qint64 count = found ? d->openCount.integer(0) : 0;
    d->openCount.reset();
    return count;
}

Result<bool> OutboxQuery::isPaused() {
    AIVA_TRY(const bool found, d->paused.bind(1, QString(kOutboxPausedSetting)).step());
    const bool paused = found && d->paused.boolean(0);
    d->paused.reset();
    return paused;
}

} // namespace aiva
