#include "app/sandbox/graph/plan.h"

#include "app/sandbox/graph/plan_builder.h"

#include <algorithm>
#include <cmath>

namespace aiva::sandbox {
namespace {

std::string bulkRefusalIn(const PlanStep& step, int level, int& connections) {
    using Kind = PlanStep::Kind;
    const bool connection = step.kind == Kind::Connection || step.kind == Kind::Root;
    if (connection) {
        if (++connections > 5) return "Bulk queries cannot contain more than 5 connections.";
        if (++level > 3) return "Bulk queries cannot contain connections with a nesting depth greater than 2.";
        if (step.child(Kind::Nodes))
            return "Selecting via 'nodes' is not supported. Please select via 'edges' for all connections in a bulk "
                   "query.";
    }
    const bool nested = std::any_of(step.children.begin(), step.children.end(),
                                    [](const PlanStep& child) { return child.kind == Kind::Connection; });
    const bool hasId = std::any_of(step.children.begin(), step.children.end(), [](const PlanStep& child) {
        return child.alias == "id" && child.field->name == "id";
    });
    if (nested && !hasId)
        return "The parent 'node' field for a nested connection must select the 'id' field without an alias and must "
               "be "
               "of 'ID' return type.";
    for (const PlanStep& child : step.children) {
        if (step.kind == Kind::List && child.kind == Kind::Connection)
            return "Queries that contain a connection field within a list field are not currently supported.";
        if (std::string refusal = bulkRefusalIn(child, level, connections); !refusal.empty()) return refusal;
    }
    return {};
}

} // namespace

double connectionSteps(std::int64_t count) {
    if (count <= 0) return 0;
    return std::max(1.0, std::floor(2 * std::log(static_cast<double>(count))));
}

const PlanStep* PlanStep::child(Kind wanted) const {
    for (const PlanStep& candidate : children)
        if (candidate.kind == wanted) return &candidate;
    return nullptr;
}

double PlanStep::cost(std::int64_t count) const {
    double inside = 0;
    for (const PlanStep& step : children)
        inside += step.cost();
    switch (kind) {
    case Kind::Connection:
    case Kind::Root:
        break;
    case Kind::Nodes:
    case Kind::Node:
        return type->cost + inside;
    case Kind::Object:
    case Kind::List:
        return type->cost + inside;
    case Kind::Edges:
        return inside;
    default:
        return 0;
    }
    if (kind == Kind::Root && field->arguments == kNodesRoot)
        return static_cast<double>(arguments.ids.size()) * (type->cost + inside);
    if (!child(Kind::Nodes) && !child(Kind::Edges)) return type->cost + inside; // a single object or a count
    const std::int64_t asked = arguments.first ? *arguments.first : arguments.last.value_or(0);
    return 2 + connectionSteps(count >= 0 ? std::min(count, asked) : asked) * inside;
}

std::variant<Plan, std::vector<GraphError>> makePlan(const Document& document, std::string_view operationName,
                                                     const Value& variables, PlanFor purpose) {
    const Operation* operation = document.operation(operationName);
    if (!operation) {
        const std::string message = operationName.empty() ? std::string("An operation name is required")
                                                          : "No operation named \"" + std::string(operationName) + "\"";
        return std::vector<GraphError>{{message, "operationNotFound", "", {}, 0, 0}};
    }
    PlanBuilder builder(document, *operation, variables, purpose);
    Plan plan;
    plan.isMutation = operation->kind == "mutation";
    plan.steps = builder.build();
    if (!builder.errors().empty()) return builder.errors();
    for (const PlanStep& step : plan.steps)
        plan.requestedCost += step.cost();
    if (plan.isMutation) plan.requestedCost = 10;
    return plan;
}

std::string bulkRefusal(const Plan& plan) {
    int connections = 0;
    if (plan.steps.size() == 1 && plan.steps.front().type == &hookType())
        return "Bulk queries cannot select webhookSubscriptions.";
    if (plan.isMutation || plan.steps.size() != 1) return "Bulk queries must contain a single top-level query field.";
    for (const PlanStep& step : plan.steps)
        if (std::string refusal = bulkRefusalIn(step, 0, connections); !refusal.empty()) return refusal;
    if (!plan.steps.front().child(PlanStep::Kind::Edges)) return "Bulk queries must contain at least one connection.";
    return {};
}

void writeErrors(JsonText& out, const std::vector<GraphError>& errors) {
    out.raw('[');
    for (std::size_t i = 0; i < errors.size(); ++i) {
        const GraphError& error = errors[i];
        out.raw(i > 0 ? ",{\"message\":" : "{\"message\":");
        out.text(error.message);
        if (error.line > 0) {
            out.raw(",\"locations\":[{\"line\":");
            out.integer(error.line);
            out.raw(",\"column\":");
            out.integer(error.column);
            out.raw("}]");
        }
        if (!error.path.empty()) {
            out.raw(",\"path\":");
            out.texts(error.path);
        }
        if (!error.code.empty()) {
            out.raw(",\"extensions\":{\"code\":");
            out.text(error.code);
            out.raw(error.extensions);
            out.raw('}');
        }
        out.raw('}');
    }
    out.raw(']');
}

} // namespace aiva::sandbox
