// What a mail server says, and why one mail does not go.
#include "ui/errors/error_text_parts.h"

#include <QCoreApplication>

namespace aiva {

namespace {

struct MailErrorWords {
    Q_DECLARE_TR_FUNCTIONS(aiva::ErrorText)
};

} // namespace

// What a mail server says.
ErrorText mailServerErrorText(ErrorCause cause) {
    switch (cause) {
    case ErrorCause::LoginRefused:
        return {MailErrorWords::tr("The mail server refused the sign-in"),
                MailErrorWords::tr("Check user name and password. Many providers want an app password here.")};
    case ErrorCause::LoginExpired:
        return {MailErrorWords::tr("The sign-in has expired"),
                MailErrorWords::tr("Sign in to the mailbox again in the settings.")};
    case ErrorCause::PlainTextRefused:
        return {MailErrorWords::tr("The mail server offers no encryption"),
                MailErrorWords::tr("Nothing was sent. Use the port for TLS, or ask the provider for it.")};
    case ErrorCause::ServerBusy:
        return {MailErrorWords::tr("The mail server is busy"), MailErrorWords::tr("Aiva tries again by itself.")};
    case ErrorCause::Greylisted:
        return {MailErrorWords::tr("The recipient's server asks to come back later"),
                MailErrorWords::tr("It does so for new senders. Aiva tries again by itself.")};
    case ErrorCause::OverQuota:
        return {MailErrorWords::tr("Your mailbox is full"),
                MailErrorWords::tr("Make room in it; Aiva goes on by itself.")};
    case ErrorCause::SendingLimit:
        return {MailErrorWords::tr("The provider's sending limit is reached"),
                MailErrorWords::tr("Aiva tries again later. The provider can tell when, or raise the limit.")};
    case ErrorCause::ProtocolBroken:
        return {MailErrorWords::tr("The mail server answered something Aiva does not understand"),
                MailErrorWords::tr("Aiva tries again by itself. If it stays, report it with the log.")};
    case ErrorCause::FolderMissing:
        return {MailErrorWords::tr("A folder is missing in the mailbox"),
                MailErrorWords::tr("Create it there, or choose another one, then sync again.")};
    case ErrorCause::NotSupported:
        return {MailErrorWords::tr("The mail server cannot do this"),
                MailErrorWords::tr("The provider may offer it in another plan.")};
    case ErrorCause::OutcomeUnknown:
        return {MailErrorWords::tr("The connection broke before the server confirmed the mail"),
                MailErrorWords::tr("Look into the Sent folder, then say whether it was sent.")};
    default:
        return {};
    }
}

// Why one mail does not go.
ErrorText outgoingErrorText(ErrorCause cause) {
    switch (cause) {
    case ErrorCause::MailTooLarge:
        return {MailErrorWords::tr("The mail is too large for the server"),
                MailErrorWords::tr("Take attachments out and send it again.")};
    case ErrorCause::MailboxFull:
        return {MailErrorWords::tr("The recipient's mailbox is full"),
                MailErrorWords::tr("Send it again later, or call them.")};
    case ErrorCause::RecipientRefused:
        return {MailErrorWords::tr("The recipient's address was refused"),
                MailErrorWords::tr("Check the address and send it again.")};
    case ErrorCause::SenderRefused:
        return {MailErrorWords::tr("The server does not let this mailbox send from its address"),
                MailErrorWords::tr("Check the address of the mailbox in the settings.")};
    case ErrorCause::ContentRefused:
        return {MailErrorWords::tr("The server refused the content of the mail"),
                MailErrorWords::tr("It may take it for spam. Change the text or the links and send it again.")};
    case ErrorCause::DraftStale:
        return {MailErrorWords::tr("Something changed after this reply was written"),
                MailErrorWords::tr("Read what is new in the conversation, then send it again.")};
    case ErrorCause::ClaimTaken:
        return {MailErrorWords::tr("A colleague is answering this conversation"),
                MailErrorWords::tr("Look at their reply first, then send yours or let it go.")};
    case ErrorCause::VariableEmpty:
        return {MailErrorWords::tr("A variable in the text has no value"),
                MailErrorWords::tr("Fill in what is marked red.")};
    case ErrorCause::NoRecipient:
        return {MailErrorWords::tr("The mail has no recipient"), MailErrorWords::tr("Add an address to the To field.")};
    default:
        return {};
    }
}

} // namespace aiva
