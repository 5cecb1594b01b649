#include "core/base/error.h"

#include <algorithm>
#include <array>

namespace aiva {
namespace {

constexpr std::array kKinds{"Network",  "Timeout", "RateLimited", "Auth",    "NotFound",
                            "Conflict", "Invalid", "Storage",     "Refused", "Internal"};

constexpr std::array kCauses{"None",
                             "WrongKey",
                             "DamagedFile",
                             "NewerSchema",
                             "ReadOnlyDisk",
                             "DiskFull",
                             "WorkspaceBusy",
                             "WorkspaceAbsent",
                             "TokenRefused",
                             "SignInOver",
                             "ShopFrozen",
                             "ScopeMissing",
                             "ShopNotFound",
                             "ShopLocked",
                             "ShopWary",
                             "QueryTooCostly",
                             "BulkBusy",
                             "HostNotFound",
                             "ConnectionReset",
                             "CertificateInvalid",
                             "CertificateForAnother",
                             "CertificateExpired",
                             "RedirectRefused",
                             "HostNotAllowed",
                             "BodyTruncated",
                             "BodyTooLarge",
                             "LoginRefused",
                             "LoginExpired",
                             "PlainTextRefused",
                             "ServerBusy",
                             "Greylisted",
                             "MailTooLarge",
                             "MailboxFull",
                             "OverQuota",
                             "SendingLimit",
                             "RecipientRefused",
                             "SenderRefused",
                             "ContentRefused",
                             "ProtocolBroken",
                             "FolderMissing",
                             "NotSupported",
                             "OutcomeUnknown",
                             "DraftStale",
                             "ClaimTaken",
                             "VariableEmpty",
                             "NoRecipient",
                             "NoSecretService",
                             "ModelDeclined",
                             "AnswerCut",
                             "AnswerMalformed",
                             "SpendLimit",
                             "BudgetSpent",
                             "ModelMissing",
                             "ModelBusy",
                             "NoRestApi",
                             "HeaderBlocked",
                             "ClockSkew",
                             "KeyReadsOnly",
                             "QueueRoleMissing",
                             "QueueKeyRefused",
                             "NotText",
                             "FileEmpty",
                             "HeaderBroken",
                             "ColumnMissing",
                             "OtherRecords",
                             "ReportOnly",
                             "CurrencyMissing",
                             "NameMissing"};
static_assert(kCauses.size() == static_cast<size_t>(kLastErrorCause) + 1);

template <typename E, size_t N>
std::optional<E> named(const std::array<const char*, N>& names, const QString& name) {
    const auto found =
        std::find_if(names.begin(), names.end(), [&](const char* one) { return name == QLatin1String(one); });
    if (found == names.end()) return std::nullopt;
    return static_cast<E>(found - names.begin());
}

} // namespace

QString errorKindName(ErrorKind kind) {
    return QString::fromLatin1(kKinds.at(static_cast<size_t>(kind)));
}

QString errorCauseName(ErrorCause cause) {
    return QString::fromLatin1(kCauses.at(static_cast<size_t>(cause)));
}

QString errorWords(const Error& error) {
    const QString kind = errorKindName(error.kind);
    return error.cause == ErrorCause::None ? kind : kind + QLatin1Char('/') + errorCauseName(error.cause);
}

std::optional<Error> errorFromWords(const QString& words) {
    const auto kind = named<ErrorKind>(kKinds, words.section(QLatin1Char('/'), 0, 0));
    if (!kind) return std::nullopt;
    if (!words.contains(QLatin1Char('/'))) return Error{*kind, {}, ErrorCause::None};
    const auto cause = named<ErrorCause>(kCauses, words.section(QLatin1Char('/'), 1));
    if (!cause) return std::nullopt;
    return Error{*kind, {}, *cause};
}

bool isCertificateCause(ErrorCause cause) {
    return cause == ErrorCause::CertificateInvalid || cause == ErrorCause::CertificateForAnother ||
           cause == ErrorCause::CertificateExpired;
}

} // namespace aiva
