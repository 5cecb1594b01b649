#include "tests/support/mail_rig.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace aiva::test {
namespace {

constexpr int kFreshUsers = 400;
constexpr int kStartMs = 60'000; // as long as a busy machine needs for Python and Dovecot at once
const QString kPython = u"/usr/bin/python3"_s;

QString dovecotProgram() {
    const QString found = QStandardPaths::findExecutable(u"dovecot"_s);
    return found.isEmpty() ? QStandardPaths::findExecutable(u"dovecot"_s, {u"/usr/sbin"_s, u"/usr/local/sbin"_s})
                           : found;
}

QByteArray readFile(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

MailRig::MailRig() : m_dir(QDir::tempPath() + u"/aiva-rig-XXXXXX"_s), m_certificates(makeRigCertificates()) {}

MailRig::~MailRig() {
    m_smtp.stop();
    m_tokens.stop();
    m_dovecot.stop();
}

QString MailRig::missing() {
#ifndef Q_OS_LINUX
    return u"the mail rig runs on Linux only"_s;
#endif
    if (dovecotProgram().isEmpty()) return u"Dovecot is not installed"_s;
    if (QStandardPaths::findExecutable(u"setpriv"_s).isEmpty()) return u"setpriv is not installed"_s;
    static const bool hasSmtp = [] {
        for (const char* place :
             {"/usr/lib/python3/dist-packages/aiosmtpd", "/usr/lib/python3.11/site-packages/aiosmtpd"})
            if (QFile::exists(QString::fromLatin1(place))) return true;
        return QProcess::execute(kPython, {u"-c"_s, u"import aiosmtpd"_s}) == 0;
    }();
    return hasSmtp ? QString() : u"python3-aiosmtpd is not installed"_s;
}

bool MailRig::start() {
    if (!prepare()) return false;
    // Both at once: either takes a fifth of a second to come up.
    launchDovecot();
    return startSmtp() && startDovecot();
}

void MailRig::launchDovecot() {
    m_dovecot.start(m_user, {dovecotProgram(), u"-F"_s, u"-c"_s, path(u"dovecot.conf"_s)}, path(u"dovecot.out"_s));
}

void MailRig::launchSmtp() {
    m_smtp.start(m_user,
                 {kPython, u"-B"_s, path(u"smtp_server.py"_s), m_dir.path(), QString::number(m_smtpPort.number()),
                  QString::number(m_smtpsPort.number())},
                 path(u"smtp.out"_s));
}

bool MailRig::startDovecot() {
    QElapsedTimer waited;
    waited.start();
    while (waited.elapsed() < kStartMs) {
        if (!m_dovecot.isRunning()) launchDovecot();
        if (answersWith(m_imapPort.number(), "* OK", 1'000)) return true;
    }
    m_error = u"Dovecot does not answer: "_s + QString::fromUtf8(log().right(2'000));
    return false;
}

bool MailRig::startSmtp() {
    QElapsedTimer waited;
    waited.start();
    while (waited.elapsed() < kStartMs) {
        if (!m_smtp.isRunning()) launchSmtp();
        if (answersWith(m_smtpPort.number(), "220", 1'000)) return true;
    }
    m_error = u"the SMTP server does not answer: "_s + QString::fromUtf8(log().right(2'000));
    return false;
}

void MailRig::stopDovecot() {
    m_dovecot.stop();
}

void MailRig::stopSmtp() {
    m_smtp.stop();
}

void MailRig::killSmtp() {
    m_smtp.kill();
}

bool MailRig::restart() {
    stopSmtp();
    stopDovecot();
    return startSmtp() && startDovecot();
}

void MailRig::suspend() {
    m_dovecot.suspend();
}

void MailRig::resume() {
    m_dovecot.resume();
}

void MailRig::dropConnections() {
    stopDovecot();
    startDovecot();
}

void MailRig::setSmtp(const SmtpBehaviour& behaviour) {
    QJsonObject control = behaviour.toJson();
    control.insert(u"generation"_s, ++m_generation);
    write(u"control.json"_s, QJsonDocument(control).toJson());
}

void MailRig::setToken(const QString& token, const QString& user) {
    if (user.isEmpty())
        m_goodTokens.remove(token);
    else
        m_goodTokens.insert(token, user);
    write(u"tokens.json"_s, QJsonDocument(m_goodTokens).toJson());
    if (m_tokens.isRunning()) return;
    m_tokens.start(
        m_user,
        {kPython, u"-B"_s, path(u"token_stub.py"_s), QString::number(m_tokenPort.number()), path(u"tokens.json"_s)},
        path(u"tokens.out"_s));
    answersWith(m_tokenPort.number(), {}, kStartMs);
}

void MailRig::useCertificate(RigCertificate which) {
    installCertificate(which);
    restart();
}

SecretString MailRig::password(const QString& user) {
    if (user == "odd"_L1) return SecretString("q\"uo te\\{5}%n");
    return SecretString("pass " + user.toStdString());
}

QString MailRig::address(const QString& user) {
    return user + (user == "customer"_L1 ? "@home.example"_L1 : "@shop.example"_L1);
}

MailAccount MailRig::account(const QString& user, MailSecurity security) const {
    const bool tls = security == MailSecurity::Tls;
    MailAccount account;
    account.address = address(user);
    account.displayName = user.left(1).toUpper() + user.mid(1);
    account.userName = account.address;
    account.imap = {u"localhost"_s, tls ? m_imapsPort.number() : m_imapPort.number(), security};
    account.smtp = {u"localhost"_s, tls ? m_smtpsPort.number() : m_smtpPort.number(), security};
    account.caCertificates = m_certificates.authorityPem;
    return account;
}

QByteArray MailRig::log() const {
    return readFile(path(u"dovecot.out"_s)) + readFile(path(u"dovecot.log"_s)) + readFile(path(u"smtp.out"_s)) +
           readFile(path(u"tokens.out"_s));
}

QStringList MailRig::userNames() const {
    QStringList names{u"support"_s, u"customer"_s, u"anna"_s, u"ben"_s, u"carl"_s, u"dora"_s, u"odd"_s};
    for (int i = 1; i <= kFreshUsers; ++i)
        names << u"user%1"_s.arg(i);
    return names;
}

void MailRig::write(const QString& name, const QByteArray& content) {
    // Replaced as a whole, so that a server reading at this moment sees the old or the new one.
    QSaveFile file(path(name));
    if (!file.open(QIODevice::WriteOnly)) return;
    file.write(content);
    file.commit();
    m_user.own(path(name));
}

void MailRig::installCertificate(RigCertificate which) {
    write(u"server.pem"_s, m_certificates.pem.at(which));
    write(u"server.key"_s, m_certificates.keyPem);
}

bool MailRig::prepare() {
    if (!m_dir.isValid() || m_tokenPort.number() == 0) {
        m_error = u"no temporary folder or no free port"_s;
        return false;
    }
    QDir(m_dir.path()).mkdir(u"run"_s);
    QDir(m_dir.path()).mkdir(u"mail"_s);
    QDir(m_dir.path()).mkdir(u"spool"_s);
    m_user.own(m_dir.path());
    installCertificate(RigCertificate::Good);
    QByteArray users;
    for (const QString& name : userNames()) {
        const SecretString secret = password(name);
        users += name.toUtf8() + ":{PLAIN}" + QByteArray(secret.reveal().data(), qsizetype(secret.size())) + '\n';
    }
    write(u"users"_s, users);
    write(u"tokens.json"_s, "{}");
    setSmtp({});
    const QDir templates(QStringLiteral(AIVA_MAIL_RIG_DIR));
    for (const char* script : {"smtp_server.py", "spool.py", "token_stub.py"})
        write(QString::fromLatin1(script), readFile(templates.filePath(QString::fromLatin1(script))));
    QByteArray conf = readFile(templates.filePath(u"dovecot.conf.in"_s));
    conf.replace("@DIR@", m_dir.path().toUtf8()).replace("@USER@", m_user.name.toUtf8());
    conf.replace("@GROUP@", m_user.group.toUtf8());
    conf.replace("@IMAP_PORT@", QByteArray::number(m_imapPort.number()));
    conf.replace("@IMAPS_PORT@", QByteArray::number(m_imapsPort.number()));
    write(u"dovecot.conf"_s, conf);
    write(u"oauth2.conf"_s, "introspection_mode = auth\nusername_attribute = username\nactive_attribute = active\n"
                            "active_value = true\nintrospection_url = http://127.0.0.1:" +
                                QByteArray::number(m_tokenPort.number()) + "/introspect\n");
    return true;
}

} // namespace aiva::test
