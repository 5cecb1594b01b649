// Mailboxes full of threads, with everything mail programs do to References: cut, lost, reordered, repeated, missing,
// pointing at themselves and in circles.
#pragma once

#include <QByteArray>

#include <vector>

namespace aiva::test {

// Whole mails in the order they arrive; the same for the same seed.
std::vector<QByteArray> generatedThreads(int mails, quint32 seed);

} // namespace aiva::test
