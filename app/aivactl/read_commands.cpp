#include "app/aivactl/commands.h"
#include "app/aivactl/json_views.h"

#include <QJsonArray>

namespace aiva::ctl {
namespace {

constexpr int kSearchLimit = 20;
constexpr int kOrderLimit = 50;

Error notFound(const char* what) {
    return {ErrorKind::NotFound, QStringLiteral("no %1 of this name is in the cache").arg(QLatin1String(what))};
}

Result<int> listConversations(Context& context) {
    InboxFilter filter;
    filter.view = InboxView::All;
    if (context.line.has("view")) {
        const auto view = fromWord<InboxView>(context.line.value("view"));
        if (!view) return printUsageError(QStringLiteral("unknown view '%1'").arg(context.line.value("view")));
        filter.view = *view;
    }
    int limit = 50;
    if (context.line.has("limit")) {
        limit = context.line.value("limit").toInt();
        if (limit <= 0) return printUsageError(QStringLiteral("--limit takes a positive number"));
    }
    AIVA_TRY(auto open, openForReading(context));
    AIVA_TRY(const auto query, InboxQuery::create(*open.database));
    AIVA_TRY(const std::vector<InboxRow> rows, query->page(filter, std::nullopt, limit));
    QJsonArray array;
    for (const InboxRow& row : rows) {
        array.append(inboxRowJson(row));
        if (!context.line.json)
            printText(QStringLiteral("%1  %2  %3  %4")
                          .arg(row.id.value())
                          .arg(row.lastMessageAt.isoText(), row.fromName, row.subject));
    }
    if (context.line.json) printJson({{QStringLiteral("conversations"), array}});
    return Done;
}

Result<int> showConversation(Context& context) {
    AIVA_TRY(const qint64 id, idArgument(context.line, 2));
    AIVA_TRY(auto open, openForReading(context));
    AIVA_TRY(const auto query, ConversationQuery::create(*open.database));
    AIVA_TRY(const std::optional<ConversationView> conversation, query->conversation(ConversationId(id)));
    if (!conversation) return notFound("conversation");
    if (context.line.json)
        printJson(conversationJson(*conversation));
    else
        printText(conversationText(*conversation));
    return Done;
}

} // namespace

Result<int> runConversation(Context& context) {
    const QString verb = context.line.word(1);
    if (verb == QLatin1String("list")) return listConversations(context);
    if (verb == QLatin1String("show")) return showConversation(context);
    return printUsageError(QStringLiteral("conversation list or conversation show ID"));
}

Result<int> runCustomer(Context& context) {
    if (context.line.word(1) != QLatin1String("show") || context.line.word(2).isEmpty())
        return printUsageError(QStringLiteral("customer show EMAIL"));
    AIVA_TRY(auto open, openForReading(context));
    AIVA_TRY(const auto query, CustomerQuery::create(*open.database));
    AIVA_TRY(const std::optional<CustomerView> customer, query->byEmail(context.line.word(2), kOrderLimit));
    if (!customer) return notFound("customer");
    if (context.line.json)
        printJson(customerJson(*customer));
    else
        printText(customerText(*customer));
    return Done;
}

Result<int> runOrder(Context& context) {
    if (context.line.word(1) != QLatin1String("show") || context.line.word(2).isEmpty())
        return printUsageError(QStringLiteral("order show NAME"));
    AIVA_TRY(auto open, openForReading(context));
    AIVA_TRY(const auto query, CustomerQuery::create(*open.database));
    AIVA_TRY(const std::vector<OrderView> orders, query->orders(context.line.word(2)));
    if (orders.empty()) return notFound("order");
    // Names repeat across stores: the newest is the answer, the others are told beside it.
    if (context.line.json) {
        QJsonObject document = orderJson(orders.front(), orders.front().email);
        QJsonArray others;
        for (size_t i = 1; i < orders.size(); ++i)
            others.append(orderJson(orders[i], orders[i].email));
        document.insert(QStringLiteral("others"), others);
        printJson(document);
        return Done;
    }
    for (const OrderView& order : orders)
        printText(orderText(order));
    return Done;
}

Result<int> runProduct(Context& context) {
    if (context.line.word(1) != QLatin1String("search") || context.line.word(2).isEmpty())
        return printUsageError(QStringLiteral("product search TEXT"));
    AIVA_TRY(auto open, openForReading(context));
    AIVA_TRY(const auto query, StoreQuery::create(*open.database));
    AIVA_TRY(const std::vector<ProductView> products,
             query->products(context.line.words.mid(2).join(QLatin1Char(' ')), kSearchLimit));
    QJsonArray array;
    for (const ProductView& product : products) {
        array.append(productJson(product));
        if (!context.line.json)
            printText(QStringLiteral("%1  %2  %3  %4")
                          .arg(product.title, product.variant, product.sku, moneyText(product.price)));
    }
    if (context.line.json) printJson({{QStringLiteral("products"), array}});
    return Done;
}

Result<int> runSearch(Context& context) {
    const QString text = context.line.words.mid(1).join(QLatin1Char(' '));
    if (text.trimmed().isEmpty()) return printUsageError(QStringLiteral("search TEXT"));
    AIVA_TRY(auto open, openForReading(context));
    AIVA_TRY(const auto query, SearchQuery::create(*open.database));
    AIVA_TRY(const std::vector<SearchHit> hits, query->search(text, kSearchLimit));
    QJsonArray array;
    for (const SearchHit& hit : hits) {
        const QJsonObject object = hitJson(hit);
        array.append(object);
        if (!context.line.json)
            printText(QStringLiteral("%1 %2  %3  %4")
                          .arg(object[QStringLiteral("kind")].toString())
                          .arg(hit.id)
                          .arg(hit.title, object[QStringLiteral("snippet")].toString().simplified()));
    }
    if (context.line.json) printJson({{QStringLiteral("hits"), array}});
    return Done;
}

} // namespace aiva::ctl
