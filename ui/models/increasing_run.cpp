#include "ui/models/increasing_run.h"

#include <algorithm>

namespace aiva {

std::vector<bool> longestIncreasingRun(const std::vector<qsizetype>& values) {
    std::vector<size_t> tails;                          // index of the smallest tail of a run of each length
    std::vector<qsizetype> previous(values.size(), -1); // the element before it in its run
    for (size_t i = 0; i < values.size(); ++i) {
        if (values[i] < 0) continue;
        const auto at = std::lower_bound(tails.begin(), tails.end(), values[i],
                                         [&](size_t tail, qsizetype value) { return values[tail] < value; });
        if (at != tails.begin()) previous[i] = static_cast<qsizetype>(*(at - 1));
        if (at == tails.end())
            tails.push_back(i);
        else
            *at = i;
    }
    std::vector<bool> member(values.size(), false);
    for (qsizetype i = tails.empty() ? -1 : static_cast<qsizetype>(tails.back()); i >= 0;
         i = previous[static_cast<size_t>(i)])
        member[static_cast<size_t>(i)] = true;
    return member;
}

} // namespace aiva
