// Any bytes as HTML: what the sanitizer makes of them does no harm.
#include "tests/fuzz/fuzz_judges.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    aiva::test::judgeHtmlBytes(QByteArray(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size)));
    return 0;
}
