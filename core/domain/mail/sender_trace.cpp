// Which Authentication-Results of a mail were written by the server we trust: the rule stands in the header.
#include "core/domain/mail/authentication_results.h"
#include "core/domain/mail/sender_authentication.h"

#include <QRegularExpression>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr int kFewestMails = 3;
constexpr qsizetype kLongestAuthservId = 255; // of a domain: RFC 5321 §4.5.3.1.2

// Servers that remove from what they receive every field that carries their own id.
bool removesForgeries(const QString& authservId) {
    static const QStringList ids{u"mx.google.com"_s, u"mx.microsoft.com"_s, QString(kUnnamedServer)};
    static const QStringList domains{u".messagingengine.com"_s, u".mail.yahoo.com"_s, u".gmx.net"_s, u".web.de"_s,
                                     u".protection.outlook.com"_s};
    return ids.contains(authservId) || std::any_of(domains.begin(), domains.end(),
                                                   [&](const QString& domain) { return authservId.endsWith(domain); });
}

bool isPrivate(const QString& printed) {
    QString text = printed.toLower();
    if (text.startsWith("ipv6:"_L1)) text.remove(0, 5);
    const auto parts = text.split(u'.');
    if (parts.size() == 4) {
        const int second = parts.at(1).toInt();
        return parts.at(0) == "10"_L1 || parts.at(0) == "127"_L1 || (parts.at(0) == "192"_L1 && second == 168) ||
               (parts.at(0) == "172"_L1 && second >= 16 && second <= 31);
    }
    return text == "::1"_L1 || text.startsWith("fc"_L1) || text.startsWith("fd"_L1) || text.startsWith("fe80:"_L1);
}

// Whether this hop may have taken the mail in from outside. What cannot be told is a border.
bool isBorder(const QString& received) {
    static const QRegularExpression from(u"^\\s*from\\s"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression local(u"\\swith\\s+lmtps?a?\\b"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression address(u"\\[([0-9a-fA-F:.]+|[Ii][Pp][Vv]6:[0-9a-fA-F:.]+)\\]"_s);
    static const QRegularExpression inComment(u"\\([^()]*\\[[^\\]]+\\][^()]*\\)"_s);
    const QString text = received.left(2000);
    if (!text.contains(from)) return false;
    const qsizetype by = text.lastIndexOf(" by "_L1, -1, Qt::CaseInsensitive); // a HELO may hold one as well
    const QString sender = by < 0 ? text : text.left(by);
    // "with" is looked for behind "by": before it stands what the sender called itself.
    if (by >= 0 && text.mid(by).contains(local)) return false;
    if (!sender.contains(inComment)) return true;
    auto matches = address.globalMatch(sender);
    while (matches.hasNext())
        if (!isPrivate(matches.next().captured(1))) return true;
    return false;
}

// It is shown to a person: nothing that hides in a line of text, or reorders it.
bool isPlainName(const QString& authservId) {
    return authservId.size() <= kLongestAuthservId &&
           std::all_of(authservId.begin(), authservId.end(), [](QChar c) { return c.isPrint() && !c.isSpace(); });
}

// Microsoft's servers leave such fields in mail that goes out as well, where the next server may add none of its own.
// The topmost Received is always by the server the mail lies on.
bool isMicrosofts(const std::vector<TraceField>& trace) {
    static const QRegularExpression by(u"^ by \\S+\\.outlook\\.com\\s"_s, QRegularExpression::CaseInsensitiveOption);
    const auto top =
        std::find_if(trace.begin(), trace.end(), [](const TraceField& field) { return field.name == "received"_L1; });
    if (top == trace.end()) return false;
    const QString text = top->value.left(2000);
    const qsizetype last = text.lastIndexOf(" by "_L1, -1, Qt::CaseInsensitive);
    return last >= 0 && text.mid(last).contains(by);
}

} // namespace

QStringList trustedAuthenticationResults(const std::vector<TraceField>& trace, const QString& authservId) {
    QStringList fields;
    const QString trusted = authservId.trimmed().toLower();
    if (trusted.isEmpty()) return fields;
    const bool anyDepth = removesForgeries(trusted);
    for (const TraceField& field : trace) {
        if (field.name == "received"_L1) {
            if (!fields.isEmpty() || (!anyDepth && isBorder(field.value))) return fields;
            continue;
        }
        if (field.name != "authentication-results"_L1) continue;
        const auto results = parseAuthenticationResults(field.value);
        if (results && results->authservId == trusted) fields << field.value;
    }
    return fields;
}

QString topmostAuthservId(const std::vector<TraceField>& trace) {
    const auto top = std::find_if(trace.begin(), trace.end(),
                                  [](const TraceField& field) { return field.name == "authentication-results"_L1; });
    if (top == trace.end()) return {};
    const auto results = parseAuthenticationResults(top->value);
    if (!results || !isPlainName(results->authservId)) return {};
    const QString id = results->authservId;
    if (id == kUnnamedServer && !isMicrosofts(trace)) return {};
    return trustedAuthenticationResults(trace, id).isEmpty() ? QString() : id;
}

// Where the server adds no field, the topmost one is the sender's own: another sender's mail names another, and most
// mails name none. Without asking for most, three mails of one sender would choose whom the person is asked to trust.
QString suggestedAuthservId(const QStringList& newest) {
    QStringList seen = newest;
    seen.removeAll(QString());
    const qsizetype mails = seen.size();
    const bool isOne = seen.removeDuplicates() == mails - 1;
    return isOne && mails >= kFewestMails && 2 * mails > newest.size() ? seen.front() : QString();
}

} // namespace aiva
