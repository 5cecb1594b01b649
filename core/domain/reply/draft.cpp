#include "core/domain/reply/draft.h"

#include "core/domain/mail/address_json.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace aiva {

namespace {

constexpr qint64 versionEveryMs = 5 * 60 * 1000;
constexpr qsizetype muchWritten = 300;
constexpr qsizetype muchRemoved = 40;

struct Difference {
    qsizetype removed = 0;
    qsizetype added = 0;
};

// What lies between the common beginning and the common end: exact for one edit, an upper bound for several.
Difference difference(const QString& before, const QString& after) {
    const auto head = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
    const auto tail = std::mismatch(before.rbegin(), std::make_reverse_iterator(head.first), after.rbegin(),
                                    std::make_reverse_iterator(head.second));
    return {std::distance(head.first, tail.first.base()), std::distance(head.second, tail.second.base())};
}

} // namespace

QString toJson(const DraftRecipients& recipients) {
    const QJsonObject whole{{u"to"_s, addressesJson(recipients.to)},
                            {u"cc"_s, addressesJson(recipients.cc)},
                            {u"bcc"_s, addressesJson(recipients.bcc)}};
    return QString::fromUtf8(QJsonDocument(whole).toJson(QJsonDocument::Compact));
}

std::optional<DraftRecipients> draftRecipientsFromJson(const QString& json) {
    const QJsonDocument document = QJsonDocument::fromJson(json.toUtf8());
    if (!document.isObject()) return std::nullopt;
    const QJsonObject whole = document.object();
    return DraftRecipients{addressesFrom(whole["to"_L1]), addressesFrom(whole["cc"_L1]),
                           addressesFrom(whole["bcc"_L1])};
}

bool isVersionDue(const DraftVersionCase& versionCase) {
    const auto& [lastVersion, msSinceVersion, before, after] = versionCase;
    if (before.trimmed().isEmpty() || before == after || before == lastVersion) return false;
    if (msSinceVersion >= versionEveryMs) return true;
    // A third or more of the text goes at once: it is being replaced.
    const qsizetype removed = difference(before, after).removed;
    if (removed >= muchRemoved && removed * 3 >= before.size()) return true;
    const Difference written = difference(lastVersion, before);
    return std::max(written.added, written.removed) >= muchWritten;
}

} // namespace aiva
