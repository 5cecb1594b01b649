#include "core/storage/privacy/audit_repository.h"

#include "core/storage/database/in_transaction.h"

#include <QJsonDocument>

#include <limits>

namespace aiva {

using namespace Qt::StringLiterals;

class AuditRepository::Private {
public:
    explicit Private(Database& theDatabase) : database(theDatabase) {}

    Database& database;
    Statement head;
    Statement append;
    Statement setHead;
    Statement page;

    Result<void> chain(AuditEntry& entry);
};

static constexpr std::string_view kAppend = R"sql(
INSERT INTO audit (id, at, actor, kind, store_id, conversation_id, detail, previous_digest, digest)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9))sql";

static constexpr std::string_view kPage = R"sql(
SELECT id, at, actor, kind, store_id, conversation_id, detail, previous_digest, digest FROM audit WHERE id < ?1
ORDER BY id DESC LIMIT ?2)sql";

template <typename IdType>
static std::optional<qint64> valueOf(const std::optional<IdType>& id) {
    return id ? std::optional<qint64>(id->value()) : std::nullopt;
}

// Gives the entry its number, its predecessor and its digest.
Result<void> AuditRepository::Private::chain(AuditEntry& entry) {
    AIVA_TRY(const bool found, head.step());
    entry.id = AuditId(found ? head.integer(0) + 1 : 1);
    entry.previousDigest = found ? head.text(1) : QString();
    head.reset();
    entry.digest = digestOf(entry);
    return {};
}

AuditRepository::AuditRepository(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

AuditRepository::~AuditRepository() = default;

Result<std::unique_ptr<AuditRepository>> AuditRepository::create(Database& database) {
    auto priv = std::make_unique<Private>(database);
    AIVA_TRY(priv->head, database.prepare("SELECT last_id, digest FROM audit_head WHERE id = 1"));
    AIVA_TRY(priv->append, database.prepare(kAppend));
    AIVA_TRY(priv->setHead,
             database.prepare("INSERT OR REPLACE INTO audit_head (id, last_id, digest) VALUES (1, ?1, ?2)"));
    AIVA_TRY(priv->page, database.prepare(kPage));
    return std::unique_ptr<AuditRepository>(new AuditRepository(std::move(priv)));
}

Result<AuditId> AuditRepository::append(const AuditNote& note) {
    if (note.kind.isEmpty()) return Error{ErrorKind::Invalid, u"an audit entry needs a kind"_s};
    if (!QJsonDocument::fromJson(note.detail.toUtf8()).isObject())
        return Error{ErrorKind::Invalid, u"an audit entry's detail is a JSON object"_s};
    return inTransaction(d->database, [&]() -> Result<AuditId> {
        AuditEntry entry;
        entry.at = note.at;
        entry.actor = toWord(note.actor);
        entry.kind = note.kind;
        entry.store = note.store;
        entry.conversation = note.conversation;
        entry.detail = note.detail;
        AIVA_CHECK(d->chain(entry));
        d->append.bind(1, entry.id).bind(2, entry.at).bind(3, entry.actor).bind(4, entry.kind);
        d->append.bind(5, valueOf(entry.store)).bind(6, valueOf(entry.conversation)).bind(7, entry.detail);
        AIVA_CHECK(d->append.bind(8, entry.previousDigest).bind(9, entry.digest).run());
        AIVA_CHECK(d->setHead.bind(1, entry.id).bind(2, entry.digest).run());
        return entry.id;
    });
}

Result<std::vector<AuditEntry>> AuditRepository::page(std::optional<AuditId> after, int limit) {
    const AuditId last(std::numeric_limits<qint64>::max());
    Statement& row = d->page.bind(1, after.value_or(last)).bind(2, limit);
    std::vector<AuditEntry> entries;
    for (;;) {
        AIVA_TRY(const bool more, row.step());
        if (!more) return entries;
        AuditEntry entry{row.id<AuditId>(0), row.time(1), row.text(2), row.text(3), std::nullopt,
                         std::nullopt,       row.text(6), row.text(7), row.text(8)};
        if (!row.isNull(4)) entry.store = row.id<StoreId>(4);
        if (!row.isNull(5)) entry.conversation = row.id<ConversationId>(5);
        entries.push_back(std::move(entry));
    }
}

Result<AuditChain> AuditRepository::verifyChain() {
    return verifyAuditChain(d->database.handle());
}

} // namespace aiva
