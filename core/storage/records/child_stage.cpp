#include "core/storage/records/child_stage.h"

namespace aiva {

class ChildStage::Private {
public:
    StoreId store;
    Statement addLine;
    Statement addSuspect;
    Statement takeSuspects;
    Statement dropLines;
    Statement dropSuspects;
    Statement isStale;
    Statement lines;
    Statement suspects;
    Statement clearLines;
    Statement clearSuspects;
    std::string padded;
    bool walksLines = false;
    bool walksSuspects = false;

    Statement& scoped(Statement& statement, Resource resource) const {
        return statement.bind(1, store).bindView(2, word(resource));
    }
    static std::string_view word(Resource resource) {
        switch (resource) {
        case Resource::Customers:
            return "customers";
        case Resource::Orders:
            return "orders";
        case Resource::Products:
            break;
        }
        return "products";
    }
};

// Bytes a decoder may read behind a line.
static constexpr size_t kPaddingStage = 64;

static constexpr std::string_view kAddLine = R"sql(
INSERT OR REPLACE INTO bulk_children (store_id, resource, parent_external_id, external_id, position, line)
VALUES (?1, ?2, ?3, ?4, ?5, ?6))sql";

static constexpr std::string_view kAddSuspect = R"sql(
INSERT INTO bulk_suspects (store_id, resource, parent_id, external_id) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT DO NOTHING)sql";

static constexpr std::string_view kTakeSuspects = R"sql(
DELETE FROM bulk_suspects WHERE store_id = ?1 AND resource = ?2 AND parent_id = ?3 AND external_id <> ''
RETURNING external_id)sql";

// A stale parent is kept as a suspect without a child's id.
static constexpr std::string_view kIsStale = R"sql(
SELECT 1 FROM bulk_suspects WHERE store_id = ?1 AND resource = ?2 AND parent_id = ?3 AND external_id = '')sql";

static constexpr std::string_view kLines = R"sql(
SELECT parent_external_id, external_id, line FROM bulk_children WHERE store_id = ?1 AND resource = ?2
ORDER BY parent_external_id, position)sql";

static constexpr std::string_view kSuspects = R"sql(
SELECT parent_id, external_id FROM bulk_suspects WHERE store_id = ?1 AND resource = ?2 AND external_id <> '')sql";

ChildStage::ChildStage(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

ChildStage::~ChildStage() = default;

Result<std::unique_ptr<ChildStage>> ChildStage::create(Database& writer, StoreId store) {
    auto priv = std::make_unique<Private>();
    priv->store = store;
    AIVA_TRY(priv->addLine, writer.prepare(kAddLine));
    AIVA_TRY(priv->addSuspect, writer.prepare(kAddSuspect));
    AIVA_TRY(priv->takeSuspects, writer.prepare(kTakeSuspects));
    AIVA_TRY(priv->dropLines, writer.prepare("DELETE FROM bulk_children WHERE store_id = ?1 AND resource = ?2 "
                                             "AND parent_external_id = ?3"));
    AIVA_TRY(priv->dropSuspects, writer.prepare("DELETE FROM bulk_suspects WHERE store_id = ?1 AND resource = ?2 "
                                                "AND parent_id = ?3"));
    AIVA_TRY(priv->isStale, writer.prepare(kIsStale));
    AIVA_TRY(priv->lines, writer.prepare(kLines));
    AIVA_TRY(priv->suspects, writer.prepare(kSuspects));
    AIVA_TRY(priv->clearLines, writer.prepare("DELETE FROM bulk_children WHERE store_id = ?1 AND resource = ?2"));
    AIVA_TRY(priv->clearSuspects, writer.prepare("DELETE FROM bulk_suspects WHERE store_id = ?1 AND resource = ?2"));
    return std::unique_ptr<ChildStage>(new ChildStage(std::move(priv)));
}

Result<void> ChildStage::addLine(Resource resource, std::string_view parentExternalId, std::string_view externalId,
                                 qint64 position, std::string_view line) {
    d->scoped(d->addLine, resource).bindView(3, parentExternalId).bindView(4, externalId).bind(5, position);
    return d->addLine.bindView(6, line).run();
}

Result<void> ChildStage::addSuspect(Resource resource, qint64 parent, std::string_view externalId) {
    return d->scoped(d->addSuspect, resource).bind(3, parent).bindView(4, externalId).run();
}

Result<std::vector<std::string>> ChildStage::takeSuspects(Resource resource, qint64 parent) {
    std::vector<std::string> taken;
    d->scoped(d->takeSuspects, resource).bind(3, parent);
    for (;;) {
        AIVA_TRY(const bool more, d->takeSuspects.step());
        if (!more) return taken;
        taken.emplace_back(d->takeSuspects.view(0));
    }
}

Result<void> ChildStage::supersede(Resource resource, qint64 parent, std::string_view parentExternalId) {
    AIVA_CHECK(d->scoped(d->dropLines, resource).bindView(3, parentExternalId).run());
    return d->scoped(d->dropSuspects, resource).bind(3, parent).run();
}

Result<void> ChildStage::markStale(Resource resource, qint64 parent) {
    return addSuspect(resource, parent, {});
}

Result<bool> ChildStage::isStale(Resource resource, qint64 parent) {
    AIVA_TRY(const bool found, d->scoped(d->isStale, resource).bind(3, parent).step());
    d->isStale.reset();
    return found;
}

void ChildStage::rewind() {
    d->lines.reset();
    d->suspects.reset();
    d->walksLines = d->walksSuspects = false;
}

Result<bool> ChildStage::nextLine(Resource resource, Line& line) {
    if (!d->walksLines) d->scoped(d->lines, resource);
    AIVA_TRY(d->walksLines, d->lines.step());
    if (!d->walksLines) return false;
    const std::string_view text = d->lines.view(2);
    d->padded.reserve(text.size() + kPaddingStage);
    d->padded.assign(text);
    d->padded.append(kPaddingStage, '\0');
    line = {d->lines.view(0), d->lines.view(1), std::string_view(d->padded).substr(0, text.size())};
    return true;
}

Result<bool> ChildStage::nextSuspect(Resource resource, Suspect& suspect) {
    if (!d->walksSuspects) d->scoped(d->suspects, resource);
    AIVA_TRY(d->walksSuspects, d->suspects.step());
    if (d->walksSuspects) suspect = {d->suspects.integer(0), d->suspects.view(1)};
    return d->walksSuspects;
}

Result<void> ChildStage::clear(Resource resource) {
    rewind();
    AIVA_CHECK(d->scoped(d->clearLines, resource).run());
    return d->scoped(d->clearSuspects, resource).run();
}

} // namespace aiva
