// Result<T>: a value or an Error, a subset of std::expected (C++23). We throw nothing.
// AIVA_TRY(auto x, f()) unwraps or returns the error; AIVA_CHECK(f()) does the same for Result<void>.
#pragma once

#include "core/base/error.h"

#include <utility>
#include <variant>

namespace aiva {

template <typename T>
class [[nodiscard]] Result {
public:
    using value_type = T;

    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }

    // Only when has_value().
    T& value() & { return std::get<0>(m_state); }
    const T& value() const& { return std::get<0>(m_state); }
    T value() && { return std::get<0>(std::move(m_state)); }
    T& operator*() & { return std::get<0>(m_state); }
    const T& operator*() const& { return std::get<0>(m_state); }
    T operator*() && { return std::get<0>(std::move(m_state)); }
    T* operator->() { return &std::get<0>(m_state); }
    const T* operator->() const { return &std::get<0>(m_state); }
    T value_or(T other) const& { return has_value() ? value() : std::move(other); }

    // Only when not has_value().
    const Error& error() const& { return std::get<1>(m_state); }
    Error error() && { return std::get<1>(std::move(m_state)); }

private:
    std::variant<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void> {
public:
    using value_type = void;

    Result() = default;
    Result(Error error) : m_error(std::move(error)), m_failed(true) {}

    bool has_value() const { return !m_failed; }
    explicit operator bool() const { return has_value(); }
    const Error& error() const& { return m_error; }
    Error error() && { return std::move(m_error); }

private:
    Error m_error;
    bool m_failed = false;
};

} // namespace aiva

#define AIVA_CONCAT_INNER(a, b) a##b
#define AIVA_CONCAT(a, b) AIVA_CONCAT_INNER(a, b)
#define AIVA_TRY_INNER(result, declaration, expression)                                                                \
    auto result = (expression);                                                                                        \
    if (!result) return std::move(result).error();                                                                     \
    declaration = *std::move(result)
#define AIVA_TRY(declaration, expression) AIVA_TRY_INNER(AIVA_CONCAT(aivaResult, __LINE__), declaration, expression)
#define AIVA_CHECK(expression)                                                                                         \
    do {                                                                                                               \
        if (auto aivaChecked = (expression); !aivaChecked) return std::move(aivaChecked).error();                      \
    } while (false)
