// Reads what clients send: a GraphQL request, form or JSON fields. Pure.
#pragma once

#include "app/sandbox/graph/document.h"

#include <map>
#include <optional>
#include <string>

namespace aiva::sandbox {

struct GraphRequest {
    std::string query;
    std::string operationName;
    Value variables;
};
std::optional<GraphRequest> readGraphRequest(const std::string& body);

struct RequestFields {
    std::map<std::string, std::string> fields;
    std::string value(const std::string& name) const {
        const auto found = fields.find(name);
        return found == fields.end() ? std::string() : found->second;
    }
};
// application/x-www-form-urlencoded or application/json.
RequestFields readFields(const std::string& body, const std::string& contentType);

} // namespace aiva::sandbox
