#include "core/domain/answering/verdict.h"

#include "core/domain/answering/names_table.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace aiva {

static constexpr NamesTable<ClaimStatus, 3> kStatuses{
    {{ClaimStatus::Proven, u"proven"}, {ClaimStatus::Unproven, u"unproven"}, {ClaimStatus::Forbidden, u"forbidden"}}};

QString toWord(ClaimStatus status) {
    return wordIn(kStatuses, status);
}

bool VerifierVerdict::passed() const {
    return unproven() == 0;
}

int VerifierVerdict::unproven() const {
    return static_cast<int>(std::count_if(claims.begin(), claims.end(),
                                          [](const Claim& claim) { return claim.status != ClaimStatus::Proven; }));
}

static QJsonObject objectOf(const Claim& claim) {
    return {{u"check"_s, claim.check}, {u"status"_s, toWord(claim.status)},
            {u"start"_s, claim.start}, {u"length"_s, claim.length},
            {u"text"_s, claim.text},   {u"kind"_s, claim.kind},
            {u"fact"_s, claim.fact},   {u"reason"_s, claim.reason}};
}

QString toJson(const VerifierVerdict& verdict) {
    QJsonArray claims;
    for (const Claim& claim : verdict.claims)
        claims.append(objectOf(claim));
    const QJsonObject whole{{u"status"_s, verdict.passed() ? u"passed"_s : u"failed"_s}, {u"claims"_s, claims}};
    return QString::fromUtf8(QJsonDocument(whole).toJson(QJsonDocument::Compact));
}

std::optional<VerifierVerdict> verifierVerdictFromJson(const QString& json) {
    const QJsonDocument document = QJsonDocument::fromJson(json.toUtf8());
    if (!document.isObject() || !document["claims"_L1].isArray()) return std::nullopt;
    VerifierVerdict verdict;
    for (const QJsonValue value : document["claims"_L1].toArray()) {
        Claim claim;
        const auto status = valueIn(kStatuses, value["status"_L1].toString());
        if (!status) return std::nullopt;
        claim.status = *status;
        claim.check = value["check"_L1].toInt();
        claim.start = value["start"_L1].toInt();
        claim.length = value["length"_L1].toInt();
        claim.text = value["text"_L1].toString();
        claim.kind = value["kind"_L1].toString();
        claim.fact = value["fact"_L1].toString();
        claim.reason = value["reason"_L1].toString();
        verdict.claims.push_back(std::move(claim));
    }
    return verdict;
}

} // namespace aiva
