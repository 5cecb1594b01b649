// Qt Test, more patient: its QTRY_… macros and what waits for a window give up after five seconds, which a sanitised
// build on a busy machine may need for what takes one. Waiting longer costs nothing where a test passes. Tests include
// this instead of <QtTest>.
#pragma once

#include <QtTest>

namespace aiva::test {

constexpr int kTryPatienceMs = 30'000;

} // namespace aiva::test

#define qWaitForWindowActive(window) qWaitForWindowActive((window), aiva::test::kTryPatienceMs)
#define qWaitForWindowExposed(window) qWaitForWindowExposed((window), aiva::test::kTryPatienceMs)
#undef QTRY_VERIFY
#undef QTRY_VERIFY2
#undef QTRY_COMPARE
#define QTRY_VERIFY(expression) QTRY_VERIFY_WITH_TIMEOUT((expression), aiva::test::kTryPatienceMs)
#define QTRY_VERIFY2(expression, message) QTRY_VERIFY2_WITH_TIMEOUT((expression), (message), aiva::test::kTryPatienceMs)
#define QTRY_COMPARE(expression, expected) QTRY_COMPARE_WITH_TIMEOUT((expression), expected, aiva::test::kTryPatienceMs)
