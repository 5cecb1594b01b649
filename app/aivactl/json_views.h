// Read models as the JSON of the contract, and as lines for people.
#pragma once

#include "core/readmodel/conversation_query.h"
#include "core/readmodel/customer_query.h"
#include "core/readmodel/inbox_query.h"
#include "core/readmodel/search_query.h"
#include "core/readmodel/store_query.h"
#include "core/storage/stores/api_health.h"
#include "core/storage/stores/sync_repository.h"
#include "core/storage/workspace/workspace.h"
#include "core/sync/store_sync_run.h"

#include <QJsonObject>

namespace aiva::ctl {

QJsonValue moneyJson(const Money& money);
QJsonValue timeJson(const std::optional<UtcTime>& time);
QJsonObject orderJson(const OrderView& order, const QString& customerEmail);
QJsonObject customerJson(const CustomerView& customer);
QJsonObject storeJson(const StoreView& store);
// Counts of the last 24 hours.
QJsonObject apiHealthJson(const ApiHealth& health);
QJsonObject workspaceJson(const WorkspaceInfo& info);
QJsonObject inboxRowJson(const InboxRow& row);
QJsonObject conversationJson(const ConversationView& conversation);
QJsonObject productJson(const ProductView& product);
QJsonObject hitJson(const SearchHit& hit);
QJsonObject countsJson(const QMap<Resource, SyncCounts>& counts);
QJsonObject jobJson(const SyncJobRow& job);
QJsonObject progressJson(const SyncProgress& progress);

QString moneyText(const Money& money);
QString orderText(const OrderView& order);
QString customerText(const CustomerView& customer);
QString conversationText(const ConversationView& conversation);

} // namespace aiva::ctl
