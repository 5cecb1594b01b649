#include "core/readmodel/answer_source_query.h"

namespace aiva {

using namespace Qt::StringLiterals;

class AnswerSourceQuery::Private {
public:
    Statement place;
    Statement own;
    Statement standing;
    Statement knowledge;
    Statement products;
};

static constexpr std::string_view kPlace = R"sql(
SELECT c.customer_email, c.profile_id, c.matched_by, c.shared_party <> '', m.store_id
FROM conversations c LEFT JOIN mailboxes m ON m.id = c.mailbox_id WHERE c.id = ?1)sql";

static constexpr std::string_view kOwn = "SELECT address, own_addresses FROM mailboxes";

// One branch a kind: their rows come in the index's order, so nothing is sorted.
static constexpr std::string_view kStanding = R"sql(
SELECT id, kind, title, text, url, updated_at FROM knowledge
WHERE store_id = ?1 AND kind IN ('contact', 'handling_time', 'link', 'return_window') ORDER BY kind, id LIMIT 20)sql";

static constexpr std::string_view kKnowledge = R"sql(
SELECT k.id, k.kind, k.title, k.text, k.url, k.updated_at
FROM knowledge_fts f CROSS JOIN knowledge k ON k.id = f.rowid
WHERE f.knowledge_fts MATCH ?1 AND k.store_id = ?2 AND k.kind IN ('policy', 'faq') ORDER BY f.rank LIMIT ?3)sql";

static constexpr std::string_view kProducts = R"sql(
SELECT p.external_id, p.title, p.status, v.title, v.sku, v.price_minor, v.currency, v.inventory_quantity
FROM products_fts f CROSS JOIN products p ON p.id = f.rowid CROSS JOIN variants v ON v.product_id = p.id
WHERE f.products_fts MATCH ?1 AND p.store_id = ?2 AND v.position = 0 ORDER BY f.rank LIMIT ?3)sql";

AnswerSourceQuery::AnswerSourceQuery(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

AnswerSourceQuery::~AnswerSourceQuery() = default;

Result<std::unique_ptr<AnswerSourceQuery>> AnswerSourceQuery::create(Database& reader) {
    auto priv = std::make_unique<Private>();
    AIVA_TRY(priv->place, reader.prepare(kPlace));
    AIVA_TRY(priv->own, reader.prepare(kOwn));
    AIVA_TRY(priv->standing, reader.prepare(kStanding));
    AIVA_TRY(priv->knowledge, reader.prepare(kKnowledge));
    AIVA_TRY(priv->products, reader.prepare(kProducts));
    return std::unique_ptr<AnswerSourceQuery>(new AnswerSourceQuery(std::move(priv)));
}

Result<std::optional<ConversationPlace>> AnswerSourceQuery::place(ConversationId conversation) {
    AIVA_TRY(const bool found, d->place.bind(1, conversation).step());
    if (!found) return std::optional<ConversationPlace>();
    const Statement& row = d->place;
    std::optional<ConversationPlace> place = ConversationPlace();
    place->customerEmail = row.text(0);
    if (!row.isNull(1)) place->profile = row.id<ProfileId>(1);
    place->matchedBy = fromWord<MatchedBy>(row.text(2)).value_or(MatchedBy::None);
    place->isShared = row.boolean(3);
    if (!row.isNull(4)) place->mailboxStore = row.id<StoreId>(4);
    d->place.reset();
    return place;
}

Result<QStringList> AnswerSourceQuery::ownAddresses() {
    QStringList own;
    for (;;) {
        AIVA_TRY(const bool more, d->own.step());
        if (!more) return own;
        own << d->own.text(0) << d->own.text(1).split(u'\n', Qt::SkipEmptyParts);
    }
}

static Result<std::vector<Knowledge>> knowledgeFrom(Statement& rows, StoreId store) {
    std::vector<Knowledge> found;
    for (;;) {
        AIVA_TRY(const bool more, rows.step());
        if (!more) return found;
        const auto kind = knowledgeKindFromWord(rows.text(1));
        if (kind)
            found.push_back(
                {rows.id<KnowledgeId>(0), store, *kind, rows.text(2), rows.text(3), rows.text(4), rows.time(5)});
    }
}

// Any of the words, each the beginning of one: `"retu"* OR "parc"*`.
static QString anyOf(const QStringList& words) {
    QStringList terms;
    for (const QString& word : words)
        terms.append(u'"' + QString(word).remove(u'"') + u"\"*"_s);
    return terms.join(" OR "_L1);
}

Result<std::vector<Knowledge>> AnswerSourceQuery::standingKnowledge(StoreId store) {
    return knowledgeFrom(d->standing.bind(1, store), store);
}

Result<std::vector<Knowledge>> AnswerSourceQuery::knowledge(StoreId store, const QStringList& words, int limit) {
    if (words.isEmpty()) return std::vector<Knowledge>();
    return knowledgeFrom(d->knowledge.bind(1, anyOf(words)).bind(2, store).bind(3, limit), store);
}

Result<std::vector<ProductView>> AnswerSourceQuery::products(StoreId store, const QStringList& words, int limit) {
    std::vector<ProductView> found;
    if (words.isEmpty()) return found;
    d->products.bind(1, anyOf(words)).bind(2, store).bind(3, limit);
    for (;;) {
        AIVA_TRY(const bool more, d->products.step());
        if (!more) return found;
        const Statement& row = d->products;
        ProductView product;
        product.storeId = store;
        product.externalId = row.text(0);
        product.title = row.text(1);
        product.status = row.text(2);
        product.variant = row.text(3);
        product.sku = row.text(4);
        if (const auto currency = Currency::parse(row.view(6))) product.price = Money(row.integer(5), *currency);
        if (!row.isNull(7)) product.inventory = row.integer(7);
        found.push_back(std::move(product));
    }
}

} // namespace aiva
