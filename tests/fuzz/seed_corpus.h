// The seeds of a fuzzer (tests/fuzz/seeds/NAME): what it starts from and what it once found; and mutations of them, for
// the tests that replay both on each run of the suite.
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

class QRandomGenerator;

namespace aiva::test {

QByteArrayList seedCorpus(const QString& name);
// One of them with bytes changed, dropped, doubled, or spliced from another; `meaningful` ones more likely.
QByteArray mutatedSeed(const QByteArrayList& seeds, const QByteArray& meaningful, QRandomGenerator& random);

} // namespace aiva::test
