#include "core/storage/database/statement.h"

#include "core/storage/database/sqlite_error.h"

#include <sqlite3.h>

#include <utility>

namespace aiva {

Statement::Statement(Statement&& other) noexcept : m_handle(std::exchange(other.m_handle, nullptr)) {}

Statement& Statement::operator=(Statement&& other) noexcept {
    if (this != &other) {
        sqlite3_finalize(m_handle);
        m_handle = std::exchange(other.m_handle, nullptr);
    }
    return *this;
}

Statement::~Statement() {
    sqlite3_finalize(m_handle);
}

Statement& Statement::bind(int position, qint64 value) {
    sqlite3_bind_int64(m_handle, position, value);
    return *this;
}

Statement& Statement::bind(int position, const QString& value) {
    const QByteArray utf8 = value.toUtf8();
    sqlite3_bind_text(m_handle, position, utf8.constData(), static_cast<int>(utf8.size()), SQLITE_TRANSIENT);
    return *this;
}

Statement& Statement::bind(int position, const QByteArray& blob) {
    sqlite3_bind_blob64(m_handle, position, blob.constData(), static_cast<sqlite3_uint64>(blob.size()),
                        SQLITE_TRANSIENT);
    return *this;
}

Statement& Statement::bind(int position, std::optional<UtcTime> value) {
    return value ? bind(position, value->ms()) : bindNull(position);
}

Statement& Statement::bind(int position, std::optional<qint64> value) {
    return value ? bind(position, *value) : bindNull(position);
}

Statement& Statement::bindNull(int position) {
    sqlite3_bind_null(m_handle, position);
    return *this;
}

Statement& Statement::bindView(int position, std::string_view utf8) {
    // A null pointer would bind NULL; an empty view means empty text.
    const char* data = utf8.data() ? utf8.data() : "";
    sqlite3_bind_text64(m_handle, position, data, utf8.size(), SQLITE_STATIC, SQLITE_UTF8);
    return *this;
}

Result<bool> Statement::step() {
    const int code = sqlite3_step(m_handle);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) {
        reset();
        return false;
    }
    if (!m_handle) return Error{ErrorKind::Internal, QStringLiteral("step on a statement that was never prepared")};
    Error error = storageError(sqlite3_db_handle(m_handle));
    reset();
    return error;
}

Result<void> Statement::run() {
    for (;;) {
        AIVA_TRY(const bool more, step());
        if (!more) return {};
    }
}

void Statement::reset() {
    sqlite3_reset(m_handle);
    sqlite3_clear_bindings(m_handle);
}

qint64 Statement::integer(int column) const {
    return sqlite3_column_int64(m_handle, column);
}

QString Statement::text(int column) const {
    const std::string_view utf8 = view(column);
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

std::string_view Statement::view(int column) const {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(m_handle, column));
    return {data ? data : "", static_cast<size_t>(sqlite3_column_bytes(m_handle, column))};
}

QByteArray Statement::blob(int column) const {
    const void* data = sqlite3_column_blob(m_handle, column);
    return {static_cast<const char*>(data), sqlite3_column_bytes(m_handle, column)};
}

bool Statement::isNull(int column) const {
    return sqlite3_column_type(m_handle, column) == SQLITE_NULL;
}

std::optional<UtcTime> Statement::optionalTime(int column) const {
    if (isNull(column)) return std::nullopt;
    return time(column);
}

} // namespace aiva
