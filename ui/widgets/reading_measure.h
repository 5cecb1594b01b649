// How wide a column of text may be before the eye loses the line: what is wider becomes margin on both sides.
#pragma once

#include "ui/theme/tokens.h"

#include <algorithm>

namespace aiva {

inline constexpr int readingWidth = 760;

inline int readingMargin(int width) {
    return std::max(size::threadPadding, (width - readingWidth) / 2);
}

} // namespace aiva
