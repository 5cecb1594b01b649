// One customer's facts and question, and a model's answer to it, for the tests of this folder.
#pragma once

#include "core/answer/model/draft_prompt.h"

#include <QJsonObject>

namespace aiva::test {

FactSet oneOrder();  // #1042 of Jane, with a parcel and a policy
DraftTask oneTask(); // where it is, she asks
QJsonObject goodAnswer();
QByteArray asJson(const QJsonObject& answer);

} // namespace aiva::test
