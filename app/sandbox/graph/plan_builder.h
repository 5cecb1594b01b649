// Turns selections into plan steps, collecting errors. For graph/plan only.
#pragma once

#include "app/sandbox/graph/plan.h"

namespace aiva::sandbox {

class PlanBuilder {
public:
    PlanBuilder(const Document& document, const Operation& operation, const Value& variables, PlanFor purpose);

    std::vector<PlanStep> build();
    const std::vector<GraphError>& errors() const { return m_errors; }

private:
    using Path = std::vector<std::string>;

    void checkVariables();
    void checkVariable(const VariableDefinition& definition);
    const Value* variable(std::string_view name) const;
    Value resolve(const Value& value) const;
    bool included(const std::vector<Directive>& directives) const;

    void addSelections(const std::vector<Selection>& selections, const TypeDef& type, std::vector<PlanStep>& into,
                       Path& path, int depth);
    void addField(const Selection& selection, const TypeDef& type, std::vector<PlanStep>& into, Path& path, int depth);
    void addConnection(const std::vector<Selection>& selections, PlanStep& connection, Path& path, int depth);
    void addConnectionField(const Selection& selection, PlanStep& connection, Path& path, int depth);
    void addNodes(const Selection& selection, PlanStep& step, Path& path, int depth);
    void addEdge(const std::vector<Selection>& selections, PlanStep& edges, Path& path, int depth);
    void addPageInfo(const std::vector<Selection>& selections, PlanStep& pageInfo, Path& path, int depth);
    void setArguments(const Selection& selection, const TypeDef& type, PlanStep& step, const Path& path);
    void setArgument(const std::string& name, const Value& value, FieldArguments& arguments);
    void undefinedField(const Selection& selection, std::string_view typeName, const Path& path);
    void fail(const Selection& selection, const Path& path, std::string message, std::string code,
              std::string extensions);

    const Document& m_document;
    const Operation& m_operation;
    const Value& m_variables;
    PlanFor m_purpose;
    std::vector<GraphError> m_errors;
};

} // namespace aiva::sandbox
