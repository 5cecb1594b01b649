// What SQLite means to do for every statement a read model prepared: no hot query may scan a table or sort.
#pragma once

#include "core/storage/database/database.h"

#include <QRegularExpression>
#include <QStringList>

#include <sqlite3.h>

namespace aiva::test {

inline QStringList preparedStatements(Database& database) {
    QStringList sqls;
    for (sqlite3_stmt* s = nullptr; (s = sqlite3_next_stmt(database.handle(), s)) != nullptr;)
        sqls.append(QString::fromUtf8(sqlite3_sql(s)));
    return sqls;
}

// The whole plan of each prepared statement that holds `words`.
inline QStringList plansOf(Database& database, const QString& words) {
    QStringList plans;
    for (const QString& sql : preparedStatements(database).filter(words)) {
        auto plan = database.prepare((QLatin1String("EXPLAIN QUERY PLAN ") + sql).toStdString());
        QStringList steps;
        if (plan)
            for (auto row = plan->step(); row && *row; row = plan->step())
                steps.append(plan->text(3));
        plans.append(steps.join(QLatin1String("; ")));
    }
    return plans;
}

// "plan line  <-  SQL" of each step that `isSlow` says of, for every statement prepared on the connection.
template <typename IsSlow>
QStringList stepsThat(Database& database, IsSlow isSlow) {
    QStringList sqls;
    for (sqlite3_stmt* s = nullptr; (s = sqlite3_next_stmt(database.handle(), s)) != nullptr;)
        sqls.append(QString::fromUtf8(sqlite3_sql(s)));
    QStringList slow;
    for (const QString& sql : sqls) {
        if (sql.contains(QLatin1String("_data'")) || sql.startsWith(QLatin1String("PRAGMA"))) continue;
        if (sql.endsWith(QLatin1String("FROM mailboxes"))) continue; // a handful of rows
        if (sql.contains(QLatin1String(" FROM 'main'."))) continue;  // full text's own, of rebuilding an index
        auto plan = database.prepare((QLatin1String("EXPLAIN QUERY PLAN ") + sql).toStdString());
        if (!plan) {
            slow.append(plan.error().detail + QLatin1String("  <-  ") + sql);
            continue;
        }
        for (auto row = plan->step(); row && *row; row = plan->step()) {
            const QString step = plan->text(3);
            if (isSlow(step)) slow.append(step + QLatin1String("  <-  ") + sql);
        }
    }
    return slow;
}

// Each step that reads a whole table or sorts; full-text tables are searched by MATCH.
inline QStringList slowSteps(Database& database) {
    return stepsThat(database, [](const QString& step) {
        const bool scans = step.startsWith(QLatin1String("SCAN")) && !step.contains(QLatin1String("VIRTUAL TABLE")) &&
                           !step.contains(QLatin1String("CONSTANT ROW"));
        return scans || step.contains(QLatin1String("TEMP B-TREE"));
    });
}

// Each step that walks all rows of a store: an index, but as slow as none.
inline QStringList wholeStoreSteps(Database& database) {
    return stepsThat(database, [](const QString& step) { return step.endsWith(QLatin1String("(store_id=?)")); });
}

} // namespace aiva::test
