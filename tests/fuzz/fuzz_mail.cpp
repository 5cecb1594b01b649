// Any bytes as a mail: decoded or refused, never worse; what comes out keeps the promises the rest relies on.
#include "tests/fuzz/fuzz_judges.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    aiva::test::judgeMailBytes(QByteArray(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size)));
    return 0;
}
