#include "core/base/error.h"

#include <array>

namespace aiva {

QString errorKindName(ErrorKind kind) {
    static constexpr std::array names{"Network",  "Timeout", "RateLimited", "Auth",    "NotFound",
                                      "Conflict", "Invalid", "Storage",     "Refused", "Internal"};
    return QString::fromLatin1(names.at(static_cast<size_t>(kind)));
}

QString errorCauseName(ErrorCause cause) {
    static constexpr std::array names{
        "None",          "WrongKey",         "DamagedFile",        "NewerSchema",     "ReadOnlyDisk",
        "DiskFull",      "WorkspaceBusy",    "WorkspaceAbsent",    "TokenRefused",    "ShopFrozen",
        "ScopeMissing",  "ShopNotFound",     "ShopLocked",         "QueryTooCostly",  "BulkBusy",
        "HostNotFound",  "ConnectionReset",  "CertificateInvalid", "RedirectRefused", "HostNotAllowed",
        "BodyTruncated", "BodyTooLarge",     "LoginRefused",       "LoginExpired",    "PlainTextRefused",
        "ServerBusy",    "Greylisted",       "MailTooLarge",       "MailboxFull",     "OverQuota",
        "SendingLimit",  "RecipientRefused", "SenderRefused",      "ContentRefused",  "ProtocolBroken",
        "FolderMissing", "NotSupported",     "OutcomeUnknown",     "DraftStale",      "ClaimTaken",
        "VariableEmpty", "NoRecipient",      "NoSecretService"};
    return QString::fromLatin1(names.at(static_cast<size_t>(cause)));
}

} // namespace aiva
