#include "ui/widgets/sign_in_pages.h"

#include <QCoreApplication>

namespace aiva {

namespace {
struct PageWords {
    Q_DECLARE_TR_FUNCTIONS(aiva::SignInPages)
};
} // namespace

RedirectPages signInPages() {
    return {PageWords::tr("You are signed in. You can close this window and go back to Aiva."),
            PageWords::tr("The sign-in did not work. Close this window and try again in Aiva.")};
}

} // namespace aiva
