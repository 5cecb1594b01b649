// What a sign-in in the browser says there when it comes back, in the language of the window. For every wizard that
// opens a page.
#pragma once

#include "core/domain/redirect_pages.h"

namespace aiva {

RedirectPages signInPages();

} // namespace aiva
