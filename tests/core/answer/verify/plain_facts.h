// One customer's facts, small enough to read: order #1042 shipped with USPS in one parcel, #1043 still being packed.
#pragma once

#include "core/answer/verify/verifier.h"

namespace aiva::test {

// Sent on Tuesday, 12 May 2026, at noon UTC; the store's clock is New York's.
inline constexpr UtcTime kSentAt(1'778'587'200'000);

FactSet plainFacts();
// As a person's text, which declares nothing and need not answer anything.
VerifierInput inputOf(const QString& reply, const QString& language = QStringLiteral("en"));
// "check status text" of each claim that is not proven, in the verdict's order.
QStringList objections(const VerifierVerdict& verdict);

// Known to the store besides the customer: Robert Miller, robert@miller.example, #2001, 1Z999AA10123456784.
bool isSomebodyElses(IdentityKind kind, const QString& value);

} // namespace aiva::test
