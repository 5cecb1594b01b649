#include "app/aivactl/json_views.h"

#include "app/common/woocommerce_connection.h"

#include <QJsonArray>

namespace aiva::ctl {
namespace {

template <typename List, typename Fn>
QJsonArray arrayOf(const List& list, Fn fn) {
    QJsonArray array;
    for (const auto& entry : list)
        array.append(fn(entry));
    return array;
}

// Empty text is absent (null) where the contract says so.
QJsonValue textOrNull(const QString& text) {
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonObject addressJson(const MailAddress& address) {
    return {{QStringLiteral("name"), address.name}, {QStringLiteral("email"), address.email}};
}

QJsonObject itemJson(const OrderItemView& item) {
    return {{QStringLiteral("title"), item.title},
            {QStringLiteral("variant"), textOrNull(item.variant)},
            {QStringLiteral("sku"), textOrNull(item.sku)},
            {QStringLiteral("quantity"), item.quantity},
            {QStringLiteral("current_quantity"), item.currentQuantity},
            {QStringLiteral("price"), moneyJson(item.unitPrice)}};
}

QJsonObject trackingJson(const TrackingView& tracking) {
    return {{QStringLiteral("company"), textOrNull(tracking.company)},
            {QStringLiteral("number"), textOrNull(tracking.number)},
            {QStringLiteral("url"), textOrNull(tracking.url)},
            {QStringLiteral("status"), textOrNull(tracking.status)},
            {QStringLiteral("shipped_at"), timeJson(tracking.shippedAt)},
            {QStringLiteral("delivered_at"), timeJson(tracking.deliveredAt)}};
}

QJsonObject messageJson(const MessageView& message) {
    int foldedLines = 0;
    for (const FoldedRange& range : message.folded)
        foldedLines += range.lineCount;
    return {{QStringLiteral("id"), message.id.value()},
            {QStringLiteral("message_id"), message.messageId},
            {QStringLiteral("direction"), message.isOutbound ? QStringLiteral("out") : QStringLiteral("in")},
            {QStringLiteral("from"), addressJson(message.from)},
            {QStringLiteral("to"), arrayOf(message.to, addressJson)},
            {QStringLiteral("date"), timeJson(message.sentAt)},
            {QStringLiteral("text"), message.text},
            {QStringLiteral("folded"), foldedLines},
            {QStringLiteral("has_html"), message.hasHtml},
            {QStringLiteral("attachments"), arrayOf(message.attachments, [](const AttachmentView& a) {
                 return QJsonObject{{QStringLiteral("name"), a.name},
                                    {QStringLiteral("type"), a.mimeType},
                                    {QStringLiteral("size"), a.size}};
             })}};
}

} // namespace

QJsonValue moneyJson(const Money& money) {
    if (!money.currency().isValid()) return {};
    return QJsonObject{{QStringLiteral("amount"), money.decimalText()},
                       {QStringLiteral("currency"), money.currency().text()}};
}

QJsonValue timeJson(const std::optional<UtcTime>& time) {
    return time ? QJsonValue(time->isoText()) : QJsonValue();
}

QJsonObject orderJson(const OrderView& order, const QString& customerEmail) {
    return {{QStringLiteral("name"), order.name},
            {QStringLiteral("external_id"), order.externalId},
            {QStringLiteral("store_id"), order.storeId.value()},
            {QStringLiteral("email"), textOrNull(order.email)},
            {QStringLiteral("created_at"), timeJson(order.createdAt)},
            {QStringLiteral("updated_at"), timeJson(order.updatedAt)},
            {QStringLiteral("cancelled_at"), timeJson(order.cancelledAt)},
            {QStringLiteral("currency"), order.currency.text()},
            {QStringLiteral("total"), moneyJson(order.total)},
            {QStringLiteral("subtotal"), moneyJson(order.subtotal)},
            {QStringLiteral("tax"), moneyJson(order.tax)},
            {QStringLiteral("discounts"), moneyJson(order.discounts)},
            {QStringLiteral("shipping"), moneyJson(order.shipping)},
            {QStringLiteral("refunded"), moneyJson(order.refunded)},
            {QStringLiteral("financial_status"), textOrNull(order.financialStatus)},
            {QStringLiteral("fulfillment_status"), textOrNull(order.fulfillmentStatus)},
            {QStringLiteral("items"), arrayOf(order.items, itemJson)},
            {QStringLiteral("tracking"), arrayOf(order.tracking, trackingJson)},
            {QStringLiteral("customer_email"), textOrNull(customerEmail)}};
}

QJsonObject customerJson(const CustomerView& customer) {
    const auto storeEntry = [](const StoreIdentity& store) {
        return QJsonObject{{QStringLiteral("id"), store.storeId.value()},
                           {QStringLiteral("external_id"), store.externalId}};
    };
    return {{QStringLiteral("email"), customer.email},
            {QStringLiteral("name"), customer.name},
            {QStringLiteral("emails"), QJsonArray::fromStringList(customer.emails)},
            {QStringLiteral("phone"), textOrNull(customer.phone)},
            {QStringLiteral("precedence"), toWord(customer.precedence)},
            {QStringLiteral("ltv"), moneyJson(customer.ltv)},
            {QStringLiteral("ltv_net"), moneyJson(customer.ltvNetOfRefunds)},
            {QStringLiteral("average_order"), customer.averageOrder ? moneyJson(*customer.averageOrder) : QJsonValue()},
            {QStringLiteral("orders_count"), customer.ordersCount},
            {QStringLiteral("tags"), QJsonArray::fromStringList(customer.tags)},
            {QStringLiteral("first_order_at"), timeJson(customer.firstOrderAt)},
            {QStringLiteral("last_order_at"), timeJson(customer.lastOrderAt)},
            {QStringLiteral("match"), QJsonObject{{QStringLiteral("by"), toWord(customer.matchedBy)},
                                                  {QStringLiteral("detail"), customer.matchDetail}}},
            {QStringLiteral("stores"), arrayOf(customer.stores, storeEntry)},
            {QStringLiteral("orders"),
             arrayOf(customer.orders, [&](const OrderView& order) { return orderJson(order, customer.email); })}};
}

QJsonObject storeJson(const StoreView& view) {
    const StoreRow& store = view.store;
    return {{QStringLiteral("id"), store.id.value()},
            {QStringLiteral("kind"), toWord(store.kind)},
            {QStringLiteral("name"), store.name},
            {QStringLiteral("domain"), store.domain},
            {QStringLiteral("status"), toWord(store.status)},
            {QStringLiteral("currency"), textOrNull(store.currency)},
            {QStringLiteral("time_zone"), textOrNull(store.timeZone)},
            {QStringLiteral("plan"), textOrNull(store.plan)},
            {QStringLiteral("insecure"), isInsecureStore(store)},
            {QStringLiteral("signed_in_until"), timeJson(store.signedInUntil)},
            {QStringLiteral("last_sync_at"), timeJson(store.lastSyncAt)},
            {QStringLiteral("last_sync_status"),
             store.lastSyncStatus ? QJsonValue(toWord(*store.lastSyncStatus)) : QJsonValue()},
            {QStringLiteral("customers"), view.customers},
            {QStringLiteral("orders"), view.orders},
            {QStringLiteral("products"), view.products},
            {QStringLiteral("schedule"), store.schedule}};
}

QJsonObject apiHealthJson(const ApiHealth& health) {
    return {{QStringLiteral("requests"), health.requests()},
            {QStringLiteral("answered"), health.answered},
            {QStringLiteral("limited"), health.limited},
            {QStringLiteral("refused"), health.refused},
            {QStringLiteral("failed"), health.failed},
            {QStringLiteral("unreachable"), health.unreachable},
            {QStringLiteral("mean_answer_ms"), health.meanAnswerMs()},
            {QStringLiteral("held_back_ms"), health.heldBackMs},
            {QStringLiteral("answered_at"), timeJson(health.answeredAt)},
            {QStringLiteral("failed_at"), timeJson(health.failedAt)},
            {QStringLiteral("error"), textOrNull(health.error)}};
}

QJsonObject workspaceJson(const WorkspaceInfo& info) {
    QJsonObject counts;
    for (auto it = info.counts.begin(); it != info.counts.end(); ++it)
        counts.insert(it.key(), it.value());
    return {{QStringLiteral("path"), info.path},
            {QStringLiteral("schema_version"), info.schemaVersion},
            {QStringLiteral("counts"), counts}};
}

QJsonObject inboxRowJson(const InboxRow& row) {
    return {{QStringLiteral("id"), row.id.value()},
            {QStringLiteral("subject"), row.subject},
            {QStringLiteral("from"),
             QJsonObject{{QStringLiteral("name"), row.fromName}, {QStringLiteral("email"), row.fromEmail}}},
            {QStringLiteral("last_message_at"), timeJson(row.lastMessageAt)},
            {QStringLiteral("messages"), row.messageCount},
            {QStringLiteral("unread"), row.unreadCount},
            {QStringLiteral("store_id"), row.storeId ? QJsonValue(row.storeId->value()) : QJsonValue()},
            {QStringLiteral("precedence"), toWord(row.precedence)},
            {QStringLiteral("status"), toWord(row.status)},
            {QStringLiteral("answer_state"), row.answerState.isEmpty() ? QJsonValue() : QJsonValue(row.answerState)},
            {QStringLiteral("intent"), row.intent ? QJsonValue(toWord(*row.intent)) : QJsonValue()}};
}

QJsonObject conversationJson(const ConversationView& conversation) {
    const QJsonValue draft =
        !conversation.draft
            ? QJsonValue()
            : QJsonValue(QJsonObject{{QStringLiteral("text"), conversation.draft->text},
                                     {QStringLiteral("saved_at"), timeJson(conversation.draft->updatedAt)}});
    return {{QStringLiteral("id"), conversation.id.value()},
            {QStringLiteral("subject"), conversation.subject},
            {QStringLiteral("customer_email"), conversation.customerEmail},
            {QStringLiteral("status"), toWord(conversation.status)},
            {QStringLiteral("messages"), arrayOf(conversation.messages, messageJson)},
            {QStringLiteral("draft"), draft}};
}

QJsonObject productJson(const ProductView& product) {
    return {{QStringLiteral("store_id"), product.storeId.value()},
            {QStringLiteral("external_id"), product.externalId},
            {QStringLiteral("title"), product.title},
            {QStringLiteral("status"), product.status},
            {QStringLiteral("variant"), textOrNull(product.variant)},
            {QStringLiteral("sku"), textOrNull(product.sku)},
            {QStringLiteral("price"), moneyJson(product.price)},
            {QStringLiteral("inventory"), product.inventory ? QJsonValue(*product.inventory) : QJsonValue()}};
}

QJsonObject hitJson(const SearchHit& hit) {
    static constexpr const char* kinds[] = {"message", "customer", "order"};
    QString snippet = hit.snippet;
    snippet.remove(QChar(2)).remove(QChar(3)); // the marks of the match are for the window
    return {{QStringLiteral("kind"), QString::fromLatin1(kinds[static_cast<int>(hit.kind)])},
            {QStringLiteral("id"), hit.id},
            {QStringLiteral("conversation_id"),
             hit.conversation.isValid() ? QJsonValue(hit.conversation.value()) : QJsonValue()},
            {QStringLiteral("title"), hit.title},
            {QStringLiteral("snippet"), snippet},
            {QStringLiteral("at"), timeJson(hit.at)}};
}

QJsonObject countsJson(const QMap<Resource, SyncCounts>& counts) {
    QJsonObject records;
    for (auto it = counts.begin(); it != counts.end(); ++it)
        records.insert(toWord(it.key()), QJsonObject{{QStringLiteral("processed"), it->processed},
                                                     {QStringLiteral("created"), it->created},
                                                     {QStringLiteral("updated"), it->updated},
                                                     {QStringLiteral("failed"), it->failed}});
    return records;
}

QJsonObject jobJson(const SyncJobRow& job) {
    const auto faultEntry = [](const RecordFault& fault) {
        return QJsonObject{{QStringLiteral("resource"), QString::fromStdString(fault.resource)},
                           {QStringLiteral("external_id"), textOrNull(QString::fromStdString(fault.externalId))},
                           {QStringLiteral("cause"), QString::fromStdString(fault.cause)}};
    };
    return {{QStringLiteral("id"), job.id.value()},
            {QStringLiteral("store_id"), job.storeId.value()},
            {QStringLiteral("kind"), toWord(job.kind)},
            {QStringLiteral("trigger"), toWord(job.trigger)},
            {QStringLiteral("status"), toWord(job.status)},
            {QStringLiteral("started_at"), timeJson(job.startedAt)},
            {QStringLiteral("finished_at"), timeJson(job.finishedAt)},
            {QStringLiteral("records"), countsJson(job.counts)},
            {QStringLiteral("error"), textOrNull(job.error)},
            {QStringLiteral("errors"), arrayOf(job.faults, faultEntry)}};
}

QJsonObject progressJson(const SyncProgress& progress) {
    return {{QStringLiteral("event"), QStringLiteral("progress")},
            {QStringLiteral("store_id"), progress.store.value()},
            {QStringLiteral("resource"), toWord(progress.resource)},
            {QStringLiteral("batch"), progress.batch},
            {QStringLiteral("batches"), progress.batches ? QJsonValue(progress.batches) : QJsonValue()},
            {QStringLiteral("done"), progress.done},
            {QStringLiteral("total"), progress.total ? QJsonValue(progress.total) : QJsonValue()},
            {QStringLiteral("slowed_by_ms"), progress.slowedByMs}};
}

} // namespace aiva::ctl
