// Statement: one prepared SQL statement on a Database's connection, prepared once and reused. Used by repositories and
// read models only. Not thread-safe: it lives on its connection's thread.
#pragma once

#include "core/base/id.h"
#include "core/base/result.h"
#include "core/base/utc_time.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <string_view>

struct sqlite3_stmt;

namespace aiva {

class Database;

class Statement {
public:
    Statement() = default;
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&& other) noexcept;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    // 1-based positions. Text is copied (bindView is not: it must outlive the step).
    Statement& bind(int position, qint64 value);
    Statement& bind(int position, int value) { return bind(position, static_cast<qint64>(value)); }
    Statement& bind(int position, bool value) { return bind(position, static_cast<qint64>(value)); }
    Statement& bind(int position, const QString& value);
    Statement& bind(int position, const QByteArray& blob);
    Statement& bind(int position, UtcTime value) { return bind(position, value.ms()); }
    Statement& bind(int position, std::optional<UtcTime> value);
    Statement& bind(int position, std::optional<qint64> value);
    template <typename Tag>
    Statement& bind(int position, Id<Tag> id) {
        return bind(position, id.value());
    }
    Statement& bindNull(int position);
    Statement& bindView(int position, std::string_view utf8);

    // Advances: true with a row, false at the end. After false or an error the statement is reset and its bindings
    // cleared.
    Result<bool> step();
    // For statements without rows: steps to the end and resets.
    Result<void> run();
    // Back to the start for another round; bindings cleared.
    void reset();

    // 0-based columns of the current row.
    qint64 integer(int column) const;
    bool boolean(int column) const { return integer(column) != 0; }
    QString text(int column) const;
    std::string_view view(int column) const; // valid until the next step
    QByteArray blob(int column) const;
    bool isNull(int column) const;
    UtcTime time(int column) const { return UtcTime(integer(column)); }
    std::optional<UtcTime> optionalTime(int column) const;
    template <typename IdType>
    IdType id(int column) const {
        return IdType(integer(column));
    }

private:
    friend class Database;
    explicit Statement(sqlite3_stmt* handle) : m_handle(handle) {}
    sqlite3_stmt* m_handle = nullptr;
};

} // namespace aiva
