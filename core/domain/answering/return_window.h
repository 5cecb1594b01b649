// Whether an order may still be sent back: so many days from its delivery, else from its creation. Asked by playbooks
// and by the gate. Pure.
#pragma once

#include "core/domain/answering/fact.h"

namespace aiva {

enum class ReturnWindow { Unknown, Inside, Outside };

inline constexpr int kReturnWindowDays = 30; // where the store says nothing else

// The policy fact "return_window"; null when there is none.
const Fact* returnWindowFact(const FactSet& facts);
// Whole local days of the store, the last one inside. Unknown without an order date, and when what the store says of
// its window is no number of days.
ReturnWindow returnWindowOf(const FactSet& facts, const QString& order, UtcTime now);

} // namespace aiva
