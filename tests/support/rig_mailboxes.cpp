// The half of MailRig that works on the files beneath the servers: boxes and the record of submissions.
#include "tests/support/mail_rig.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace aiva::test {
namespace {

QJsonObject objectOf(const QMap<QString, QString>& map) {
    QJsonObject object;
    for (auto it = map.cbegin(); it != map.cend(); ++it)
        object.insert(it.key(), it.value());
    return object;
}

QString dropWord(SmtpBehaviour::Drop drop) {
    switch (drop) {
    case SmtpBehaviour::Drop::Never:
        return {};
    case SmtpBehaviour::Drop::InData:
        return u"in_data"_s;
    case SmtpBehaviour::Drop::BeforeAccept:
        return u"before_accept"_s;
    case SmtpBehaviour::Drop::AfterAccept:
        return u"after_accept"_s;
    }
    return {};
}

RigSubmission submissionIn(const QByteArray& spooled) {
    const qsizetype lineEnd = spooled.indexOf('\n');
    const QJsonObject header = QJsonDocument::fromJson(spooled.left(lineEnd)).object();
    RigSubmission submission;
    submission.queueId = header.value(u"queueId"_s).toString();
    submission.from = header.value(u"from"_s).toString();
    submission.user = header.value(u"user"_s).toString();
    submission.overTls = header.value(u"tls"_s).toBool();
    for (const QJsonValue recipient : header.value(u"recipients"_s).toArray())
        submission.recipients << recipient.toString();
    submission.raw = spooled.mid(lineEnd + 1);
    static const QRegularExpression messageId(u"^message-id:\\s*<([^>]*)>"_s,
                                              QRegularExpression::MultilineOption |
                                                  QRegularExpression::CaseInsensitiveOption);
    submission.messageId = messageId.match(QString::fromUtf8(submission.raw)).captured(1);
    return submission;
}

} // namespace

QJsonObject SmtpBehaviour::toJson() const {
    QJsonObject delays;
    for (auto it = delaysMs.cbegin(); it != delaysMs.cend(); ++it)
        delays.insert(it.key(), it.value());
    return {{u"greylist"_s, greylist},
            {u"replyToMail"_s, replyToMail},
            {u"replyToRecipient"_s, objectOf(replyToRecipient)},
            {u"replyToData"_s, replyToData},
            {u"replyToMessage"_s, replyToMessage},
            {u"drop"_s, dropWord(drop)},
            {u"dieAfterAccept"_s, dieAfterAccept},
            {u"sizeLimit"_s, sizeLimit},
            {u"hide"_s, QJsonArray::fromStringList(hide)},
            {u"auth"_s, auth},
            {u"noAuthNeeded"_s, noAuthNeeded},
            {u"plainTextAuth"_s, plainTextAuth},
            {u"filesSent"_s, filesSent},
            {u"delaysMs"_s, delays}};
}

// Maildir++: subfolders are ".Name" beside the INBOX's own three; names are plain ASCII here.
QString MailRig::maildir(const QString& user, const QString& folder) const {
    const bool isInbox = folder.isEmpty() || folder.compare("INBOX"_L1, Qt::CaseInsensitive) == 0;
    return path(u"mail/"_s + user) + (isInbox ? QString() : u"/."_s + folder);
}

void MailRig::deliver(const QString& user, const QByteArray& mail, const QString& folder) {
    const QString box = maildir(user, folder);
    const QDir root(path(u"mail"_s));
    const bool isNew = !QDir(box).exists(u"cur"_s);
    for (const char* part : {"/tmp", "/new", "/cur"})
        root.mkpath(box + QString::fromLatin1(part));
    if (isNew) m_user.own(path(u"mail/"_s + user));
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const QString name = u"%1.M%2P0Q%3.rig"_s.arg(now / 1000)
                             .arg(now % 1000 * 1000, 6, 10, QLatin1Char('0'))
                             .arg(++m_delivered, 6, 10, QLatin1Char('0'));
    QFile file(box + u"/tmp/"_s + name);
    if (!file.open(QIODevice::WriteOnly)) return;
    file.write(QByteArray(mail).replace("\r\n", "\n"));
    file.close();
    m_user.own(file.fileName());
    file.rename(box + u"/new/"_s + name);
}

QList<RigMail> MailRig::mailsOf(const QString& user, const QString& folder) const {
    QList<RigMail> mails;
    for (const char* part : {"/new", "/cur"}) {
        const QDir box(maildir(user, folder) + QString::fromLatin1(part));
        for (const QString& name : box.entryList(QDir::Files)) {
            QFile file(box.filePath(name));
            if (!file.open(QIODevice::ReadOnly)) continue; // moved from new to cur at this moment
            mails.append({file.readAll(), name.section(u":2,"_s, 1), name});
        }
    }
    std::sort(mails.begin(), mails.end(), [](const RigMail& a, const RigMail& b) { return a.fileName < b.fileName; });
    return mails;
}

QList<RigSubmission> MailRig::submissions() const {
    QList<RigSubmission> found;
    const QDir spool(path(u"spool"_s));
    for (const QString& name : spool.entryList({u"*.mail"_s}, QDir::Files, QDir::Name)) {
        QFile file(spool.filePath(name));
        if (file.open(QIODevice::ReadOnly)) found.append(submissionIn(file.readAll()));
    }
    return found;
}

void MailRig::deleteIndexes(const QString& user) {
    stopDovecot();
    const QDir root(path(u"mail/"_s + user));
    QStringList folders = root.entryList({u".*"_s}, QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot);
    folders << u"."_s;
    for (const QString& folder : folders) {
        QDir box(root.filePath(folder));
        for (const QString& name : box.entryList({u"dovecot.index*"_s, u"dovecot.list.index*"_s}, QDir::Files))
            box.remove(name);
    }
    startDovecot();
}

void MailRig::recreateFolder(const QString& user, const QString& folder) {
    stopDovecot();
    QDir box(maildir(user, folder));
    for (const QString& name : box.entryList({u"dovecot.index*"_s, u"dovecot-uidlist"_s}, QDir::Files))
        box.remove(name);
    QDir root(path(u"mail/"_s + user));
    for (const QString& name : root.entryList({u"dovecot.list.index*"_s}, QDir::Files))
        root.remove(name);
    startDovecot();
}

} // namespace aiva::test
