#include "core/storage/privacy/erasure_marks.h"

#include "core/storage/vault/key_bytes.h"

#include <QMessageAuthenticationCode>

namespace aiva {

using namespace Qt::StringLiterals;

static constexpr std::string_view kAddErasureMark = R"sql(
INSERT INTO erasure_marks (digest, erased_at) VALUES (?1, ?2)
ON CONFLICT (digest) DO UPDATE SET erased_at = max(erased_at, excluded.erased_at))sql";

static std::string_view erasedKindWord(ErasedKind kind) {
    switch (kind) {
    case ErasedKind::Message:
        return "message";
    case ErasedKind::Address:
        return "address";
    case ErasedKind::Customer:
        break;
    }
    return "customer";
}

Result<std::unique_ptr<ErasureMarks>> ErasureMarks::create(Database& database) {
    std::unique_ptr<ErasureMarks> made(new ErasureMarks());
    AIVA_TRY(made->m_key, database.prepare("SELECT key FROM erasure_key WHERE id = 1"));
    AIVA_TRY(made->m_saveKey, database.prepare("INSERT INTO erasure_key (id, key) VALUES (1, ?1)"));
    AIVA_TRY(made->m_add, database.prepare(kAddErasureMark));
    AIVA_TRY(made->m_any, database.prepare("SELECT 1 FROM erasure_key WHERE id = 1"));
    AIVA_TRY(made->m_find, database.prepare("SELECT erased_at FROM erasure_marks WHERE digest = ?1"));
    AIVA_TRY(made->m_scope, database.prepare("SELECT kind || ':' || domain FROM stores WHERE id = ?1"));
    return made;
}

// Read anew each time: a key that was made in a transaction which was rolled back never was.
Result<QByteArray> ErasureMarks::key() {
    AIVA_TRY(const bool found, m_key.step());
    const QByteArray bytes = found ? m_key.blob(0) : QByteArray();
    m_key.reset();
    return bytes;
}

Result<QByteArray> ErasureMarks::keyForMarks() {
    AIVA_TRY(const QByteArray known, key());
    if (!known.isEmpty()) return known;
    AIVA_TRY(const QByteArray made, randomBytes(KeyBytes::size));
    AIVA_CHECK(m_saveKey.bind(1, made).run());
    return made;
}

static QByteArray erasureDigest(const QByteArray& key, std::string_view kind, std::string_view scope,
                                std::string_view name) {
    QMessageAuthenticationCode code(QCryptographicHash::Sha256, key);
    for (const std::string_view part : {kind, scope}) {
        code.addData(part.data(), static_cast<qsizetype>(part.size()));
        code.addData("", 1);
    }
    code.addData(name.data(), static_cast<qsizetype>(name.size()));
    return code.result();
}

Result<std::string> ErasureMarks::scopeOf(std::optional<StoreId> store) {
    if (!store) return std::string();
    AIVA_TRY(const bool found, m_scope.bind(1, *store).step());
    if (!found) return Error{ErrorKind::NotFound, u"no store has this id"_s};
    std::string scope(m_scope.view(0));
    m_scope.reset();
    return scope;
}

Result<void> ErasureMarks::add(ErasedKind kind, std::string_view scope, std::string_view name, UtcTime at) {
    if (name.empty()) return {};
    AIVA_TRY(const QByteArray key, keyForMarks());
    return m_add.bind(1, erasureDigest(key, erasedKindWord(kind), scope, name)).bind(2, at).run();
}

Result<bool> ErasureMarks::isAny() {
    AIVA_TRY(const bool found, m_any.step());
    m_any.reset();
    return found;
}

Result<std::optional<UtcTime>> ErasureMarks::erasedAt(ErasedKind kind, std::string_view scope, std::string_view name) {
    if (name.empty()) return std::optional<UtcTime>();
    AIVA_TRY(const bool hasMarks, isAny());
    if (!hasMarks) return std::optional<UtcTime>();
    AIVA_TRY(const QByteArray secret, key());
    if (secret.isEmpty()) return Error{ErrorKind::Internal, u"erasure marks without their key"_s};
    AIVA_TRY(const bool found, m_find.bind(1, erasureDigest(secret, erasedKindWord(kind), scope, name)).step());
    if (!found) return std::optional<UtcTime>();
    const UtcTime at = m_find.time(0);
    m_find.reset();
    return std::optional(at);
}

Result<QByteArray> ErasureMarks::pseudonym(std::string_view address) {
    AIVA_TRY(const QByteArray key, keyForMarks());
    return erasureDigest(key, "person", {}, address).toHex().left(16);
}

} // namespace aiva
