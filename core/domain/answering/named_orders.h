// Which of the sender's orders a mail is about, and whether it names one that is not theirs. Asked by playbooks and by
// the gate, which must agree. Pure.
#pragma once

#include "core/domain/answering/fact.h"

#include <QString>
#include <QStringList>

namespace aiva {

struct NamedOrders {
    QString only;            // the one it is about; empty: none, or not clear
    int candidates = 0;      // of the sender's, that it may be about
    bool namesOther = false; // an order that is somebody else's or never was: nobody is told which
};

// `named` as the mail says them, with or without '#', in any case.
NamedOrders namedOrdersOf(const FactSet& facts, const QStringList& named);

} // namespace aiva
