// How schema tables are written: one line per field, a captureless lambda for its value. For the schema_*.cpp files.
#pragma once

#include "app/sandbox/graph/schema.h"

namespace aiva::sandbox {

inline constexpr std::string_view kPaging = ",first,after,last,before,reverse,sortKey,query,";

// The number at the end of a gid.
inline std::string legacyId(const std::string& gid) {
    return gid.substr(gid.rfind('/') + 1);
}

// F(JsonText&, const T&)
template <typename T, typename F>
FieldDef leaf(std::string_view name, F) {
    FieldDef field;
    field.name = name;
    field.write = [](JsonText& out, const void* object, const FieldArguments&, const GraphContext&) {
        F{}(out, *static_cast<const T*>(object));
    };
    return field;
}

// F(JsonText&, const T&, const FieldArguments&, const GraphContext&)
template <typename T, typename F>
FieldDef leafWith(std::string_view name, std::string_view arguments, F) {
    FieldDef field;
    field.name = name;
    field.arguments = arguments;
    field.write = [](JsonText& out, const void* object, const FieldArguments& given, const GraphContext& context) {
        F{}(out, *static_cast<const T*>(object), given, context);
    };
    return field;
}

// F(const T&, Use): calls use at most once; null when it does not.
template <typename T, typename F>
FieldDef object(std::string_view name, const TypeDef& (*type)(), F) {
    FieldDef field;
    field.name = name;
    field.shape = FieldDef::Shape::Object;
    field.type = type;
    field.visit = [](const void* value, std::size_t, const GraphContext&, Use use) {
        F{}(*static_cast<const T*>(value), use);
    };
    return field;
}

// Count(const T&) and At(const T&, position, Use).
template <typename T, typename Count, typename At>
FieldDef many(FieldDef::Shape shape, std::string_view name, const TypeDef& (*type)(), Count, At) {
    FieldDef field;
    field.name = name;
    field.shape = shape;
    field.arguments = kPaging;
    field.type = type;
    field.count = [](const void* value, const GraphContext&) -> std::size_t {
        return Count{}(*static_cast<const T*>(value));
    };
    field.visit = [](const void* value, std::size_t position, const GraphContext&, Use use) {
        At{}(*static_cast<const T*>(value), position, use);
    };
    return field;
}

} // namespace aiva::sandbox
