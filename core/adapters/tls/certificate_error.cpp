#include "core/adapters/tls/certificate_error.h"

namespace aiva {

using namespace Qt::StringLiterals;

Error certificateError(const QList<QSslError>& faults) {
    bool isForAnother = false;
    bool isOutOfDate = false;
    for (const QSslError& fault : faults) {
        switch (fault.error()) {
        case QSslError::HostNameMismatch:
            isForAnother = true;
            break;
        case QSslError::CertificateExpired:
        case QSslError::CertificateNotYetValid:
            isOutOfDate = true;
            break;
        default: // whoever signed it says nothing of its name and its dates
            return {ErrorKind::Network, u"the server's certificate is not accepted: untrusted"_s,
                    ErrorCause::CertificateInvalid};
        }
    }
    if (isForAnother)
        return {ErrorKind::Network, u"the server's certificate is not accepted: wrong host name"_s,
                ErrorCause::CertificateForAnother};
    if (isOutOfDate)
        return {ErrorKind::Network, u"the server's certificate is not accepted: expired"_s,
                ErrorCause::CertificateExpired};
    return {ErrorKind::Network, u"the server's certificate is not accepted: untrusted"_s,
            ErrorCause::CertificateInvalid};
}

} // namespace aiva
