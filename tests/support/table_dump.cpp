#include "tests/support/table_dump.h"

#include <sqlite3.h>

#include <QSet>

using namespace Qt::StringLiterals;

namespace aiva::test {
namespace {

QString columnsOf(Database& database, const QString& table, const QStringList& except) {
    QStringList names;
    const QByteArray sql = "SELECT name FROM pragma_table_info('" + table.toUtf8() + "') ORDER BY name";
    for (const QString& name : rows(database, sql))
        if (!except.contains(name)) names << u"t."_s + name;
    return names.join(u", "_s);
}

// Columns of `table` beside its owner's external id.
QStringList dump(Database& database, const QString& table, const QString& owner, const QString& ownerColumn) {
    const QString columns = columnsOf(database, table, {u"id"_s, u"profile_id"_s, ownerColumn});
    const QString sql =
        owner.isEmpty() ? u"SELECT '%1', %2 FROM %1 t ORDER BY t.store_id, t.external_id"_s.arg(table, columns)
                        : u"SELECT '%1', o.external_id, %2 FROM %1 t JOIN %3 o ON o.id = t.%4 ORDER BY 1, 2, %2"_s.arg(
                              table, columns, owner, ownerColumn);
    return rows(database, sql.toUtf8());
}

} // namespace

QStringList rows(Database& database, const QByteArray& sql) {
    QStringList found;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database.handle(), sql.constData(), -1, &statement, nullptr) != SQLITE_OK) {
        qWarning("%s: %s", sql.constData(), sqlite3_errmsg(database.handle()));
        return {u"(the statement failed)"_s};
    }
    while (sqlite3_step(statement) == SQLITE_ROW) {
        QStringList columns;
        for (int i = 0; i < sqlite3_column_count(statement); ++i)
            columns << (sqlite3_column_type(statement, i) == SQLITE_NULL
                            ? u"NULL"_s
                            : QString::fromUtf8(reinterpret_cast<const char*>(sqlite3_column_text(statement, i))));
        found << columns.join(u'|');
    }
    sqlite3_finalize(statement);
    return found;
}

QStringList dumpOfShopTables(Database& database) {
    QStringList all;
    for (const auto* table : {"customers", "orders", "products"})
        all << dump(database, QLatin1String(table), {}, {});
    for (const auto* table : {"order_items", "fulfillments", "trackings", "refunds"})
        all << dump(database, QLatin1String(table), u"orders"_s, u"order_id"_s);
    all << dump(database, u"variants"_s, u"products"_s, u"product_id"_s);
    // Who is one person: customers, orders and addresses of each profile.
    QStringList people = rows(database, R"sql(
SELECT (SELECT group_concat(x) FROM (SELECT external_id x FROM customers c WHERE c.profile_id = p.id ORDER BY x)),
       (SELECT group_concat(x) FROM (SELECT external_id x FROM orders o WHERE o.profile_id = p.id ORDER BY x)),
       (SELECT group_concat(x) FROM (SELECT email || source x FROM profile_emails e WHERE e.profile_id = p.id ORDER BY x)),
       (SELECT group_concat(x) FROM (SELECT phone x FROM profile_phones f WHERE f.profile_id = p.id ORDER BY x))
FROM profiles p)sql");
    people.sort();
    all << people;
    all << rows(
        database,
        "SELECT 'staged', count(*) FROM bulk_children UNION ALL SELECT 'suspects', count(*) FROM bulk_suspects");
    return all;
}

QString difference(const QStringList& left, const QStringList& right) {
    const QSet<QString> inLeft(left.begin(), left.end());
    const QSet<QString> inRight(right.begin(), right.end());
    QStringList text;
    for (const QString& line : left)
        if (!inRight.contains(line)) text << u"- "_s + line;
    for (const QString& line : right)
        if (!inLeft.contains(line)) text << u"+ "_s + line;
    if (text.isEmpty() && left != right) return u"the same lines in another order"_s;
    const auto count = text.size();
    text = text.mid(0, 12);
    if (count > 12) text << u"… %1 lines differ"_s.arg(count);
    return text.join(u'\n');
}

} // namespace aiva::test
