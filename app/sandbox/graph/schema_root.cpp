#include "app/sandbox/graph/fields.h"
#include "app/sandbox/graph/views.h"

#include <array>

namespace aiva::sandbox {
namespace {

using J = JsonText;
using Shape = FieldDef::Shape;

FieldDef root(std::string_view name, std::string_view arguments, const TypeDef& (*type)()) {
    FieldDef field;
    field.name = name;
    field.shape = Shape::Root;
    field.arguments = arguments;
    field.type = type;
    return field;
}

struct Nothing {};

template <typename F>
FieldDef shopLeaf(std::string_view name, F write) {
    return leafWith<Nothing>(name, {}, write);
}

const TypeDef& planType() {
    static const TypeDef type{
        "ShopPlan",
        1,
        {
            leaf<Nothing>("publicDisplayName", [](J& out, const Nothing&) { out.text("Basic"); }),
            leaf<Nothing>("shopifyPlus", [](J& out, const Nothing&) { out.boolean(false); }),
            leaf<Nothing>("partnerDevelopment", [](J& out, const Nothing&) { out.boolean(false); }),
        }};
    return type;
}

const TypeDef& domainType() {
    static const TypeDef type{
        "Domain",
        1,
        {
            leaf<Nothing>("host", [](J& out, const Nothing&) { out.text("acme-outdoor.example"); }),
            leaf<Nothing>("url", [](J& out, const Nothing&) { out.text("https://acme-outdoor.example"); }),
        }};
    return type;
}

const TypeDef& scopeType() {
    static const TypeDef type{
        "AccessScope",
        1,
        {
            leaf<std::string>("handle", [](J& out, const std::string& scope) { out.text(scope); }),
            leaf<std::string>("description", [](J& out, const std::string& scope) { out.text(scope); }),
        }};
    return type;
}

const TypeDef& userErrorType() {
    using E = UserErrorView;
    static const TypeDef type{"UserError",
                              0,
                              {
                                  leaf<E>("code", [](J& out, const E& error) { out.textOrNull(error.code); }),
                                  leaf<E>("field", [](J& out, const E&) { out.null(); }),
                                  leaf<E>("message", [](J& out, const E& error) { out.text(error.message); }),
                              }};
    return type;
}

std::vector<FieldDef> bulkPayload() {
    using A = BulkAnswer;
    return {object<A>("bulkOperation", bulkOperationType,
                      [](const A& answer, Use use) {
                          if (answer.operation) use(&*answer.operation);
                      }),
            many<A>(
                Shape::List, "userErrors", userErrorType, [](const A& answer) { return answer.errors.size(); },
                [](const A& answer, std::size_t position, Use use) { use(&answer.errors[position]); })};
}

} // namespace

const TypeDef& nodeType() {
    static const TypeDef type{"Node", 1, {}};
    return type;
}

const FieldDef* TypeDef::field(std::string_view wanted) const {
    for (const FieldDef& candidate : fields)
        if (candidate.name == wanted) return &candidate;
    return nullptr;
}

const TypeDef& queryType() {
    static const TypeDef type{"QueryRoot",
                              0,
                              {
                                  root("customers", kPagedRoot, customerType),
                                  root("orders", kPagedRoot, orderType),
                                  root("products", kPagedRoot, productType),
                                  root("customer", ",id,", customerType),
                                  root("order", ",id,", orderType),
                                  root("product", ",id,", productType),
                                  root("nodes", kNodesRoot, nodeType),
                                  root("customersCount", ",query,limit,", countType),
                                  root("ordersCount", ",query,limit,savedSearchId,", countType),
                                  root("productsCount", ",query,limit,savedSearchId,", countType),
                                  root("shop", {}, shopType),
                                  root("currentAppInstallation", {}, installationType),
                                  root("bulkOperation", ",id,", bulkOperationType),
                                  root("webhookSubscriptions", kPagedRoot, hookType),
                              }};
    return type;
}

const TypeDef& mutationType() {
    static const TypeDef type{
        "Mutation",
        0,
        {
            root("bulkOperationRunQuery", ",query,groupObjects,", bulkRunPayloadType),
            root("bulkOperationCancel", ",id,", bulkCancelPayloadType),
            root("webhookSubscriptionCreate", ",topic,webhookSubscription,", hookCreatePayloadType),
            root("webhookSubscriptionUpdate", ",id,webhookSubscription,", hookUpdatePayloadType),
            root("webhookSubscriptionDelete", ",id,", hookDeletePayloadType),
        }};
    return type;
}

const TypeDef& shopType() {
    static const TypeDef type{
        "Shop",
        1,
        {
            shopLeaf("id", [](J& out, const Nothing&, const FieldArguments&,
                              const GraphContext&) { out.text("gid://shopify/Shop/548380009"); }),
            shopLeaf("name", [](J& out, const Nothing&, const FieldArguments&,
                                const GraphContext& context) { out.text(context.options.shopName.toStdString()); }),
            shopLeaf("email",
                     [](J& out, const Nothing&, const FieldArguments&, const GraphContext& context) {
                         out.text(context.options.supportAddress.toStdString());
                     }),
            shopLeaf("contactEmail",
                     [](J& out, const Nothing&, const FieldArguments&, const GraphContext& context) {
                         out.text(context.options.supportAddress.toStdString());
                     }),
            shopLeaf("myshopifyDomain",
                     [](J& out, const Nothing&, const FieldArguments&, const GraphContext& context) {
                         out.text(context.options.shopDomain.toStdString());
                     }),
            shopLeaf("currencyCode", [](J& out, const Nothing&, const FieldArguments&,
                                        const GraphContext& context) { out.text(context.world.currency().code()); }),
            shopLeaf("ianaTimezone", [](J& out, const Nothing&, const FieldArguments&,
                                        const GraphContext&) { out.text("America/Denver"); }),
            shopLeaf("url", [](J& out, const Nothing&, const FieldArguments&,
                               const GraphContext&) { out.text("https://acme-outdoor.example"); }),
            object<Nothing>("plan", planType, [](const Nothing& nothing, Use use) { use(&nothing); }),
            object<Nothing>("primaryDomain", domainType, [](const Nothing& nothing, Use use) { use(&nothing); }),
        }};
    return type;
}

const TypeDef& countType() {
    static const TypeDef type{
        "Count",
        10,
        {
            leaf<CountView>("count", [](J& out, const CountView& view) { out.integer(view.count); }),
            leaf<CountView>("precision",
                            [](J& out, const CountView& view) { out.text(view.exact ? "EXACT" : "AT_LEAST"); }),
        }};
    return type;
}

const TypeDef& installationType() {
    using Scopes = std::vector<std::string>;
    static const TypeDef type{
        "AppInstallation",
        1,
        {
            leaf<Scopes>("id", [](J& out, const Scopes&) { out.text("gid://shopify/AppInstallation/301988"); }),
            many<Scopes>(
                Shape::List, "accessScopes", scopeType, [](const Scopes& scopes) { return scopes.size(); },
                [](const Scopes& scopes, std::size_t position, Use use) { use(&scopes[position]); }),
        }};
    return type;
}

const TypeDef& bulkOperationType() {
    using B = BulkView;
    static const TypeDef type{
        "BulkOperation",
        1,
        {
            leaf<B>("id", [](J& out, const B& bulk) { out.text(bulk.id); }),
            leaf<B>("status", [](J& out, const B& bulk) { out.text(bulk.status); }),
            leaf<B>("errorCode", [](J& out, const B& bulk) { out.textOrNull(bulk.errorCode); }),
            leaf<B>("type", [](J& out, const B&) { out.text("QUERY"); }),
            leaf<B>("query", [](J& out, const B& bulk) { out.text(bulk.query); }),
            leaf<B>("url", [](J& out, const B& bulk) { out.textOrNull(bulk.url); }),
            leaf<B>("partialDataUrl", [](J& out, const B& bulk) { out.textOrNull(bulk.partialUrl); }),
            leaf<B>("objectCount", [](J& out, const B& bulk) { out.integerText(bulk.objectCount); }),
            leaf<B>("rootObjectCount", [](J& out, const B& bulk) { out.integerText(bulk.rootObjectCount); }),
            leaf<B>("fileSize",
                    [](J& out, const B& bulk) {
                        if (bulk.url.empty() && bulk.partialUrl.empty())
                            out.null();
                        else
                            out.integerText(bulk.fileSize);
                    }),
            leaf<B>("createdAt", [](J& out, const B& bulk) { out.time(bulk.createdAt); }),
            leaf<B>("completedAt", [](J& out, const B& bulk) { out.timeOrNull(bulk.completedAt); }),
        }};
    return type;
}

const TypeDef& bulkRunPayloadType() {
    static const TypeDef type{"BulkOperationRunQueryPayload", 0, bulkPayload()};
    return type;
}

const TypeDef& bulkCancelPayloadType() {
    static const TypeDef type{"BulkOperationCancelPayload", 0, bulkPayload()};
    return type;
}

} // namespace aiva::sandbox
