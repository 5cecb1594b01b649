#include "ui/composer/send_notice.h"

#include "ui/widgets/banner.h"

#include <QCoreApplication>

#include <algorithm>

namespace aiva {

namespace {

constexpr int tellAgainMs = 5'000; // how old a colleague's reply is

struct SendNoticeText {
    Q_DECLARE_TR_FUNCTIONS(aiva::SendNotice)
};

QString repliedText(const ColleagueReply& reply, UtcTime now) {
    const auto seconds = std::max<qint64>(0, now.msSince(reply.at) / 1000);
    return (seconds < 60 ? SendNoticeText::tr("%1 replied %2 s ago. Read it before you send yours.")
                         : SendNoticeText::tr("%1 replied %2 min ago. Read it before you send yours."))
        .arg(reply.name)
        .arg(seconds < 60 ? seconds : seconds / 60);
}

// What can be done about it; empty: nothing by a press.
QString remedyText(const SendVerdict& verdict) {
    if (verdict.block == SendBlock::ColleagueReplied) return SendNoticeText::tr("I have seen it");
    if (verdict.block == SendBlock::ColleagueAnswers) return SendNoticeText::tr("Take over…");
    if (verdict.block == SendBlock::NoMailbox) return SendNoticeText::tr("Connect a mailbox…");
    if (verdict.doubt == SendDoubt::PromisedAttachment) return SendNoticeText::tr("Attach…");
    return {};
}

} // namespace

SendNotice::SendNotice(Banner& banner, const Clock& clock, QObject* parent)
    : QObject(parent), m_banner(banner), m_clock(clock) {
    m_age.setInterval(tellAgainMs);
    connect(&m_age, &QTimer::timeout, this, &SendNotice::aged);
    connect(&m_banner, &Banner::actionTriggered, this, &SendNotice::act);
    connect(&m_banner, &Banner::dismissed, this, &SendNotice::clear);
}

void SendNotice::show(const SendVerdict& verdict, const std::optional<ColleagueReply>& reply) {
    if (verdict.block == SendBlock::Stale) {
        if (m_kind != Kind::Failure) clear(); // the difference stands above the text
        return;
    }
    m_verdict = verdict;
    const bool hasReply = verdict.block == SendBlock::ColleagueReplied && reply;
    tell(Kind::Verdict, hasReply ? repliedText(*reply, m_clock.now()) : sendVerdictText(verdict), remedyText(verdict));
}

void SendNotice::fail(ConversationId conversation, const QString& sentence) {
    if (conversation != m_conversation) {
        m_untold[conversation] = sentence;
        return;
    }
    m_verdict = {};
    tell(Kind::Failure, sentence, {});
}

void SendNotice::follow(ConversationId conversation) {
    m_conversation = conversation;
    clear();
    const QString untold = m_untold.take(conversation);
    if (!untold.isEmpty()) fail(conversation, untold);
}

void SendNotice::clear() {
    m_kind = Kind::None;
    m_verdict = {};
    m_age.stop();
    m_banner.hide();
}

void SendNotice::clearFailure() {
    if (m_kind == Kind::Failure) clear();
}

void SendNotice::clearVerdictBut(const SendVerdict& verdict) {
    if (m_kind == Kind::Verdict && m_verdict != verdict) clear();
}

void SendNotice::tell(Kind kind, const QString& text, const QString& action) {
    m_kind = kind;
    if (m_verdict.block != SendBlock::ColleagueReplied)
        m_age.stop();
    else if (!m_age.isActive())
        m_age.start();
    const bool isFailure = kind == Kind::Failure;
    const bool mayDismiss = isFailure || !isShownAtOnce(m_verdict.block);
    m_banner.setContent(text, isFailure ? Tone::Danger : Tone::Warning, action, mayDismiss ? tr("Dismiss") : QString());
    m_banner.show();
}

void SendNotice::act() {
    if (m_verdict.block == SendBlock::ColleagueReplied)
        Q_EMIT seen();
    else if (m_verdict.block == SendBlock::ColleagueAnswers)
        Q_EMIT takeOverAsked();
    else if (m_verdict.block == SendBlock::NoMailbox)
        Q_EMIT mailboxAsked();
    else if (m_verdict.doubt == SendDoubt::PromisedAttachment)
        Q_EMIT attachAsked();
}

} // namespace aiva
