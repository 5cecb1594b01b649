// How long something may take in a test: what it takes in the build people use, and more where a sanitizer watches and
// other tests share the machine. Benchmarks measure; these only catch what has become slow by an order of magnitude.
#pragma once

#include <QtGlobal>

namespace aiva::test {

constexpr qint64 allowed(qint64 milliseconds) {
#if defined(__SANITIZE_ADDRESS__)
    return milliseconds * 20;
#else
    return milliseconds * 2;
#endif
}

} // namespace aiva::test
