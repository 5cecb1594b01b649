#include "app/sandbox/bulk_files.h"

#include "app/sandbox/graph/bulk_walk.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace aiva {
namespace {

using namespace sandbox;

// One resource into its own file and the joint one.
Result<BulkWalk::Counts> writeResource(const GraphContext& context, RecordIndex& index, const QString& resource,
                                       const QString& path, QFile& joint) {
    QFile document(u":/aiva-sandbox/graphql/bulk_%1.graphql"_s.arg(resource));
    if (!document.open(QIODevice::ReadOnly)) return Error{ErrorKind::Internal, u"no bulk document for "_s + resource};
    QByteArray text = document.readAll();
    text.replace("%filter%", "");
    auto parsed = parseDocument(text.toStdString());
    if (!parsed) return parsed.error();
    auto made = makePlan(*parsed, {}, Value(), PlanFor::Bulk);
    if (const auto* errors = std::get_if<std::vector<GraphError>>(&made))
        return Error{ErrorKind::Internal, QString::fromStdString(errors->front().message)};
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return Error{ErrorKind::Storage, u"cannot write "_s + path};
    bool written = true;
    const auto order = context.options.shuffleBulk ? BulkWalk::Order::Shuffled : BulkWalk::Order::ParentFirst;
    BulkWalk walk(context, index, order, [&](std::string_view lines) {
        const auto size = static_cast<qint64>(lines.size());
        written = file.write(lines.data(), size) == size && joint.write(lines.data(), size) == size;
        return written;
    });
    walk.run(std::get<Plan>(made));
    if (!written || !file.flush()) return Error{ErrorKind::Storage, u"cannot write "_s + path, ErrorCause::DiskFull};
    return walk.counts();
}

} // namespace

Result<BulkFileCounts> writeBulkFiles(const SandboxOptions& options, const QString& path) {
    const World world(options);
    const GraphContext context{world, options};
    RecordIndex index(world);
    QFile joint(path);
    if (!joint.open(QIODevice::WriteOnly)) return Error{ErrorKind::Storage, u"cannot write "_s + path};
    BulkFileCounts counts;
    AIVA_TRY(const BulkWalk::Counts customers,
             writeResource(context, index, u"customers"_s, path + u".customers.jsonl"_s, joint));
    AIVA_TRY(const BulkWalk::Counts orders,
             writeResource(context, index, u"orders"_s, path + u".orders.jsonl"_s, joint));
    AIVA_TRY(const BulkWalk::Counts products,
             writeResource(context, index, u"products"_s, path + u".products.jsonl"_s, joint));
    counts.customers = customers.roots;
    counts.orders = orders.roots;
    counts.items = orders.objects - orders.roots;
    counts.products = products.roots;
    counts.variants = products.objects - products.roots;
    counts.bytes = joint.size();
    return counts;
}

} // namespace aiva
