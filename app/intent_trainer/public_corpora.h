// The public collections the model may learn from, read from AIVA_CORPORA; their labels translated to our intents here.
// None of their texts ships; licences and notices stand in resources/intent/NOTICE.md.
#pragma once

#include "app/intent_trainer/training_set.h"
#include "core/base/result.h"

#include <QString>

namespace aiva {

// HINT3, hint3_*_train.tsv: "our label, original label, text". Questions of people who have not ordered yet
// (RESUME_DELIVERY) are no order status, whatever the first column says.
Result<TrainingSet> hint3Mails(const QString& path);

// BANKING77, train.csv "text,category": all of it foreign to a shop. Every third row; the others are left to judge by.
Result<TrainingSet> bankingMails(const QString& path);

// CLINC150, data_full.json: its training part, of which only order_status is ours; every third of the rest.
Result<TrainingSet> clincMails(const QString& path);

// Whether a row of BANKING77 was left out of the training.
bool isHeldOutBankingRow(int row);

} // namespace aiva
