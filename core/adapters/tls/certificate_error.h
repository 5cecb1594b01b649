// What a server's certificate is refused for, as an Error. Used by the HTTP transport and by mail connections.
#pragma once

#include "core/base/error.h"

#include <QList>
#include <QSslError>

namespace aiva {

// Network with cause CertificateInvalid (nobody trusted signed it, also when there are other faults or none),
// CertificateForAnother or CertificateExpired (or not valid yet).
Error certificateError(const QList<QSslError>& faults);

} // namespace aiva
