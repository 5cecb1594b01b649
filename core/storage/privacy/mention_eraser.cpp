#include "core/storage/privacy/mention_eraser.h"

#include "core/domain/mentions.h"

#include <algorithm>
#include <array>
#include <vector>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kShortestPhone = 8;

// One table: rows that may name somebody (?1, lower case), key first, then the texts; and how they are written back, in
// the same order behind the key. No index helps here; people are erased seldom.
struct MentionPlace {
    std::string_view find;
    std::string_view write;
    int address = -1; // which of the texts is an address: who has none is not taken for one with another
};

constexpr MentionPlace kMessagePlace{
    R"sql(
SELECT id, subject, from_name, from_email, text, safe_html, recipients FROM messages
WHERE instr(lower(subject), ?1) OR instr(lower(from_name), ?1) OR instr(lower(from_email), ?1)
   OR instr(lower(text), ?1) OR instr(lower(safe_html), ?1) OR instr(lower(recipients), ?1))sql",
    R"sql(
UPDATE messages SET subject = ?2, from_name = ?3, from_email = ?4, text = ?5, safe_html = ?6, recipients = ?7
WHERE id = ?1)sql"};

constexpr std::array kMentionPlaces{
    MentionPlace{R"sql(
SELECT id, subject, base_subject, customer_name, customer_email, match_detail, snippet, shared_party FROM conversations
WHERE instr(lower(subject), ?1) OR instr(lower(base_subject), ?1) OR instr(lower(customer_name), ?1)
   OR instr(lower(customer_email), ?1) OR instr(lower(match_detail), ?1) OR instr(lower(snippet), ?1)
   OR instr(lower(shared_party), ?1))sql",
                 R"sql(
UPDATE conversations SET subject = ?2, base_subject = ?3, customer_name = ?4, customer_email = ?5, match_detail = ?6,
    snippet = ?7, shared_party = ?8 WHERE id = ?1)sql",
                 3},
    MentionPlace{"SELECT id, name FROM attachments WHERE instr(lower(name), ?1)",
                 "UPDATE attachments SET name = ?2 WHERE id = ?1"},
    MentionPlace{"SELECT id, name FROM draft_attachments WHERE instr(lower(name), ?1)",
                 "UPDATE draft_attachments SET name = ?2 WHERE id = ?1"},
    MentionPlace{"SELECT id, text FROM notes WHERE instr(lower(text), ?1)", "UPDATE notes SET text = ?2 WHERE id = ?1"},
    MentionPlace{"SELECT conversation_id, text FROM note_drafts WHERE instr(lower(text), ?1)",
                 "UPDATE note_drafts SET text = ?2 WHERE conversation_id = ?1"},
    MentionPlace{R"sql(
SELECT conversation_id, text, html, subject, recipients FROM drafts WHERE instr(lower(text), ?1)
   OR instr(lower(html), ?1) OR instr(lower(subject), ?1) OR instr(lower(recipients), ?1))sql",
                 "UPDATE drafts SET text = ?2, html = ?3, subject = ?4, recipients = ?5 WHERE conversation_id = ?1"},
    MentionPlace{"SELECT id, text, html FROM draft_versions WHERE instr(lower(text), ?1) OR instr(lower(html), ?1)",
                 "UPDATE draft_versions SET text = ?2, html = ?3 WHERE id = ?1"},
    MentionPlace{R"sql(
SELECT id, email, phone, note, shipping_address_text, tags FROM orders WHERE instr(lower(email), ?1)
   OR instr(phone, ?1) OR instr(lower(note), ?1) OR instr(lower(shipping_address_text), ?1) OR instr(lower(tags), ?1)
)sql",
                 R"sql(
UPDATE orders SET email = ?2, phone = ?3, note = ?4, shipping_address_text = ?5, tags = ?6, content_hash = 0
WHERE id = ?1)sql",
                 0},
    MentionPlace{"SELECT order_id, text FROM order_texts WHERE instr(lower(text), ?1)",
                 "UPDATE order_texts SET text = ?2 WHERE order_id = ?1"},
    MentionPlace{R"sql(
SELECT id, phone, note, tags, address_text FROM customers WHERE instr(phone, ?1) OR instr(lower(note), ?1)
   OR instr(lower(tags), ?1) OR instr(lower(address_text), ?1))sql",
                 R"sql(
UPDATE customers SET phone = ?2, note = ?3, tags = ?4, address_text = ?5, content_hash = 0 WHERE id = ?1)sql"},
    MentionPlace{"SELECT id, title, text FROM knowledge WHERE instr(lower(title), ?1) OR instr(lower(text), ?1)",
                 "UPDATE knowledge SET title = ?2, text = ?3 WHERE id = ?1"},
    MentionPlace{"SELECT id, text FROM canned_replies WHERE instr(lower(text), ?1)",
                 "UPDATE canned_replies SET text = ?2 WHERE id = ?1"},
    MentionPlace{"SELECT id, customer_email FROM draft_outcomes WHERE instr(customer_email, ?1)",
                 "UPDATE draft_outcomes SET customer_email = ?2 WHERE id = ?1", 0},
};

// Rows that mean nothing without what they say, or are made anew: they go whole. ?1 as above, ?2 the id.
struct MentionedRow {
    std::string_view find;
    std::string_view remove;
};
constexpr std::array kMentionedRows{
    MentionedRow{R"sql(
SELECT conversation_id, draft || ' ' || facts || ' ' || verdict || ' ' || hand_over FROM proposals
WHERE instr(lower(draft), ?1) OR instr(lower(facts), ?1) OR instr(lower(verdict), ?1) OR instr(lower(hand_over), ?1)
)sql",
                 "DELETE FROM proposals WHERE conversation_id = ?1"},
    MentionedRow{"SELECT id, undo FROM conversation_moves WHERE instr(lower(undo), ?1)",
                 "DELETE FROM conversation_moves WHERE id = ?1"},
    MentionedRow{"SELECT id, email FROM match_corrections WHERE instr(email, ?1)",
                 "DELETE FROM match_corrections WHERE id = ?1"},
    MentionedRow{"SELECT id, cause FROM sync_faults WHERE instr(lower(cause), ?1)",
                 "DELETE FROM sync_faults WHERE id = ?1"},
    // Another's mail that names them and has left, or never will: its bytes cannot be changed.
    MentionedRow{R"sql(
SELECT id, recipients || ' ' || subject || ' ' || text || ' ' || draft FROM outbox
WHERE state IN ('sent', 'cancelled') AND holds_claim = 0 AND (instr(lower(recipients), ?1) OR instr(lower(subject), ?1)
   OR instr(lower(text), ?1) OR instr(lower(draft), ?1)))sql",
                 "DELETE FROM outbox WHERE id = ?1"},
};

class MentionEraser {
public:
    MentionEraser(Database& writer, const QStringList& names) : m_writer(writer) {
        // A short number stands anywhere.
        for (const QString& name : names)
            if (name.contains(u'@') || name.size() >= kShortestPhone) m_names << name;
    }

    Result<qint64> run() {
        AIVA_CHECK(eraseIn(kMessagePlace, true));
        for (const MentionPlace& place : kMentionPlaces)
            AIVA_CHECK(eraseIn(place, false));
        for (const MentionedRow& row : kMentionedRows)
            AIVA_CHECK(removeRows(row));
        return m_changed;
    }

private:
    struct Row {
        qint64 id = 0;
        QStringList texts;
    };

    Result<std::vector<Row>> candidates(std::string_view sql, const QString& name) {
        std::vector<Row> rows;
        AIVA_TRY(Statement find, m_writer.prepare(sql));
        const int columns = sqlite3ColumnCount(sql);
        find.bind(1, name.toLower());
        for (;;) {
            AIVA_TRY(const bool more, find.step());
            if (!more) return rows;
            Row row{find.integer(0), {}};
            for (int column = 1; column < columns; ++column)
                row.texts << find.text(column);
            rows.push_back(std::move(row));
        }
    }

    // Commas of the first SELECT list: each literal above names its columns plainly.
    static int sqlite3ColumnCount(std::string_view sql) {
        const std::string_view list = sql.substr(0, sql.find(" FROM "));
        return static_cast<int>(std::count(list.begin(), list.end(), ',')) + 1;
    }

    Result<void> eraseIn(const MentionPlace& place, bool isIndexed) {
        for (const QString& name : std::as_const(m_names)) {
            AIVA_TRY(std::vector<Row> rows, candidates(place.find, name));
            for (Row& row : rows) {
                bool found = false;
                for (QString& text : row.texts)
                    found = aiva::eraseMentions(text, m_names) || found;
                if (!found) continue;
                if (place.address >= 0 && row.texts.at(place.address).contains(kErasedMention))
                    row.texts[place.address].clear();
                AIVA_CHECK(write(place, row, isIndexed));
            }
        }
        return {};
    }

    // messages_fts has no trigger for changes: its rows never change but here.
    Result<void> write(const MentionPlace& place, const Row& row, bool isIndexed) {
        if (isIndexed)
            AIVA_CHECK(withId("INSERT INTO messages_fts (messages_fts, rowid, subject, from_name, "
                              "from_email, text) SELECT 'delete', id, subject, from_name, from_email, text "
                              "FROM messages WHERE id = ?1",
                              row.id));
        AIVA_TRY(Statement update, m_writer.prepare(place.write));
        update.bind(1, row.id);
        for (qsizetype i = 0; i < row.texts.size(); ++i)
            update.bind(static_cast<int>(i) + 2, row.texts.at(i));
        AIVA_CHECK(update.run());
        if (isIndexed)
            AIVA_CHECK(withId("INSERT INTO messages_fts (rowid, subject, from_name, from_email, text) "
                              "SELECT id, subject, from_name, from_email, text FROM messages WHERE id = ?1",
                              row.id));
        ++m_changed;
        return {};
    }

    Result<void> removeRows(const MentionedRow& kind) {
        for (const QString& name : std::as_const(m_names)) {
            AIVA_TRY(const std::vector<Row> rows, candidates(kind.find, name));
            for (const Row& row : rows) {
                if (!mentions(row.texts.join(u'\n'), m_names)) continue;
                AIVA_CHECK(withId(kind.remove, row.id));
                ++m_changed;
            }
        }
        return {};
    }

    Result<void> withId(std::string_view sql, qint64 id) {
        AIVA_TRY(Statement statement, m_writer.prepare(sql));
        return statement.bind(1, id).run();
    }

    Database& m_writer;
    QStringList m_names;
    qint64 m_changed = 0;
};

} // namespace

Result<qint64> eraseMentions(Database& writer, const QStringList& names) {
    return MentionEraser(writer, names).run();
}

} // namespace aiva
