// Any bytes as an IMAP server's: framed and parsed, or refused, never worse; and in whatever pieces they arrive, the
// same.
#include "tests/core/adapters/mail/imap_judge.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    aiva::test::judgeImapBytes(QByteArray(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size)));
    return 0;
}
