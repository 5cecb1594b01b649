#include "app/sandbox/graph/bulk_walk.h"

namespace aiva::sandbox {
namespace {

constexpr std::size_t kChunk = 256 * 1024;
constexpr std::size_t kPool = 4096;
using StepKind = PlanStep::Kind;

const PlanStep* idOf(const std::vector<PlanStep>& steps) {
    for (const PlanStep& step : steps)
        if (step.alias == "id" && step.kind == StepKind::Leaf) return &step;
    return nullptr;
}

} // namespace

BulkWalk::BulkWalk(const GraphContext& context, RecordIndex& index, Order order, Sink sink)
    : m_context(context)
    , m_executor(context, index, nullptr)
    , m_index(index)
    , m_order(order)
    , m_sink(std::move(sink))
    , m_random(Random::of(context.world.seed(), Purpose::Bulk, 0)) {}

bool BulkWalk::run(const Plan& plan) {
    const PlanStep& root = plan.steps.front();
    const World::Kind kind = *kindOf(root.field->name);
    const auto sorted = m_index.list(kind, root.arguments.query, root.arguments.sortKey);
    const std::size_t size = sorted->size();
    for (std::size_t i = 0; i < size; ++i)
        if (!writeRoot(root, kind, (*sorted)[root.arguments.reverse ? size - 1 - i : i].index)) return false;
    while (!m_pool.empty()) {
        std::swap(m_pool[m_random.below(m_pool.size())], m_pool.back());
        m_buffer.raw(m_pool.back());
        m_pool.pop_back();
        if (m_buffer.size() > kChunk && !flush()) return false;
    }
    return flush();
}

bool BulkWalk::writeRoot(const PlanStep& root, World::Kind kind, std::int64_t index) {
    const PlanStep& edges = *root.child(StepKind::Edges);
    ++m_counts.roots;
    if (kind == World::Kind::Customer) {
        const CustomerRef customer{index, &m_context.world};
        return writeNode(edges, &customer, {}, 0);
    }
    if (kind == World::Kind::Order) {
        const OrderRef order{index, &m_context.world};
        return writeNode(edges, &order, {}, 0);
    }
    const ProductRecord product = m_context.world.product(static_cast<std::size_t>(index));
    return writeNode(edges, &product, {}, 0);
}

bool BulkWalk::writeNode(const PlanStep& edges, const void* object, std::string_view parentId, int depth) {
    const PlanStep* node = edges.child(StepKind::Node);
    if (!node) return true;
    const std::size_t start = m_buffer.size();
    m_executor.writeObject(node->children, object, m_buffer, Executor::Connections::Skip);
    if (!parentId.empty()) {
        m_buffer.string().pop_back();
        m_buffer.raw(m_buffer.string().back() == '{' ? "\"__parentId\":" : ",\"__parentId\":");
        m_buffer.raw(parentId);
        m_buffer.raw('}');
    }
    m_buffer.raw('\n');
    ++m_counts.objects;
    if (!emit(start)) return false;
    for (const PlanStep& step : node->children) {
        if (step.kind != StepKind::Connection || depth >= 2 || !step.child(StepKind::Edges)) continue;
        JsonText id;
        if (const PlanStep* own = idOf(node->children)) own->field->write(id, object, own->arguments, m_context);
        const std::size_t count = step.field->count(object, m_context);
        bool going = true;
        for (std::size_t i = 0; i < count && going; ++i)
            step.field->visit(object, i, m_context, [&](const void* child) {
                going = writeNode(*step.child(StepKind::Edges), child, id.string(), depth + 1);
            });
        if (!going) return false;
    }
    return true;
}

bool BulkWalk::emit(std::size_t lineStart) {
    if (m_order == Order::Shuffled) {
        m_pool.push_back(m_buffer.string().substr(lineStart));
        m_buffer.string().resize(lineStart);
        if (m_pool.size() < kPool) return true;
        std::swap(m_pool[m_random.below(m_pool.size())], m_pool.back());
        m_buffer.raw(m_pool.back());
        m_pool.pop_back();
    }
    return m_buffer.size() < kChunk || flush();
}

bool BulkWalk::flush() {
    const bool going = m_sink(m_buffer.string());
    m_buffer.clear();
    return going;
}

} // namespace aiva::sandbox
