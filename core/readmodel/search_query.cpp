#include "core/readmodel/search_query.h"

#include "core/domain/email_address.h"
#include "core/domain/shop/order_names.h"

#include <QStringList>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

class SearchQuery::Private {
public:
    Statement messages;
    Statement customers;
    Statement customersOfEmail;
    Statement orders;
    Statement ordersNamed;
    Statement newestConversation;

    using HitFrom = SearchHit (*)(const Statement& row);
    Result<void> collect(Statement& statement, HitFrom hitFrom, std::vector<SearchHit>& hits);
    Result<void> findNewestConversations(std::vector<SearchHit>& hits);
};

// Newest first means by row id: the full-text index walks that way without sorting. Marks: U+0002 … U+0003.
static constexpr std::string_view kMessageHits = R"sql(
SELECT m.id, m.conversation_id, m.subject, snippet(messages_fts, -1, char(2), char(3), '…', 14), m.sent_at
FROM messages_fts JOIN messages m ON m.id = messages_fts.rowid
WHERE messages_fts MATCH ?1 ORDER BY messages_fts.rowid DESC LIMIT ?2)sql";

static constexpr std::string_view kCustomerHits = R"sql(
SELECT c.id, c.profile_id, c.display_name, snippet(customers_fts, -1, char(2), char(3), '…', 14), c.updated_at, c.email
FROM customers_fts JOIN customers c ON c.id = customers_fts.rowid
WHERE customers_fts MATCH ?1 ORDER BY customers_fts.rowid DESC LIMIT ?2)sql";

// An address typed whole, also a former one that the shop no longer shows.
static constexpr std::string_view kCustomersOfEmail = R"sql(
SELECT c.id, c.profile_id, c.display_name, char(2) || e.email || char(3), c.updated_at, c.email
FROM profile_emails e JOIN customers c ON c.profile_id = e.profile_id WHERE e.email = ?1 LIMIT ?2)sql";

static constexpr std::string_view kOrders = R"sql(
SELECT o.id, o.profile_id, o.name, snippet(orders_fts, -1, char(2), char(3), '…', 14), o.created_at
FROM orders_fts JOIN orders o ON o.id = orders_fts.rowid
WHERE orders_fts MATCH ?1 ORDER BY orders_fts.rowid DESC LIMIT ?2)sql";

static constexpr std::string_view kOrdersNamed = R"sql(
SELECT id, profile_id, name, char(2) || name || char(3), created_at
FROM orders WHERE name = ?1 COLLATE NOCASE LIMIT ?2)sql";

static constexpr std::string_view kNewestConversation = R"sql(
SELECT id FROM conversations WHERE profile_id = ?1 ORDER BY last_message_at DESC LIMIT 1)sql";

SearchQuery::SearchQuery(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

SearchQuery::~SearchQuery() = default;

Result<std::unique_ptr<SearchQuery>> SearchQuery::create(Database& reader) {
    auto priv = std::make_unique<Private>();
    AIVA_TRY(priv->messages, reader.prepare(kMessageHits));
    AIVA_TRY(priv->customers, reader.prepare(kCustomerHits));
    AIVA_TRY(priv->customersOfEmail, reader.prepare(kCustomersOfEmail));
    AIVA_TRY(priv->orders, reader.prepare(kOrders));
    AIVA_TRY(priv->ordersNamed, reader.prepare(kOrdersNamed));
    AIVA_TRY(priv->newestConversation, reader.prepare(kNewestConversation));
    return std::unique_ptr<SearchQuery>(new SearchQuery(std::move(priv)));
}

// Words beyond these narrow nothing a person would notice.
static constexpr qsizetype kMaxTextLength = 200;
static constexpr qsizetype kMaxWords = 12;

static bool hasToken(const QString& word) {
    return std::any_of(word.begin(), word.end(), [](QChar c) { return c.isLetterOrNumber() || c.isSurrogate(); });
}

// Each word becomes a quoted phrase, so that nothing in it is FTS syntax and "ada@example.com" stays one thing. The
// last is a prefix, unless a single letter: that would match half the cache and mean nothing.
static QString matchExpression(const QString& text) {
    QStringList phrases;
    QString visible = text.left(kMaxTextLength);
    visible.remove(QChar(0));
    const QStringList words = visible.simplified().split(u' ', Qt::SkipEmptyParts);
    for (const QString& word : words) {
        if (!hasToken(word)) continue;
        QString quoted = word;
        quoted.replace(u'"', u"\"\""_s);
        phrases.append(u'"' + quoted + u'"');
        if (phrases.size() == kMaxWords) break;
    }
    if (phrases.isEmpty()) return {};
    const bool endsInSpace = visible.back().isSpace();
    if (!endsInSpace && phrases.last().size() > 3) phrases.last() += u'*';
    return phrases.join(u' ');
}

static SearchHit messageFrom(const Statement& row) {
    return {
        SearchHit::Kind::Message, row.integer(0), row.id<ConversationId>(1), {}, row.text(2), row.text(3), row.time(4)};
}

static SearchHit customerFrom(const Statement& row) {
    const QString name = row.view(2).empty() ? row.text(5) : row.text(2);
    return {SearchHit::Kind::Customer, row.integer(0), {}, row.id<ProfileId>(1), name, row.text(3), row.time(4)};
}

static SearchHit orderHitFrom(const Statement& row) {
    return {SearchHit::Kind::Order, row.integer(0), {}, row.id<ProfileId>(1), row.text(2), row.text(3), row.time(4)};
}

Result<void> SearchQuery::Private::collect(Statement& statement, HitFrom hitFrom, std::vector<SearchHit>& hits) {
    for (;;) {
        AIVA_TRY(const bool more, statement.step());
        if (!more) return {};
        SearchHit hit = hitFrom(statement);
        const bool isKnown = std::any_of(
            hits.begin(), hits.end(), [&](const SearchHit& one) { return one.kind == hit.kind && one.id == hit.id; });
        if (!isKnown) hits.push_back(std::move(hit));
    }
}

Result<void> SearchQuery::Private::findNewestConversations(std::vector<SearchHit>& hits) {
    for (SearchHit& hit : hits) {
        if (!hit.profile.isValid()) continue;
        AIVA_TRY(const bool found, newestConversation.bind(1, hit.profile).step());
        if (found) hit.conversation = newestConversation.id<ConversationId>(0);
        newestConversation.reset();
    }
    return {};
}

Result<std::vector<SearchHit>> SearchQuery::search(const QString& text, int limitPerKind) {
    std::vector<SearchHit> hits;
    const QString match = matchExpression(text);
    if (match.isEmpty() || limitPerKind <= 0) return hits;

    const QString name = withoutHash(text);
    for (const QString& spelling : {u'#' + name, name})
        AIVA_CHECK(d->collect(d->ordersNamed.bind(1, spelling).bind(2, limitPerKind), orderHitFrom, hits));
    const auto exact = hits.size();

    if (const QString email = normalizedEmail(text); !email.isEmpty())
        AIVA_CHECK(d->collect(d->customersOfEmail.bind(1, email).bind(2, limitPerKind), customerFrom, hits));
    AIVA_CHECK(d->collect(d->customers.bind(1, match).bind(2, limitPerKind), customerFrom, hits));
    AIVA_CHECK(d->collect(d->messages.bind(1, match).bind(2, limitPerKind), messageFrom, hits));
    const int ordersLeft = limitPerKind - static_cast<int>(exact);
    if (ordersLeft > 0) AIVA_CHECK(d->collect(d->orders.bind(1, match).bind(2, ordersLeft), orderHitFrom, hits));
    AIVA_CHECK(d->findNewestConversations(hits));
    return hits;
}

} // namespace aiva
