#include "ui/error_text.h"

#include <QCoreApplication>

namespace aiva {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(aiva::ErrorText)
};

ErrorText storageText(ErrorCause cause) {
    switch (cause) {
    case ErrorCause::WrongKey:
        return {Text::tr("This key does not open the workspace"),
                Text::tr("Sign in to the computer account that created it, or enter its passphrase. The file was not "
                         "touched.")};
    case ErrorCause::DamagedFile:
        return {
            Text::tr("The workspace file is damaged"),
            Text::tr("Restore it from a backup, or start a new workspace and sync again. The file was not touched.")};
    case ErrorCause::NewerSchema:
        return {Text::tr("This workspace was made by a newer Aiva"),
                Text::tr("Update Aiva to open it. The file was not touched.")};
    case ErrorCause::ReadOnlyDisk:
        return {Text::tr("The workspace folder cannot be written"),
                Text::tr("Check the permissions of the folder, or move the workspace elsewhere.")};
    case ErrorCause::DiskFull:
        return {Text::tr("The disk is full"), Text::tr("Free some space. Nothing was lost; work goes on by itself.")};
    case ErrorCause::WorkspaceBusy:
        return {Text::tr("Another program is using this workspace"),
                Text::tr("Close the other Aiva window or wait for its command to end, then try again.")};
    case ErrorCause::WorkspaceAbsent:
        return {Text::tr("There is no workspace here"), Text::tr("Create one, or choose another folder.")};
    default:
        return {Text::tr("The workspace could not be read or written"),
                Text::tr("Try again. If it stays, restart Aiva and look at the log.")};
    }
}

ErrorText shopText(ErrorCause cause) {
    switch (cause) {
    case ErrorCause::TokenRefused:
        return {Text::tr("The shop no longer accepts our sign-in"), Text::tr("Reconnect the store.")};
    case ErrorCause::ShopFrozen:
        return {Text::tr("The shop is frozen"),
                Text::tr("Its owner has to settle the plan with Shopify, then sync again.")};
    case ErrorCause::ScopeMissing:
        return {Text::tr("The shop did not grant a permission that is needed"),
                Text::tr("Reconnect the store and accept the permissions listed there.")};
    case ErrorCause::ShopNotFound:
        return {Text::tr("There is no shop at this address"),
                Text::tr("Check the shop's domain, or reconnect the store if it has moved.")};
    case ErrorCause::ShopLocked:
        return {Text::tr("The shop is locked"), Text::tr("Its owner has to contact Shopify support, then sync again.")};
    case ErrorCause::ShopWary:
        return {Text::tr("The shop's security turned this connection away"),
                Text::tr("Aiva leaves it alone for a while and tries again. A VPN or a proxy may be the reason.")};
    case ErrorCause::QueryTooCostly:
        return {Text::tr("The shop refused a request as too large"),
                Text::tr("Aiva asks for smaller pages at the next sync. Nothing to do.")};
    case ErrorCause::BulkBusy:
        return {Text::tr("Another export is running in the shop"),
                Text::tr("Aiva starts by itself when it has ended. Nothing to do.")};
    case ErrorCause::NoRestApi:
        return {Text::tr("There is no WooCommerce shop at this address"),
                Text::tr("Check the address. WooCommerce must be active there, and its REST API not switched off.")};
    case ErrorCause::HeaderBlocked:
        return {
            Text::tr("The key never reaches the shop"),
            Text::tr("Its server, a proxy or a security plug-in drops the Authorization header. Ask the host to pass "
                     "it on.")};
    case ErrorCause::ClockSkew:
        return {Text::tr("The shop refuses this computer's clock"),
                Text::tr("Set date and time, best by the network, then try again.")};
    case ErrorCause::KeyReadsOnly:
        return {Text::tr("The key may only read"),
                Text::tr("Make one with the permission Read/Write, of a user who manages the shop, and reconnect with "
                         "it.")};
    default:
        return {};
    }
}

ErrorText queueText(ErrorCause cause) {
    switch (cause) {
    case ErrorCause::QueueRoleMissing:
        return {Text::tr("The service account may not read this subscription"),
                Text::tr("Give it the role Pub/Sub Subscriber there.")};
    case ErrorCause::QueueKeyRefused:
        return {Text::tr("Google does not know this key any more"),
                Text::tr("Make a new key for the service account and choose its file.")};
    default:
        return {};
    }
}

ErrorText networkText(ErrorCause cause) {
    switch (cause) {
    case ErrorCause::HostNotFound:
        return {Text::tr("The server was not found"), Text::tr("Check the address and your internet connection.")};
    case ErrorCause::ConnectionReset:
        return {Text::tr("The connection broke off"), Text::tr("Aiva tries again by itself.")};
    case ErrorCause::CertificateInvalid:
        return {Text::tr("The server's certificate is not trusted"),
                Text::tr("Nothing was sent. Check the address and whether the network asks for a sign-in; a server of "
                         "your own needs its authority's certificate.")};
    case ErrorCause::CertificateForAnother:
        return {Text::tr("The server's certificate is for another name"),
                Text::tr("Nothing was sent. Use the name the certificate was made for, or ask who runs the server.")};
    case ErrorCause::CertificateExpired:
        return {Text::tr("The server's certificate has expired or is not valid yet"),
                Text::tr("Nothing was sent. Check the date of this computer; if it is right, ask who runs the "
                         "server to renew it.")};
    case ErrorCause::RedirectRefused:
        return {Text::tr("The server tried to send us elsewhere"),
                Text::tr("Nothing was sent. Check the address: https instead of http, with www or without it.")};
    case ErrorCause::HostNotAllowed:
        return {Text::tr("This address is not one Aiva may talk to"), Text::tr("Check the address in the settings.")};
    case ErrorCause::BodyTruncated:
        return {Text::tr("The answer ended too early"), Text::tr("Aiva tries again by itself.")};
    case ErrorCause::BodyTooLarge:
        return {Text::tr("The answer was larger than allowed"), Text::tr("Try again; if it stays, report it.")};
    default:
        return {};
    }
}

// What a mail server says.
ErrorText mailServerText(ErrorCause cause) {
    switch (cause) {
    case ErrorCause::LoginRefused:
        return {Text::tr("The mail server refused the sign-in"),
                Text::tr("Check user name and password. Many providers want an app password here.")};
    case ErrorCause::LoginExpired:
        return {Text::tr("The sign-in has expired"), Text::tr("Sign in to the mailbox again in the settings.")};
    case ErrorCause::PlainTextRefused:
        return {Text::tr("The mail server offers no encryption"),
                Text::tr("Nothing was sent. Use the port for TLS, or ask the provider for it.")};
    case ErrorCause::ServerBusy:
        return {Text::tr("The mail server is busy"), Text::tr("Aiva tries again by itself.")};
    case ErrorCause::Greylisted:
        return {Text::tr("The recipient's server asks to come back later"),
                Text::tr("It does so for new senders. Aiva tries again by itself.")};
    case ErrorCause::OverQuota:
        return {Text::tr("Your mailbox is full"), Text::tr("Make room in it; Aiva goes on by itself.")};
    case ErrorCause::SendingLimit:
        return {Text::tr("The provider's sending limit is reached"),
                Text::tr("Aiva tries again later. The provider can tell when, or raise the limit.")};
    case ErrorCause::ProtocolBroken:
        return {Text::tr("The mail server answered something Aiva does not understand"),
                Text::tr("Aiva tries again by itself. If it stays, report it with the log.")};
    case ErrorCause::FolderMissing:
        return {Text::tr("A folder is missing in the mailbox"),
                Text::tr("Create it there, or choose another one, then sync again.")};
    case ErrorCause::NotSupported:
        return {Text::tr("The mail server cannot do this"), Text::tr("The provider may offer it in another plan.")};
    case ErrorCause::OutcomeUnknown:
        return {Text::tr("The connection broke before the server confirmed the mail"),
                Text::tr("Look into the Sent folder, then say whether it was sent.")};
    default:
        return {};
    }
}

// Why one mail does not go.
ErrorText outgoingText(ErrorCause cause) {
    switch (cause) {
    case ErrorCause::MailTooLarge:
        return {Text::tr("The mail is too large for the server"), Text::tr("Take attachments out and send it again.")};
    case ErrorCause::MailboxFull:
        return {Text::tr("The recipient's mailbox is full"), Text::tr("Send it again later, or call them.")};
    case ErrorCause::RecipientRefused:
        return {Text::tr("The recipient's address was refused"), Text::tr("Check the address and send it again.")};
    case ErrorCause::SenderRefused:
        return {Text::tr("The server does not let this mailbox send from its address"),
                Text::tr("Check the address of the mailbox in the settings.")};
    case ErrorCause::ContentRefused:
        return {Text::tr("The server refused the content of the mail"),
                Text::tr("It may take it for spam. Change the text or the links and send it again.")};
    case ErrorCause::DraftStale:
        return {Text::tr("Something changed after this reply was written"),
                Text::tr("Read what is new in the conversation, then send it again.")};
    case ErrorCause::ClaimTaken:
        return {Text::tr("A colleague is answering this conversation"),
                Text::tr("Look at their reply first, then send yours or let it go.")};
    case ErrorCause::VariableEmpty:
        return {Text::tr("A variable in the text has no value"), Text::tr("Fill in what is marked red.")};
    case ErrorCause::NoRecipient:
        return {Text::tr("The mail has no recipient"), Text::tr("Add an address to the To field.")};
    default:
        return {};
    }
}

ErrorText kindText(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::Network:
        return {Text::tr("No connection"), Text::tr("Everything cached stays usable. Aiva tries again by itself.")};
    case ErrorKind::Timeout:
        return {Text::tr("The server took too long to answer"), Text::tr("Aiva tries again by itself.")};
    case ErrorKind::RateLimited:
        return {Text::tr("The shop asked us to slow down"), Text::tr("Aiva goes on by itself. Nothing to do.")};
    case ErrorKind::Auth:
        return {Text::tr("The sign-in was refused"), Text::tr("Check the sign-in data and connect again.")};
    case ErrorKind::NotFound:
        return {Text::tr("It is not there any more"), Text::tr("Refresh the view and try again.")};
    case ErrorKind::Conflict:
        return {Text::tr("It was changed in the meantime"), Text::tr("Look at the newer state, then try again.")};
    case ErrorKind::Invalid:
        return {Text::tr("The data could not be understood"), Text::tr("Check what was entered and try again.")};
    case ErrorKind::Storage:
        return storageText(ErrorCause::None);
    case ErrorKind::Refused:
        return {Text::tr("That is not allowed"), Text::tr("Ask the owner of the shop or mailbox for access.")};
    case ErrorKind::Internal:
        break;
    }
    return {Text::tr("Something went wrong inside Aiva"),
            Text::tr("Your data is safe. Try again; if it stays, report it with the log.")};
}

} // namespace

static ErrorText modelText(ErrorCause cause) {
    switch (cause) {
    case ErrorCause::ModelDeclined:
        return {Text::tr("The model declined to answer"), Text::tr("Write the reply yourself, or try another model.")};
    case ErrorCause::AnswerCut:
        return {Text::tr("The model's answer ended in the middle"),
                Text::tr("Nothing of it was kept. Ask again, or allow a longer answer in the settings.")};
    case ErrorCause::AnswerMalformed:
        return {Text::tr("The model did not answer in the form that was asked for"),
                Text::tr("Nothing of it was kept. Ask again, or try another model.")};
    case ErrorCause::SpendLimit:
        return {Text::tr("The provider's spending limit is reached"),
                Text::tr("Raise it at the provider. Playbooks go on without a model.")};
    case ErrorCause::BudgetSpent:
        return {Text::tr("Your own limit of model requests is reached"),
                Text::tr("Wait until tomorrow, or raise it in the settings.")};
    case ErrorCause::ModelMissing:
        return {Text::tr("There is no such model"), Text::tr("Choose another one in the settings; Test lists them.")};
    case ErrorCause::ModelBusy:
        return {Text::tr("The model is busy"), Text::tr("Ask again in a while.")};
    default:
        return {};
    }
}

static ErrorText fileText(ErrorCause cause) {
    switch (cause) {
    case ErrorCause::NotText:
        return {Text::tr("This is no text file"),
                Text::tr("Save it as CSV in the program it comes from, and choose that.")};
    case ErrorCause::FileEmpty:
        return {Text::tr("The file is empty"), Text::tr("Choose another one.")};
    case ErrorCause::HeaderBroken:
        return {Text::tr("The first line, which names the columns, cannot be read"),
                Text::tr("Save the file as CSV anew.")};
    case ErrorCause::ColumnMissing:
        return {Text::tr("A column that is needed is missing"), Text::tr("Choose which one it is.")};
    case ErrorCause::OtherRecords:
        return {Text::tr("This is an export of orders"), Text::tr("Choose it as the file of orders.")};
    case ErrorCause::ReportOnly:
        return {Text::tr("This report of WooCommerce has neither the totals of orders nor e-mail addresses"),
                Text::tr("Connect the store, or export its orders with an export plug-in.")};
    case ErrorCause::CurrencyMissing:
        return {Text::tr("No column says the currency"), Text::tr("Name it.")};
    case ErrorCause::NameMissing:
        return {Text::tr("The store has no name"), Text::tr("Give it one.")};
    default:
        return {};
    }
}

ErrorText errorText(const Error& error) {
    if (error.cause == ErrorCause::NoSecretService)
        return {Text::tr("This computer offers no keychain"),
                Text::tr("Unlock or install one, or protect the workspace with a passphrase.")};
    if (error.kind == ErrorKind::Storage) return storageText(error.cause);
    for (const ErrorText& text :
         {shopText(error.cause), queueText(error.cause), networkText(error.cause), mailServerText(error.cause),
          outgoingText(error.cause), modelText(error.cause), fileText(error.cause)})
        if (!text.title.isEmpty()) return text;
    // A storage cause carried by another kind still says what to do.
    if (error.cause >= ErrorCause::WrongKey && error.cause <= ErrorCause::WorkspaceAbsent)
        return storageText(error.cause);
    return kindText(error.kind);
}

QString errorSentence(const Error& error) {
    return errorSentence(errorText(error));
}

QString errorSentence(const ErrorText& text) {
    return text.title + QLatin1String(". ") + text.whatToDo;
}

std::optional<Error> errorOfWords(const QString& words) {
    const QString kindWord = words.section(QLatin1Char('/'), 0, 0);
    const QString causeWord = words.section(QLatin1Char('/'), 1, 1);
    for (int kind = 0; kind <= static_cast<int>(ErrorKind::Internal); ++kind) {
        Error error{static_cast<ErrorKind>(kind), words};
        if (errorKindName(error.kind) != kindWord) continue;
        for (int cause = 0; cause <= static_cast<int>(kLastErrorCause); ++cause)
            if (errorCauseName(static_cast<ErrorCause>(cause)) == causeWord)
                error.cause = static_cast<ErrorCause>(cause);
        return error;
    }
    return std::nullopt;
}

} // namespace aiva
