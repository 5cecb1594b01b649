#include "core/storage/people/profile_pruning.h"

#include "core/domain/email_address.h"
#include "core/storage/people/profile_book.h"

#include <QStringList>

namespace aiva {

static constexpr std::string_view kForgetUnsaidEmails = R"sql(
DELETE FROM profile_emails WHERE profile_id = ?1
    AND NOT EXISTS (SELECT 1 FROM customers c WHERE c.profile_id = ?1 AND lower(c.email) = profile_emails.email)
    AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.profile_id = ?1 AND lower(o.email) = profile_emails.email)
    AND NOT EXISTS (SELECT 1 FROM conversations v WHERE v.profile_id = ?1 AND v.customer_email = profile_emails.email)
)sql";
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
static constexpr std::string_view kUnlinkConversations = R"sql(
UPDATE conversations SET profile_id = NULL, matched_by = 'none', match_detail = '', precedence = 'PROSPECT'
WHERE profile_id = ?1)sql";

// No index helps here: once for all profiles that went, ?1 their ids as JSON.
static constexpr std::string_view kForgetCorrections = R"sql(
DELETE FROM match_corrections WHERE new_profile_id IN (SELECT value FROM json_each(?1))
    OR old_profile_id IN (SELECT value FROM json_each(?1)))sql";
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

Result<void> forgetWhatNobodySays(Database& writer, ProfileId profile) {
    AIVA_CHECK(runForProfile(writer, kForgetUnsaidEmails, profile));
    AIVA_TRY(Statement said, writer.prepare(kSaidPhones));
    std::vector<std::string> phones;
    said.bind(1, profile);
    for (;;) {
        AIVA_TRY(const bool more, said.step());
        if (!more) break;
        phones.push_back(normalizedPhone(said.view(0)));
    }
    AIVA_CHECK(runForProfile(writer, "DELETE FROM profile_phones WHERE profile_id = ?1", profile));
    AIVA_TRY(const std::unique_ptr<ProfileBook> profiles, ProfileBook::create(writer));
    for (const std::string& phone : phones)
        AIVA_CHECK(profiles->addPhone(phone, profile));
    return {};
}

static Result<bool> isSpokenOf(Database& writer, ProfileId profile) {
    AIVA_TRY(Statement spoken, writer.prepare(kIsSpokenOf));
    AIVA_TRY(const bool found, spoken.bind(1, profile).step());
    return found && spoken.boolean(0);
}

static Result<void> removeProfile(Database& writer, ProfileId profile) {
    for (const std::string_view sql : {
             kMarkOwnersOfAddresses,
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
    for (const std::string_view sql : {kForgetCorrections, kForgetInMoved, kForgetInTarget}) {
        AIVA_TRY(Statement statement, writer.prepare(sql));
        AIVA_CHECK(statement.bind(1, ids).run());
    }
    return static_cast<qint64>(gone.size());
}

} // namespace aiva
