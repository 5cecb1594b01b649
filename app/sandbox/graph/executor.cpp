#include "app/sandbox/graph/executor.h"

#include <QByteArray>

#include <algorithm>

namespace aiva::sandbox {
namespace {

using ExecutedKind = PlanStep::Kind;

std::string positionCursor(std::size_t position) {
    return QByteArray::fromStdString("at:" + std::to_string(position)).toBase64().toStdString();
}

std::optional<std::size_t> positionOf(const std::string& cursor) {
    const QByteArray plain = QByteArray::fromBase64(QByteArray::fromStdString(cursor));
    bool fine = false;
    const auto position = plain.startsWith("at:") ? plain.mid(3).toULongLong(&fine) : 0;
    return fine ? std::optional<std::size_t>(position) : std::nullopt;
}

} // namespace

std::optional<World::Kind> kindOf(std::string_view rootField) {
    if (rootField.starts_with("customer")) return World::Kind::Customer;
    if (rootField.starts_with("order")) return World::Kind::Order;
    if (rootField.starts_with("product")) return World::Kind::Product;
    return std::nullopt;
}

void Executor::fail(const PlanStep& step, std::string message, std::string code) {
    m_errors.push_back({std::move(message), std::move(code), "", {step.alias}, 0, 0});
}

double Executor::run(const Plan& plan, JsonText& out) {
    double cost = plan.isMutation ? 10 : 0;
    out.raw('{');
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        if (i > 0) out.raw(',');
        out.raw(plan.steps[i].key);
        const double used = writeRoot(plan.steps[i], out);
        if (!plan.isMutation) cost += used;
    }
    out.raw('}');
    return cost;
}

double Executor::writeRoot(const PlanStep& step, JsonText& out) {
    const auto write = [&](const void* object) { writeObject(step.children, object, out, Connections::Write); };
    if (step.kind == ExecutedKind::Typename) {
        out.text(step.type->name);
        return 0;
    }
    const std::string_view name = step.field->name;
    if (name == "webhookSubscriptions") return writeHooks(step, out);
    if (step.field->arguments == kPagedRoot) return writeRootPage(step, out);
    if (step.field->arguments == kNodesRoot) {
        writeNodes(step, out);
    } else if (name.ends_with("Count")) {
        writeCount(step, out);
    } else if (name == "shop") {
        write(&m_context);
    } else if (name == "currentAppInstallation") {
        std::vector<std::string> scopes{"read_customers", "read_orders", "read_products", "read_inventory",
                                        "read_returns"};
        if (m_context.options.allOrders) scopes.emplace_back("read_all_orders");
        write(&scopes);
    } else if (name == "bulkOperation") {
        const auto view = m_bulk ? m_bulk->find(step.arguments.id) : std::nullopt;
        if (view)
            write(&*view);
        else
            out.null();
    } else if (name == "bulkOperationRunQuery" || name == "bulkOperationCancel") {
        const BulkAnswer answer =
            name == "bulkOperationRunQuery" ? m_bulk->run(step.arguments.text) : m_bulk->cancel(step.arguments.id);
        write(&answer);
    } else if (name.starts_with("webhookSubscription")) {
        const HookAnswer answer = changeHooks(step);
        write(&answer);
    } else {
        writeById(step, out);
    }
    return step.cost();
}

double Executor::writeRootPage(const PlanStep& step, JsonText& out) {
    const World::Kind kind = *kindOf(step.field->name);
    const auto page = m_index.page(kind, step.arguments);
    if (!page) {
        fail(step, "Invalid cursor for current pagination sort.", "BAD_REQUEST");
        out.null();
        return 0;
    }
    Slice slice;
    slice.count = page->entries.size();
    slice.hasNext = page->hasNext;
    slice.hasPrevious = page->hasPrevious;
    slice.cursor = [&](std::size_t position) { return RecordIndex::cursorOf(page->entries[position]); };
    slice.element = [&](std::size_t position, Use use) {
        const std::int64_t index = page->entries[position].index;
        if (kind == World::Kind::Customer) {
            const CustomerRef customer{index, &m_context.world};
            use(&customer);
        } else if (kind == World::Kind::Order) {
            const OrderRef order{index, &m_context.world};
            use(&order);
        } else {
            const ProductRecord product = m_context.world.product(static_cast<std::size_t>(index));
            use(&product);
        }
    };
    writeConnection(step, slice, out);
    return step.cost(static_cast<std::int64_t>(slice.count));
}

void Executor::writeById(const PlanStep& step, JsonText& out) {
    const std::string& gid = step.arguments.id;
    if (!gid.starts_with("gid://shopify/")) {
        fail(step, "Invalid global id '" + gid + "'", "argumentLiteralsIncompatible");
        return out.null();
    }
    if (!writeRecord(step, *kindOf(step.field->name), gid, out)) out.null();
}

void Executor::writeNodes(const PlanStep& step, JsonText& out) {
    std::string kind(step.type->name);
    kind[0] = static_cast<char>(kind[0] - 'A' + 'a');
    out.raw('[');
    for (std::size_t i = 0; i < step.arguments.ids.size(); ++i) {
        if (i > 0) out.raw(',');
        if (!writeRecord(step, *kindOf(kind), step.arguments.ids[i], out)) out.null();
    }
    out.raw(']');
}

// False when there is no such record.
bool Executor::writeRecord(const PlanStep& step, World::Kind kind, const std::string& gid, JsonText& out) {
    const World& world = m_context.world;
    const std::int64_t index = kind == World::Kind::Customer ? world.customerIndex(gid)
                               : kind == World::Kind::Order  ? world.orderIndex(gid)
                                                             : world.catalogue().productIndex(gid);
    if (index < 0 || world.isGone(kind, index)) return false;
    if (kind == World::Kind::Customer) {
        const CustomerRef customer{index, &world};
        writeObject(step.children, &customer, out, Connections::Write);
    } else if (kind == World::Kind::Order) {
        const OrderRef order{index, &world};
        writeObject(step.children, &order, out, Connections::Write);
    } else {
        const ProductRecord product = world.product(static_cast<std::size_t>(index));
        writeObject(step.children, &product, out, Connections::Write);
    }
    return true;
}

void Executor::writeCount(const PlanStep& step, JsonText& out) {
    constexpr std::int64_t limit = 10'000;
    const auto sorted = m_index.list(*kindOf(step.field->name), step.arguments.query, "");
    CountView view;
    view.count = static_cast<std::int64_t>(sorted->size());
    if (!step.arguments.exactCount && view.count > limit) view = {limit, false};
    writeObject(step.children, &view, out, Connections::Write);
}

void Executor::writeObject(const std::vector<PlanStep>& steps, const void* object, JsonText& out,
                           Connections connections) {
    out.raw('{');
    bool first = true;
    for (const PlanStep& step : steps) {
        if (step.kind == ExecutedKind::Connection && connections == Connections::Skip) continue;
        if (!first) out.raw(',');
        first = false;
        out.raw(step.key);
        writeStep(step, object, out);
    }
    out.raw('}');
}

void Executor::writeStep(const PlanStep& step, const void* object, JsonText& out) {
    switch (step.kind) {
    case ExecutedKind::Leaf:
        return step.field->write(out, object, step.arguments, m_context);
    case ExecutedKind::Typename:
        return out.text(step.type->name);
    case ExecutedKind::Object: {
        bool present = false;
        step.field->visit(object, 0, m_context, [&](const void* child) {
            present = true;
            writeObject(step.children, child, out, Connections::Write);
        });
        if (!present) out.null();
        return;
    }
    case ExecutedKind::List: {
        std::size_t count = step.field->count(object, m_context);
        if (step.arguments.first) count = std::min(count, static_cast<std::size_t>(*step.arguments.first));
        out.raw('[');
        for (std::size_t i = 0; i < count; ++i) {
            if (i > 0) out.raw(',');
            step.field->visit(object, i, m_context,
                              [&](const void* child) { writeObject(step.children, child, out, Connections::Write); });
        }
        return out.raw(']');
    }
    case ExecutedKind::Connection:
        return writeNested(step, object, out);
    default:
        out.null();
    }
}

void Executor::writeNested(const PlanStep& step, const void* object, JsonText& out) {
    const std::size_t count = step.field->count(object, m_context);
    std::size_t begin = 0;
    std::size_t end = count;
    if (const auto after = positionOf(step.arguments.after)) begin = std::min(count, *after + 1);
    if (const auto before = positionOf(step.arguments.before)) end = std::min(end, *before);
    if (step.arguments.first)
        end = std::min(end, begin + static_cast<std::size_t>(*step.arguments.first));
    else if (step.arguments.last)
        begin = std::max(begin, end - std::min(end, static_cast<std::size_t>(*step.arguments.last)));
    const auto real = [&](std::size_t position) {
        return step.arguments.reverse ? count - 1 - (begin + position) : begin + position;
    };
    Slice slice;
    slice.count = end > begin ? end - begin : 0;
    slice.hasNext = end < count;
    slice.hasPrevious = begin > 0;
    slice.cursor = [&](std::size_t position) { return positionCursor(begin + position); };
    slice.element = [&](std::size_t position, Use use) { step.field->visit(object, real(position), m_context, use); };
    writeConnection(step, slice, out);
}

void Executor::writeConnection(const PlanStep& step, const Slice& slice, JsonText& out) {
    out.raw('{');
    for (std::size_t i = 0; i < step.children.size(); ++i) {
        const PlanStep& part = step.children[i];
        if (i > 0) out.raw(',');
        out.raw(part.key);
        if (part.kind == ExecutedKind::PageInfo) {
            writePageInfo(part, slice, out);
            continue;
        }
        if (part.kind == ExecutedKind::Typename) {
            out.text(std::string(step.type->name) + "Connection");
            continue;
        }
        out.raw('[');
        for (std::size_t position = 0; position < slice.count; ++position) {
            if (position > 0) out.raw(',');
            slice.element(position, [&](const void* object) {
                if (part.kind == ExecutedKind::Nodes)
                    return writeObject(part.children, object, out, Connections::Write);
                out.raw('{');
                for (std::size_t k = 0; k < part.children.size(); ++k) {
                    const PlanStep& edge = part.children[k];
                    if (k > 0) out.raw(',');
                    out.raw(edge.key);
                    if (edge.kind == ExecutedKind::Cursor)
                        out.text(slice.cursor(position));
                    else
                        writeObject(edge.children, object, out, Connections::Write);
                }
                out.raw('}');
            });
        }
        out.raw(']');
    }
    out.raw('}');
}

void Executor::writePageInfo(const PlanStep& step, const Slice& slice, JsonText& out) {
    out.raw('{');
    for (std::size_t i = 0; i < step.children.size(); ++i) {
        const PlanStep& part = step.children[i];
        if (i > 0) out.raw(',');
        out.raw(part.key);
        switch (part.kind) {
        case ExecutedKind::HasNextPage:
            out.boolean(slice.hasNext);
            break;
        case ExecutedKind::HasPreviousPage:
            out.boolean(slice.hasPrevious);
            break;
        case ExecutedKind::StartCursor:
            slice.count > 0 ? out.text(slice.cursor(0)) : out.null();
            break;
        default:
            slice.count > 0 ? out.text(slice.cursor(slice.count - 1)) : out.null();
        }
    }
    out.raw('}');
}

} // namespace aiva::sandbox
