// Order numbers as people write them in mails. Pure; whether an order of that name exists, and whose it is, is
// storage's business.
#pragma once

#include "core/domain/mail/message_record.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace aiva {

// Candidates in the order they stand, each once, at most `most`, as the shop would name them without a leading '#':
// "#1042", "order 1042", "Bestellung Nr. 1042-A" give "1042", "1042", "1042-A"; marketplaces' groups
// ("113-1234567-1234567") are one number.
QStringList orderNamesIn(const QString& text, int most = 10);

// Those a mail's subject and its own words name; quotations name what somebody else was talking about.
QStringList orderNamesSaid(const QString& subject, const QString& text, const std::vector<FoldedRange>& folded);

// "#1042" as shops keep it apart from the sign: "1042".
QString withoutHash(const QString& name);

} // namespace aiva
