// Learns a store's calibration from the mails its people labelled: each is read again as if nothing had been learnt, so
// that what is fitted never feeds on itself. Called when a store's labels changed. Pure but for the reader.
#pragma once

#include "core/answer/intent/intent_reader.h"
#include "core/storage/answers/intent_label_repository.h"

#include <vector>

namespace aiva {

StoreCalibration learntFrom(const IntentReader& reader, const std::vector<LabelledMail>& mails);

} // namespace aiva
