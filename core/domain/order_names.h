// Order numbers as people write them in mails. Pure; whether an order of that name exists, and whose it is, is
// storage's business.
#pragma once

#include <QString>
#include <QStringList>

namespace aiva {

// Candidates in the order they stand, each once, at most `most`, as the shop would name them without a leading '#':
// "#1042", "order 1042", "Bestellung Nr. 1042-A" give "1042", "1042", "1042-A".
QStringList orderNamesIn(const QString& text, int most = 10);

} // namespace aiva
