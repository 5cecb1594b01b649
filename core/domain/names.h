// The enumerations that cross floors, with the stable words used in the database, in JSON and on the wire.
#pragma once

#include <QString>

#include <optional>

namespace aiva {

enum class StoreKind { Shopify, WooCommerce, Csv };
enum class StoreStatus { NeverSynced, Syncing, Connected, Error, Disconnected };
enum class Resource { Customers, Orders, Products };
enum class SyncKind { Full, Incremental };
enum class SyncTrigger { User, Schedule, Webhook, System };
enum class SyncStatus { Running, Completed, CompletedWithErrors, Failed, Cancelled, Interrupted };
enum class Precedence { Vip, Returning, New, Prospect };
enum class ConversationStatus { Open, Waiting, Done };
enum class MatchedBy { None, Email, Alias, Phone, Order, Manual };
// The inbox's splits (interface.md). ReadyToSend, LateShipments and Snoozed fill with later features.
enum class InboxView { NeedsMe, ReadyToSend, Waiting, Vip, LateShipments, Snoozed, All };

QString toWord(StoreKind);          // shopify woocommerce csv
QString toWord(StoreStatus);        // never_synced syncing connected error disconnected
QString toWord(Resource);           // customers orders products
QString toWord(SyncKind);           // full incremental
QString toWord(SyncTrigger);        // user schedule webhook system
QString toWord(SyncStatus);         // running completed completed_with_errors failed cancelled interrupted
QString toWord(Precedence);         // VIP RETURNING NEW PROSPECT
QString toWord(ConversationStatus); // open waiting done
QString toWord(MatchedBy);          // none email alias phone order manual
QString toWord(InboxView);          // needs-me ready-to-send waiting vip late-shipments snoozed all

// Absent when the word is none of the enum's: each specialisation exists for the enums above.
template <typename E>
std::optional<E> fromWord(const QString& word);

} // namespace aiva
