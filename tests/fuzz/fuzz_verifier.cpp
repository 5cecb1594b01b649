// Any bytes as a reply: judged, never worse; every claim lies inside the reply, its text is what stands there, and a
// number nobody vouches for is never let pass.
#include "tests/core/answer/verify/verifier_judge.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    aiva::test::judgeReply(QByteArray(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size)));
    return 0;
}
