#include "app/aivactl/output.h"

#include "core/base/log.h"

#include <QJsonDocument>
#include <QMap>

#include <cstdio>

namespace aiva::ctl {
namespace {

struct Advice {
    const char* happened;
    const char* remedy;
};

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
    case ErrorCause::ShopFrozen:
        return {"The shop is frozen for an unpaid balance", "settle it in the shop's admin"};
    case ErrorCause::ScopeMissing:
        return {"The app lacks a permission",
                "grant read_customers, read_orders, read_products and read_inventory, and install it again"};
    case ErrorCause::ShopNotFound:
        return {"The shop was not found", "check the shop's domain"};
    case ErrorCause::ShopLocked:
        return {"The shop is locked by the platform", "contact the platform's support"};
    case ErrorCause::QueryTooCostly:
        return {"The shop refused a query as too costly", "try again with fewer resources"};
    case ErrorCause::BulkBusy:
        return {"The shop runs too many bulk operations", "try again in some minutes"};
    case ErrorCause::HostNotFound:
        return {"The host was not found", "check the name and the network"};
    case ErrorCause::ConnectionReset:
        return {"The connection was cut", "try again"};
    case ErrorCause::CertificateInvalid:
        return {"The server's certificate is not valid", "check the address, the clock and any proxy in between"};
    case ErrorCause::RedirectRefused:
        return {"The server redirected to another host", "check the shop's domain"};
    case ErrorCause::HostNotAllowed:
        return {"The address is not one this store may use", "check the address"};
    case ErrorCause::BodyTruncated:
        return {"The answer ended before it was whole", "try again"};
    case ErrorCause::BodyTooLarge:
        return {"The answer is larger than allowed", "try again with fewer records"};
    case ErrorCause::NoSecretService:
        return {"This machine has no keychain that works", "use --key-file FILE or --passphrase-stdin"};
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

int exitStatus(const Error& error) {
    switch (error.cause) {
    case ErrorCause::WrongKey:
    case ErrorCause::DamagedFile:
    case ErrorCause::NewerSchema:
        return BadWorkspace;
    case ErrorCause::WorkspaceAbsent:
        return NotFound;
    default:
        break;
    }
    switch (error.kind) {
    case ErrorKind::NotFound:
        return error.cause == ErrorCause::ShopNotFound ? NetworkFailed : NotFound;
    case ErrorKind::Auth:
        return AuthRefused;
    case ErrorKind::Network:
    case ErrorKind::Timeout:
    case ErrorKind::RateLimited:
        return NetworkFailed;
    default:
        return Failed;
    }
}

} // namespace

void printJson(const QJsonObject& object) {
    const QByteArray line = QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stdout);
    std::fflush(stdout);
}

void printText(const QString& text) {
    const QByteArray line = text.toUtf8() + '\n';
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stdout);
    std::fflush(stdout);
}

int printError(const Error& error) {
    Advice advice = adviceForCause(error.cause);
    if (!advice.happened) advice = adviceForKind(error.kind);
    const QString detail = redacted(error.detail).simplified();
    const QString line = QStringLiteral("aivactl: %1%2; %3.")
                             .arg(QString::fromLatin1(advice.happened),
                                  detail.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(detail),
                                  QString::fromLatin1(advice.remedy));
    std::fprintf(stderr, "%s\n", line.toUtf8().constData());
    return exitStatus(error);
}

int printUsageError(const QString& message) {
    std::fprintf(stderr, "aivactl: %s; see 'aivactl --help'.\n", message.toUtf8().constData());
    return WrongUsage;
}

} // namespace aiva::ctl
