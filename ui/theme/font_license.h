// What the embedded fonts say about their own licence, for About. Read from the font files themselves, so it is true of
// whatever was embedded.
#pragma once

#include <QString>

#include <vector>

namespace aiva {

struct FontLicense {
    QString family;
    QString copyright;
    QString license;
};

// One entry a family. Theme::apply() has run before.
std::vector<FontLicense> embeddedFontLicenses();

} // namespace aiva
