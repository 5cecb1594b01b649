// What must hold of any bytes an IMAP server may send. Shared by the fuzzer and the test that replays its corpus.
#pragma once

#include <QByteArray>

namespace aiva::test {

// Aborts when a promise of the parser is broken. Returns how many responses there were.
int judgeImapBytes(const QByteArray& bytes);

} // namespace aiva::test
