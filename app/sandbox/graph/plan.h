// A document checked against the schema and bound to its variables: what the executor walks, and what it will cost.
// Errors are worded as the shop words them.
#pragma once

#include "app/sandbox/graph/document.h"
#include "app/sandbox/graph/schema.h"

#include <string>
#include <variant>
#include <vector>

namespace aiva::sandbox {

struct GraphError {
    std::string message;
    std::string code;       // extensions.code
    std::string extensions; // further members: `,"typeName":"Order"`
    std::vector<std::string> path;
    int line = 0;
    int column = 0;
};
void writeErrors(JsonText& out, const std::vector<GraphError>& errors);

struct PlanStep {
    enum class Kind {
        Leaf,
        Object,
        List,
        Connection,
        Root,
        Nodes,
        Edges,
        Node,
        Cursor,
        PageInfo,
        HasNextPage,
        HasPreviousPage,
        StartCursor,
        EndCursor,
        Typename
    };
    Kind kind = Kind::Leaf;
    const FieldDef* field = nullptr;
    const TypeDef* type = nullptr; // of what stands behind the field
    std::string alias;
    std::string key; // "alias": ready to write
    FieldArguments arguments;
    std::vector<PlanStep> children;

    // Points for this step when a connection returns `count` nodes instead of those asked for; -1: as asked.
    double cost(std::int64_t count = -1) const;
    const PlanStep* child(Kind wanted) const;
};

struct Plan {
    bool isMutation = false;
    std::vector<PlanStep> steps;
    double requestedCost = 0;
};

// Bulk: neither first nor last is asked for, and edges { node } is the only way in.
enum class PlanFor { Page, Bulk };

std::variant<Plan, std::vector<GraphError>> makePlan(const Document& document, std::string_view operationName,
                                                     const Value& variables, PlanFor purpose);
// What the shop refuses in a bulk query although it is a valid document; empty when it is fine.
std::string bulkRefusal(const Plan& plan);
// max(1, floor(2 ln n)), measured.
double connectionSteps(std::int64_t count);

} // namespace aiva::sandbox
