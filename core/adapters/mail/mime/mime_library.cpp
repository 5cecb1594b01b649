#include "core/adapters/mail/mime/mime_library.h"

#include <gmime/gmime.h>

#include <array>
#include <mutex>

namespace aiva {

void initialiseMime() {
    static std::once_flag once;
    std::call_once(once, [] {
        g_mime_init();
        GMimeParserOptions* options = g_mime_parser_options_get_default();
        static std::array<const char*, 3> charsets{"utf-8", "windows-1252", nullptr};
        g_mime_parser_options_set_fallback_charsets(options, charsets.data());
    });
}

} // namespace aiva
