#include "core/adapters/mail/imap/imap_errors.h"

#include "core/adapters/mail/imap/imap_text.h"

#include <algorithm>
#include <iterator>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

struct Meaning {
    const char* code;
    ErrorKind kind;
    ErrorCause cause;
};

constexpr Meaning kMeanings[] = {
    {"AUTHENTICATIONFAILED", ErrorKind::Auth, ErrorCause::LoginRefused},
    {"AUTHORIZATIONFAILED", ErrorKind::Auth, ErrorCause::LoginRefused},
    {"EXPIRED", ErrorKind::Auth, ErrorCause::LoginExpired},
    {"PRIVACYREQUIRED", ErrorKind::Refused, ErrorCause::PlainTextRefused},
    {"UNAVAILABLE", ErrorKind::RateLimited, ErrorCause::ServerBusy},
    {"INUSE", ErrorKind::RateLimited, ErrorCause::ServerBusy},
    {"THROTTLED", ErrorKind::RateLimited, ErrorCause::ServerBusy},
    {"SERVERBUG", ErrorKind::RateLimited, ErrorCause::ServerBusy},
    {"OVERQUOTA", ErrorKind::Refused, ErrorCause::OverQuota},
    {"TOOBIG", ErrorKind::Refused, ErrorCause::MailTooLarge},
    {"LIMIT", ErrorKind::Refused, ErrorCause::NotSupported},
    {"CANNOT", ErrorKind::Refused, ErrorCause::NotSupported},
    {"NONEXISTENT", ErrorKind::NotFound, ErrorCause::FolderMissing},
    {"TRYCREATE", ErrorKind::NotFound, ErrorCause::FolderMissing},
    {"EXPUNGEISSUED", ErrorKind::NotFound, ErrorCause::None},
    {"ALREADYEXISTS", ErrorKind::Conflict, ErrorCause::None},
};

QString detailOf(const ImapResponse& response) {
    QString detail = u"the server answered "_s + cleanServerText(response.name, 10);
    if (!response.code.isEmpty()) detail += u" [%1]"_s.arg(cleanServerText(response.code, 40));
    return detail;
}

const Meaning* meaningOf(const QByteArray& code) {
    const auto* found =
        std::find_if(std::begin(kMeanings), std::end(kMeanings), [&](const Meaning& m) { return code == m.code; });
    return found == std::end(kMeanings) ? nullptr : found;
}

} // namespace

Error imapError(const ImapResponse& response) {
    const QString detail = detailOf(response);
    if (const Meaning* meaning = meaningOf(response.code)) return {meaning->kind, detail, meaning->cause};
    if (response.is("BYE")) return {ErrorKind::Network, detail, ErrorCause::ConnectionReset};
    if (response.is("BAD")) return {ErrorKind::Refused, detail, ErrorCause::ProtocolBroken};
    return {ErrorKind::Refused, detail};
}

Error imapLoginError(const ImapResponse& response) {
    Error error = imapError(response);
    if (response.code == "LIMIT") { // of connections: passes by itself
        error.kind = ErrorKind::RateLimited;
        error.cause = ErrorCause::ServerBusy;
    }
    if (!meaningOf(response.code) && !response.is("BYE")) {
        error.kind = ErrorKind::Auth;
        error.cause = ErrorCause::LoginRefused;
    }
    return error;
}

Error imapNotSupported(const char* capability) {
    return {ErrorKind::Refused, u"the server lacks %1"_s.arg(QLatin1StringView(capability)), ErrorCause::NotSupported};
}

Error imapClosed() {
    return {ErrorKind::Refused, u"the mailbox was closed"_s};
}

} // namespace aiva
