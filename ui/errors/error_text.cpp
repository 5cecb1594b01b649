#include "ui/errors/error_text.h"

#include "ui/errors/error_text_parts.h"

#include <QCoreApplication>

namespace aiva {
namespace {

struct ErrorWords {
    Q_DECLARE_TR_FUNCTIONS(aiva::ErrorText)
};

ErrorText kindText(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::Network:
        return {ErrorWords::tr("No connection"),
                ErrorWords::tr("Everything cached stays usable. Aiva tries again by itself.")};
    case ErrorKind::Timeout:
        return {ErrorWords::tr("The server took too long to answer"), ErrorWords::tr("Aiva tries again by itself.")};
    case ErrorKind::RateLimited:
        return {ErrorWords::tr("The shop asked us to slow down"),
                ErrorWords::tr("Aiva goes on by itself. Nothing to do.")};
    case ErrorKind::Auth:
        return {ErrorWords::tr("The sign-in was refused"), ErrorWords::tr("Check the sign-in data and connect again.")};
    case ErrorKind::NotFound:
        return {ErrorWords::tr("It is not there any more"), ErrorWords::tr("Refresh the view and try again.")};
    case ErrorKind::Conflict:
        return {ErrorWords::tr("It was changed in the meantime"),
                ErrorWords::tr("Look at the newer state, then try again.")};
    case ErrorKind::Invalid:
        return {ErrorWords::tr("The data could not be understood"),
                ErrorWords::tr("Check what was entered and try again.")};
    case ErrorKind::Storage:
        return {ErrorWords::tr("The workspace could not be read or written"),
                ErrorWords::tr("Try again. If it stays, restart Aiva and look at the log.")};
    case ErrorKind::Refused:
        return {ErrorWords::tr("That is not allowed"),
                ErrorWords::tr("Ask the owner of the shop or mailbox for access.")};
    case ErrorKind::Internal:
        break;
    }
    return {ErrorWords::tr("Something went wrong inside Aiva"),
            ErrorWords::tr("Your data is safe. Try again; if it stays, report it with the log.")};
}

} // namespace

ErrorText errorText(const Error& error) {
    if (error.cause == ErrorCause::NoSecretService)
        return {ErrorWords::tr("This computer offers no keychain"),
                ErrorWords::tr("Unlock or install one, or protect the workspace with a passphrase.")};
    for (const ErrorText& text :
         {workspaceErrorText(error.cause), shopErrorText(error.cause), queueErrorText(error.cause),
          networkErrorText(error.cause), mailServerErrorText(error.cause), outgoingErrorText(error.cause),
          modelErrorText(error.cause), fileErrorText(error.cause)})
        if (!text.title.isEmpty()) return text;
    return kindText(error.kind);
}

QString errorSentence(const Error& error) {
    return errorSentence(errorText(error));
}

QString errorSentence(const ErrorText& text) {
    return text.title + QLatin1String(". ") + text.whatToDo;
}

std::optional<Error> errorOfWords(const QString& words) {
    if (auto error = errorFromWords(words)) return error;
    return errorFromWords(words.section(QLatin1Char('/'), 0, 0));
}

} // namespace aiva
