// The longest run of elements that already stand in increasing order: what a list diff leaves where it is.
#pragma once

#include <QtGlobal>

#include <vector>

namespace aiva {

// One flag an element: true when it belongs to the longest strictly increasing subsequence. Negative values never do.
std::vector<bool> longestIncreasingRun(const std::vector<qsizetype>& values);

} // namespace aiva
