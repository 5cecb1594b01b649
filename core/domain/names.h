// The enumerations that cross floors, with the stable words used in the database, in JSON and on the wire.
#pragma once

#include <QString>

#include <optional>

namespace aiva {

enum class StoreKind { Shopify, WooCommerce, Csv };
enum class StoreStatus { NeverSynced, Syncing, Connected, Error, Disconnected };
enum class Resource { Customers, Orders, Products };
enum class SyncKind { Full, Incremental, History }; // History: orders older than the first sync's window
enum class SyncTrigger { User, Schedule, Webhook, System };
enum class SyncStatus { Running, Completed, CompletedWithErrors, Failed, Cancelled, Interrupted };
enum class Precedence { Vip, Returning, New, Prospect };
enum class ConversationStatus { Open, Waiting, Done };
enum class MatchedBy { None, Email, Alias, Phone, Order, Manual };
// The inbox's splits. LateShipments and Snoozed fill with later features.
enum class InboxView { NeedsMe, ReadyToSend, Waiting, Vip, LateShipments, Snoozed, All };

// Mail -----------------------------------------------------------------------------------------------------------
enum class MailSecurity { Tls, StartTls, Plain }; // Plain: loopback only
enum class MailAuth { Password, OAuth };          // OAuth: OAUTHBEARER where offered, else XOAUTH2
enum class MailboxStatus { Connected, Error, Disconnected };
// Whether colleagues can share the mailbox's state: decided by a live test, never assumed.
enum class TeamMode { Unknown, Shared, SingleAgent };
// What proves a send after a crash between "handed over" and "answered". ServerFiles: the server itself files what it
// sends under Sent; OwnCopy: a blind copy to ourselves in the same SMTP transaction; None: neither, a person decides.
enum class SentProof { ServerFiles, OwnCopy, None };
enum class DraftKind { Reply, ReplyAll, Note };
// Waiting: undo window or send later; Sending: claimed and being handed over; Unknown: handed over, not answered;
// Filing: sent, its copy not in Sent yet; Held: a guard wants a person; Failed: the server refused it for good.
enum class OutboxState { Waiting, Sending, Unknown, Filing, Sent, Held, Failed, Cancelled };

// Verified: authenticated and aligned with From. Unverified: the trusted server said nothing, or nothing aligned.
// Suspicious: something in the mail points elsewhere. Failed: the trusted server says it is not from there (A10).
enum class SenderVerdict { Verified, Unverified, Suspicious, Failed };

QString toWord(StoreKind);          // shopify woocommerce csv
QString toWord(StoreStatus);        // never_synced syncing connected error disconnected
QString toWord(Resource);           // customers orders products
QString toWord(SyncKind);           // full incremental history
QString toWord(SyncTrigger);        // user schedule webhook system
QString toWord(SyncStatus);         // running completed completed_with_errors failed cancelled interrupted
QString toWord(Precedence);         // VIP RETURNING NEW PROSPECT
QString toWord(ConversationStatus); // open waiting done
QString toWord(MatchedBy);          // none email alias phone order manual
QString toWord(InboxView);          // needs-me ready-to-send waiting vip late-shipments snoozed all
QString toWord(MailSecurity);       // tls starttls plain
QString toWord(MailAuth);           // password oauth
QString toWord(MailboxStatus);      // connected error disconnected
QString toWord(TeamMode);           // unknown shared single_agent
QString toWord(SentProof);          // server_files own_copy none
QString toWord(DraftKind);          // reply reply_all note
QString toWord(OutboxState);        // waiting sending unknown filing sent held failed cancelled
QString toWord(SenderVerdict);      // verified unverified suspicious failed

// Absent when the word is none of the enum's: each specialisation exists for the enums above.
template <typename E>
std::optional<E> fromWord(const QString& word);

} // namespace aiva
