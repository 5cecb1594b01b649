// The part of the shop's schema the sandbox can answer: types as tables of fields, each field a pair of plain functions
// over world values. Read by graph/plan (names, arguments) and graph/executor (values). No state.
#pragma once

#include "app/sandbox/graph/json_text.h"
#include "app/sandbox/sandbox_options.h"
#include "app/sandbox/world/world.h"

#include <string_view>
#include <vector>

namespace aiva::sandbox {

struct GraphContext {
    const World& world;
    const SandboxOptions& options;
};

// Literal or variable arguments of one field, already resolved.
struct FieldArguments {
    std::optional<std::int64_t> first;
    std::optional<std::int64_t> last;
    std::string after;
    std::string before;
    std::string query;
    std::string sortKey;
    std::string id;
    std::vector<std::string> ids;
    std::string text;                                       // bulkOperationRunQuery(query:)
    std::string topic;                                      // webhookSubscriptionCreate(topic:)
    std::vector<std::pair<std::string, std::string>> input; // scalars of an input object
    bool reverse = false;
    bool withName = false;
    bool withCompany = true;
    bool exactCount = false; // limit: null
};

// A reference to a callable, alive for the call only.
class Use {
public:
    template <typename F>
    Use(F&& function)
        : m_state(&function), m_call([](const void* state, const void* object) {
            (*static_cast<const std::remove_reference_t<F>*>(state))(object);
        }) {}
    void operator()(const void* object) const { m_call(m_state, object); }

private:
    const void* m_state;
    void (*m_call)(const void*, const void*);
};

// Root connections accept these; also how the plan knows them.
inline constexpr std::string_view kPagedRoot = ",first,after,last,before,reverse,sortKey,query,savedSearchId,";

// nodes(ids:): its type is that of the one fragment inside.
inline constexpr std::string_view kNodesRoot = ",ids,";

struct TypeDef;

struct FieldDef {
    enum class Shape { Leaf, Object, List, Connection, Root };
    std::string_view name;
    Shape shape = Shape::Leaf;
    std::string_view arguments = {}; // accepted names, ",first,after,"
    const TypeDef& (*type)() = nullptr;
    void (*write)(JsonText&, const void* object, const FieldArguments&, const GraphContext&) = nullptr;
    std::size_t (*count)(const void* object, const GraphContext&) = nullptr;
    void (*visit)(const void* object, std::size_t position, const GraphContext&, Use use) = nullptr;
};

struct TypeDef {
    std::string_view name;
    int cost = 1; // points per object
    std::vector<FieldDef> fields;

    const FieldDef* field(std::string_view wanted) const;
};

// A customer or order that is only built when something beyond its id is asked for.
struct CustomerRef {
    std::int64_t index;
    const World* world;
    mutable std::optional<WorldCustomer> built = {};

    const WorldCustomer& get() const { return built ? *built : built.emplace(world->customer(index)); }
};
struct OrderRef {
    std::int64_t index;
    const World* world;
    mutable std::optional<WorldOrder> built = {};

    const WorldOrder& get() const { return built ? *built : built.emplace(world->order(index)); }
};

const TypeDef& queryType();
const TypeDef& mutationType();
const TypeDef& customerType(); // over CustomerRef
const TypeDef& orderType();    // over OrderRef
const TypeDef& productType();  // over ProductRecord
const TypeDef& variantType();  // over VariantRecord
const TypeDef& moneyType();    // over Money
const TypeDef& moneyBagType(); // over Money
const TypeDef& addressType();  // over Address
const TypeDef& nodeType();     // stands for the type a fragment names
const TypeDef& shopType();     // over nothing: the context is enough
const TypeDef& countType();
const TypeDef& installationType();
const TypeDef& bulkOperationType();     // over BulkView (graph/views.h)
const TypeDef& bulkRunPayloadType();    // over BulkAnswer
const TypeDef& bulkCancelPayloadType(); // over BulkAnswer
const TypeDef& hookType();              // over HookView
const TypeDef& hookCreatePayloadType(); // these three over HookAnswer
const TypeDef& hookUpdatePayloadType();
const TypeDef& hookDeletePayloadType();

} // namespace aiva::sandbox
