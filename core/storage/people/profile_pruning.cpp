#include "core/storage/people/profile_pruning.h"

#include "core/domain/email_address.h"
#include "core/storage/people/profile_book.h"

#include <QStringList>

#include <algorithm>

namespace aiva {

static constexpr std::string_view kSaidEmails = R"sql(
SELECT email FROM customers WHERE profile_id = ?1 UNION SELECT email FROM orders WHERE profile_id = ?1
UNION SELECT customer_email FROM conversations WHERE profile_id = ?1)sql";
static constexpr std::string_view kSaidPhones = R"sql(
SELECT phone FROM customers WHERE profile_id = ?1 UNION SELECT phone FROM orders WHERE profile_id = ?1)sql";
static constexpr std::string_view kIsSpokenOf = R"sql(
SELECT EXISTS (SELECT 1 FROM customers WHERE profile_id = ?1) OR EXISTS (SELECT 1 FROM orders WHERE profile_id = ?1)
)sql";
// A conversation linked to the profile by hand, or by an order, may have somebody else's address.
static constexpr std::string_view kMarkOwnersOfAddresses = R"sql(
INSERT OR IGNORE INTO profiles_changed
SELECT e.profile_id FROM conversations c JOIN profile_emails e ON e.email = c.customer_email
WHERE c.profile_id = ?1 AND e.profile_id <> ?1)sql";
static constexpr std::string_view kMarkOwnersOfNamedOrders = R"sql(
INSERT OR IGNORE INTO profiles_changed
SELECT o.profile_id FROM conversations c CROSS JOIN conversation_orders n ON n.conversation_id = c.id
CROSS JOIN orders o ON o.name COLLATE NOCASE IN (n.name, '#' || n.name)
WHERE c.profile_id = ?1 AND o.profile_id <> ?1)sql";
static constexpr std::string_view kUnlinkConversations = R"sql(
UPDATE conversations SET profile_id = NULL, matched_by = 'none', match_detail = '', precedence = 'PROSPECT'
WHERE profile_id = ?1)sql";

// No index helps here: once for all profiles that went, ?1 their ids as JSON. A correction away from one of them to
// somebody who stays still holds.
static constexpr std::string_view kForgetCorrections = R"sql(
DELETE FROM match_corrections WHERE new_profile_id IN (SELECT value FROM json_each(?1)))sql";
static constexpr std::string_view kForgetCorrected = R"sql(
UPDATE match_corrections SET old_profile_id = NULL WHERE old_profile_id IN (SELECT value FROM json_each(?1)))sql";
static constexpr std::string_view kForgetInMoved = R"sql(
UPDATE conversation_moves SET undo = json_set(undo, '$.row.profile_id', NULL)
WHERE json_extract(undo, '$.row.profile_id') IN (SELECT value FROM json_each(?1)))sql";
static constexpr std::string_view kForgetInTarget = R"sql(
UPDATE conversation_moves SET undo = json_set(undo, '$.into.profile_id', NULL)
WHERE json_extract(undo, '$.into.profile_id') IN (SELECT value FROM json_each(?1)))sql";

static Result<void> runForProfile(Database& writer, std::string_view sql, ProfileId profile) {
    AIVA_TRY(Statement statement, writer.prepare(sql));
    return statement.bind(1, profile).run();
}

static Result<std::vector<std::string>> textsOf(Database& writer, std::string_view sql, ProfileId profile) {
    AIVA_TRY(Statement statement, writer.prepare(sql));
    statement.bind(1, profile);
    std::vector<std::string> texts;
    for (;;) {
        AIVA_TRY(const bool more, statement.step());
        if (!more) return texts;
        texts.emplace_back(statement.view(0));
    }
}

// Rows say addresses as their source spells them.
static Result<void> forgetUnsaidEmails(Database& writer, ProfileId profile) {
    AIVA_TRY(std::vector<std::string> said, textsOf(writer, kSaidEmails, profile));
    for (std::string& email : said)
        email = normalizedEmail(std::string_view(email));
    AIVA_TRY(const auto known, textsOf(writer, "SELECT email FROM profile_emails WHERE profile_id = ?1", profile));
    AIVA_TRY(Statement forget, writer.prepare("DELETE FROM profile_emails WHERE email = ?1"));
    for (const std::string& email : known)
        if (std::find(said.begin(), said.end(), email) == said.end()) AIVA_CHECK(forget.bindView(1, email).run());
    return {};
}

Result<void> forgetUnsaidPhones(Database& writer, ProfileId profile) {
    AIVA_TRY(const std::vector<std::string> said, textsOf(writer, kSaidPhones, profile));
    AIVA_CHECK(runForProfile(writer, "DELETE FROM profile_phones WHERE profile_id = ?1", profile));
    AIVA_TRY(const std::unique_ptr<ProfileBook> profiles, ProfileBook::create(writer));
    for (const std::string& phone : said)
        AIVA_CHECK(profiles->addPhone(normalizedPhone(phone), profile));
    return {};
}

Result<void> forgetWhatNobodySays(Database& writer, ProfileId profile) {
    AIVA_CHECK(forgetUnsaidEmails(writer, profile));
    return forgetUnsaidPhones(writer, profile);
}

static Result<bool> isSpokenOf(Database& writer, ProfileId profile) {
    AIVA_TRY(Statement spoken, writer.prepare(kIsSpokenOf));
    AIVA_TRY(const bool found, spoken.bind(1, profile).step());
    return found && spoken.boolean(0);
}

static Result<void> removeProfile(Database& writer, ProfileId profile) {
    for (const std::string_view sql : {
             kMarkOwnersOfAddresses,
             kMarkOwnersOfNamedOrders,
             kUnlinkConversations,
             std::string_view("DELETE FROM profile_emails WHERE profile_id = ?1"),
             std::string_view("DELETE FROM profile_phones WHERE profile_id = ?1"),
             std::string_view("DELETE FROM profiles WHERE id = ?1"),
         })
        AIVA_CHECK(runForProfile(writer, sql, profile));
    return {};
}

Result<qint64> pruneProfiles(Database& writer, const std::vector<ProfileId>& profiles) {
    QStringList gone;
    for (const ProfileId profile : profiles) {
        AIVA_TRY(const bool stays, isSpokenOf(writer, profile));
        AIVA_CHECK(stays ? forgetWhatNobodySays(writer, profile) : removeProfile(writer, profile));
        if (!stays) gone << QString::number(profile.value());
    }
    if (gone.isEmpty()) return 0;
    const QString ids = u'[' + gone.join(u',') + u']';
    for (const std::string_view sql : {kForgetCorrections, kForgetCorrected, kForgetInMoved, kForgetInTarget}) {
        AIVA_TRY(Statement statement, writer.prepare(sql));
        AIVA_CHECK(statement.bind(1, ids).run());
    }
    return static_cast<qint64>(gone.size());
}

} // namespace aiva
