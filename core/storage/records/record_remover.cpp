#include "core/storage/records/record_remover.h"

#include "core/domain/email_address.h"
#include "core/storage/records/order_texts.h"

namespace aiva {

class RecordRemover::Private {
public:
    StoreId store;
    std::unique_ptr<ProfileBook> profiles;
    std::unique_ptr<OrderTexts> texts;
    Statement findCustomer;
    Statement letOrdersWait;
    Statement deleteCustomer;
    Statement findOrder;
    Statement deleteOrder;
    Statement deleteProduct;
    Statement profileExists;

    Result<std::optional<Removed>> removeCustomer(const std::string& externalId);
    Result<std::optional<Removed>> removeOrder(const std::string& externalId);
    Result<std::optional<Removed>> removeProduct(const std::string& externalId);
};

static constexpr std::string_view kLetOrdersWait = R"sql(
UPDATE orders SET awaits_customer = 1
WHERE profile_id = ?1 AND store_id = ?2 AND customer_external_id = ?3 AND awaits_customer = 0)sql";

RecordRemover::RecordRemover(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

RecordRemover::~RecordRemover() = default;

Result<std::unique_ptr<RecordRemover>> RecordRemover::create(Database& writer, StoreId store) {
    auto priv = std::make_unique<Private>();
    priv->store = store;
    AIVA_TRY(priv->profiles, ProfileBook::create(writer));
    AIVA_TRY(priv->texts, OrderTexts::create(writer));
    AIVA_TRY(priv->findCustomer, writer.prepare("SELECT profile_id, email FROM customers "
                                                "WHERE store_id = ?1 AND external_id = ?2"));
    AIVA_TRY(priv->letOrdersWait, writer.prepare(kLetOrdersWait));
    AIVA_TRY(priv->deleteCustomer, writer.prepare("DELETE FROM customers WHERE store_id = ?1 AND external_id = ?2"));
    AIVA_TRY(priv->findOrder, writer.prepare("SELECT profile_id FROM orders WHERE store_id = ?1 AND external_id = ?2"));
    AIVA_TRY(priv->deleteOrder, writer.prepare("DELETE FROM orders WHERE store_id = ?1 AND external_id = ?2"));
    AIVA_TRY(priv->deleteProduct, writer.prepare("DELETE FROM products WHERE store_id = ?1 AND external_id = ?2 "
                                                 "RETURNING id"));
    AIVA_TRY(priv->profileExists, writer.prepare("SELECT EXISTS (SELECT 1 FROM profiles WHERE id = ?1)"));
    return std::unique_ptr<RecordRemover>(new RecordRemover(std::move(priv)));
}

Result<std::optional<RecordRemover::Removed>> RecordRemover::Private::removeCustomer(const std::string& externalId) {
    AIVA_TRY(const bool found, findCustomer.bind(1, store).bindView(2, externalId).step());
    if (!found) return std::optional<Removed>();
    const auto profile = findCustomer.id<ProfileId>(0);
    const std::string email = normalizedEmail(findCustomer.view(1));
    findCustomer.reset();
    AIVA_CHECK(letOrdersWait.bind(1, profile).bind(2, store).bindView(3, externalId).run());
    AIVA_CHECK(deleteCustomer.bind(1, store).bindView(2, externalId).run());
    AIVA_CHECK(texts->renew(store, profile, externalId, {}));
    if (!email.empty()) AIVA_CHECK(profiles->retireEmail(email));
    AIVA_CHECK(profiles->dropIfAbandoned(profile));
    return std::optional(Removed{profile});
}

Result<std::optional<RecordRemover::Removed>> RecordRemover::Private::removeOrder(const std::string& externalId) {
    AIVA_TRY(const bool found, findOrder.bind(1, store).bindView(2, externalId).step());
    if (!found) return std::optional<Removed>();
    const ProfileId profile = findOrder.isNull(0) ? ProfileId() : findOrder.id<ProfileId>(0);
    findOrder.reset();
    AIVA_CHECK(deleteOrder.bind(1, store).bindView(2, externalId).run());
    if (profile.isValid()) AIVA_CHECK(profiles->dropIfAbandoned(profile));
    return std::optional(Removed{profile});
}

Result<std::optional<RecordRemover::Removed>> RecordRemover::Private::removeProduct(const std::string& externalId) {
    AIVA_TRY(const bool found, deleteProduct.bind(1, store).bindView(2, externalId).step());
    AIVA_CHECK(deleteProduct.run());
    return found ? std::optional(Removed{}) : std::optional<Removed>();
}

Result<std::optional<RecordRemover::Removed>> RecordRemover::remove(Resource resource, const std::string& externalId) {
    switch (resource) {
    case Resource::Customers:
        return d->removeCustomer(externalId);
    case Resource::Orders:
        return d->removeOrder(externalId);
    case Resource::Products:
        break;
    }
    return d->removeProduct(externalId);
}

Result<void> RecordRemover::follow(ProfileId from, const std::string& customerExternalId) {
    AIVA_TRY(const bool isThere, d->profileExists.bind(1, from).step());
    const bool exists = isThere && d->profileExists.boolean(0);
    d->profileExists.reset();
    AIVA_TRY(const bool found, d->findCustomer.bind(1, d->store).bindView(2, customerExternalId).step());
    const ProfileId to = found ? d->findCustomer.id<ProfileId>(0) : ProfileId();
    d->findCustomer.reset();
    if (!exists || !to.isValid() || to == from) return {};
    return d->profiles->mergeIfLeft(from, to);
}

} // namespace aiva
