// What the verifier found in a draft: every claim with its place, its fact or the lack of one. Stored with the draft,
// underlined in the composer. Plain values.
#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace aiva {

enum class ClaimStatus { Proven, Unproven, Forbidden };
QString toWord(ClaimStatus status); // proven unproven forbidden

struct Claim {
    int check = 0; // 1…19, numbered in core/answer/verify/checks.h
    ClaimStatus status = ClaimStatus::Unproven;
    int start = 0; // UTF-16 units in the draft as written; length 0: the draft as a whole
    int length = 0;
    QString text;   // the words of the draft
    QString kind;   // order_name tracking_number link carrier money date duration status done promise item name …
    QString fact;   // id of the fact that proves it; empty otherwise
    QString reason; // stable English words: "no such order among the sender's", for rows and aivactl

    bool operator==(const Claim&) const = default;
};

struct VerifierVerdict {
    std::vector<Claim> claims; // in the draft's order; whole-draft findings last
    bool passed() const;
    int unproven() const; // Unproven and Forbidden
    bool operator==(const VerifierVerdict&) const = default;
};

QString toJson(const VerifierVerdict& verdict);
std::optional<VerifierVerdict> verifierVerdictFromJson(const QString& json);

} // namespace aiva
