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
    Statement noteOwnersOfPhone;
    Statement sharedPhone;
    Statement hasCustomer;
    Statement hasAnything;
    Statement isStandIn;

    Result<bool> exists(Statement& statement, ProfileId profile);
    Result<void> forBoth(std::string_view sql, ProfileId from, ProfileId to);
};

static constexpr std::string_view kHasAnything = R"sql(
SELECT EXISTS (SELECT 1 FROM customers WHERE profile_id = ?1)
    OR EXISTS (SELECT 1 FROM orders WHERE profile_id = ?1)
    OR EXISTS (SELECT 1 FROM conversations WHERE profile_id = ?1))sql";

// Known by orders alone, of which none is left. Who once was a customer stays: the shop may be merging them.
static constexpr std::string_view kIsStandIn = R"sql(
SELECT EXISTS (SELECT 1 FROM profile_emails WHERE profile_id = ?1)
    AND NOT EXISTS (SELECT 1 FROM profile_emails WHERE profile_id = ?1 AND source <> 'order')
    AND NOT EXISTS (SELECT 1 FROM customers WHERE profile_id = ?1)
    AND NOT EXISTS (SELECT 1 FROM orders WHERE profile_id = ?1))sql";

// Its mail may name an order of somebody else who gave the same address.
static constexpr std::string_view kNoteWhomStandInsMailNames = R"sql(
INSERT OR IGNORE INTO profiles_changed
SELECT o.profile_id FROM conversations c CROSS JOIN conversation_orders n ON n.conversation_id = c.id
CROSS JOIN orders o ON o.name COLLATE NOCASE IN (n.name, '#' || n.name)
WHERE c.profile_id = ?1 AND o.profile_id IS NOT NULL)sql";

static constexpr std::string_view kUnlinkFromStandIn = R"sql(
UPDATE conversations SET profile_id = NULL, matched_by = 'none', match_detail = '', precedence = 'PROSPECT'
WHERE profile_id = ?1 AND matched_by <> 'manual')sql";

// Corrections by hand and merges put away outlive a person: whoever is new must not be taken for who they speak of.
static constexpr std::string_view kInsertProfile = R"sql(
INSERT INTO profiles (id) VALUES (max(ifnull((SELECT max(id) FROM profiles), 0),
    ifnull((SELECT id FROM last_ids WHERE name = 'profiles'), 0)) + 1))sql";

static constexpr std::string_view kNoteOwnersOfPhone = R"sql(
INSERT OR IGNORE INTO profiles_changed SELECT profile_id FROM profile_phones WHERE phone = ?1)sql";

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
    AIVA_TRY(priv->insertProfile, writer.prepare(kInsertProfile));
    AIVA_TRY(priv->claimEmail,
             writer.prepare("INSERT INTO profile_emails (email, profile_id, source) VALUES (?1, ?2, ?3)"));
    AIVA_TRY(priv->setSource, writer.prepare("UPDATE profile_emails SET source = ?2 WHERE email = ?1"));
    AIVA_TRY(priv->customerEmails, writer.prepare("SELECT email FROM customers WHERE profile_id = ?1"));
    AIVA_TRY(priv->addPhone, writer.prepare("INSERT INTO profile_phones (phone, profile_id) VALUES (?1, ?2) "
                                            "ON CONFLICT DO NOTHING"));
    AIVA_TRY(priv->noteNewRow, writer.prepare("INSERT OR IGNORE INTO profiles_changed VALUES (?1)"));
    AIVA_TRY(priv->noteOwnersOfPhone, writer.prepare(kNoteOwnersOfPhone));
    AIVA_TRY(priv->sharedPhone,
             writer.prepare("SELECT 1 FROM profile_phones WHERE phone = ?1 AND profile_id <> ?2 LIMIT 1"));
    AIVA_TRY(priv->hasCustomer, writer.prepare("SELECT EXISTS (SELECT 1 FROM customers WHERE profile_id = ?1)"));
    AIVA_TRY(priv->hasAnything, writer.prepare(kHasAnything));
    AIVA_TRY(priv->isStandIn, writer.prepare(kIsStandIn));
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
    AIVA_CHECK(d->addPhone.bindView(1, phone).bind(2, profile).run());
    if (d->database.changes() == 0) return {};
    AIVA_TRY(const bool isShared, d->sharedPhone.bindView(1, phone).bind(2, profile).step());
    d->sharedPhone.reset();
    if (!isShared) return noteNewRow(profile);
    // A number two have says nothing of either.
    return d->noteOwnersOfPhone.bindView(1, phone).run();
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

Result<void> ProfileBook::dropIfStandIn(ProfileId profile) {
    AIVA_TRY(const bool isStandIn, d->exists(d->isStandIn, profile));
    if (isStandIn) {
        AIVA_CHECK(d->forBoth(kNoteWhomStandInsMailNames, profile, {}));
        AIVA_CHECK(d->forBoth(kUnlinkFromStandIn, profile, {}));
    }
    return dropIfAbandoned(profile);
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
        // What a merge put away comes back with whom they are now.
        "UPDATE conversation_moves SET undo = json_set(undo, '$.row.profile_id', ?2) "
        "WHERE reverted_at IS NULL AND undo ->> '$.row.profile_id' = ?1",
        "UPDATE conversation_moves SET undo = json_set(undo, '$.into.profile_id', ?2) "
        "WHERE reverted_at IS NULL AND undo ->> '$.into.profile_id' = ?1",
    };
    for (const std::string_view move : kMoves)
        AIVA_CHECK(d->forBoth(move, from, to));
    AIVA_CHECK(d->forBoth("DELETE FROM profile_phones WHERE profile_id = ?1", from, {}));
    AIVA_CHECK(d->forBoth("DELETE FROM profiles WHERE id = ?1", from, {}));
    // Conversations that nothing but a person's hand tied to them are ranked by whom they are now with.
    return noteNewRow(to);
}

} // namespace aiva
