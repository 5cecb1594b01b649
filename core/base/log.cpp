#include "core/base/log.h"

#include <QRegularExpression>

#include <cstdio>

namespace aiva {

Q_LOGGING_CATEGORY(logStorage, "aiva.storage", QtWarningMsg)
Q_LOGGING_CATEGORY(logNetwork, "aiva.network", QtWarningMsg)
Q_LOGGING_CATEGORY(logSync, "aiva.sync", QtWarningMsg)
Q_LOGGING_CATEGORY(logMail, "aiva.mail", QtWarningMsg)
Q_LOGGING_CATEGORY(logDesk, "aiva.desk", QtWarningMsg)

QString redacted(const QString& text) {
    static const QRegularExpression pattern(
        QStringLiteral(
            R"((?:shp[a-z]{2}_[A-Za-z0-9]+))"
            R"(|(?:(?:Bearer|Basic)\s+[A-Za-z0-9+/._~=-]{6,}))"
            R"(|(?:(?<=[?&"' ])(?:access_token|client_secret|signature|password|token|refresh_token)["']?\s*[=:]\s*["']?[^&\s"']+))"
            R"(|(?:(?<=[?&])(?:code|hmac)=[^&\s"']+))"
            R"(|(?:(?<=\?)(?:[^\s"']*(?:Signature|Expires)=[^\s"']*)))"
            R"(|(?:[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+))"),
        QRegularExpression::CaseInsensitiveOption);
    QString clean = text;
    return clean.replace(pattern, QStringLiteral("[redacted]"));
}

static void writeMessage(QtMsgType type, const QMessageLogContext& context, const QString& message) {
    const char* level = type == QtDebugMsg     ? "debug"
                        : type == QtInfoMsg    ? "info"
                        : type == QtWarningMsg ? "warning"
                                               : "error";
    const QByteArray line = redacted(message).toUtf8();
    std::fprintf(stderr, "%s: %s: %s\n", level, context.category ? context.category : "default", line.constData());
}

void installLogHandler() {
    qInstallMessageHandler(writeMessage);
}

} // namespace aiva
