// PersonReader: what the shops say of one profile: who it is, what it spent, what its orders sum up to. Used by
// CustomerQuery on its connection; orders themselves are OrderReader's.
#pragma once

#include "core/readmodel/customer_query.h"
#include "core/readmodel/person_spending.h"
#include "core/storage/database/database.h"

#include <memory>
#include <vector>

namespace aiva {

class PersonReader {
public:
    static Result<std::unique_ptr<PersonReader>> create(Database& reader, PrecedenceRule rule);

    struct EmailOwner {
        ProfileId profile;
        MatchedBy by = MatchedBy::Email; // or Alias
    };
    Result<std::optional<EmailOwner>> ownerOf(const QString& normalizedEmail);

    // Everything but the match, the orders and hasMoreOrders. `askedEmail` (normalised, may be empty) goes first when
    // it is one of the person's. Absent when the profile has neither customer nor order.
    Result<std::optional<CustomerView>> person(ProfileId profile, const QString& askedEmail);

    // The same from what one store says alone, but VIP, which is kept from wherever it was earned. Of the addresses:
    // `askedEmail` and those this store has.
    Result<std::optional<CustomerView>> personAt(ProfileId profile, StoreId store, const QString& askedEmail);

private:
    struct ShopCustomer;

    Result<std::vector<ShopCustomer>> customers(ProfileId profile);
    Result<QStringList> emails(ProfileId profile, const QString& askedEmail);
    Result<QStringList> emailsAt(ProfileId profile, StoreId store, const QString& askedEmail,
                                 const std::vector<ShopCustomer>& customers);
    Result<std::vector<OrderTotals>> totals(ProfileId profile);
    Result<void> fillStores(CustomerView& person, const std::vector<ShopCustomer>& customers,
                            const std::vector<OrderTotals>& totals);
    Result<void> fillFromOrders(CustomerView& person, Statement& lastOrder);
    void fillIdentity(CustomerView& person, std::vector<ShopCustomer>& customers, const QString& askedEmail) const;
    void fillMoney(CustomerView& person, const std::vector<ShopCustomer>& customers,
                   const std::vector<OrderTotals>& totals) const;

    PrecedenceRule m_rule;
    Statement m_owner;
    Statement m_customers;
    Statement m_emails;
    Statement m_totals;
    Statement m_store;
    Statement m_lastOrder;
    Statement m_lastOrderAt;
    Statement m_guestEmails;
};

} // namespace aiva
