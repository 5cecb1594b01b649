// What must hold of a verdict whatever the reply is. Shared by the fuzzer and the suite, which replays its seeds.
#pragma once

#include <QByteArray>

namespace aiva::test {

// Aborts when something does not. The first byte chooses the language, the rest is the reply.
void judgeReply(const QByteArray& bytes);

} // namespace aiva::test
