// What keeps us from a server, whichever it is.
#include "ui/errors/error_text_parts.h"

#include <QCoreApplication>

namespace aiva {

namespace {

struct NetworkErrorWords {
    Q_DECLARE_TR_FUNCTIONS(aiva::ErrorText)
};

} // namespace

ErrorText networkErrorText(ErrorCause cause) {
    switch (cause) {
    case ErrorCause::HostNotFound:
        return {NetworkErrorWords::tr("The server was not found"),
                NetworkErrorWords::tr("Check the address and your internet connection.")};
    case ErrorCause::ConnectionReset:
        return {NetworkErrorWords::tr("The connection broke off"),
                NetworkErrorWords::tr("Aiva tries again by itself.")};
    case ErrorCause::CertificateInvalid:
        return {NetworkErrorWords::tr("The server's certificate is not trusted"),
                NetworkErrorWords::tr(
                    "Nothing was sent. Check the address and whether the network asks for a sign-in; a server of "
                    "your own needs its authority's certificate.")};
    case ErrorCause::CertificateForAnother:
        return {NetworkErrorWords::tr("The server's certificate is for another name"),
                NetworkErrorWords::tr(
                    "Nothing was sent. Use the name the certificate was made for, or ask who runs the server.")};
    case ErrorCause::CertificateExpired:
        return {
            NetworkErrorWords::tr("The server's certificate has expired or is not valid yet"),
            NetworkErrorWords::tr("Nothing was sent. Check the date of this computer; if it is right, ask who runs the "
                                  "server to renew it.")};
    case ErrorCause::RedirectRefused:
        return {NetworkErrorWords::tr("The server tried to send us elsewhere"),
                NetworkErrorWords::tr(
                    "Nothing was sent. Check the address: https instead of http, with www or without it.")};
    case ErrorCause::HostNotAllowed:
        return {NetworkErrorWords::tr("This address is not one Aiva may talk to"),
                NetworkErrorWords::tr("Check the address in the settings.")};
    case ErrorCause::BodyTruncated:
        return {NetworkErrorWords::tr("The answer ended too early"),
                NetworkErrorWords::tr("Aiva tries again by itself.")};
    case ErrorCause::BodyTooLarge:
        return {NetworkErrorWords::tr("The answer was larger than allowed"),
                NetworkErrorWords::tr("Try again; if it stays, report it.")};
    default:
        return {};
    }
}

} // namespace aiva
