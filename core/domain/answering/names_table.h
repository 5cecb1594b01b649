// One table of an enumeration and its stable words, both ways. Used by the values of this folder.
#pragma once

#include <QString>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace aiva {

template <typename E, size_t N>
using NamesTable = std::array<std::pair<E, const char16_t*>, N>;

template <typename E, size_t N>
QString wordIn(const NamesTable<E, N>& table, E value) {
    const auto row = std::find_if(table.begin(), table.end(), [&](const auto& r) { return r.first == value; });
    return row == table.end() ? QString() : QString::fromUtf16(row->second);
}

template <typename E, size_t N>
std::optional<E> valueIn(const NamesTable<E, N>& table, const QString& word) {
    const auto row =
        std::find_if(table.begin(), table.end(), [&](const auto& r) { return word == QString::fromUtf16(r.second); });
    return row == table.end() ? std::optional<E>() : row->first;
}

} // namespace aiva
