// Any bytes as HTML: the sanitizer's output must be harmless to a parser that is not ours, and cleaning it again must
// change nothing.
#include "core/domain/html_sanitizer.h"
#include "core/domain/html_text.h"
#include "tests/core/domain/html_judge.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const QString html = QString::fromUtf8(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    const QString safe = aiva::sanitizeHtml(html);
    if (!aiva::test::forbiddenIn(safe).isEmpty()) std::abort();
    if (aiva::sanitizeHtml(safe) != safe) std::abort();
    aiva::htmlToText(html);
    return 0;
}
