#include "core/storage/replies/canned_reply_repository.h"

#include "core/storage/database/in_transaction.h"

namespace aiva {

using namespace Qt::StringLiterals;

class CannedReplyRepository::Private {
public:
    explicit Private(Database& theDatabase) : database(theDatabase) {}

    Database& database;
    Statement byName;
    Statement insert;
    Statement update;
    Statement remove;
    Statement countUse;
    Statement all;

    Result<bool> isNameTaken(const QString& name, CannedReplyId except);
};

Result<bool> CannedReplyRepository::Private::isNameTaken(const QString& name, CannedReplyId except) {
    AIVA_TRY(const bool found, byName.bind(1, name).step());
    if (!found) return false;
    const bool isAnother = byName.id<CannedReplyId>(0) != except;
    byName.reset();
    return isAnother;
}

CannedReplyRepository::CannedReplyRepository(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

CannedReplyRepository::~CannedReplyRepository() = default;

Result<std::unique_ptr<CannedReplyRepository>> CannedReplyRepository::create(Database& database) {
    auto priv = std::make_unique<Private>(database);
    AIVA_TRY(priv->byName, database.prepare("SELECT id FROM canned_replies WHERE name = ?1"));
    AIVA_TRY(priv->insert, database.prepare("INSERT INTO canned_replies (name, text, updated_at) VALUES (?1, ?2, ?3)"));
    AIVA_TRY(priv->update,
             database.prepare("UPDATE canned_replies SET name = ?2, text = ?3, updated_at = ?4 WHERE id = ?1"));
    AIVA_TRY(priv->remove, database.prepare("DELETE FROM canned_replies WHERE id = ?1"));
    AIVA_TRY(priv->countUse, database.prepare("UPDATE canned_replies SET uses = uses + 1 WHERE id = ?1"));
    AIVA_TRY(priv->all, database.prepare("SELECT id, name, text, uses FROM canned_replies ORDER BY name"));
    return std::unique_ptr<CannedReplyRepository>(new CannedReplyRepository(std::move(priv)));
}

Result<CannedReplyId> CannedReplyRepository::save(const CannedReply& reply, UtcTime at) {
    const QString name = reply.name.simplified();
    if (name.isEmpty() || reply.text.trimmed().isEmpty())
        return Error{ErrorKind::Invalid, u"a canned reply needs a name and a text"_s};
    return inTransaction(d->database, [&]() -> Result<CannedReplyId> {
        AIVA_TRY(const bool taken, d->isNameTaken(name, reply.id));
        if (taken) return Error{ErrorKind::Conflict, u"another canned reply has this name"_s};
        if (!reply.id.isValid()) {
            AIVA_CHECK(d->insert.bind(1, name).bind(2, reply.text).bind(3, at).run());
            return CannedReplyId(d->database.lastInsertId());
        }
        AIVA_CHECK(d->update.bind(1, reply.id).bind(2, name).bind(3, reply.text).bind(4, at).run());
        if (d->database.changes() == 0) return Error{ErrorKind::NotFound, u"there is no such canned reply"_s};
        return reply.id;
    });
}

Result<void> CannedReplyRepository::remove(CannedReplyId id) {
    return d->remove.bind(1, id).run();
}

Result<void> CannedReplyRepository::countUse(CannedReplyId id) {
    return d->countUse.bind(1, id).run();
}

Result<std::vector<CannedReply>> CannedReplyRepository::all() {
    std::vector<CannedReply> replies;
    for (;;) {
        AIVA_TRY(const bool more, d->all.step());
        if (!more) return replies;
        replies.push_back({d->all.id<CannedReplyId>(0), d->all.text(1), d->all.text(2), d->all.integer(3)});
    }
}

} // namespace aiva
