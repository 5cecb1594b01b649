// Hostile HTML of a mail → HTML that runs nothing, loads nothing and covers nothing, by an allow-list. Called by the
// mail decoder. Output is rebuilt from tokens with every text and attribute escaped, so no parser can read more into
// it.
#pragma once

#include <QString>

namespace aiva {

// Remote images keep their address in data-blocked-src so that the reader may ask for them; cid: images keep src.
// Links keep http, https, mailto and tel. Elements nest at most 100 deep, tables 7; deeper
// ones leave their text.
QString sanitizeHtml(const QString& html);

} // namespace aiva
