// Who a mail's sender is (D5): by every known address, by phone, by an order number that is the sender's own. Used by
// ConversationRepository only. An order number proves nothing by itself: it may be anybody's.
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/domain/mail/message_record.h"
#include "core/domain/names.h"
#include "core/domain/shop/precedence.h"
#include "core/storage/database/database.h"

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

struct SenderMatch {
    std::optional<ProfileId> profile;
    MatchedBy by = MatchedBy::None;
    QString detail; // the address, phone or order name that matched
    std::optional<StoreId> store;
    Precedence precedence = Precedence::Prospect;
    bool isContested = false; // what the mail says fits several people, and so it says nobody
};

class SenderMatching {
public:
    static Result<std::unique_ptr<SenderMatching>> create(Database& database);

    void setRule(PrecedenceRule rule) { m_rule = rule; }

    // Profile that has the address, corrections by hand included; absent when nobody has it.
    Result<std::optional<ProfileId>> profileOf(const QString& normalizedAddress);
    // `text`: what the person wrote, quotations left out. Phones count only in mails from the customer.
    Result<SenderMatch> match(const QString& normalizedAddress, const QString& subject, const QString& text,
                              const QString& signature);
    // For mail behind a sender that writes for many people: whoever the one order of that name belongs to, at `store`
    // when the mailbox says which.
    Result<SenderMatch> matchByOrder(const QString& orderName, std::optional<StoreId> store);
    Result<Precedence> precedenceOfProfile(ProfileId profile);
    // Where the person bought last, else where they are a customer.
    Result<std::optional<StoreId>> storeOfProfile(ProfileId profile);

private:
    explicit SenderMatching(Database& database) : m_database(database) {}
    Result<void> prepare();
    Result<bool> byCorrection(const QString& address, SenderMatch& match);
    Result<bool> byAddress(const QString& address, SenderMatch& match);
    Result<bool> byPhone(const QString& signature, SenderMatch& match);
    Result<void> byOrder(const QString& address, const QStringList& orderNames, SenderMatch& match);
    Result<bool> everyStoreStates(const std::vector<StatedSpending>& stated);

    Database& m_database;
    PrecedenceRule m_rule;
    Statement m_correction;
    Statement m_address;
    Statement m_phone;
    Statement m_order;
    Statement m_lastOrderStore;
    Statement m_customerStore;
    Statement m_customers;
    Statement m_orderSums;
    Statement m_stores;
};

// Phone numbers as signatures show them, normalised, international form only when written so.
QStringList phoneNumbersIn(const QString& text);

} // namespace aiva
