#include "core/adapters/mail/smtp/smtp_submission.h"

#include "core/adapters/mail/smtp/dot_stuffing.h"
#include "core/domain/mail/wire_address.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kUploadStep = 256 * 1024;

bool isAscii(const QByteArray& bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
}

Error notSupported(const QString& detail) {
    return {ErrorKind::Refused, detail, ErrorCause::NotSupported};
}

// Nothing was sent, whatever happened to the line: the final dot was never written.
Error withoutDoubt(Error error) {
    if (error.kind != ErrorKind::Network && error.kind != ErrorKind::Timeout) return error;
    return {ErrorKind::RateLimited, u"the line was lost before the end of the mail: "_s + error.detail,
            ErrorCause::ServerBusy};
}

template <typename T>
void answer(std::optional<QPromise<Result<T>>>& promise, Result<T> result) {
    if (!promise) return;
    QPromise<Result<T>> one = std::move(*promise);
    promise.reset();
    one.addResult(std::move(result));
    one.finish();
}

} // namespace

SmtpSubmission::SmtpSubmission(const MailServer& server, const QByteArray& caCertificates, CredentialSource credentials,
                               const SmtpPace& pace, QObject* parent)
    : QObject(parent)
    , m_pace(pace)
    , m_session(server, caCertificates, pace.wire, nullptr)
    , m_login(m_session, server, std::move(credentials), nullptr) {
    connect(&m_session, &SmtpSession::failed, this, &SmtpSubmission::onFailed);
    connect(&m_session, &SmtpSession::drained, this, &SmtpSubmission::upload);
    connect(&m_login, &SmtpLogin::done, this, &SmtpSubmission::sendEnvelope);
    connect(&m_login, &SmtpLogin::refused, this, &SmtpSubmission::onFailed);
}

SmtpSubmission::~SmtpSubmission() {
    m_session.close();
}

Future<bool> SmtpSubmission::prepare(const MailEnvelope& envelope, const QByteArray& mail) {
    if (m_state != State::New)
        return readyFuture<bool>(Error{ErrorKind::Internal, u"one submission serves one mail"_s});
    if (const Result<void> checked = checkMail(envelope, mail); !checked) return readyFuture<bool>(checked.error());
    m_prepared.emplace();
    m_prepared->start();
    const Future<bool> future = m_prepared->future();
    m_state = State::LoggingIn;
    m_login.start();
    return future;
}

Result<void> SmtpSubmission::checkMail(const MailEnvelope& envelope, const QByteArray& mail) {
    const QString sender = wireAddress(envelope.from);
    if (sender.isEmpty())
        return Error{ErrorKind::Invalid, u"no mail can come from this address"_s, ErrorCause::SenderRefused};
    m_sender = sender.toUtf8();
    for (const QString& recipient : envelope.recipients) {
        const QByteArray address = wireAddress(recipient).toUtf8();
        if (address.isEmpty()) {
            m_refused << recipient;
            return Error{ErrorKind::Invalid, u"no mail can go to one of the addresses"_s, ErrorCause::RecipientRefused};
        }
        if (m_recipients.contains(address)) continue;
        m_recipients << address;
        m_given << recipient;
    }
    if (m_recipients.isEmpty())
        return Error{ErrorKind::Invalid, u"the mail has no recipient"_s, ErrorCause::NoRecipient};
    AIVA_TRY(m_stuffed, dotStuffed(mail));
    m_mailBytes = mail.size();
    const qsizetype headerEnd = mail.indexOf("\r\n\r\n");
    m_needsEightBit = !isAscii(mail);
    m_needsUtf8 = !isAscii(m_sender) || !isAscii(m_recipients.join()) ||
                  (m_needsEightBit && !isAscii(headerEnd < 0 ? mail : mail.left(headerEnd)));
    return {};
}

Result<void> SmtpSubmission::checkAbilities() const {
    const SmtpAbilities& able = m_login.abilities();
    if (able.size > 0 && m_mailBytes > able.size)
        return Error{ErrorKind::Refused, u"larger than the server's SIZE"_s, ErrorCause::MailTooLarge};
    if (m_needsUtf8 && !able.smtpUtf8) return notSupported(u"the server lacks SMTPUTF8, which an address needs"_s);
    if (m_needsEightBit && !able.eightBit) return notSupported(u"the server lacks 8BITMIME"_s);
    return {};
}

void SmtpSubmission::sendEnvelope() {
    if (const Result<void> checked = checkAbilities(); !checked) {
        m_session.quit();
        return onFailed(checked.error());
    }
    m_state = State::Enveloping;
    const SmtpAbilities& able = m_login.abilities();
    QByteArray mail = "MAIL FROM:<" + m_sender + '>';
    if (able.sizeOffered) mail += " SIZE=" + QByteArray::number(m_mailBytes);
    if (m_needsEightBit) mail += " BODY=8BITMIME";
    if (m_needsUtf8) mail += " SMTPUTF8";
    m_session.command(mail, [this](const SmtpReply& reply) { onSender(reply); });
    if (!able.pipelining) return;
    // DATA is not part of the group: a server that takes some recipients and refuses others would go on to 354, and
    // the only ways out of there are a lost line or an empty mail for those it took (RFC 2920 §3.1).
    for (qsizetype i = 0; i < m_recipients.size(); ++i)
        sendRecipient(i);
}

void SmtpSubmission::onSender(const SmtpReply& reply) {
    if (!reply.isDone()) m_refusal = smtpError(SmtpStep::Sender, reply);
    if (m_login.abilities().pipelining) return;
    if (m_refusal)
        onEnvelopeAnswered();
    else
        sendRecipient(0);
}

void SmtpSubmission::sendRecipient(qsizetype index) {
    m_session.command("RCPT TO:<" + m_recipients.at(index) + '>',
                      [this, index](const SmtpReply& reply) { onRecipient(index, reply); });
}

void SmtpSubmission::onRecipient(qsizetype index, const SmtpReply& reply) {
    if (!reply.isDone()) noteRefusal(index, smtpError(SmtpStep::Recipient, reply));
    if (index + 1 == m_recipients.size()) return onEnvelopeAnswered();
    if (!m_login.abilities().pipelining) sendRecipient(index + 1);
}

void SmtpSubmission::noteRefusal(qsizetype index, const Error& error) {
    // After a refused sender every recipient is refused as out of order: that says nothing about them.
    if (m_refusal && m_refused.isEmpty()) return;
    // A refusal for good outweighs one for now: waiting would not help.
    const bool isForGood = error.kind == ErrorKind::Refused;
    const bool wasForGood = m_refusal && m_refusal->kind == ErrorKind::Refused;
    if (wasForGood && !isForGood) return;
    if (isForGood && !wasForGood) m_refused.clear();
    if (m_refused.isEmpty()) m_refusal = error;
    m_refused << m_given.at(index);
}

void SmtpSubmission::onEnvelopeAnswered() {
    if (m_refusal) {
        m_session.quit();
        return onFailed(*m_refusal);
    }
    m_session.command("DATA", [this](const SmtpReply& reply) {
        if (reply.code != 354) {
            m_session.quit();
            return onFailed(smtpError(SmtpStep::Data, reply));
        }
        m_state = State::Uploading;
        upload();
    });
}

void SmtpSubmission::upload() {
    if (m_state != State::Uploading) return;
    if (m_uploaded < m_stuffed.size()) {
        const QByteArray step = m_stuffed.mid(m_uploaded, kUploadStep);
        m_uploaded += step.size();
        m_session.data(step);
        return;
    }
    m_stuffed.clear();
    m_session.rest();
    m_state = State::Ready;
    answerPrepare(true);
}

Future<SubmissionReceipt> SmtpSubmission::finish() {
    if (m_lost) return readyFuture<SubmissionReceipt>(*m_lost);
    if (m_state != State::Ready)
        return readyFuture<SubmissionReceipt>(Error{ErrorKind::Refused, u"no mail is prepared"_s});
    if (!m_session.isOpen() || m_session.hasUnread()) {
        abandon();
        return readyFuture<SubmissionReceipt>(withoutDoubt(smtpBroken("the server spoke out of turn")));
    }
    m_finished.emplace();
    m_finished->start();
    const Future<SubmissionReceipt> future = m_finished->future();
    m_state = State::Finishing;
    m_session.command(
        ".", [this](const SmtpReply& reply) { onMessage(reply); }, m_pace.acceptMs);
    return future;
}

void SmtpSubmission::onMessage(const SmtpReply& reply) {
    m_session.quit();
    m_state = State::Done;
    if (reply.isDone()) return answerFinish(SubmissionReceipt{reply.words()});
    answerFinish(smtpError(SmtpStep::Message, reply));
}

void SmtpSubmission::onFailed(const Error& error) {
    const State state = m_state;
    m_state = State::Done;
    m_session.close();
    if (state == State::Ready) m_lost = withoutDoubt(error);
    answerPrepare(error);
    answerFinish(error); // Network or Timeout: nobody knows whether the mail was taken
}

void SmtpSubmission::abandon() {
    m_session.close();
    const bool wasFinishing = m_state == State::Finishing;
    m_state = State::Done;
    answerPrepare(Error{ErrorKind::Refused, u"withdrawn"_s});
    if (wasFinishing)
        answerFinish(Error{ErrorKind::Network, u"given up while waiting for the answer"_s, ErrorCause::OutcomeUnknown});
}

void SmtpSubmission::answerPrepare(Result<bool> result) {
    answer(m_prepared, std::move(result));
}

void SmtpSubmission::answerFinish(Result<SubmissionReceipt> result) {
    answer(m_finished, std::move(result));
}

} // namespace aiva
