#include "app/sandbox/graph/fields.h"

namespace aiva::sandbox {
namespace {

using J = JsonText;
using C = CustomerRef;

const TypeDef& emailAddressType() {
    static const TypeDef type{
        "CustomerEmailAddress",
        1,
        {
            leaf<std::string>("emailAddress", [](J& out, const std::string& mail) { out.text(mail); }),
            leaf<std::string>("marketingState", [](J& out, const std::string&) { out.text("SUBSCRIBED"); }),
            leaf<std::string>("validFormat", [](J& out, const std::string&) { out.boolean(true); }),
            leaf<std::string>("marketingOptInLevel", [](J& out, const std::string&) { out.text("SINGLE_OPT_IN"); }),
        }};
    return type;
}

const TypeDef& phoneNumberType() {
    static const TypeDef type{
        "CustomerPhoneNumber",
        1,
        {
            leaf<std::string>("phoneNumber", [](J& out, const std::string& phone) { out.text(phone); }),
        }};
    return type;
}

std::vector<FieldDef> customerFacts() {
    return {
        leaf<C>("id", [](J& out, const C& c) { out.text(c.world->customerGid(c.index)); }),
        leaf<C>("legacyResourceId", [](J& out, const C& c) { out.text(legacyId(c.world->customerGid(c.index))); }),
        leaf<C>("displayName", [](J& out, const C& c) { out.text(c.get().record.displayName); }),
        leaf<C>("firstName", [](J& out, const C& c) { out.textOrNull(c.get().record.firstName); }),
        leaf<C>("lastName", [](J& out, const C& c) { out.textOrNull(c.get().record.lastName); }),
        leaf<C>("note", [](J& out, const C& c) { out.textOrNull(c.get().record.note); }),
        leaf<C>("tags", [](J& out, const C& c) { out.texts(c.get().record.tags); }),
        leaf<C>("state", [](J& out, const C& c) { out.text(c.get().record.state); }),
        leaf<C>("locale", [](J& out, const C& c) { out.text(c.get().record.locale); }),
        leaf<C>("verifiedEmail", [](J& out, const C& c) { out.boolean(!c.get().record.email.empty()); }),
        leaf<C>("taxExempt", [](J& out, const C&) { out.boolean(false); }),
        leaf<C>("email", [](J& out, const C& c) { out.textOrNull(c.get().record.email); }),
        leaf<C>("phone", [](J& out, const C& c) { out.textOrNull(c.get().record.phone); }),
        leaf<C>("createdAt", [](J& out, const C& c) { out.time(c.get().record.createdAt); }),
        leaf<C>("updatedAt", [](J& out, const C& c) { out.time(c.get().record.updatedAt); }),
        leaf<C>("numberOfOrders", [](J& out, const C& c) { out.integerText(c.get().record.ordersCount); }),
    };
}

std::vector<FieldDef> customerRelations() {
    return {
        object<C>("amountSpent", moneyType, [](const C& c, Use use) { use(&c.get().record.amountSpent); }),
        object<C>("defaultEmailAddress", emailAddressType,
                  [](const C& c, Use use) {
                      if (!c.get().record.email.empty()) use(&c.get().record.email);
                  }),
        object<C>("defaultPhoneNumber", phoneNumberType,
                  [](const C& c, Use use) {
                      if (!c.get().record.phone.empty()) use(&c.get().record.phone);
                  }),
        object<C>("defaultAddress", addressType,
                  [](const C& c, Use use) {
                      if (!c.get().address.country.empty()) use(&c.get().address);
                  }),
        object<C>("lastOrder", orderType,
                  [](const C& c, Use use) {
                      const auto orders = c.world->ordersOf(c.index);
                      if (orders.empty()) return;
                      const OrderRef last{orders.back(), c.world};
                      use(&last);
                  }),
        many<C>(
            FieldDef::Shape::Connection, "orders", orderType,
            [](const C& c) { return c.world->ordersOf(c.index).size(); },
            [](const C& c, std::size_t position, Use use) {
                const OrderRef order{c.world->ordersOf(c.index)[position], c.world};
                use(&order);
            }),
    };
}

} // namespace

const TypeDef& customerType() {
    static const TypeDef type = [] {
        TypeDef customer{"Customer", 1, customerFacts()};
        for (const FieldDef& field : customerRelations())
            customer.fields.push_back(field);
        return customer;
    }();
    return type;
}

} // namespace aiva::sandbox
