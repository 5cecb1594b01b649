// How a list of short texts (tags) is kept in one column: one per line. Storage writes it, read models split it.
#pragma once

#include <QString>
#include <QStringList>

#include <algorithm>
#include <string>
#include <vector>

namespace aiva {

// A line break inside an entry becomes a space.
inline std::string joinedLines(const std::vector<std::string>& list) {
    std::string joined;
    for (const std::string& entry : list) {
        if (!joined.empty()) joined.push_back('\n');
        const auto start = static_cast<std::ptrdiff_t>(joined.size());
        joined += entry;
        std::replace(joined.begin() + start, joined.end(), '\n', ' ');
    }
    return joined;
}

inline QStringList splitLines(const QString& joined) {
    return joined.split(u'\n', Qt::SkipEmptyParts);
}

} // namespace aiva
