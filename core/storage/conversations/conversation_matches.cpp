#include "core/storage/conversations/conversation_matches.h"

#include "core/domain/mail/quoted_text.h"

#include <utility>
#include <vector>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kFewProfiles = 2'000; // more of them, and a look at every conversation is the shorter way
constexpr int kMailsLookedAt = 100;

constexpr std::string_view kOwnCorrection = R"sql(
SELECT new_profile_id FROM match_corrections WHERE conversation_id = ?1 AND email = '' AND reverted_at IS NULL
    AND (new_profile_id IS NULL OR EXISTS (SELECT 1 FROM profiles WHERE id = new_profile_id))
ORDER BY id DESC LIMIT 1)sql";

constexpr std::string_view kSharedParty = R"sql(
SELECT c.shared_party, m.store_id FROM conversations c LEFT JOIN mailboxes m ON m.id = c.mailbox_id WHERE c.id = ?1)sql";

constexpr std::string_view kWhatTheyWrote = R"sql(
SELECT subject, text, folded FROM messages WHERE conversation_id = ?1 AND direction = 'in'
ORDER BY sent_at, id LIMIT ?2)sql";

// Whom to match anew, for one person and for all of them: an address says more than a phone number or an order did (D5)
// and may change hands; an order may be synced after the mail that names it, or be somebody else's now; and a number
// may be several people's.
#define AIVA_CANDIDATE "SELECT c.id, c.customer_email, c.profile_id, c.matched_by "
constexpr std::string_view kAddressIsTheirs =
    AIVA_CANDIDATE "FROM profile_emails e CROSS JOIN conversations c ON c.customer_email = e.email "
                   "WHERE e.profile_id = ?1 AND c.matched_by <> 'manual' AND c.profile_id IS NOT ?1";
constexpr std::string_view kAddressIsKnown =
    AIVA_CANDIDATE "FROM conversations c JOIN profile_emails e ON e.email = c.customer_email "
                   "WHERE c.matched_by <> 'manual' AND c.profile_id IS NOT e.profile_id";
constexpr std::string_view kOrderIsTheirs =
    AIVA_CANDIDATE "FROM orders o CROSS JOIN conversations c ON c.customer_email = lower(trim(o.email)) "
                   "WHERE o.profile_id = ?1 AND o.email <> '' AND c.matched_by IN ('none', 'order') GROUP BY c.id";
constexpr std::string_view kOrderIsKnown =
    AIVA_CANDIDATE "FROM conversations c WHERE c.matched_by = 'none' AND c.customer_email <> '' AND EXISTS ("
                   "SELECT 1 FROM conversation_orders n CROSS JOIN orders o "
                   "ON o.name COLLATE NOCASE IN (n.name, '#' || n.name) "
                   "WHERE n.conversation_id = c.id AND lower(trim(o.email)) = c.customer_email)";
constexpr std::string_view kWeaklyTheirs =
    AIVA_CANDIDATE "FROM conversations c WHERE c.profile_id = ?1 AND c.matched_by IN ('order', 'phone')";
constexpr std::string_view kWeaklyMatched =
    AIVA_CANDIDATE "FROM conversations c WHERE c.matched_by IN ('order', 'phone')";
#undef AIVA_CANDIDATE

} // namespace

Result<QString> ConversationMatches::addressOf(ConversationId conversation) {
    AIVA_TRY(Statement statement, m_database.prepare("SELECT customer_email FROM conversations WHERE id = ?1"));
    AIVA_TRY(const bool found, statement.bind(1, conversation).step());
    if (!found) return Error{ErrorKind::NotFound, u"no such conversation"_s};
    return statement.text(0);
}

Result<std::vector<ConversationId>> ConversationMatches::withAddress(ConversationId conversation,
                                                                     const QString& address) {
    std::vector<ConversationId> all{conversation};
    if (address.isEmpty()) return all;
    AIVA_TRY(Statement statement,
             m_database.prepare("SELECT id FROM conversations WHERE customer_email = ?1 AND id <> ?2"));
    statement.bind(1, address).bind(2, conversation);
    for (;;) {
        AIVA_TRY(const bool more, statement.step());
        if (!more) return all;
        all.push_back(statement.id<ConversationId>(0));
    }
}

Result<void> ConversationMatches::link(ConversationId conversation, std::optional<ProfileId> profile, UtcTime at) {
    AIVA_TRY(const QString address, addressOf(conversation));
    AIVA_TRY(
        Statement remember,
        m_database.prepare("INSERT INTO match_corrections (conversation_id, email, old_profile_id, new_profile_id, "
                           "made_at) SELECT id, ?2, profile_id, ?3, ?4 FROM conversations WHERE id = ?1"));
    remember.bind(1, conversation).bind(2, address);
    remember.bind(3, profile ? std::optional<qint64>(profile->value()) : std::nullopt).bind(4, at);
    AIVA_CHECK(remember.run());

    SenderMatch match;
    match.profile = profile;
    match.by = MatchedBy::Manual;
    match.detail = address;
    if (profile) {
        AIVA_TRY(match.store, m_matching.storeOfProfile(*profile));
        AIVA_TRY(match.precedence, m_matching.precedenceOfProfile(*profile));
    }
    AIVA_TRY(const std::vector<ConversationId> all, withAddress(conversation, address));
    for (const ConversationId id : all)
        AIVA_CHECK(m_summary.setMatch(id, match));
    return {};
}

Result<bool> ConversationMatches::revert(ConversationId conversation, UtcTime at) {
    AIVA_TRY(const QString address, addressOf(conversation));
    AIVA_TRY(Statement latest,
             m_database.prepare("SELECT id FROM match_corrections WHERE reverted_at IS NULL "
                                "AND (conversation_id = ?1 OR (email = ?2 AND email <> '')) ORDER BY id DESC LIMIT 1"));
    AIVA_TRY(const bool found, latest.bind(1, conversation).bind(2, address).step());
    if (!found) return false;
    const qint64 correction = latest.integer(0);
    latest.reset();
    AIVA_TRY(Statement undo, m_database.prepare("UPDATE match_corrections SET reverted_at = ?2 WHERE id = ?1"));
    AIVA_CHECK(undo.bind(1, correction).bind(2, at).run());
    AIVA_TRY(const std::vector<ConversationId> all, withAddress(conversation, address));
    for (const ConversationId id : all) {
        AIVA_TRY(const SenderMatch match, matchAnew(id, address));
        AIVA_CHECK(m_summary.setMatch(id, match));
    }
    return true;
}

// Of a conversation with nobody's address, which a correction cannot be remembered by: it stands for that one alone.
Result<bool> ConversationMatches::byOwnCorrection(ConversationId conversation, SenderMatch& match) {
    AIVA_TRY(Statement standing, m_database.prepare(kOwnCorrection));
    AIVA_TRY(const bool found, standing.bind(1, conversation).step());
    if (!found) return false;
    match.by = MatchedBy::Manual;
    if (standing.isNull(0)) return true;
    match.profile = standing.id<ProfileId>(0);
    AIVA_TRY(match.store, m_matching.storeOfProfile(*match.profile));
    AIVA_TRY(match.precedence, m_matching.precedenceOfProfile(*match.profile));
    return true;
}

// As when its mails arrived: the first of them that says who it is decides.
Result<SenderMatch> ConversationMatches::matchAnew(ConversationId conversation, const QString& address) {
    SenderMatch nobody;
    if (address.isEmpty()) {
        AIVA_TRY(const bool corrected, byOwnCorrection(conversation, nobody));
        if (corrected) return nobody;
    }
    AIVA_TRY(Statement shared, m_database.prepare(kSharedParty));
    AIVA_TRY(const bool exists, shared.bind(1, conversation).step());
    const QString party = exists ? shared.text(0) : QString();
    const auto store = exists && !shared.isNull(1) ? std::optional(shared.id<StoreId>(1)) : std::nullopt;
    if (!party.isEmpty()) return m_matching.matchByOrder(party.section(u' ', 1), store);
    AIVA_TRY(Statement messages, m_database.prepare(kWhatTheyWrote));
    messages.bind(1, conversation).bind(2, kMailsLookedAt);
    for (;;) {
        AIVA_TRY(const bool more, messages.step());
        if (!more) break;
        const QString text = messages.text(1);
        const std::vector<FoldedRange> folded = foldedFromJson(messages.view(2));
        AIVA_TRY(SenderMatch match,
                 m_matching.match(address, messages.text(0), unfoldedText(text, folded), signatureText(text, folded)));
        if (match.by != MatchedBy::None) return match;
        nobody.isContested = nobody.isContested || match.isContested;
    }
    AIVA_TRY(SenderMatch match, m_matching.match(address, {}, {}, {}));
    match.isContested = match.isContested || nobody.isContested;
    return match;
}

Result<qint64> ConversationMatches::rematch(const PrecedenceRule& rule) {
    m_matching.setRule(rule);
    AIVA_TRY(const bool isNew, isNewRule(rule));
    AIVA_TRY(const auto changed, takeChanged());
    AIVA_TRY(const qint64 matched, changed && !isNew ? rematchOf(*changed) : rematchAll());
    AIVA_TRY(const qint64 byOrder, rematchByOrder());
    return matched + byOrder;
}

Result<bool> ConversationMatches::isNewRule(const PrecedenceRule& rule) {
    AIVA_TRY(Statement last, m_database.prepare("SELECT vip_above_major FROM ranking_rule"));
    AIVA_TRY(const bool found, last.step());
    if (found && last.integer(0) == rule.vipAboveMajorUnits) return false;
    last.reset();
    AIVA_CHECK(m_database.execute("DELETE FROM ranking_rule"));
    AIVA_TRY(Statement keep, m_database.prepare("INSERT INTO ranking_rule VALUES (?1)"));
    AIVA_CHECK(keep.bind(1, rule.vipAboveMajorUnits).run());
    return true;
}

Result<std::optional<std::vector<ProfileId>>> ConversationMatches::takeChanged() {
    AIVA_TRY(Statement changed, m_database.prepare("SELECT profile_id FROM profiles_changed LIMIT ?1"));
    changed.bind(1, static_cast<qint64>(kFewProfiles) + 1);
    std::optional<std::vector<ProfileId>> profiles = std::vector<ProfileId>();
    for (;;) {
        AIVA_TRY(const bool more, changed.step());
        if (!more) break;
        profiles->push_back(changed.id<ProfileId>(0));
    }
    if (profiles->size() > kFewProfiles) profiles.reset();
    AIVA_CHECK(m_database.execute("DELETE FROM profiles_changed"));
    return profiles;
}

Result<qint64> ConversationMatches::rematchAll() {
    qint64 changed = 0;
    for (const std::string_view sql : {kAddressIsKnown, kOrderIsKnown, kWeaklyMatched}) {
        AIVA_TRY(Statement candidates, m_database.prepare(sql));
        AIVA_TRY(const qint64 matched, matchFound(candidates));
        changed += matched;
    }
    AIVA_TRY(const qint64 refreshed, refreshPrecedence());
    return changed + refreshed;
}

Result<qint64> ConversationMatches::rematchOf(const std::vector<ProfileId>& profiles) {
    std::vector<Statement> candidates;
    for (const std::string_view sql : {kAddressIsTheirs, kOrderIsTheirs, kWeaklyTheirs}) {
        AIVA_TRY(Statement of, m_database.prepare(sql));
        candidates.push_back(std::move(of));
    }
    AIVA_TRY(Statement known,
             m_database.prepare("SELECT DISTINCT precedence FROM conversations WHERE profile_id = ?1"));
    qint64 changed = 0;
    for (const ProfileId profile : profiles) {
        for (Statement& of : candidates) {
            AIVA_TRY(const qint64 matched, matchFound(of.bind(1, profile)));
            changed += matched;
        }
        QStringList words;
        known.bind(1, profile);
        for (;;) {
            AIVA_TRY(const bool more, known.step());
            if (!more) break;
            words << known.text(0);
        }
        for (const QString& word : words) {
            AIVA_TRY(const qint64 refreshed, refreshPrecedenceOf(profile, word));
            changed += refreshed;
        }
    }
    return changed;
}

Result<qint64> ConversationMatches::matchFound(Statement& candidates) {
    std::vector<Candidate> found;
    for (;;) {
        AIVA_TRY(const bool more, candidates.step());
        if (!more) break;
        Candidate one{candidates.id<ConversationId>(0), candidates.text(1), {}, candidates.text(3)};
        if (!candidates.isNull(2)) one.profile = candidates.id<ProfileId>(2);
        found.push_back(std::move(one));
    }
    qint64 changed = 0;
    for (const Candidate& one : found) {
        AIVA_TRY(const SenderMatch match, matchAnew(one.id, one.address));
        // An order that is gone proved it while it was there. What others have too proves nothing any more.
        if (match.by == MatchedBy::None && !match.isContested) continue;
        if (match.profile == one.profile && toWord(match.by) == one.matchedBy) continue;
        AIVA_CHECK(m_summary.setMatch(one.id, match));
        ++changed;
    }
    return changed;
}

// Mail behind a shared sender waits for its order to be synced.
Result<qint64> ConversationMatches::rematchByOrder() {
    AIVA_TRY(Statement candidates,
             m_database.prepare("SELECT id, '', profile_id, matched_by FROM conversations WHERE shared_party <> '' "
                                "AND matched_by = 'none' AND profile_id IS NULL"));
    return matchFound(candidates);
}

Result<qint64> ConversationMatches::refreshPrecedence() {
    AIVA_TRY(Statement profiles, m_database.prepare("SELECT DISTINCT profile_id, precedence FROM conversations "
                                                    "WHERE profile_id IS NOT NULL"));
    std::vector<std::pair<ProfileId, QString>> known;
    for (;;) {
        AIVA_TRY(const bool more, profiles.step());
        if (!more) break;
        known.emplace_back(profiles.id<ProfileId>(0), profiles.text(1));
    }
    qint64 changed = 0;
    for (const auto& [profile, word] : known) {
        AIVA_TRY(const qint64 refreshed, refreshPrecedenceOf(profile, word));
        changed += refreshed;
    }
    return changed;
}

Result<qint64> ConversationMatches::refreshPrecedenceOf(ProfileId profile, const QString& known) {
    AIVA_TRY(const Precedence precedence, m_matching.precedenceOfProfile(profile));
    const QString fresh = toWord(precedence);
    if (fresh == known) return 0;
    AIVA_TRY(Statement update, m_database.prepare("UPDATE conversations SET precedence = ?2 WHERE profile_id = ?1 "
                                                  "AND precedence <> ?2"));
    AIVA_CHECK(update.bind(1, profile).bind(2, fresh).run());
    return m_database.changes();
}

} // namespace aiva
