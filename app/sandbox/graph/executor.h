// Walks a plan over the world and writes the answer's data. One per request; the bulk walk streams lines instead.
#pragma once

#include "app/sandbox/graph/plan.h"
#include "app/sandbox/graph/record_index.h"
#include "app/sandbox/graph/views.h"

#include <functional>

namespace aiva::sandbox {

// What the root fields need beyond the world.
class BulkDoor {
public:
    virtual ~BulkDoor() = default;
    virtual BulkAnswer run(const std::string& query) = 0;
    virtual BulkAnswer cancel(const std::string& id) = 0;
    virtual std::optional<BulkView> find(const std::string& id) = 0;
};

class HookDoor {
public:
    virtual ~HookDoor() = default;
    using Input = std::vector<std::pair<std::string, std::string>>;
    virtual std::vector<HookView> list() = 0;
    virtual HookAnswer create(const std::string& topic, const Input& input) = 0;
    virtual HookAnswer update(const std::string& id, const Input& input) = 0;
    virtual HookAnswer remove(const std::string& id) = 0;
};

class Executor {
public:
    Executor(const GraphContext& context, RecordIndex& index, BulkDoor* bulk, HookDoor* hooks = nullptr)
        : m_context(context), m_index(index), m_bulk(bulk), m_hooks(hooks) {}

    // Writes {…} and returns the points it really took.
    double run(const Plan& plan, JsonText& out);
    const std::vector<GraphError>& errors() const { return m_errors; }

    // An object of the given steps, without the connections in them when `skip` says so.
    enum class Connections { Write, Skip };
    void writeObject(const std::vector<PlanStep>& steps, const void* object, JsonText& out, Connections connections);

private:
    void writeStep(const PlanStep& step, const void* object, JsonText& out);
    double writeRoot(const PlanStep& step, JsonText& out);
    double writeRootPage(const PlanStep& step, JsonText& out);
    double writeHooks(const PlanStep& step, JsonText& out);
    HookAnswer changeHooks(const PlanStep& step);
    void writeNodes(const PlanStep& step, JsonText& out);
    bool writeRecord(const PlanStep& step, World::Kind kind, const std::string& gid, JsonText& out);
    void writeById(const PlanStep& step, JsonText& out);
    void writeCount(const PlanStep& step, JsonText& out);
    void writeNested(const PlanStep& step, const void* object, JsonText& out);

    struct Slice {
        std::size_t count = 0;
        bool hasNext = false;
        bool hasPrevious = false;
        std::function<void(std::size_t, Use)> element;
        std::function<std::string(std::size_t)> cursor;
    };
    void writeConnection(const PlanStep& step, const Slice& slice, JsonText& out);
    void writePageInfo(const PlanStep& step, const Slice& slice, JsonText& out);
    void fail(const PlanStep& step, std::string message, std::string code);

    const GraphContext& m_context;
    RecordIndex& m_index;
    BulkDoor* m_bulk;
    HookDoor* m_hooks;
    std::vector<GraphError> m_errors;
};

std::optional<World::Kind> kindOf(std::string_view rootField);

} // namespace aiva::sandbox
