#include "ui/mailboxes/mailbox_text.h"

#include "ui/errors/error_text.h"
#include "ui/widgets/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(aiva::Mailbox)
};

} // namespace

MailboxLook mailboxLook(const MailboxView& view, bool isSyncing) {
    const MailAccount& account = view.account;
    if (account.status == MailboxStatus::Disconnected)
        return lostItsLogin(account) ? MailboxLook{{DotShape::Ring, Tone::Danger}, Text::tr("sign-in lost")}
                                     : MailboxLook{{DotShape::Hollow, Tone::Neutral}, Text::tr("disconnected")};
    if (isSyncing) return {{DotShape::Half, Tone::Warning}, Text::tr("syncing")};
    if (account.status == MailboxStatus::Error) return {{DotShape::Ring, Tone::Warning}, Text::tr("last sync failed")};
    return {{DotShape::Filled, Tone::Ok}, Text::tr("connected")};
}

QString mailboxCountsText(const MailboxView& view) {
    const QLocale locale;
    const int plural = static_cast<int>(std::min<qint64>(view.messages, 1'000'000));
    QStringList parts{Text::tr("%1 messages", nullptr, plural).arg(locale.toString(view.messages))};
    if (view.messagesToFetch > 0) parts << Text::tr("%1 to fetch").arg(locale.toString(view.messagesToFetch));
    if (view.faults > 0) parts << Text::tr("%1 could not be read").arg(locale.toString(view.faults));
    return parts.join(u" · "_s);
}

QString lastMailSyncText(const MailAccount& account, UtcTime now) {
    if (!account.lastSyncAt) return Text::tr("no sync yet");
    return Text::tr("last sync %1").arg(formatTime(*account.lastSyncAt, now, QLocale()));
}

QString sharingText(const MailboxView& view) {
    switch (view.account.teamMode) {
    case TeamMode::Unknown:
        return Text::tr("Whether colleagues can share it was not tested yet.");
    case TeamMode::SingleAgent:
        return Text::tr("Single-agent mode: %1").arg(singleAgentReason(view.account.teamReason));
    case TeamMode::Shared:
        break;
    }
    QStringList names;
    for (const TeamAgent& agent : view.team)
        if (!agent.isMe) names << agent.name;
    if (names.isEmpty()) return Text::tr("Ready to share. Nobody else has joined yet.");
    return Text::tr("Shared with %1").arg(names.join(u", "_s));
}

QString singleAgentReason(const QString& word) {
    if (word == "no_condstore"_L1)
        return Text::tr("the server cannot tell two writers apart, so only one person should answer here.");
    if (word == "no_keywords"_L1 || word == "no_permanent_keywords"_L1)
        return Text::tr("the server keeps no marks on mails, so colleagues cannot see who answers.");
    if (word == "team_full"_L1) return Text::tr("sixteen people share it already. Take one out before another joins.");
    return Text::tr("the server did not keep shared marks reliably in the test.");
}

QString sentProofText(SentProof proof) {
    switch (proof) {
    case SentProof::ServerFiles:
        return Text::tr("A send is proven by the server's own copy in Sent.");
    case SentProof::OwnCopy:
        return Text::tr("A send is proven by a blind copy to this mailbox.");
    case SentProof::None:
        return Text::tr("Nothing proves a send here. After a broken connection Aiva asks you.");
    }
    return {};
}

bool lostItsLogin(const MailAccount& account) {
    return account.status == MailboxStatus::Disconnected && errorOfWords(account.lastError).has_value();
}

QString mailboxAdvice(const MailAccount& account) {
    if (account.status == MailboxStatus::Connected) return {};
    if (const auto error = errorOfWords(account.lastError)) return errorSentence(*error);
    if (account.status == MailboxStatus::Disconnected)
        return Text::tr("Its mail stays readable here. Reconnect it to receive and send again.");
    return {};
}

QString setupStepTitle(MailSetupStep::What what) {
    switch (what) {
    case MailSetupStep::What::FindServers:
        return Text::tr("Find the servers");
    case MailSetupStep::What::Login:
        return Text::tr("Sign in");
    case MailSetupStep::What::Folders:
        return Text::tr("Read the folders");
    case MailSetupStep::What::Sending:
        return Text::tr("Send a mail to itself");
    case MailSetupStep::What::SentCopy:
        return Text::tr("Find the copy of it");
    case MailSetupStep::What::SelfTest:
        return Text::tr("Share with colleagues");
    }
    return {};
}

static QString passedText(const MailSetupStep& step) {
    switch (step.what) {
    case MailSetupStep::What::SentCopy:
        return sentProofText(fromWord<SentProof>(step.detail).value_or(SentProof::OwnCopy));
    case MailSetupStep::What::SelfTest:
        return Text::tr("Colleagues can share this mailbox without answering twice.");
    default:
        return {};
    }
}

static QString warnedText(const MailSetupStep& step) {
    switch (step.what) {
    case MailSetupStep::What::Folders:
        return Text::tr("There is no Sent folder. Aiva makes one when it sends the first mail.");
    case MailSetupStep::What::SentCopy:
        return sentProofText(SentProof::None);
    case MailSetupStep::What::SelfTest:
        return Text::tr("Single-agent mode: %1").arg(singleAgentReason(step.detail.section(u'/', 1)));
    default:
        return Text::tr("It works, though not quite as expected.");
    }
}

QString setupStepText(const MailSetupStep& step) {
    switch (step.state) {
    case MailSetupStep::State::Running:
        return {};
    case MailSetupStep::State::Passed:
        return passedText(step);
    case MailSetupStep::State::Warned:
        return warnedText(step);
    case MailSetupStep::State::Failed:
        return errorSentence(step.error.value_or(Error{}));
    }
    return {};
}

DotLook setupStepDot(MailSetupStep::State state) {
    switch (state) {
    case MailSetupStep::State::Running:
        return {DotShape::Half, Tone::Accent};
    case MailSetupStep::State::Passed:
        return {DotShape::Filled, Tone::Ok};
    case MailSetupStep::State::Warned:
        return {DotShape::Ring, Tone::Warning};
    case MailSetupStep::State::Failed:
        return {DotShape::Ring, Tone::Danger};
    }
    return {};
}

QString oauthProviderTitle(const QString& providerName) {
    if (providerName == "google"_L1) return Text::tr("Google");
    if (providerName == "microsoft"_L1) return Text::tr("Microsoft");
    return providerName;
}

QString oauthProviderNote(const QString& providerName) {
    if (providerName == "google"_L1)
        return Text::tr("Google signs in through the browser. Make an OAuth client of the type \"Desktop app\" in the "
                        "Google Cloud console, allow it the Gmail scope, and paste its client id and secret here.");
    if (providerName == "microsoft"_L1)
        return Text::tr("Microsoft signs in through the browser. Register an app for \"Mobile and desktop\" in Entra, "
                        "give it IMAP and SMTP permissions, and paste its client id here.");
    if (providerName.isEmpty()) return {};
    return Text::tr("This provider signs in through the browser. Paste the client id it gave you.");
}

} // namespace aiva
