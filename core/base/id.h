// Id<Tag>: a local row id that cannot be confused with another kind's. Zero means "none yet".
#pragma once

#include <QHashFunctions>
#include <QtGlobal>

#include <compare>
#include <functional>

namespace aiva {

template <typename Tag>
class Id {
public:
    constexpr Id() = default;
    constexpr explicit Id(qint64 value) : m_value(value) {}

    constexpr qint64 value() const { return m_value; }
    constexpr bool isValid() const { return m_value > 0; }
    constexpr auto operator<=>(const Id&) const = default;

private:
    qint64 m_value = 0;
};

template <typename Tag>
size_t qHash(Id<Tag> id, size_t seed = 0) noexcept {
    return ::qHash(id.value(), seed);
}

} // namespace aiva

template <typename Tag>
struct std::hash<aiva::Id<Tag>> {
    size_t operator()(aiva::Id<Tag> id) const noexcept { return std::hash<qint64>()(id.value()); }
};
