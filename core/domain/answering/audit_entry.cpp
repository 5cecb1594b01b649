#include "core/domain/answering/audit_entry.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace aiva {

QString toWord(AuditActor actor) {
    return actor == AuditActor::Person ? u"person"_s : u"aiva"_s;
}

static QByteArray field(const QByteArray& bytes) {
    return QByteArray::number(bytes.size()) + ':' + bytes + ',';
}

template <typename IdType>
static QByteArray field(const std::optional<IdType>& id) {
    return id ? field(QByteArray::number(id->value())) : "-,"_ba;
}

QByteArray canonicalBytes(const AuditEntry& entry) {
    return field("aiva audit 1"_ba) + field(QByteArray::number(entry.id.value())) +
           field(QByteArray::number(entry.at.ms())) + field(entry.actor.toUtf8()) + field(entry.kind.toUtf8()) +
           field(entry.store) + field(entry.conversation) + field(entry.detail.toUtf8()) +
           field(entry.previousDigest.toUtf8());
}

QString digestOf(const AuditEntry& entry) {
    return QString::fromLatin1(QCryptographicHash::hash(canonicalBytes(entry), QCryptographicHash::Sha256).toHex());
}

} // namespace aiva
