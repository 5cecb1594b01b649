#include "app/aivactl/output.h"

#include "app/aivactl/advice.h"
#include "core/base/log.h"

#include <QJsonDocument>

#include <cstdio>
#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace aiva::ctl {
namespace {

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
        return error.cause == ErrorCause::ShopNotFound || error.cause == ErrorCause::NoRestApi ? NetworkFailed
                                                                                               : NotFound;
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

void printNote(const QString& text) {
    std::fprintf(stderr, "aivactl: %s.\n", text.toUtf8().constData());
}

bool isOnTerminal() {
#ifdef Q_OS_UNIX
    return isatty(STDERR_FILENO) != 0;
#else
    return false;
#endif
}

int printError(const Error& error) {
    const Advice advice = adviceFor(error);
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
