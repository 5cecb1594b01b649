#include "core/domain/reply/reply_recipients.h"

#include "core/domain/email_address.h"

#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace aiva {

namespace {

// Adds in order what is an address and not in `seen` yet.
void addNew(QList<MailAddress>& list, const QList<MailAddress>& more, QSet<QString>& seen) {
    for (const MailAddress& address : more) {
        const QString key = normalizedEmail(address.email);
        if (key.isEmpty() || seen.contains(key)) continue;
        seen.insert(key);
        list.append(address);
    }
}

QSet<QString> keysOf(const QStringList& addresses) {
    QSet<QString> keys;
    for (const QString& address : addresses)
        keys.insert(normalizedEmail(address));
    return keys;
}

// Commas inside quotes and angle brackets separate nothing.
QStringList piecesOf(const QString& text) {
    QStringList pieces(QString{});
    bool isQuoted = false;
    bool isBracketed = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (isQuoted && c == u'\\' && i + 1 < text.size()) {
            pieces.last() += text[++i];
            continue;
        }
        if (c == u'"') isQuoted = !isQuoted;
        if (!isQuoted && (c == u'<' || c == u'>')) isBracketed = c == u'<';
        const bool separates = c == u'\n' || (!isQuoted && !isBracketed && (c == u',' || c == u';'));
        if (separates)
            pieces.append(QString());
        else
            pieces.last() += c;
    }
    return pieces;
}

MailAddress addressOf(const QString& piece) {
    const qsizetype open = piece.lastIndexOf(u'<');
    const qsizetype close = piece.lastIndexOf(u'>');
    if (open >= 0 && close > open) {
        QString name = piece.left(open).simplified();
        name.remove(u'"');
        const QString email = piece.mid(open + 1, close - open - 1).trimmed();
        if (isMailAddress(email)) return {name, email};
    }
    const QString bare = piece.trimmed();
    if (isMailAddress(bare)) return {{}, bare};
    return {piece.simplified(), {}};
}

} // namespace

DraftRecipients replyRecipients(DraftKind kind, const AnsweredMail& mail, const QStringList& ownAddresses) {
    DraftRecipients recipients;
    if (kind == DraftKind::Note) return recipients;
    const QSet<QString> own = keysOf(ownAddresses);
    const QList<MailAddress> answered = mail.isOutbound          ? mail.to
                                        : mail.replyTo.isEmpty() ? QList<MailAddress>{mail.from}
                                                                 : mail.replyTo;
    QSet<QString> seen = own;
    addNew(recipients.to, answered, seen);
    if (kind == DraftKind::ReplyAll) {
        if (!mail.isOutbound) addNew(recipients.cc, mail.to, seen);
        addNew(recipients.cc, mail.cc, seen);
    }
    if (recipients.to.isEmpty()) std::swap(recipients.to, recipients.cc);
    if (recipients.to.isEmpty()) { // written to ourselves: better that than nobody
        seen.clear();
        addNew(recipients.to, answered, seen);
    }
    return recipients;
}

QList<MailAddress> addressesFromText(const QString& text) {
    QList<MailAddress> addresses;
    const QStringList pieces = piecesOf(text);
    for (const QString& piece : pieces)
        if (!piece.trimmed().isEmpty()) addresses.append(addressOf(piece));
    return addresses;
}

bool isMailAddress(const QString& email) {
    static const QRegularExpression shape(
        uR"(\A[^\s<>()\[\],;:"@\x00-\x1f\x7f]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)+\z)"_s,
        QRegularExpression::UseUnicodePropertiesOption);
    return email.size() <= 254 && !email.startsWith(u'.') && !email.contains(".."_L1) && !email.contains(".@"_L1) &&
           shape.match(email).hasMatch();
}

QString addressText(const MailAddress& address) {
    if (address.name.isEmpty()) return address.email;
    if (address.email.isEmpty()) return address.name;
    return address.name + " <"_L1 + address.email + u'>';
}

} // namespace aiva
