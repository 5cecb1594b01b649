#include "core/storage/mailboxes/mail_locations.h"

namespace aiva {

using namespace Qt::StringLiterals;

static bool isSeen(const QStringList& flags) {
    return flags.contains("\\Seen"_L1, Qt::CaseInsensitive);
}

static QStringList flagsOf(const QString& text) {
    return text.split(u' ', Qt::SkipEmptyParts);
}

Result<std::unique_ptr<MailLocations>> MailLocations::create(Database& database) {
    std::unique_ptr<MailLocations> locations(new MailLocations(database));
    AIVA_CHECK(locations->prepareRows());
    AIVA_CHECK(locations->prepareReads());
    AIVA_CHECK(locations->prepareConsequences());
    return locations;
}

Result<void> MailLocations::prepareRows() {
    AIVA_TRY(m_insert, m_database.prepare("INSERT INTO mail_locations (folder_id, uid, mod_seq, flags, fault) "
                                          "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING"));
    AIVA_TRY(m_old, m_database.prepare("SELECT message_id, mod_seq, flags, fault FROM mail_locations "
                                       "WHERE folder_id = ?1 AND uid = ?2"));
    AIVA_TRY(m_update, m_database.prepare("UPDATE mail_locations SET mod_seq = ?3, flags = ?4, "
                                          "fault = CASE WHEN ?5 <> '' AND message_id IS NULL THEN ?5 ELSE fault END, "
                                          "seen_wanted = CASE WHEN ?6 THEN NULL ELSE seen_wanted END "
                                          "WHERE folder_id = ?1 AND uid = ?2"));
    // What was read here and not there is to be said there.
    AIVA_TRY(m_link, m_database.prepare(
                         "UPDATE mail_locations SET message_id = ?3, fault = '', seen_wanted = "
                         "CASE WHEN instr(' ' || flags || ' ', ' \\Seen ') = 0 AND "
                         "(SELECT unread FROM messages WHERE id = ?3) = 0 THEN 1 END "
                         "WHERE folder_id = ?1 AND uid = ?2 RETURNING instr(' ' || flags || ' ', ' \\Seen ') > 0"));
    AIVA_TRY(m_setFault, m_database.prepare("UPDATE mail_locations SET fault = ?3 "
                                            "WHERE folder_id = ?1 AND uid = ?2 AND message_id IS NULL"));
    AIVA_TRY(m_remove, m_database.prepare("DELETE FROM mail_locations WHERE folder_id = ?1 AND uid = ?2 "
                                          "RETURNING message_id"));
    AIVA_TRY(m_forgetMessages,
             m_database.prepare("INSERT OR IGNORE INTO mail_gone (message_id) SELECT here.message_id "
                                "FROM mail_locations AS here WHERE here.folder_id = ?1 AND here.message_id IS NOT NULL "
                                "AND NOT EXISTS (SELECT 1 FROM mail_locations AS elsewhere "
                                "WHERE elsewhere.message_id = here.message_id AND elsewhere.folder_id <> ?1)"));
    AIVA_TRY(m_forget, m_database.prepare("DELETE FROM mail_locations WHERE folder_id = ?1"));
    return {};
}

Result<void> MailLocations::prepareReads() {
    AIVA_TRY(m_known, m_database.prepare("SELECT uid FROM mail_locations WHERE folder_id = ?1 ORDER BY uid"));
    AIVA_TRY(m_toFetch, m_database.prepare("SELECT uid FROM mail_locations WHERE folder_id = ?1 "
                                           "AND message_id IS NULL AND fault = '' ORDER BY uid DESC LIMIT ?2"));
    AIVA_TRY(m_of, m_database.prepare("SELECT folder_id, uid, mod_seq, flags FROM mail_locations "
                                      "WHERE message_id = ?1 ORDER BY folder_id, uid"));
    AIVA_TRY(m_seenWanted, m_database.prepare("SELECT uid, seen_wanted FROM mail_locations WHERE folder_id = ?1 "
                                              "AND seen_wanted IS NOT NULL ORDER BY uid LIMIT ?2"));
    // Somebody may have changed their mind while the server was told.
    AIVA_TRY(
        m_settleSeen,
        m_database.prepare("UPDATE mail_locations SET flags = ?3, seen_wanted = (SELECT CASE WHEN (unread = 0) = ?4 "
                           "THEN NULL ELSE unread = 0 END FROM messages WHERE id = mail_locations.message_id) "
                           "WHERE folder_id = ?1 AND uid = ?2"));
    AIVA_TRY(m_dropSeenWanted, m_database.prepare("UPDATE mail_locations SET seen_wanted = NULL "
                                                  "WHERE folder_id = ?1 AND uid = ?2"));
    return {};
}

Result<void> MailLocations::prepareConsequences() {
    AIVA_TRY(m_setUnread, m_database.prepare("UPDATE messages SET unread = ?2 "
                                             "WHERE id = ?1 AND direction = 'in' AND unread <> ?2"));
    AIVA_TRY(m_countUnread, m_database.prepare("UPDATE conversations SET unread_count = max(0, unread_count + ?2) "
                                               "WHERE id = (SELECT conversation_id FROM messages WHERE id = ?1)"));
    AIVA_TRY(m_addGone, m_database.prepare("INSERT OR IGNORE INTO mail_gone (message_id) SELECT ?1 WHERE NOT EXISTS "
                                           "(SELECT 1 FROM mail_locations WHERE message_id = ?1)"));
    // Open, and every mail of the customer since our last answer is gone: somebody dealt with it elsewhere.
    AIVA_TRY(m_close,
             m_database.prepare("UPDATE conversations SET status = 'done' "
                                "WHERE id = (SELECT conversation_id FROM messages WHERE id = ?1 AND direction = 'in') "
                                "AND status = 'open' AND has_draft = 0 AND NOT EXISTS ("
                                "SELECT 1 FROM messages AS m WHERE m.conversation_id = conversations.id "
                                "AND m.direction = 'in' AND m.sent_at >= ifnull((SELECT max(answer.sent_at) "
                                "FROM messages AS answer WHERE answer.conversation_id = conversations.id "
                                "AND answer.direction = 'out'), m.sent_at) "
                                "AND NOT EXISTS (SELECT 1 FROM mail_gone WHERE mail_gone.message_id = m.id))"));
    AIVA_TRY(m_markClosed, m_database.prepare("UPDATE mail_gone SET closed_conversation = 1 WHERE message_id = ?1"));
    AIVA_TRY(m_removeGone,
             m_database.prepare("DELETE FROM mail_gone WHERE message_id = ?1 RETURNING closed_conversation"));
    AIVA_TRY(m_reopen, m_database.prepare("UPDATE conversations SET status = 'open' WHERE status = 'done' "
                                          "AND id = (SELECT conversation_id FROM messages WHERE id = ?1)"));
    return {};
}

Result<bool> MailLocations::save(const MailLocationRow& row) {
    const QString flags = row.flags.join(u' ');
    m_insert.bind(1, row.folder).bind(2, static_cast<qint64>(row.uid)).bind(3, static_cast<qint64>(row.modSeq));
    AIVA_CHECK(m_insert.bind(4, flags).bind(5, row.message ? QString() : row.fault).run());
    bool differs = false;
    if (m_database.changes() == 0) {
        AIVA_TRY(differs, change(row, flags));
    }
    if (row.message) AIVA_CHECK(link(row.folder, row.uid, *row.message));
    return differs;
}

Result<bool> MailLocations::change(const MailLocationRow& row, const QString& flags) {
    AIVA_TRY(const bool found, m_old.bind(1, row.folder).bind(2, static_cast<qint64>(row.uid)).step());
    if (!found) return Error{ErrorKind::Internal, u"a location vanished while it was saved"_s};
    std::optional<MessageId> message;
    if (!m_old.isNull(0)) message = m_old.id<MessageId>(0);
    const QString oldFlags = m_old.text(2);
    const bool isSame = static_cast<quint64>(m_old.integer(1)) == row.modSeq && oldFlags == flags &&
                        (row.fault.isEmpty() || m_old.text(3) == row.fault);
    m_old.reset();
    if (isSame) return false;
    const bool seen = isSeen(row.flags);
    const bool seenChanged = isSeen(flagsOf(oldFlags)) != seen;
    m_update.bind(1, row.folder).bind(2, static_cast<qint64>(row.uid)).bind(3, static_cast<qint64>(row.modSeq));
    AIVA_CHECK(m_update.bind(4, flags).bind(5, row.fault).bind(6, seenChanged).run());
    if (seenChanged && message) AIVA_CHECK(takeSeen(*message, seen));
    return oldFlags != flags;
}

Result<void> MailLocations::link(FolderId folder, quint32 uid, MessageId message) {
    AIVA_TRY(const bool found, m_link.bind(1, folder).bind(2, static_cast<qint64>(uid)).bind(3, message).step());
    if (!found) return Error{ErrorKind::NotFound, u"no such location"_s};
    const bool seen = m_link.boolean(0);
    AIVA_CHECK(m_link.run());
    if (seen) AIVA_CHECK(takeSeen(message, true));
    return noteBack(message);
}

Result<void> MailLocations::takeSeen(MessageId message, bool seen) {
    AIVA_CHECK(m_setUnread.bind(1, message).bind(2, !seen).run());
    if (m_database.changes() == 0) return {};
    return m_countUnread.bind(1, message).bind(2, seen ? -1 : 1).run();
}

Result<void> MailLocations::setFault(FolderId folder, quint32 uid, const QString& fault) {
    return m_setFault.bind(1, folder).bind(2, static_cast<qint64>(uid)).bind(3, fault).run();
}

Result<void> MailLocations::remove(FolderId folder, quint32 uid) {
    AIVA_TRY(const bool found, m_remove.bind(1, folder).bind(2, static_cast<qint64>(uid)).step());
    if (!found) return {};
    std::optional<MessageId> message;
    if (!m_remove.isNull(0)) message = m_remove.id<MessageId>(0);
    AIVA_CHECK(m_remove.run());
    return message ? noteGone(*message) : Result<void>();
}

Result<void> MailLocations::noteGone(MessageId message) {
    AIVA_CHECK(m_addGone.bind(1, message).run());
    if (m_database.changes() == 0) return {};
    AIVA_CHECK(m_close.bind(1, message).run());
    return m_database.changes() == 0 ? Result<void>() : m_markClosed.bind(1, message).run();
}

Result<void> MailLocations::noteBack(MessageId message) {
    AIVA_TRY(const bool wasGone, m_removeGone.bind(1, message).step());
    if (!wasGone) return {};
    const bool closed = m_removeGone.boolean(0);
    AIVA_CHECK(m_removeGone.run());
    return closed ? m_reopen.bind(1, message).run() : Result<void>();
}

// The mail may all come back under new UIDs: nothing is closed.
Result<void> MailLocations::forget(FolderId folder) {
    AIVA_CHECK(m_forgetMessages.bind(1, folder).run());
    return m_forget.bind(1, folder).run();
}

static Result<std::vector<quint32>> uidsOf(Statement& statement) {
    std::vector<quint32> uids;
    for (;;) {
        AIVA_TRY(const bool more, statement.step());
        if (!more) return uids;
        uids.push_back(static_cast<quint32>(statement.integer(0)));
    }
}

Result<std::vector<quint32>> MailLocations::known(FolderId folder) {
    return uidsOf(m_known.bind(1, folder));
}

Result<std::vector<quint32>> MailLocations::toFetch(FolderId folder, int limit) {
    return uidsOf(m_toFetch.bind(1, folder).bind(2, limit));
}

Result<std::vector<MailLocationRow>> MailLocations::of(MessageId message) {
    std::vector<MailLocationRow> locations;
    m_of.bind(1, message);
    for (;;) {
        AIVA_TRY(const bool more, m_of.step());
        if (!more) return locations;
        MailLocationRow row;
        row.folder = m_of.id<FolderId>(0);
        row.uid = static_cast<quint32>(m_of.integer(1));
        row.message = message;
        row.modSeq = static_cast<quint64>(m_of.integer(2));
        row.flags = flagsOf(m_of.text(3));
        locations.push_back(std::move(row));
    }
}

Result<std::vector<SeenWanted>> MailLocations::seenWanted(FolderId folder, int limit) {
    std::vector<SeenWanted> wanted;
    m_seenWanted.bind(1, folder).bind(2, limit);
    for (;;) {
        AIVA_TRY(const bool more, m_seenWanted.step());
        if (!more) return wanted;
        wanted.push_back({static_cast<quint32>(m_seenWanted.integer(0)), m_seenWanted.boolean(1)});
    }
}

Result<void> MailLocations::settleSeen(FolderId folder, const SeenWanted& change) {
    AIVA_TRY(const bool found, m_old.bind(1, folder).bind(2, static_cast<qint64>(change.uid)).step());
    if (!found) return {};
    QStringList flags = flagsOf(m_old.text(2));
    m_old.reset();
    flags.removeIf([](const QString& flag) { return flag.compare("\\Seen"_L1, Qt::CaseInsensitive) == 0; });
    if (change.seen) flags.prepend(u"\\Seen"_s);
    m_settleSeen.bind(1, folder).bind(2, static_cast<qint64>(change.uid)).bind(3, flags.join(u' '));
    return m_settleSeen.bind(4, change.seen).run();
}

Result<void> MailLocations::dropSeenWanted(FolderId folder, quint32 uid) {
    return m_dropSeenWanted.bind(1, folder).bind(2, static_cast<qint64>(uid)).run();
}

} // namespace aiva
