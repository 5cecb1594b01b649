// Whom a mail is with: its sender, or the person a form, a shop platform or a marketplace writes for. Pure; called when
// a mail is put into a conversation. Says who the mail claims to be with, never that the claim is true.
#pragma once

#include "core/domain/mail/message_record.h"

#include <QStringList>

namespace aiva {

struct CustomerSide {
    MailAddress customer; // email empty: nobody by name, see sharedSender
    // Of mail behind an address that writes for many people (an order notification, a marketplace's notice), that
    // address, normalised; such mail belongs together by the order it names and by nothing else.
    QString sharedSender;
    QString order; // then: as orderNamesIn finds it, the subject first; empty when it names none

    // What mail behind a shared sender is kept by; empty when it names no order, and then nothing is the same matter.
    QString sharedParty() const { return order.isEmpty() ? QString() : sharedSender + u' ' + order; }
};

// `own`: every address that is us, normalised.
CustomerSide customerSideOfInbound(const MessageRecord& message, const QStringList& own);
CustomerSide customerSideOfOutbound(const MessageRecord& message, const QStringList& own);

} // namespace aiva
