#include "app/sandbox/graph/plan_builder.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace aiva::sandbox {
namespace {

constexpr int kMaxPlanDepth = 60;
using StepKind = PlanStep::Kind;

std::int64_t toInteger(const std::string& text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// A step with this alias, an existing one when the document asks twice.
PlanStep& stepFor(std::vector<PlanStep>& steps, const std::string& alias) {
    const auto found = std::find_if(steps.begin(), steps.end(), [&](const PlanStep& s) { return s.alias == alias; });
    if (found != steps.end()) return *found;
    PlanStep step;
    step.alias = alias;
    step.key = "\"" + alias + "\":";
    steps.push_back(std::move(step));
    return steps.back();
}

} // namespace

PlanBuilder::PlanBuilder(const Document& document, const Operation& operation, const Value& variables, PlanFor purpose)
    : m_document(document), m_operation(operation), m_variables(variables), m_purpose(purpose) {}

std::vector<PlanStep> PlanBuilder::build() {
    std::vector<PlanStep> steps;
    checkVariables();
    if (!m_errors.empty()) return steps;
    Path path{m_operation.name.empty() ? m_operation.kind : m_operation.kind + " " + m_operation.name};
    addSelections(m_operation.selections, m_operation.kind == "mutation" ? mutationType() : queryType(), steps, path,
                  0);
    return steps;
}

void PlanBuilder::fail(const Selection& selection, const Path& path, std::string message, std::string code,
                       std::string extensions) {
    m_errors.push_back(
        {std::move(message), std::move(code), std::move(extensions), path, selection.line, selection.column});
}

void PlanBuilder::undefinedField(const Selection& selection, std::string_view typeName, const Path& path) {
    fail(selection, path, "Field '" + selection.name + "' doesn't exist on type '" + std::string(typeName) + "'",
         "undefinedField", ",\"typeName\":\"" + std::string(typeName) + "\",\"fieldName\":\"" + selection.name + "\"");
}

void PlanBuilder::addSelections(const std::vector<Selection>& selections, const TypeDef& type,
                                std::vector<PlanStep>& into, Path& path, int depth) {
    if (depth > kMaxPlanDepth) return;
    for (const Selection& selection : selections) {
        if (!included(selection.directives)) continue;
        if (selection.kind == Selection::Kind::InlineFragment) {
            addSelections(selection.selections, type, into, path, depth + 1);
        } else if (selection.kind == Selection::Kind::Spread) {
            if (const Fragment* fragment = m_document.fragment(selection.name))
                addSelections(fragment->selections, type, into, path, depth + 1);
            else
                fail(selection, path, "Fragment " + selection.name + " was used, but not defined",
                     "useAndDefineFragment", ",\"fragmentName\":\"" + selection.name + "\"");
        } else {
            path.push_back(selection.alias);
            addField(selection, type, into, path, depth);
            path.pop_back();
        }
    }
}

void PlanBuilder::addField(const Selection& selection, const TypeDef& type, std::vector<PlanStep>& into, Path& path,
                           int depth) {
    if (selection.name == "__typename") {
        PlanStep& step = stepFor(into, selection.alias);
        step.kind = StepKind::Typename;
        step.type = &type;
        return;
    }
    const FieldDef* field = type.field(selection.name);
    if (!field) return undefinedField(selection, type.name, path);
    const bool composite = field->shape != FieldDef::Shape::Leaf;
    if (composite == selection.selections.empty()) {
        const std::string named = composite ? std::string(field->type().name) : "scalar";
        return fail(selection, path,
                    composite ? "Field must have selections (field '" + selection.name + "' returns " + named +
                                    " but has no selections. Did you mean '" + selection.name + " { ... }'?)"
                              : "Selections can't be made on scalars (field '" + selection.name + "' has selections)",
                    "selectionMismatch", ",\"nodeName\":\"field '" + selection.name + "'\"");
    }
    PlanStep& step = stepFor(into, selection.alias);
    step.field = field;
    step.type = composite ? &field->type() : nullptr;
    setArguments(selection, type, step, path);
    switch (field->shape) {
    case FieldDef::Shape::Leaf:
        step.kind = StepKind::Leaf;
        return;
    case FieldDef::Shape::Object:
        step.kind = StepKind::Object;
        break;
    case FieldDef::Shape::List:
        step.kind = StepKind::List;
        break;
    case FieldDef::Shape::Connection:
        step.kind = StepKind::Connection;
        return addConnection(selection.selections, step, path, depth + 1);
    case FieldDef::Shape::Root:
        step.kind = StepKind::Root;
        if (field->arguments == kNodesRoot) return addNodes(selection, step, path, depth + 1);
        if (field->arguments == kPagedRoot) return addConnection(selection.selections, step, path, depth + 1);
        break;
    }
    addSelections(selection.selections, *step.type, step.children, path, depth + 1);
}

void PlanBuilder::addConnection(const std::vector<Selection>& selections, PlanStep& connection, Path& path, int depth) {
    if (depth > kMaxPlanDepth) return;
    for (const Selection& selection : selections) {
        if (!included(selection.directives)) continue;
        if (selection.kind == Selection::Kind::InlineFragment) {
            addConnection(selection.selections, connection, path, depth + 1);
        } else if (selection.kind == Selection::Kind::Spread) {
            if (const Fragment* fragment = m_document.fragment(selection.name))
                addConnection(fragment->selections, connection, path, depth + 1);
        } else {
            path.push_back(selection.alias);
            addConnectionField(selection, connection, path, depth);
            path.pop_back();
        }
    }
}

void PlanBuilder::addConnectionField(const Selection& selection, PlanStep& connection, Path& path, int depth) {
    const bool known = selection.name == "nodes" || selection.name == "edges" || selection.name == "pageInfo" ||
                       selection.name == "__typename";
    if (!known) return undefinedField(selection, std::string(connection.type->name) + "Connection", path);
    PlanStep& step = stepFor(connection.children, selection.alias);
    step.type = connection.type;
    if (selection.name == "nodes") {
        step.kind = StepKind::Nodes;
        addSelections(selection.selections, *step.type, step.children, path, depth + 1);
    } else if (selection.name == "edges") {
        step.kind = StepKind::Edges;
        addEdge(selection.selections, step, path, depth + 1);
    } else if (selection.name == "pageInfo") {
        step.kind = StepKind::PageInfo;
        addPageInfo(selection.selections, step, path, depth + 1);
    } else {
        step.kind = StepKind::Typename;
    }
}

void PlanBuilder::addNodes(const Selection& selection, PlanStep& step, Path& path, int depth) {
    for (const Selection& part : selection.selections) {
        const TypeDef* type = part.typeCondition == "Customer"  ? &customerType()
                              : part.typeCondition == "Order"   ? &orderType()
                              : part.typeCondition == "Product" ? &productType()
                                                                : nullptr;
        if (part.kind != Selection::Kind::InlineFragment || !type || selection.selections.size() != 1)
            return fail(part, path, "the sandbox answers nodes with one inline fragment only", "BAD_REQUEST", "");
        step.type = type;
        addSelections(part.selections, *type, step.children, path, depth);
    }
}

void PlanBuilder::addEdge(const std::vector<Selection>& selections, PlanStep& edges, Path& path, int depth) {
    for (const Selection& selection : selections) {
        path.push_back(selection.alias);
        if (selection.name == "node") {
            PlanStep& step = stepFor(edges.children, selection.alias);
            step.kind = StepKind::Node;
            step.type = edges.type;
            addSelections(selection.selections, *step.type, step.children, path, depth + 1);
        } else if (selection.name == "cursor") {
            stepFor(edges.children, selection.alias).kind = StepKind::Cursor;
        } else {
            undefinedField(selection, std::string(edges.type->name) + "Edge", path);
        }
        path.pop_back();
    }
}

void PlanBuilder::addPageInfo(const std::vector<Selection>& selections, PlanStep& pageInfo, Path& path, int) {
    constexpr std::array<std::pair<std::string_view, StepKind>, 4> known{
        {{"hasNextPage", StepKind::HasNextPage},
         {"hasPreviousPage", StepKind::HasPreviousPage},
         {"startCursor", StepKind::StartCursor},
         {"endCursor", StepKind::EndCursor}}};
    for (const Selection& selection : selections) {
        const auto found =
            std::find_if(known.begin(), known.end(), [&](const auto& entry) { return entry.first == selection.name; });
        path.push_back(selection.alias);
        if (found == known.end())
            undefinedField(selection, "PageInfo", path);
        else
            stepFor(pageInfo.children, selection.alias).kind = found->second;
        path.pop_back();
    }
}

void PlanBuilder::setArguments(const Selection& selection, const TypeDef& type, PlanStep& step, const Path& path) {
    for (const auto& [name, given] : selection.arguments) {
        if (step.field->arguments.find("," + name + ",") == std::string_view::npos) {
            fail(selection, path, "Field '" + selection.name + "' doesn't accept argument '" + name + "'",
                 "argumentNotAccepted",
                 ",\"name\":\"" + selection.name + "\",\"typeName\":\"" + std::string(type.name) +
                     "\",\"argumentName\":\"" + name + "\"");
            continue;
        }
        setArgument(name, resolve(given), step.arguments);
    }
    const bool sized = step.field->shape == FieldDef::Shape::Connection || step.field->arguments == kPagedRoot;
    if (!sized || m_purpose == PlanFor::Bulk) return;
    const std::int64_t asked = step.arguments.first ? *step.arguments.first : step.arguments.last.value_or(-1);
    if (asked < 0)
        fail(selection, path, "you must provide one of first or last", "BAD_REQUEST", "");
    else if (asked > 250)
        fail(selection, path, "first and last must not exceed 250", "BAD_REQUEST", "");
}

void PlanBuilder::setArgument(const std::string& name, const Value& value, FieldArguments& arguments) {
    if (name == "limit") arguments.exactCount = value.isNull();
    if (value.isNull()) return;
    if (name == "ids")
        for (const Value& item : value.items)
            arguments.ids.push_back(item.text);
    if (name == "first")
        arguments.first = toInteger(value.text);
    else if (name == "last")
        arguments.last = toInteger(value.text);
    else if (name == "after")
        arguments.after = value.text;
    else if (name == "before")
        arguments.before = value.text;
    else if (name == "query")
        arguments.query = arguments.text = value.text;
    else if (name == "sortKey")
        arguments.sortKey = value.text;
    else if (name == "id")
        arguments.id = value.text;
    else if (name == "topic")
        arguments.topic = value.text;
    else if (name == "webhookSubscription")
        for (const auto& [key, field] : value.fields)
            arguments.input.emplace_back(key, resolve(field).text);
    else if (name == "reverse")
        arguments.reverse = value.text == "true";
    else if (name == "withName")
        arguments.withName = value.text == "true";
    else if (name == "withCompany")
        arguments.withCompany = value.text == "true";
}

} // namespace aiva::sandbox
