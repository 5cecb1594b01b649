// ProfileBook: which person (profile) an address belongs to, and what happens to a profile when its last customer or
// order leaves it (D5). Used by the record writers inside their transaction; never decides about conversations' matches
// beyond moving them along with a merged profile.
#pragma once

#include "core/domain/ids.h"
#include "core/storage/database/database.h"

#include <memory>
#include <optional>
#include <string_view>

namespace aiva {

// How a profile came by an address.
enum class EmailSource {
    Shop,  // some customer's current address
    Alias, // a former one
    Order, // seen on guests' orders only
};

class ProfileBook {
public:
    static Result<std::unique_ptr<ProfileBook>> create(Database& writer);
    ~ProfileBook();

    // `email` normalised.
    struct EmailOwner {
        ProfileId profile;
        EmailSource source = EmailSource::Shop;
    };
    Result<std::optional<EmailOwner>> ownerOf(std::string_view email);
    Result<ProfileId> newProfile();
    // An address nobody owns yet.
    Result<void> claimEmail(std::string_view email, ProfileId profile, EmailSource source);
    // One that has an owner.
    Result<void> setSource(std::string_view email, EmailSource source);
    // A former address stays known, as an alias, unless another customer of the profile still has it.
    Result<void> retireEmail(std::string_view email);
    // Whoever had the number before is matched anew too.
    Result<void> addPhone(std::string_view phone, ProfileId profile);
    // A row of theirs is new: their conversations are matched and ranked anew (profiles_changed). What changes or goes
    // is noticed by triggers.
    Result<void> noteNewRow(ProfileId profile);

    // Deletes a profile that only orders made and that lost the last of them.
    Result<void> dropIfAbandoned(ProfileId profile);
    // The same of one that stood in for a customer, until it was known whose its orders are: mail that was taken for
    // its is matched anew.
    Result<void> dropIfStandIn(ProfileId profile);
    // `from` lost a customer to `to`. When that was its last one, everything else it has follows.
    Result<void> mergeIfLeft(ProfileId from, ProfileId to);

private:
    class Private;
    explicit ProfileBook(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
