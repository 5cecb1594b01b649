// What must hold of any bytes taken for a mail or for HTML. Shared by the fuzzers and the test that replays them.
#pragma once

#include <QByteArray>

namespace aiva::test {

// Each aborts when a promise is broken.
void judgeMailBytes(const QByteArray& bytes);
void judgeHtmlBytes(const QByteArray& bytes);

} // namespace aiva::test
