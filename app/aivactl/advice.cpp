#include "app/aivactl/advice.h"

namespace aiva::ctl {
namespace {

Advice adviceForCause(ErrorCause cause) {
    switch (cause) {
    case ErrorCause::WrongKey:
        return {"The key does not open this workspace", "use the key it was made with"};
    case ErrorCause::DamagedFile:
        return {"The workspace is damaged", "restore a backup; the file was left as it is"};
    case ErrorCause::NewerSchema:
        return {"The workspace was written by a newer Aiva", "update this program"};
    case ErrorCause::ReadOnlyDisk:
        return {"The workspace cannot be written", "check the permissions of its folder"};
    case ErrorCause::DiskFull:
        return {"The disk is full", "free some space and try again"};
    case ErrorCause::WorkspaceBusy:
        return {"Another program is writing to this workspace", "try again in a moment"};
    case ErrorCause::WorkspaceAbsent:
        return {"There is no workspace here", "run 'aivactl workspace init' first"};
    case ErrorCause::TokenRefused:
        return {"The shop refused the credentials", "connect the store again"};
    case ErrorCause::SignInOver:
        return {"The sign-in of a day to the shop has ended", "connect the store again with --browser --online"};
    case ErrorCause::ShopFrozen:
        return {"The shop is frozen for an unpaid balance", "settle it in the shop's admin"};
    case ErrorCause::ScopeMissing:
        return {
            "The app or key lacks a permission",
            "on Shopify grant read_customers, read_orders, read_products and read_inventory and install it again, on "
            "WooCommerce use a key with read access that belongs to a shop manager"};
    case ErrorCause::ShopNotFound:
        return {"The shop was not found", "check the shop's domain"};
    case ErrorCause::ShopLocked:
        return {"The shop is locked by the platform", "contact the platform's support"};
    case ErrorCause::ShopWary:
        return {"The shop's security turned this connection away", "try again later, without a VPN or proxy"};
    case ErrorCause::QueryTooCostly:
        return {"The shop refused a query as too costly", "try again with fewer resources"};
    case ErrorCause::BulkBusy:
        return {"The shop runs too many bulk operations", "try again in some minutes"};
    case ErrorCause::HostNotFound:
        return {"The host was not found", "check the name and the network"};
    case ErrorCause::ConnectionReset:
        return {"The connection was cut", "try again"};
    case ErrorCause::CertificateInvalid:
        return {"The server's certificate is not trusted", "check the address and any proxy in between"};
    case ErrorCause::CertificateForAnother:
        return {"The server's certificate is for another name", "use the name the certificate was made for"};
    case ErrorCause::CertificateExpired:
        return {"The server's certificate has expired or is not valid yet",
                "check this computer's clock, or ask who runs the server to renew it"};
    case ErrorCause::RedirectRefused:
        return {"The server redirected to another host",
                "check the shop's domain, with or without www, https instead of http"};
    case ErrorCause::HostNotAllowed:
        return {"The address is not one this store may use", "check the address"};
    case ErrorCause::BodyTruncated:
        return {"The answer ended before it was whole", "try again"};
    case ErrorCause::BodyTooLarge:
        return {"The answer is larger than allowed", "try again with fewer records"};
    case ErrorCause::LoginRefused:
        return {"The mail server refused the login", "check user name and password, or connect the mailbox again"};
    case ErrorCause::LoginExpired:
        return {"The sign-in to the mailbox has ended", "sign in again"};
    case ErrorCause::PlainTextRefused:
        return {"The mail server offers no encryption", "use another port or ask its provider"};
    case ErrorCause::ServerBusy:
        return {"The mail server is busy", "try again in some minutes"};
    case ErrorCause::Greylisted:
        return {"The mail server asks to come back later", "nothing; it is tried again by itself"};
    case ErrorCause::MailTooLarge:
        return {"The mail is larger than the server takes", "send fewer or smaller attachments"};
    case ErrorCause::MailboxFull:
        return {"The recipient's mailbox is full", "try again later or write to another address"};
    case ErrorCause::OverQuota:
        return {"The mailbox is full", "make room in it"};
    case ErrorCause::SendingLimit:
        return {"The account may send no more mail for now", "wait, or ask its provider"};
    case ErrorCause::RecipientRefused:
        return {"The mail server does not know the recipient", "check the address"};
    case ErrorCause::SenderRefused:
        return {"The mail server does not let this account send from the address", "check the mailbox's address"};
    case ErrorCause::ContentRefused:
        return {"The mail server refused the content", "change the text or the attachments"};
    case ErrorCause::ProtocolBroken:
        return {"The mail server's answer could not be understood", "check host and port"};
    case ErrorCause::FolderMissing:
        return {"A folder is missing on the mail server", "create it there and try again"};
    case ErrorCause::NotSupported:
        return {"The server cannot do this", "see the detail"};
    case ErrorCause::OutcomeUnknown:
        return {"Whether the mail was sent is not known", "look into the Sent folder and decide in the outbox"};
    case ErrorCause::DraftStale:
        return {"The conversation or an order changed since the reply was written", "read what changed and send again"};
    case ErrorCause::ClaimTaken:
        return {"A colleague is answering this conversation", "wait for the answer or talk to them"};
    case ErrorCause::VariableEmpty:
        return {"The reply still has an empty variable", "fill it in"};
    case ErrorCause::NoRecipient:
        return {"The reply has no recipient", "add one"};
    case ErrorCause::NoSecretService:
        return {"This machine has no keychain that works", "use --key-file FILE or --passphrase-stdin"};
    case ErrorCause::ModelDeclined:
        return {"The model declined to answer", "write the reply yourself, or try another model"};
    case ErrorCause::AnswerCut:
        return {"The model's answer ended in the middle and was dropped", "ask again"};
    case ErrorCause::AnswerMalformed:
        return {"The model's answer had the wrong form and was dropped", "ask again, or try another model"};
    case ErrorCause::SpendLimit:
        return {"The provider's spending limit is reached", "raise it at the provider"};
    case ErrorCause::BudgetSpent:
        return {"The limit of model requests is reached", "wait until tomorrow, or raise it"};
    case ErrorCause::ModelMissing:
        return {"No such model is connected", "connect one in the settings of the window"};
    case ErrorCause::ModelBusy:
        return {"The model is busy", "try again in a while"};
    case ErrorCause::NoRestApi:
        return {"The address does not answer as a WooCommerce shop",
                "check the address, and that WooCommerce is active and its REST API not switched off"};
    case ErrorCause::HeaderBlocked:
        return {"The key never reaches the shop",
                "let the server, its proxies and security plug-ins pass the Authorization header on"};
    case ErrorCause::ClockSkew:
        return {"The shop refuses this computer's clock", "set the time, or have it set by the network"};
    case ErrorCause::KeyReadsOnly:
        return {"The key may only read",
                "make one with the permission Read/Write, of a user who manages the shop, and connect the store again "
                "with it"};
    case ErrorCause::QueueRoleMissing:
        return {"The service account may not read this subscription", "give it the role Pub/Sub Subscriber there"};
    case ErrorCause::QueueKeyRefused:
        return {"Google does not accept the key of the service account",
                "make a new key for it and give its file with --service-account-stdin"};
    case ErrorCause::NotText:
        return {"The file is no text", "save it as CSV in the program it comes from"};
    case ErrorCause::FileEmpty:
        return {"The file is empty", "name another one"};
    case ErrorCause::HeaderBroken:
        return {"The first line of the file, which names the columns, cannot be read", "save the file as CSV anew"};
    case ErrorCause::ColumnMissing:
        return {"A column that is needed is missing", "name it with --map FIELD=COLUMN"};
    case ErrorCause::OtherRecords:
        return {"This is an export of orders", "name it with --orders"};
    case ErrorCause::ReportOnly:
        return {"This report has neither the totals of orders nor e-mail addresses",
                "connect the store, or export its orders with an export plug-in"};
    case ErrorCause::CurrencyMissing:
        return {"No column says the currency", "name it with --currency"};
    case ErrorCause::NameMissing:
        return {"The store has no name", "give it one with --name"};
    case ErrorCause::None:
        break;
    }
    return {nullptr, nullptr};
}

Advice adviceForKind(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::Network:
        return {"The network failed", "check the connection and try again"};
    case ErrorKind::Timeout:
        return {"The server did not answer in time", "try again"};
    case ErrorKind::RateLimited:
        return {"The shop asks to slow down", "try again in a minute"};
    case ErrorKind::Auth:
        return {"The credentials were refused", "connect the store again"};
    case ErrorKind::NotFound:
        return {"Not found", "check the name"};
    case ErrorKind::Conflict:
        return {"Already there", "choose another name or folder"};
    case ErrorKind::Invalid:
        return {"The input is not valid", "correct it and try again"};
    case ErrorKind::Storage:
        return {"The workspace could not be read or written", "run 'aivactl workspace check'"};
    case ErrorKind::Refused:
        return {"Refused", "see the detail"};
    case ErrorKind::Internal:
        break;
    }
    return {"Something went wrong inside Aiva", "please report it with the detail"};
}

} // namespace

Advice adviceFor(const Error& error) {
    const Advice advice = adviceForCause(error.cause);
    return advice.happened ? advice : adviceForKind(error.kind);
}

} // namespace aiva::ctl
