// What a playbook answers: a mail as it was read, and the facts about its sender. Plain values, made by the engine.
#pragma once

#include "core/base/utc_time.h"
#include "core/domain/answering/fact.h"
#include "core/domain/answering/intent.h"

#include <QStringList>

namespace aiva {

struct PlaybookCase {
    const IntentReading& intent;
    const FactSet& facts;
    UtcTime now;
    QStringList namedOrders = {}; // said in the mail; with or without '#'
};

} // namespace aiva
