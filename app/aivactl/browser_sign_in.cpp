#include "app/aivactl/browser_sign_in.h"

#include "app/common/shopify_grant.h"

#include <QProcess>
#include <QUrl>

#include <cstdio>

namespace aiva::ctl {

using namespace Qt::StringLiterals;

namespace {

struct BrowserProgram {
    QString program;
    QStringList arguments;
};

std::optional<BrowserProgram> browserProgram() {
#if defined(Q_OS_WIN)
    return BrowserProgram{u"rundll32"_s, {u"url.dll,FileProtocolHandler"_s}};
#elif defined(Q_OS_MACOS)
    return BrowserProgram{u"open"_s, {}};
#else
    // Without a display xdg-open falls back to a browser in this terminal.
    if (!qEnvironmentVariableIsSet("DISPLAY") && !qEnvironmentVariableIsSet("WAYLAND_DISPLAY")) return std::nullopt;
    return BrowserProgram{u"xdg-open"_s, {}};
#endif
}

bool openBrowser(const QUrl& url) {
    const auto browser = browserProgram();
    if (!browser) return false;
    QProcess process;
    process.setProgram(browser->program);
    process.setArguments(browser->arguments + QStringList{QString::fromLatin1(url.toEncoded())});
    // What it says is no part of our answer.
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    return process.startDetached();
}

void announce(const QUrl& url, quint16 port) {
    const bool isOpened = openBrowser(url);
    std::fprintf(stderr, "%s\n  %s\nThe app must list the redirect URL %s\nWaiting for the browser; Ctrl+C ends it.\n",
                 isOpened ? "Allow the app in the browser that opens, or at" : "Open in a browser on this computer:",
                 url.toEncoded().constData(), qUtf8Printable(storeRedirect(port)));
    std::fflush(stderr);
}

int explain(const Error& error, quint16 port) {
    if (error.kind == ErrorKind::Refused && error.cause == ErrorCause::ShopNotFound) {
        printNote(
            u"Another shop has answered; sign in to the one of --shop in the browser and run the command again"_s);
        return Failed;
    }
    if (error.cause != ErrorCause::None) return printError(error);
    switch (error.kind) {
    case ErrorKind::Conflict:
        printNote(u"Port %1 is taken by another program; end that program, or take another port with --port and list "
                  "its redirect URL in the app"_s.arg(port));
        return Failed;
    case ErrorKind::Timeout:
        printNote(u"Nobody allowed the app in the browser; run the command again"_s);
        return Failed;
    case ErrorKind::Refused:
        printNote(u"The app was not allowed in the browser; nothing was saved"_s);
        return Failed;
    default:
        return printError(error);
    }
}

} // namespace

std::optional<quint16> redirectPort(const CommandLine& line) {
    if (!line.has("port")) return kStoreRedirectPort;
    bool isNumber = false;
    const uint port = line.value("port").toUInt(&isNumber);
    if (isNumber && port >= 1 && port <= 65'535) return static_cast<quint16>(port);
    printUsageError(u"--port takes a number from 1 to 65535"_s);
    return std::nullopt;
}

std::variant<SecretString, int> signInWithBrowser(const Context& context, HttpTransport& http,
                                                  const ShopifyCredentials& credentials, quint16 port) {
    ShopifyBrowser browser(http, context.clock);
    const Result<SecretString> grant =
        waitFor(browser.signIn(credentials, port, [port](const QUrl& url) { announce(url, port); }));
    if (!grant) return explain(grant.error(), port);
    return *grant;
}

} // namespace aiva::ctl
