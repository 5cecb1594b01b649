#include "core/privacy/privacy_audit.h"

#include "core/domain/email_address.h"

#include <QJsonDocument>

namespace aiva {

using namespace Qt::StringLiterals;

Result<void> auditPrivacy(Database& writer, AuditNote note, const QString& address, QJsonObject detail) {
    if (!address.isEmpty()) {
        AIVA_TRY(const auto marks, ErasureMarks::create(writer));
        AIVA_TRY(const QByteArray pseudonym, marks->pseudonym(normalizedEmail(address).toStdString()));
        detail.insert("person"_L1, QString::fromLatin1(pseudonym));
    }
    note.detail = QString::fromUtf8(QJsonDocument(detail).toJson(QJsonDocument::Compact));
    AIVA_TRY(const auto audit, AuditRepository::create(writer));
    AIVA_TRY([[maybe_unused]] const AuditId id, audit->append(note));
    return {};
}

} // namespace aiva
