// Whether a mail is really from whom it says (A10), as the trusted receiving server found and the mail itself shows.
// Made by sender authentication, stored once per message, read by the conversation view and by the gate. Plain values.
#pragma once

#include "core/domain/names.h"

#include <QString>
#include <QStringList>

namespace aiva {

struct SenderCheck {
    SenderVerdict verdict = SenderVerdict::Unverified;
    QString spf; // RFC 8601 result words; empty: not said by a trusted server
    QString dkim;
    QString dmarc;
    QString alignedDomain; // what was authenticated; empty when nothing was
    QStringList warnings;  // reply_to_elsewhere, look_alike_domain, …

    bool operator==(const SenderCheck&) const = default;
};

} // namespace aiva
