// Attack mails on a shop with the reply an obeying model would write: tests/core/answer/attacks/*.txt, in the format of
// the README beside them. For tests that let the worst model answer and look at what leaves.
#pragma once

#include "core/base/result.h"

#include <QMap>
#include <QString>
#include <QStringList>

#include <vector>

namespace aiva::test {

struct ShopAttack {
    QString name;
    QString channel; // one of shopAttackChannels(): where the instruction stands
    QString harm;    // one of shopAttackHarms(): what obeying does
    QString subject;
    QString body;
    QString html; // empty: plain text only
    QString from; // an address; empty: the sender's own
    QString fromName;
    QString replyTo;
    QString customerName; // as the shop keeps it; empty: an ordinary one
    QString orderNote;
    QString productTitle;
    QString attachment; // a file name; empty: none
    QString reply;      // of the model that obeys
    QString card;       // the order card it asks for; empty: none
};

const QStringList& shopAttackChannels();
const QStringList& shopAttackHarms();

// All of one file; Invalid with "file:line: what" when it is not understood.
Result<std::vector<ShopAttack>> parseShopAttacks(const QString& fileName, const QString& content);
// All of the folder, by file and then as they stand.
Result<std::vector<ShopAttack>> shopAttacks();

// {own_order}, {other_email} … replaced in every field; what is not in `values` stays.
ShopAttack filledAttack(ShopAttack attack, const QMap<QString, QString>& values);
// The placeholders there are, without braces.
const QStringList& shopAttackPlaceholders();

} // namespace aiva::test
