#include "ui/composer/send_gate.h"

#include "core/domain/mail/attachment_rules.h"
#include "core/domain/reply/reply_recipients.h"
#include "core/domain/reply/reply_variables.h"

#include <QCoreApplication>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

struct SendGateText {
    Q_DECLARE_TR_FUNCTIONS(aiva::SendGate)
};

QString badAddress(const DraftRecipients& recipients) {
    for (const auto* list : {&recipients.to, &recipients.cc, &recipients.bcc})
        for (const MailAddress& address : *list)
            if (!isMailAddress(address.email)) return address.email.isEmpty() ? address.name : address.email;
    return {};
}

SendVerdict contentVerdict(const SendSituation& situation) {
    if (situation.isAttaching) return {SendBlock::Attaching, SendDoubt::None, {}};
    if (situation.lacksImage) return {SendBlock::MissingImage, SendDoubt::None, {}};
    if (situation.recipients.isEmpty()) return {SendBlock::NoRecipient, SendDoubt::None, {}};
    if (const QString bad = badAddress(situation.recipients); !bad.isEmpty())
        return {SendBlock::BadAddress, SendDoubt::None, bad};
    if (situation.text.trimmed().isEmpty() && situation.attachments == 0)
        return {SendBlock::Empty, SendDoubt::None, {}};
    const QStringList open = emptyVariables(situation.subject + u'\n' + situation.text);
    if (!open.isEmpty()) return {SendBlock::EmptyVariable, SendDoubt::None, open.first()};
    if (situation.sentBytes > situation.limit) return {SendBlock::TooLarge, SendDoubt::None, {}};
    if (situation.attachments == 0)
        if (const QString word = promisedAttachment(situation.text); !word.isEmpty())
            return {SendBlock::None, SendDoubt::PromisedAttachment, word};
    return {};
}

} // namespace

SendVerdict sendVerdict(const SendSituation& situation) {
    if (!situation.hasMailbox) return {SendBlock::NoMailbox, SendDoubt::None, {}};
    if (!situation.answering.isEmpty()) return {SendBlock::ColleagueAnswers, SendDoubt::None, situation.answering};
    if (!situation.replied.isEmpty()) return {SendBlock::ColleagueReplied, SendDoubt::None, situation.replied};
    if (situation.isStale) return {SendBlock::Stale, SendDoubt::None, {}};
    return contentVerdict(situation);
}

bool isShownAtOnce(SendBlock block) {
    return block == SendBlock::ColleagueAnswers || block == SendBlock::ColleagueReplied || block == SendBlock::Stale ||
           block == SendBlock::EmptyVariable || block == SendBlock::TooLarge;
}

QString sendVerdictText(const SendVerdict& verdict) {
    const QString& detail = verdict.detail;
    if (verdict.doubt == SendDoubt::PromisedAttachment)
        return SendGateText::tr("You wrote “%1”, but nothing is attached. Press Send again if that is right.")
            .arg(detail);
    switch (verdict.block) {
    case SendBlock::None:
        return {};
    case SendBlock::NoMailbox:
        return SendGateText::tr("Connect a mailbox in the settings to send from here.");
    case SendBlock::Attaching:
        return SendGateText::tr("An attachment is still being read. Send when its size is shown.");
    case SendBlock::MissingImage:
        return SendGateText::tr("A picture in the text is not attached any more. Remove it, or paste it again.");
    case SendBlock::NoRecipient:
        return SendGateText::tr("Nobody to send to: add an address.");
    case SendBlock::BadAddress:
        return SendGateText::tr("“%1” is not a mail address. Correct or remove it.").arg(detail);
    case SendBlock::Empty:
        return SendGateText::tr("There is nothing to send yet.");
    case SendBlock::EmptyVariable:
        return SendGateText::tr("{{%1}} has no value here. Write it yourself, or remove it.").arg(detail);
    case SendBlock::TooLarge:
        return SendGateText::tr("Too large for mail servers. Remove an attachment, or share a link instead.");
    case SendBlock::ColleagueAnswers:
        return SendGateText::tr("%1 is answering this right now. Your draft is kept.").arg(detail);
    case SendBlock::ColleagueReplied:
        return SendGateText::tr("%1 has just replied. Read it before you send yours.").arg(detail);
    case SendBlock::Stale:
        return SendGateText::tr("Something changed since you began to write. Look at it before you send.");
    }
    return {};
}

} // namespace aiva
