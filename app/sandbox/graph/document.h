// A parsed GraphQL document: operations, selections, arguments, fragments, variables. Made by parseDocument, read by
// graph/plan. Covers the executable half of the language (no type definitions); never looks at a schema.
#pragma once

#include "core/base/result.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aiva::sandbox {

struct Value {
    enum class Kind { Null, Integer, Float, Text, Boolean, Enumeration, List, Object, Variable };
    Kind kind = Kind::Null;
    std::string text; // as written; for Text unescaped; "true"/"false"; the variable's name
    std::vector<Value> items;
    std::vector<std::pair<std::string, Value>> fields;

    const Value* field(std::string_view name) const {
        for (const auto& [key, value] : fields)
            if (key == name) return &value;
        return nullptr;
    }
    bool isNull() const { return kind == Kind::Null; }
};

using Arguments = std::vector<std::pair<std::string, Value>>;

struct Directive {
    std::string name;
    Arguments arguments;
};

struct Selection {
    enum class Kind { Field, InlineFragment, Spread };
    Kind kind = Kind::Field;
    std::string alias; // the answer's key
    std::string name;  // field or fragment
    std::string typeCondition;
    Arguments arguments;
    std::vector<Directive> directives;
    std::vector<Selection> selections;
    int line = 0;
    int column = 0;
};

struct VariableDefinition {
    std::string name;
    std::string type; // "[ID!]!"
    bool hasDefault = false;
    Value defaultValue;
};

struct Operation {
    std::string kind = "query";
    std::string name;
    std::vector<VariableDefinition> variables;
    std::vector<Selection> selections;
};

struct Fragment {
    std::string name;
    std::string typeCondition;
    std::vector<Selection> selections;
};

struct Document {
    std::vector<Operation> operations;
    std::vector<Fragment> fragments;

    const Fragment* fragment(std::string_view name) const;
    // The one that is asked for; nullptr when the name is missing or ambiguous.
    const Operation* operation(std::string_view name) const;
};

// Invalid with "syntax error, unexpected … at [line, column]" as the shop words it.
Result<Document> parseDocument(std::string_view source);

} // namespace aiva::sandbox
