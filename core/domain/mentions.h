// Finds an address or a phone number of somebody where it stands in a text, and takes it out (P2). Whole ones only:
// "ana@x.example" does not stand in "susana@x.example". The text may be JSON.
#pragma once

#include <QString>
#include <QStringList>

namespace aiva {

// What stands there instead.
inline constexpr QLatin1String kErasedMention("[erased]");

// Each of `names` that stands in `text`, whatever its case, replaced. True when there was one.
bool eraseMentions(QString& text, const QStringList& names);
bool mentions(const QString& text, const QStringList& names);

} // namespace aiva
