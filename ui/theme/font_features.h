// Turns features of an OpenType font off before it is loaded; Qt learnt to choose them in 6.7 only.
#pragma once

#include <QByteArray>
#include <QList>

namespace aiva {

// The font without the substitutions (GSUB) of these four-letter features. A font that is not laid out as the OpenType
// specification says comes back as it was. See https://learn.microsoft.com/typography/opentype/spec/gsub and
// …/spec/chapter2#feature-list-table.
QByteArray withoutSubstitutions(QByteArray font, const QList<QByteArray>& features);

} // namespace aiva
