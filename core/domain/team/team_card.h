// The messages a team keeps in its folder on the server: one roster whose keywords say which slots are taken, and one
// card per colleague that names them. Written and read by core/team. What a colleague wrote is untrusted text. Pure.
#pragma once

#include "core/domain/mail/message_record.h"

#include <optional>

namespace aiva {

struct TeamCard {
    int slot = 0;    // 1…16
    QString agentId; // 32 lower-case hex digits, random: one installation of one person
    QString name;

    bool operator==(const TeamCard&) const = default;
};

// `nonce`: hex digits that make this writing of the card unlike any before.
QByteArray teamCardMail(const TeamCard& card, const QString& nonce, UtcTime now);
// Absent: not a card, or not one of ours as we write them.
std::optional<TeamCard> teamCardFrom(const MessageRecord& message);

QString teamRosterMessageId();
QByteArray teamRosterMail(UtcTime now);

// A message the compare-and-set test works on and erases.
QString teamScratchMessageId(const QString& nonce);
QByteArray teamScratchMail(const QString& nonce, UtcTime now);
bool isTeamScratch(const MessageRecord& message);

// One line, no control or direction-changing characters, at most 60 characters; may be empty.
QString cleanAgentName(const QString& name);

} // namespace aiva
