#include "core/adapters/store/woocommerce/woo_decoders.h"

namespace aiva {

WooDecoded<CustomerRecord> decodeWooCustomer(JsonObject object) {
    std::string problem;
    JsonReader reader(object, problem);
    CustomerRecord customer;
    customer.externalId = reader.requiredText("id");
    const auto created = gmtTime(reader, "date_created_gmt");
    const auto modified = gmtTime(reader, "date_modified_gmt"); // null until the first change
    customer.createdAt = created.value_or(modified.value_or(UtcTime()));
    customer.updatedAt = std::max(customer.createdAt, modified.value_or(customer.createdAt));
    customer.email = reader.text("email");
    customer.firstName = decodedText(reader, "first_name");
    customer.lastName = decodedText(reader, "last_name");
    // What a plug-in made of somebody ("wholesale_customer") is what tags are elsewhere.
    const std::string role = reader.text("role");
    if (!role.empty() && role != "customer" && role != "subscriber") customer.tags.push_back(role);
    const std::string username = reader.text("username");
    const WooAddress billing = readWooAddress(reader.object("billing"));
    const WooAddress shipping = readWooAddress(reader.object("shipping"));
    customer.displayName = joinedWords(customer.firstName, customer.lastName);
    for (const std::string& name : {billing.name, shipping.name, username})
        if (customer.displayName.empty()) customer.displayName = name;
    if (customer.email.empty()) customer.email = billing.email;
    customer.phone = billing.phone.empty() ? shipping.phone : billing.phone;
    customer.addressText = billing.lines.empty() ? shipping.lines : billing.lines;
    if (!problem.empty()) return RecordFault{"customers", customer.externalId, problem};
    return customer;
}

std::optional<WooTotals> decodeWooTotals(JsonObject object, const WooContext& context) {
    std::string problem;
    JsonReader reader(object, problem);
    WooTotals totals;
    totals.externalId = reader.requiredText("id");
    const auto count = reader.integer("orders_count");
    if (!reader.find("total_spent") || !count || !context.shopCurrency.isValid()) return {};
    totals.ordersCount = *count;
    totals.spent = wooAmount(reader, "total_spent", context.shopCurrency);
    return problem.empty() ? std::optional(totals) : std::nullopt;
}

} // namespace aiva
