// What settings and the wizard say about a mailbox: its state, whether it is shared, what proves a send, and each step
// of the live test. Pure.
#pragma once

#include "core/desk/mail/mail_values.h"
#include "core/readmodel/mailbox_query.h"
#include "ui/widgets/status_dot.h"

#include <optional>

namespace aiva {

struct MailboxLook {
    DotLook dot;
    QString word;
};
MailboxLook mailboxLook(const MailboxView& view, bool isSyncing);

// "18,204 messages · 2,310 to fetch · 3 could not be read"
QString mailboxCountsText(const MailboxView& view);
QString lastMailSyncText(const MailAccount& account, UtcTime now);
// "Shared with Anna, Ben", "Single-agent mode: the server cannot tell two writers apart."
QString sharingText(const MailboxView& view);
// The part behind the colon, with what it means.
QString singleAgentReason(const QString& word);
QString sentProofText(SentProof proof);
// What to do about a mailbox that is not well; empty when it is.
QString mailboxAdvice(const MailAccount& account);
// True when its sign-in no longer works: a banner belongs on every page.
bool lostItsLogin(const MailAccount& account);

QString setupStepTitle(MailSetupStep::What what);
// How a step went, and what to do when it failed. Empty while it has nothing to say.
QString setupStepText(const MailSetupStep& step);
DotLook setupStepDot(MailSetupStep::State state);

// Google and Microsoft: what a person has to do there first. Empty for others.
QString oauthProviderNote(const QString& providerName);
QString oauthProviderTitle(const QString& providerName);

} // namespace aiva
