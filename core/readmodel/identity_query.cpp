#include "core/readmodel/identity_query.h"

#include "core/domain/email_address.h"
#include "core/domain/shop/order_names.h"

namespace aiva {

using namespace Qt::StringLiterals;

class IdentityQuery::Private {
public:
    Statement name;
    Statement email;
    Statement phone;
    Statement order;
    Statement tracking;

    Result<bool> isOthersAlone(Statement& owners, ProfileId own);
};

// Each answers the profiles that have the value; a namesake's rows may be many, the first hundred decide. The plus
// keeps SQLite from walking all orders of a store.
static constexpr std::string_view kName = R"sql(
SELECT profile_id FROM customers WHERE store_id = ?1 AND display_name = ?2 COLLATE NOCASE LIMIT 100)sql";
static constexpr std::string_view kEmail = "SELECT profile_id FROM profile_emails WHERE email = ?1";
static constexpr std::string_view kPhone = "SELECT profile_id FROM profile_phones WHERE phone = ?1 LIMIT 100";
static constexpr std::string_view kOrder = R"sql(
SELECT profile_id FROM orders WHERE name COLLATE NOCASE IN (?2, ?3) AND +store_id = ?1 LIMIT 100)sql";
static constexpr std::string_view kTracking = R"sql(
SELECT o.profile_id FROM trackings t CROSS JOIN orders o ON o.id = t.order_id
WHERE t.number = ?1 COLLATE NOCASE AND t.number <> '' LIMIT 100)sql";

IdentityQuery::IdentityQuery(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

IdentityQuery::~IdentityQuery() = default;

Result<std::unique_ptr<IdentityQuery>> IdentityQuery::create(Database& reader) {
    auto priv = std::make_unique<Private>();
    AIVA_TRY(priv->name, reader.prepare(kName));
    AIVA_TRY(priv->email, reader.prepare(kEmail));
    AIVA_TRY(priv->phone, reader.prepare(kPhone));
    AIVA_TRY(priv->order, reader.prepare(kOrder));
    AIVA_TRY(priv->tracking, reader.prepare(kTracking));
    return std::unique_ptr<IdentityQuery>(new IdentityQuery(std::move(priv)));
}

Result<bool> IdentityQuery::Private::isOthersAlone(Statement& owners, ProfileId own) {
    bool isOthers = false;
    bool isOwn = false;
    for (;;) {
        AIVA_TRY(const bool more, owners.step());
        if (!more) return isOthers && !isOwn;
        // An order nobody is known to have placed is still not this person's.
        if (!owners.isNull(0) && owners.id<ProfileId>(0) == own)
            isOwn = true;
        else
            isOthers = true;
    }
}

Result<bool> IdentityQuery::isSomebodyElses(StoreId store, ProfileId own, IdentityKind kind, const QString& value) {
    if (value.trimmed().isEmpty()) return false;
    switch (kind) {
    case IdentityKind::Name:
        return d->isOthersAlone(d->name.bind(1, store).bind(2, value.simplified()), own);
    case IdentityKind::Email:
        return d->isOthersAlone(d->email.bind(1, normalizedEmail(value)), own);
    case IdentityKind::Phone:
        return d->isOthersAlone(d->phone.bind(1, QString::fromStdString(normalizedPhone(value.toStdString()))), own);
    case IdentityKind::OrderName: {
        const QString bare = withoutHash(value);
        return d->isOthersAlone(d->order.bind(1, store).bind(2, bare).bind(3, QString(u'#' + bare)), own);
    }
    case IdentityKind::TrackingNumber:
        return d->isOthersAlone(d->tracking.bind(1, QString(value).remove(u' ')), own);
    }
    return true;
}

} // namespace aiva
