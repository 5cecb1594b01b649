#include "core/domain/team/team_card.h"

#include "core/domain/team/team_keywords.h"

#include <QLocale>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr auto kDomain = "@team.aiva.invalid"_L1; // RFC 2606: nobody can own it
constexpr qsizetype kLongestName = 60;
constexpr qsizetype kAgentIdLength = 32;

bool isHex(const QString& text) {
    return std::all_of(text.begin(), text.end(),
                       [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); });
}

// RFC 2047 encoded words, each of whole characters and at most 75 bytes.
QByteArray encodedName(const QString& name) {
    QByteArray out;
    QByteArray chunk;
    const auto flush = [&] {
        if (chunk.isEmpty()) return;
        if (!out.isEmpty()) out += "\r\n ";
        out += "=?utf-8?B?" + chunk.toBase64() + "?=";
        chunk.clear();
    };
    const QList<uint> characters = name.toUcs4();
    for (const uint character : characters) {
        const auto one = static_cast<char32_t>(character);
        const QByteArray utf8 = QString::fromUcs4(&one, 1).toUtf8();
        if (chunk.size() + utf8.size() > 42) flush();
        chunk += utf8;
    }
    flush();
    return out;
}

QByteArray mailOf(const QByteArray& from, const char* subject, const QString& messageId, UtcTime now,
                  const char* text) {
    const QByteArray date = QLocale::c().toString(now.toDateTime(), u"ddd, dd MMM yyyy HH:mm:ss"_s).toLatin1();
    return "From: " + from + " <team" + QByteArray(kDomain.data(), kDomain.size()) + ">\r\nSubject: " + subject +
           "\r\nDate: " + date + " +0000\r\nMessage-ID: <" + messageId.toLatin1() +
           ">\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
           "Content-Type: text/plain; charset=utf-8\r\n\r\n" +
           text + "\r\n";
}

} // namespace

QString cleanAgentName(const QString& name) {
    QString clean;
    const QString line = name.left(kLongestName * 8).simplified();
    for (const QChar c : line) {
        const bool hidden = c.category() == QChar::Other_Control || c.category() == QChar::Other_Format ||
                            c == QChar::ReplacementCharacter;
        if (!hidden) clean += c;
    }
    clean = clean.simplified().left(kLongestName);
    if (!clean.isEmpty() && clean.back().isHighSurrogate()) clean.chop(1);
    return clean;
}

QByteArray teamCardMail(const TeamCard& card, const QString& nonce, UtcTime now) {
    const QString id =
        u"card.%1.%2.%3"_s.arg(card.slot, 2, 10, QChar(u'0')).arg(card.agentId, nonce) + QString(kDomain);
    return mailOf(encodedName(cleanAgentName(card.name)), "Aiva team: a colleague", id, now,
                  "Aiva keeps here who answers the mail of this mailbox. Please leave this message where it is.");
}

std::optional<TeamCard> teamCardFrom(const MessageRecord& message) {
    if (!message.messageId.endsWith(kDomain)) return std::nullopt;
    const QStringList parts = message.messageId.chopped(kDomain.size()).split(u'.');
    if (parts.size() != 4 || parts.at(0) != "card"_L1) return std::nullopt;
    TeamCard card;
    card.slot = slotOfKeyword(u"$AivaA"_s + parts.at(1));
    card.agentId = parts.at(2);
    card.name = cleanAgentName(message.from.name);
    const bool valid = card.slot > 0 && card.agentId.size() == kAgentIdLength && isHex(card.agentId) &&
                       !card.name.isEmpty() && isHex(parts.at(3));
    if (!valid) return std::nullopt;
    return card;
}

QString teamRosterMessageId() {
    return u"roster"_s + kDomain;
}

QByteArray teamRosterMail(UtcTime now) {
    return mailOf("Aiva", "Aiva team", teamRosterMessageId(), now,
                  "The keywords of this message say which places of the team are taken. Please leave it where it is.");
}

QString teamScratchMessageId(const QString& nonce) {
    return u"scratch."_s + nonce + kDomain;
}

QByteArray teamScratchMail(const QString& nonce, UtcTime now) {
    return mailOf("Aiva", "Aiva self-test", teamScratchMessageId(nonce), now,
                  "A test of whether this mailbox can be shared. It may be deleted.");
}

bool isTeamScratch(const MessageRecord& message) {
    return message.messageId.startsWith("scratch."_L1) && message.messageId.endsWith(kDomain);
}

} // namespace aiva
