#include "tests/support/fake_mail_server.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace aiva::test {
namespace {

MailAddress addressFrom(const QString& text) {
    const qsizetype open = text.indexOf(u'<');
    if (open < 0) return {QString(), text.trimmed()};
    const QString name = text.left(open).trimmed();
    return {name, text.mid(open + 1, text.indexOf(u'>') - open - 1).trimmed()};
}

QList<MailAddress> addressesFrom(const QString& text) {
    QList<MailAddress> addresses;
    for (const QString& one : text.split(u',', Qt::SkipEmptyParts))
        addresses << addressFrom(one);
    return addresses;
}

QStringList idsFrom(const QString& text) {
    QStringList ids;
    for (QString id : text.simplified().split(u' ', Qt::SkipEmptyParts))
        ids << id.remove(u'<').remove(u'>');
    return ids;
}

// Plain headers, a plain body: enough for what tests append.
Result<MessageRecord> decodePlain(const QByteArray& mail) {
    QByteArray bytes = mail;
    bytes.replace("\r\n", "\n");
    const qsizetype end = bytes.indexOf("\n\n");
    if (end < 0) return Error{ErrorKind::Invalid, u"no end of headers"_s};
    std::map<QString, QString> headers;
    const QString head = QString::fromUtf8(bytes.left(end)).replace("\n "_L1, " "_L1).replace("\n\t"_L1, " "_L1);
    for (const QString& line : head.split(u'\n'))
        headers[line.section(u':', 0, 0).toLower()] = line.section(u':', 1).trimmed();
    MessageRecord message;
    message.messageId = idsFrom(headers["message-id"_L1]).value(0);
    message.inReplyTo = idsFrom(headers["in-reply-to"_L1]).value(0);
    message.references = idsFrom(headers["references"_L1]);
    message.from = addressFrom(headers["from"_L1]);
    message.to = addressesFrom(headers["to"_L1]);
    message.cc = addressesFrom(headers["cc"_L1]);
    message.subject = headers["subject"_L1];
    message.date = UtcTime(QDateTime::fromString(headers["date"_L1], Qt::RFC2822Date).toMSecsSinceEpoch());
    message.text = QString::fromUtf8(bytes.mid(end + 2));
    message.rawSize = mail.size();
    return message;
}

QString addressText(const MailAddress& address) {
    return address.name.isEmpty() ? address.email : u"%1 <%2>"_s.arg(address.name, address.email);
}

} // namespace

const FakeMail* FakeFolder::find(const QString& messageId) const {
    for (const auto& [uid, mail] : mails)
        if (*mail.message && (*mail.message)->messageId == messageId) return &mail;
    return nullptr;
}

FakeMailServer::FakeMailServer() : decode(decodePlain) {
    abilities.condStore = abilities.qresync = abilities.idle = abilities.move = abilities.uidPlus = true;
    abilities.serverName = u"Fake"_s;
    addFolder(u"INBOX"_s, FolderRole::Inbox);
    addFolder(u"Sent"_s, FolderRole::Sent);
    addFolder(u"Drafts"_s, FolderRole::Drafts);
}

void FakeMailServer::addFolder(const QString& name, FolderRole role) {
    folders[name].role = role;
}

void FakeMailServer::removeFolder(const QString& name) {
    folders.erase(name);
    Q_EMIT changed(name);
}

quint32 FakeMailServer::put(const QString& name, FakeMail mail) {
    FakeFolder& box = folder(name);
    mail.uid = box.uidNext++;
    mail.modSeq = ++box.highestModSeq;
    const quint32 uid = mail.uid;
    box.mails.emplace(uid, std::move(mail));
    Q_EMIT changed(name);
    return uid;
}

quint32 FakeMailServer::append(const QString& name, const MessageRecord& message, const MailFlags& flags) {
    FakeMail mail;
    mail.flags = flags;
    mail.raw = rawOf(message);
    mail.message = std::make_shared<const Result<MessageRecord>>(message);
    return put(name, std::move(mail));
}

quint32 FakeMailServer::appendRaw(const QString& name, const QByteArray& bytes, const MailFlags& flags) {
    FakeMail mail;
    mail.flags = flags;
    mail.raw = bytes;
    mail.message = std::make_shared<const Result<MessageRecord>>(decode(bytes));
    return put(name, std::move(mail));
}

quint32 FakeMailServer::appendUnreadable(const QString& name, const Error& error) {
    FakeMail mail;
    mail.message = std::make_shared<const Result<MessageRecord>>(error);
    return put(name, std::move(mail));
}

void FakeMailServer::setFlags(const QString& name, quint32 uid, const MailFlags& flags) {
    FakeFolder& box = folder(name);
    const auto found = box.mails.find(uid);
    if (found == box.mails.end() || found->second.flags == flags) return;
    found->second.flags = flags;
    if (!keepsKeywords) found->second.flags.keywords.clear();
    found->second.modSeq = ++box.highestModSeq;
    Q_EMIT changed(name);
}

void FakeMailServer::markSeen(const QString& name, quint32 uid, bool seen) {
    const auto& mails = folder(name).mails;
    const auto found = mails.find(uid);
    if (found == mails.end()) return;
    MailFlags flags = found->second.flags;
    flags.seen = seen;
    setFlags(name, uid, flags);
}

void FakeMailServer::expunge(const QString& name, quint32 uid) {
    FakeFolder& box = folder(name);
    if (box.mails.erase(uid) == 0) return;
    box.expunged.emplace_back(++box.highestModSeq, uid);
    Q_EMIT changed(name);
}

quint32 FakeMailServer::move(const QString& name, quint32 uid, const QString& target) {
    const auto& mails = folder(name).mails;
    const auto found = mails.find(uid);
    if (found == mails.end()) return 0;
    const quint32 moved = put(target, found->second);
    expunge(name, uid);
    return moved;
}

void FakeMailServer::renewUidValidity(const QString& name) {
    FakeFolder& box = folder(name);
    ++box.uidValidity;
    box.uidNext = 1;
    box.highestModSeq = 1;
    box.expunged.clear();
    std::map<quint32, FakeMail> renewed;
    for (auto& [uid, mail] : box.mails) {
        mail.uid = box.uidNext++;
        mail.modSeq = ++box.highestModSeq;
        renewed.emplace(mail.uid, mail);
    }
    box.mails = std::move(renewed);
    Q_EMIT changed(name);
}

void FakeMailServer::loseIndex(const QString& name) {
    FakeFolder& box = folder(name);
    box.highestModSeq = 1;
    box.expunged.clear();
    for (auto& [uid, mail] : box.mails)
        mail.modSeq = 1;
    Q_EMIT changed(name);
}

FolderState FakeMailServer::state(const QString& name) const {
    const FakeFolder& box = folders.at(name);
    FolderState state;
    state.uidValidity = box.uidValidity;
    state.uidNext = box.uidNext;
    state.messages = static_cast<quint32>(box.mails.size());
    state.highestModSeq = abilities.condStore ? box.highestModSeq : 0;
    state.keepsKeywords = keepsKeywords;
    return state;
}

FolderChanges FakeMailServer::changes(const QString& name, const KnownFolder& known) const {
    const FakeFolder& box = folders.at(name);
    FolderChanges changes;
    changes.state = state(name);
    changes.uidsStartedAnew = known.uidValidity != 0 && known.uidValidity != box.uidValidity;
    const bool sameUids = known.uidValidity == box.uidValidity;
    changes.modSeqWentBack = abilities.condStore && sameUids && known.highestModSeq > box.highestModSeq;
    changes.listsEverything = !abilities.qresync || !sameUids || known.highestModSeq == 0 || changes.modSeqWentBack;
    for (const auto& [uid, mail] : box.mails)
        if (changes.listsEverything || mail.modSeq > known.highestModSeq)
            changes.updates.push_back({uid, abilities.condStore ? mail.modSeq : 0, mail.flags});
    if (!changes.listsEverything)
        for (const auto& [modSeq, uid] : box.expunged)
            if (modSeq > known.highestModSeq) changes.vanished.push_back(uid);
    return changes;
}

QByteArray FakeMailServer::rawOf(const MessageRecord& message) {
    QString text = u"Message-ID: <%1>\r\nFrom: %2\r\nSubject: %3\r\n"_s.arg(message.messageId,
                                                                            addressText(message.from), message.subject);
    QStringList to;
    for (const MailAddress& address : message.to)
        to << addressText(address);
    text += u"To: %1\r\nDate: %2\r\n"_s.arg(to.join(", "_L1), message.date.toDateTime().toString(Qt::RFC2822Date));
    if (!message.inReplyTo.isEmpty()) text += u"In-Reply-To: <%1>\r\n"_s.arg(message.inReplyTo);
    if (!message.references.isEmpty()) text += u"References: <%1>\r\n"_s.arg(message.references.join("> <"_L1));
    return (text + "\r\n"_L1).toUtf8() + message.text.toUtf8().replace("\n", "\r\n");
}

MailFlags flagsFrom(const QStringList& words) {
    MailFlags flags;
    for (const QString& word : words) {
        const QString lower = word.toLower();
        if (lower == "\\seen"_L1)
            flags.seen = true;
        else if (lower == "\\answered"_L1)
            flags.answered = true;
        else if (lower == "\\flagged"_L1)
            flags.flagged = true;
        else if (lower == "\\deleted"_L1)
            flags.deleted = true;
        else if (lower == "\\draft"_L1)
            flags.draft = true;
        else if (!flags.keywords.contains(word, Qt::CaseInsensitive))
            flags.keywords << word;
    }
    return flags;
}

} // namespace aiva::test
