// The part of PlanBuilder that binds variables and reads directives.
#include "app/sandbox/graph/plan_builder.h"

#include <algorithm>

namespace aiva::sandbox {
namespace {

bool fits(const std::string& type, const Value& value) {
    using Kind = Value::Kind;
    if (type.starts_with('[')) {
        const std::string item = type.substr(1, type.find_first_of("!]") - 1);
        return value.kind == Kind::List &&
               std::all_of(value.items.begin(), value.items.end(), [&](const Value& one) { return fits(item, one); });
    }
    if (type == "Int") return value.kind == Kind::Integer;
    if (type == "Float") return value.kind == Kind::Integer || value.kind == Kind::Float;
    if (type == "Boolean") return value.kind == Kind::Boolean;
    if (type.ends_with("Input")) return value.kind == Kind::Object;
    if (type == "ID") return value.kind == Kind::Text || value.kind == Kind::Integer;
    return value.kind == Kind::Text || value.kind == Kind::Enumeration; // strings and enumerations travel alike
}

bool isSortKey(const std::string& type, const std::string& word) {
    static const std::vector<std::pair<std::string, std::vector<std::string>>> words{
        {"CustomerSortKeys", {"CREATED_AT", "ID", "LOCATION", "NAME", "RELEVANCE", "UPDATED_AT"}},
        {"OrderSortKeys",
         {"CREATED_AT", "CURRENT_TOTAL_PRICE", "CUSTOMER_NAME", "DESTINATION", "FINANCIAL_STATUS", "FULFILLMENT_STATUS",
          "ID", "ORDER_NUMBER", "PO_NUMBER", "PROCESSED_AT", "RELEVANCE", "TOTAL_ITEMS_QUANTITY", "TOTAL_PRICE",
          "UPDATED_AT"}},
        {"ProductSortKeys",
         {"CREATED_AT", "ID", "INVENTORY_TOTAL", "PRODUCT_TYPE", "PUBLISHED_AT", "RELEVANCE", "TITLE", "UPDATED_AT",
          "VENDOR"}}};
    for (const auto& [name, allowed] : words)
        if (name == type) return std::find(allowed.begin(), allowed.end(), word) != allowed.end();
    return true;
}

} // namespace

const Value* PlanBuilder::variable(std::string_view name) const {
    if (const Value* given = m_variables.field(name)) return given;
    for (const VariableDefinition& definition : m_operation.variables)
        if (definition.name == name && definition.hasDefault) return &definition.defaultValue;
    return nullptr;
}

void PlanBuilder::checkVariables() {
    for (const VariableDefinition& definition : m_operation.variables)
        checkVariable(definition);
}

void PlanBuilder::checkVariable(const VariableDefinition& definition) {
    const Value* given = variable(definition.name);
    const bool required = definition.type.ends_with('!');
    const std::string type = definition.type.substr(0, definition.type.size() - (required ? 1 : 0));
    std::string explanation;
    if (!given || given->isNull()) {
        if (!required) return;
        explanation = "Expected value to not be null";
    } else if (!fits(type, *given)) {
        explanation = "Could not coerce value \"" + given->text + "\" to " + type;
    } else if (!isSortKey(type, given->text)) {
        explanation = "Expected \"" + given->text + "\" to be one of the values of " + type;
    } else {
        return;
    }
    JsonText extensions;
    extensions.raw(",\"value\":");
    if (given)
        extensions.textOrNull(given->text);
    else
        extensions.null();
    extensions.raw(",\"problems\":[{\"path\":[],\"explanation\":");
    extensions.text(explanation);
    extensions.raw("}]");
    m_errors.push_back({"Variable $" + definition.name + " of type " + definition.type + " was provided invalid value",
                        "INVALID_VARIABLE",
                        extensions.string(),
                        {},
                        1,
                        1});
}

Value PlanBuilder::resolve(const Value& value) const {
    if (value.kind != Value::Kind::Variable) return value;
    const Value* bound = variable(value.text);
    return bound ? *bound : Value();
}

bool PlanBuilder::included(const std::vector<Directive>& directives) const {
    for (const Directive& directive : directives) {
        if (directive.name != "include" && directive.name != "skip") continue;
        for (const auto& [name, given] : directive.arguments)
            if (name == "if" && (resolve(given).text == "true") == (directive.name == "skip")) return false;
    }
    return true;
}

} // namespace aiva::sandbox
