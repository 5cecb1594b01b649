// What can go wrong, as a value. Every fallible function of ours returns Result<T> (result.h) carrying one of these.
// `detail` is English for the log: no secret, no customer data. People read ui/errors, which is chosen by kind and
// cause.
#pragma once

#include <QString>

#include <optional>

namespace aiva {

enum class ErrorKind { Network, Timeout, RateLimited, Auth, NotFound, Conflict, Invalid, Storage, Refused, Internal };

// Narrows a kind where what the person should do differs. None when the kind says it all.
enum class ErrorCause {
    None,
    // Storage
    WrongKey,        // the key check value does not match: another key, file intact as far as we know
    DamagedFile,     // authentication of a page failed, or the file is not one of ours
    NewerSchema,     // written by a newer Aiva
    ReadOnlyDisk,    // the file or its folder cannot be written
    DiskFull,        //
    WorkspaceBusy,   // another process holds the write lock
    WorkspaceAbsent, // nothing there: workspace init first
    // Auth, Refused, NotFound as a shop says it
    TokenRefused,   // HTTP 401
    SignInOver,     // the day is over for which somebody lent their own rights
    ShopFrozen,     // HTTP 402
    ScopeMissing,   // HTTP 403 or ACCESS_DENIED
    ShopNotFound,   // HTTP 404
    ShopLocked,     // HTTP 423
    ShopWary,       // HTTP 430, Security Rejection
    QueryTooCostly, // MAX_COST_EXCEEDED
    BulkBusy,       // OPERATION_IN_PROGRESS
    // Network
    HostNotFound,
    ConnectionReset,
    CertificateInvalid,    // nobody we trust signed it
    CertificateForAnother, // it names another host
    CertificateExpired,    // or is not valid yet
    RedirectRefused,       // to another host, or to http
    HostNotAllowed,        // outside the adapter's allow-list
    BodyTruncated,         // ended before it was whole
    BodyTooLarge,
    // Mail, as an IMAP or SMTP server says it
    LoginRefused,     // user name, password or token
    LoginExpired,     // the refresh token was revoked: sign in again
    PlainTextRefused, // the server offers no encryption, or wants a login without it
    ServerBusy,       // 421, 4xx, UNAVAILABLE, INUSE: try again later
    Greylisted,       // 4.7.x or 450 on a recipient: comes back by itself
    MailTooLarge,     // SIZE, 552 5.3.4, APPENDLIMIT
    MailboxFull,      // the recipient's: 552 5.2.2
    OverQuota,        // ours: OVERQUOTA, 5.2.2 on append
    SendingLimit,     // 5.7.x/4.7.x rate or quota of the sender
    RecipientRefused, // 5.1.x
    SenderRefused,    // MAIL FROM not ours
    ContentRefused,   // 5.7.1, 554: policy or spam
    ProtocolBroken,   // the server said what the protocol does not allow, or more than our caps
    FolderMissing,    //
    NotSupported,     // the server lacks the capability
    OutcomeUnknown,   // handed over, never answered, and nothing proves either
    // Sending, as our own guards say it
    DraftStale,    // the conversation or an order changed since the draft was begun
    ClaimTaken,    // a colleague is answering
    VariableEmpty, // a canned reply's variable has no value
    NoRecipient,   //
    // Secrets
    NoSecretService, // no usable keychain on this machine
    // Language models, as the endpoint or our own checks say it
    ModelDeclined,   // it refused to answer
    AnswerCut,       // the stream or the answer ended before it was whole, or at the length limit
    AnswerMalformed, // whole, but not what was asked for
    SpendLimit,      // the provider's quota or billing: final until somebody pays
    BudgetSpent,     // our own limit a day or a conversation
    ModelMissing,    // no such model at this endpoint
    ModelBusy,       // 429, 503, 529 after every retry
    // WooCommerce
    NoRestApi,     // the address answers, but not as WooCommerce does
    HeaderBlocked, // the key never arrives: a proxy or plug-in drops the Authorization header
    ClockSkew,     // the signature's time was refused
    KeyReadsOnly,  // what was tried needs a key that may write
    // Google Pub/Sub
    QueueRoleMissing, // HTTP 403: the service account may not read the subscription
    QueueKeyRefused,  // the key of the service account, or a token made with it
    // Files to be imported
    NotText,         // a spreadsheet, an archive, a picture …
    FileEmpty,       // not even a header
    HeaderBroken,    // it cannot be taken apart into columns
    ColumnMissing,   // no column says what no record can do without
    OtherRecords,    // orders where customers were asked for
    ReportOnly,      // sums of a period: neither totals of orders nor addresses
    CurrencyMissing, // neither a column nor anybody says it
    NameMissing,     // of the store
};
inline constexpr ErrorCause kLastErrorCause = ErrorCause::NameMissing;

struct Error {
    ErrorKind kind = ErrorKind::Internal;
    QString detail;
    ErrorCause cause = ErrorCause::None;

    bool operator==(const Error&) const = default;
};

// "Network", "Auth" …: stable English names for the log and for stored records.
QString errorKindName(ErrorKind kind);
QString errorCauseName(ErrorCause cause);

// "Auth/LoginRefused", or "Timeout" when the kind says it all: what rows and the log keep of an error.
QString errorWords(const Error& error);
// Without a detail; absent when the words are none of ours.
std::optional<Error> errorFromWords(const QString& words);

// One of the three certificate causes: no use in trying again before somebody looks.
bool isCertificateCause(ErrorCause cause);

} // namespace aiva
