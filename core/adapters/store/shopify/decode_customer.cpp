#include "core/adapters/store/shopify/record_decoders.h"

namespace aiva {

std::string addressText(std::optional<JsonObject> address) {
    std::string problem;
    std::string lines;
    if (!address) return lines;
    for (const std::string& line : JsonReader(*address, problem).texts("formatted")) {
        if (!lines.empty()) lines += '\n';
        lines += line;
    }
    return lines;
}

Decoded<CustomerRecord> decodeCustomer(JsonObject object, const DecodeContext& context) {
    std::string problem;
    JsonReader reader(object, problem);
    CustomerRecord customer;
    customer.externalId = reader.requiredText("id");
    customer.displayName = reader.text("displayName");
    customer.firstName = reader.text("firstName");
    customer.lastName = reader.text("lastName");
    customer.note = reader.text("note");
    customer.locale = reader.text("locale");
    customer.state = reader.text("state");
    customer.tags = reader.texts("tags");
    customer.ordersCount = reader.integer("numberOfOrders").value_or(0);
    customer.amountSpent = reader.moneyV2("amountSpent", context.shopCurrency);
    if (const auto email = reader.object("defaultEmailAddress"))
        customer.email = JsonReader(*email, problem).text("emailAddress");
    if (const auto phone = reader.object("defaultPhoneNumber"))
        customer.phone = JsonReader(*phone, problem).text("phoneNumber");
    customer.addressText = addressText(reader.object("defaultAddress"));
    customer.createdAt = reader.requiredTime("createdAt");
    customer.updatedAt = reader.requiredTime("updatedAt");
    if (!problem.empty()) return RecordFault{"customers", customer.externalId, problem};
    return customer;
}

} // namespace aiva
