// What the wizard says of a shop that does not answer as it should. The general sentences of error_text speak of a
// store that was connected; here it is about to be, and nothing is tried again by itself. Pure.
#pragma once

#include "ui/errors/error_text.h"
#include "ui/stores/connect/connect_step.h"

#include <QStringList>

namespace aiva {

ErrorText connectTrouble(ConnectWay way, const Error& error, StoreAccess access = StoreAccess::Offline);

// Which permissions are missing, what each is for, and how they are given on this way in.
QString missingScopesText(ConnectWay way, const QStringList& missing, StoreAccess access = StoreAccess::Offline);
// Those an Auth/ScopeMissing of a sign-in names; all that are needed when it names none.
QStringList scopesMissingBy(const Error& error);

} // namespace aiva
