// MailRig: a private IMAP server (Dovecot) and a submission server on loopback, with users, certificates and faults,
// for one test program. Make one in initTestCase and take fresh users per test. Servers run as an ordinary user, in a
// temporary folder, and die with the test. Mail accepted by SMTP for shop.example and home.example reaches the users'
// boxes exactly once, however often either server is killed; mail for other domains is accepted and goes nowhere.
#pragma once

#include "core/base/secret_string.h"
#include "core/domain/mail/mail_account.h"
#include "tests/support/rig_certificates.h"
#include "tests/support/rig_process.h"

#include <QJsonObject>
#include <QList>
#include <QTemporaryDir>

#include <memory>

namespace aiva::test {

struct RigMail {
    QByteArray raw;   // LF line ends, as the Maildir holds it
    QString flags;    // Maildir letters: "S" seen, "R" answered, "F" flagged, a…z keywords
    QString fileName; // grows with the time of delivery
};

// What the SMTP server has taken responsibility for: on disk before it said 250.
struct RigSubmission {
    QString queueId;
    QString from;
    QString user; // who was logged in
    QString messageId;
    QStringList recipients;
    QByteArray raw; // CRLF, as sent
    bool overTls = false;
};

// How the SMTP server behaves from the next command on; the default is a well-behaved one.
struct SmtpBehaviour {
    enum class Drop { Never, InData, BeforeAccept, AfterAccept }; // after 354; at the final dot unsaved; saved, unsaid
    bool greylist = false;                   // 450 4.7.1 for the first try of each sender and recipient
    QString replyToMail;                     // "452 4.3.1 …" instead of success
    QMap<QString, QString> replyToRecipient; // by address, or "*"
    QString replyToData;                     // at the DATA command
    QString replyToMessage;                  // at the final dot, nothing saved
    Drop drop = Drop::Never;                 //
    bool dieAfterAccept = false;             // kill -9 of the server between saving and delivering
    qint64 sizeLimit = 0;                    // announced and enforced; 0: 50 MB
    QStringList hide;                        // "AUTH", "SIZE", "STARTTLS", "PIPELINING", "SMTPUTF8", "8BITMIME"
    QString auth;                            // "PLAIN LOGIN" instead of all four
    bool noAuthNeeded = false;               //
    bool plainTextAuth = false;              // AUTH offered without TLS
    bool filesSent = false;                  // puts what it accepts into the sender's Sent, as Gmail does
    QMap<QString, int> delaysMs;             // ehlo, mail, rcpt, end (before saving), answer (after saving)
    QJsonObject toJson() const;
};

class MailRig {
public:
    MailRig();
    ~MailRig();

    // Why it cannot run here ("Dovecot is not installed"); empty when it can. Then: QSKIP("aiva-skip: …").
    static QString missing();
    // Starts both servers; false with error() when that fails.
    bool start();
    QString error() const { return m_error; }

    // support, customer, anna, ben, carl, dora, odd (a password with quotes and spaces), or a fresh one each call.
    QString freshUser() { return QStringLiteral("user%1").arg(++m_freshUsers); }
    static QString address(const QString& user); // user@shop.example; customer@home.example
    static SecretString password(const QString& user);
    MailAccount account(const QString& user, MailSecurity security = MailSecurity::Tls) const;
    // Makes `token` good for the user at IMAP and SMTP (XOAUTH2, OAUTHBEARER); an empty user makes it bad again.
    void setToken(const QString& token, const QString& user);

    QByteArray caCertificates() const { return m_certificates.authorityPem; }
    void useCertificate(RigCertificate which); // restarts both servers

    // Into a folder ("" is INBOX, "Sent"), past every server; lines may end in LF or CRLF.
    void deliver(const QString& user, const QByteArray& mail, const QString& folder = {});
    QList<RigMail> mailsOf(const QString& user, const QString& folder = {}) const; // oldest first
    QList<RigSubmission> submissions() const;                                      // oldest first

    bool startDovecot();
    void stopDovecot();
    bool startSmtp();
    void stopSmtp();
    void killSmtp(); // -9
    bool restart();
    void setSmtp(const SmtpBehaviour& behaviour);

    void suspend();                          // every IMAP process stops in its tracks: connections hang
    void resume();                           //
    void dropConnections();                  // ends every IMAP connection
    void deleteIndexes(const QString& user); // mod-sequences start anew, UIDs stay
    void recreateFolder(const QString& user, const QString& folder = {}); // UIDVALIDITY changes, mail stays

    QString dir() const { return m_dir.path(); }
    QByteArray log() const; // what both servers wrote

private:
    QString path(const QString& name) const { return m_dir.filePath(name); }
    QString maildir(const QString& user, const QString& folder) const;
    bool prepare();
    void launchDovecot();
    void launchSmtp();
    void installCertificate(RigCertificate which);
    void write(const QString& name, const QByteArray& content);
    QStringList userNames() const;

    QTemporaryDir m_dir;
    RigUser m_user = RigUser::current();
    RigCertificates m_certificates;
    RigPort m_imapPort, m_imapsPort, m_smtpPort, m_smtpsPort, m_tokenPort;
    RigProcess m_dovecot, m_smtp, m_tokens;
    QJsonObject m_goodTokens;
    QString m_error;
    int m_freshUsers = 0;
    int m_generation = 0;
    int m_delivered = 0;
};

} // namespace aiva::test
