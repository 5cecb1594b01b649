// The MIME library, started once for the whole program with the settings reader and writer rely on. Any thread.
#pragma once

namespace aiva {

void initialiseMime();

} // namespace aiva
