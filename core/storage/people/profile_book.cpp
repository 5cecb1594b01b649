#include "core/storage/people/profile_book.h"

#include "core/domain/email_address.h"

namespace aiva {

class ProfileBook::Private {
public:
    explicit Private(Database& writer) : database(writer) {}

    Database& database;
    Statement ownerOf;
    Statement insertProfile;
    Statement claimEmail;
    Statement setSource;
    Statement customerEmails;
    Statement addPhone;
    Statement noteNewRow;
    Statement hasCustomer;
    Statement hasAnything;

    Result<bool> exists(Statement& statement, ProfileId profile);
    Result<void> forBoth(std::string_view sql, ProfileId from, ProfileId to);
};

static constexpr std::string_view kHasAnything = R"sql(
SELECT EXISTS (SELECT 1 FROM customers WHERE profile_id = ?1)
    OR EXISTS (SELECT 1 FROM orders WHERE profile_id = ?1)
    OR EXISTS (SELECT 1 FROM conversations WHERE profile_id = ?1))sql";

static std::string_view word(EmailSource source) {
    switch (source) {
    case EmailSource::Shop:
        return "shop";
    case EmailSource::Alias:
        return "alias";
    case EmailSource::Order:
        break;
    }
    return "order";
}

static EmailSource sourceFrom(std::string_view text) {
    if (text == "alias") return EmailSource::Alias;
    return text == "order" ? EmailSource::Order : EmailSource::Shop;
}

Result<bool> ProfileBook::Private::exists(Statement& statement, ProfileId profile) {
    AIVA_TRY(const bool found, statement.bind(1, profile).step());
    const bool answer = found && statement.boolean(0);
    statement.reset();
    return answer;
}

// Merges are rare: their statements are prepared when needed.
Result<void> ProfileBook::Private::forBoth(std::string_view sql, ProfileId from, ProfileId to) {
    AIVA_TRY(Statement statement, database.prepare(sql));
    statement.bind(1, from);
    if (to.isValid()) statement.bind(2, to);
    return statement.run();
}

ProfileBook::ProfileBook(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

ProfileBook::~ProfileBook() = default;

Result<std::unique_ptr<ProfileBook>> ProfileBook::create(Database& writer) {
    auto priv = std::make_unique<Private>(writer);
    AIVA_TRY(priv->ownerOf, writer.prepare("SELECT profile_id, source FROM profile_emails WHERE email = ?1"));
    AIVA_TRY(priv->insertProfile, writer.prepare("INSERT INTO profiles DEFAULT VALUES"));
    AIVA_TRY(priv->claimEmail,
             writer.prepare("INSERT INTO profile_emails (email, profile_id, source) VALUES (?1, ?2, ?3)"));
    AIVA_TRY(priv->setSource, writer.prepare("UPDATE profile_emails SET source = ?2 WHERE email = ?1"));
    AIVA_TRY(priv->customerEmails, writer.prepare("SELECT email FROM customers WHERE profile_id = ?1"));
    AIVA_TRY(priv->addPhone, writer.prepare("INSERT INTO profile_phones (phone, profile_id) VALUES (?1, ?2) "
                                            "ON CONFLICT DO NOTHING"));
    AIVA_TRY(priv->noteNewRow, writer.prepare("INSERT OR IGNORE INTO profiles_changed VALUES (?1)"));
    AIVA_TRY(priv->hasCustomer, writer.prepare("SELECT EXISTS (SELECT 1 FROM customers WHERE profile_id = ?1)"));
    AIVA_TRY(priv->hasAnything, writer.prepare(kHasAnything));
    return std::unique_ptr<ProfileBook>(new ProfileBook(std::move(priv)));
}

Result<std::optional<ProfileBook::EmailOwner>> ProfileBook::ownerOf(std::string_view email) {
    if (email.empty()) return std::optional<EmailOwner>();
    AIVA_TRY(const bool found, d->ownerOf.bindView(1, email).step());
    if (!found) return std::optional<EmailOwner>();
    std::optional<EmailOwner> owner = EmailOwner{d->ownerOf.id<ProfileId>(0), sourceFrom(d->ownerOf.view(1))};
    d->ownerOf.reset();
    return owner;
}

Result<ProfileId> ProfileBook::newProfile() {
    AIVA_CHECK(d->insertProfile.run());
    return ProfileId(d->database.lastInsertId());
}

Result<void> ProfileBook::claimEmail(std::string_view email, ProfileId profile, EmailSource source) {
    AIVA_CHECK(d->claimEmail.bindView(1, email).bind(2, profile).bindView(3, word(source)).run());
    return noteNewRow(profile);
}

Result<void> ProfileBook::setSource(std::string_view email, EmailSource source) {
    return d->setSource.bindView(1, email).bindView(2, word(source)).run();
}

Result<void> ProfileBook::retireEmail(std::string_view email) {
    AIVA_TRY(const auto owner, ownerOf(email));
    if (!owner) return {};
    d->customerEmails.bind(1, owner->profile);
    for (;;) {
        AIVA_TRY(const bool more, d->customerEmails.step());
        if (!more) break;
        if (normalizedEmail(d->customerEmails.view(0)) != email) continue;
        d->customerEmails.reset();
        return {};
    }
    return setSource(email, EmailSource::Alias);
}

Result<void> ProfileBook::addPhone(std::string_view phone, ProfileId profile) {
    if (phone.empty()) return {};
    return d->addPhone.bindView(1, phone).bind(2, profile).run();
}

Result<void> ProfileBook::noteNewRow(ProfileId profile) {
    return d->noteNewRow.bind(1, profile).run();
}

Result<void> ProfileBook::dropIfAbandoned(ProfileId profile) {
    AIVA_TRY(const bool inUse, d->exists(d->hasAnything, profile));
    if (inUse) return {};
    AIVA_CHECK(d->forBoth("DELETE FROM profile_emails WHERE profile_id = ?1", profile, {}));
    AIVA_CHECK(d->forBoth("DELETE FROM profile_phones WHERE profile_id = ?1", profile, {}));
    return d->forBoth("DELETE FROM profiles WHERE id = ?1", profile, {});
}

Result<void> ProfileBook::mergeIfLeft(ProfileId from, ProfileId to) {
    AIVA_TRY(const bool inUse, d->exists(d->hasCustomer, from));
    if (inUse) return {};
    static constexpr std::string_view kMoves[] = {
        "UPDATE profile_emails SET profile_id = ?2 WHERE profile_id = ?1",
        "UPDATE OR IGNORE profile_phones SET profile_id = ?2 WHERE profile_id = ?1",
        "UPDATE orders SET profile_id = ?2 WHERE profile_id = ?1",
        "UPDATE conversations SET profile_id = ?2 WHERE profile_id = ?1",
        "UPDATE match_corrections SET old_profile_id = ?2 WHERE old_profile_id = ?1",
        "UPDATE match_corrections SET new_profile_id = ?2 WHERE new_profile_id = ?1",
    };
    for (const std::string_view move : kMoves)
        AIVA_CHECK(d->forBoth(move, from, to));
    AIVA_CHECK(d->forBoth("DELETE FROM profile_phones WHERE profile_id = ?1", from, {}));
    return d->forBoth("DELETE FROM profiles WHERE id = ?1", from, {});
}

} // namespace aiva
