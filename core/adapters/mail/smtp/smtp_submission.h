// SubmissionPort on a submission server (RFC 6409): one object, one connection, one mail. Made by the app for the
// outbox, once per attempt; lives on a thread with an event loop and never blocks it.
#pragma once

#include "core/adapters/mail/smtp/smtp_login.h"
#include "core/ports/submission_port.h"

#include <QPromise>

#include <optional>

namespace aiva {

struct SmtpPace {
    WirePace wire;
    int acceptMs = 600'000; // from the final dot to its answer (RFC 5321 §4.5.3.2.6)
};

class SmtpSubmission final : public QObject, public SubmissionPort {
    Q_OBJECT
public:
    // `caCertificates`: PEM, trusted besides the system's.
    SmtpSubmission(const MailServer& server, const QByteArray& caCertificates, CredentialSource credentials,
                   const SmtpPace& pace = {}, QObject* parent = nullptr);
    ~SmtpSubmission() override;

    Future<bool> prepare(const MailEnvelope& envelope, const QByteArray& mail) override;
    Future<SubmissionReceipt> finish() override;
    QStringList refusedRecipients() const override { return m_refused; }
    void abandon() override;

private:
    enum class State { New, LoggingIn, Enveloping, Uploading, Ready, Finishing, Done };

    Result<void> checkMail(const MailEnvelope& envelope, const QByteArray& mail);
    Result<void> checkAbilities() const;
    void sendEnvelope();
    void onSender(const SmtpReply& reply);
    void sendRecipient(qsizetype index);
    void onRecipient(qsizetype index, const SmtpReply& reply);
    void noteRefusal(qsizetype index, const Error& error);
    void onEnvelopeAnswered();
    void upload();
    void onMessage(const SmtpReply& reply);
    void onFailed(const Error& error);
    void answerPrepare(Result<bool> result);
    void answerFinish(Result<SubmissionReceipt> result);

    SmtpPace m_pace;
    SmtpSession m_session;
    SmtpLogin m_login;
    State m_state = State::New;
    QByteArrayList m_recipients; // as they go onto the wire
    QStringList m_given;         // the same, as the envelope has them
    QByteArray m_sender;
    QByteArray m_stuffed;
    qint64 m_mailBytes = 0;
    qsizetype m_uploaded = 0;
    bool m_needsUtf8 = false;
    bool m_needsEightBit = false;
    std::optional<Error> m_refusal; // of the sender, else of the first recipient refused
    QStringList m_refused;
    std::optional<Error> m_lost; // the line, after prepare() had answered
    std::optional<QPromise<Result<bool>>> m_prepared;
    std::optional<QPromise<Result<SubmissionReceipt>>> m_finished;
};

} // namespace aiva
