// Writes a plan's result as the lines of a bulk file: one node per line, nested nodes on lines of their own that name
// their parent. Streams; holds no more than the shuffle pool. Used by the bulk desk and by --bulk.
#pragma once

#include "app/sandbox/graph/executor.h"

#include <functional>
#include <string_view>

namespace aiva::sandbox {

class BulkWalk {
public:
    // Lines come with their newline, many at a time. False stops the walk.
    using Sink = std::function<bool(std::string_view lines)>;
    struct Counts {
        std::int64_t objects = 0;
        std::int64_t roots = 0;
    };
    // shuffled: lines in any order, children also before and far from their parents, the same for the same seed.
    enum class Order { ParentFirst, Shuffled };

    BulkWalk(const GraphContext& context, RecordIndex& index, Order order, Sink sink);

    // False when the sink stopped it.
    bool run(const Plan& plan);
    const Counts& counts() const { return m_counts; }

private:
    bool writeRoot(const PlanStep& root, World::Kind kind, std::int64_t index);
    bool writeNode(const PlanStep& edges, const void* object, std::string_view parentId, int depth);
    bool emit(std::size_t lineStart);
    bool flush();

    const GraphContext& m_context;
    Executor m_executor;
    RecordIndex& m_index;
    Order m_order;
    Sink m_sink;
    Counts m_counts;
    JsonText m_buffer;
    Random m_random;
    std::vector<std::string> m_pool;
};

} // namespace aiva::sandbox
