// Names, addresses and mail addresses of invented people from fifteen countries, each in their own script. A pure table
// with two functions; the world asks it for the person of a customer index.
#pragma once

#include "app/sandbox/world/random.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace aiva::sandbox {

struct Place {
    const char* city;
    const char* province;     // may be empty
    const char* provinceCode; // may be empty
    const char* zip;
};

// "native" or "native|latin": the Latin form makes the mail address.
struct Region {
    const char* countryCode;
    const char* country;
    const char* locale;
    const char* phonePrefix; // followed by nine digits
    bool familyNameFirst;
    std::vector<const char*> firstNames;
    std::vector<const char*> lastNames;
    std::vector<const char*> streets; // with the house number as %
    std::vector<Place> places;
};

const std::vector<Region>& regions();
// Position of the region of that country; 0 when unknown.
std::size_t regionOf(std::string_view countryCode);

struct Person {
    std::string firstName;
    std::string lastName;
    std::string displayName;
    std::string email; // made for `index`, so that no two people share one
    std::string phone;
    std::size_t region = 0;
};
// The first thing drawn for a person: cheap when only the country matters.
std::size_t drawRegion(Random& random);
Person makePerson(std::uint64_t index, Random& random);

struct Address {
    std::string name;
    std::string company;
    std::string street;
    std::string city;
    std::string province;
    std::string provinceCode;
    std::string zip;
    std::string country;
    std::string countryCode;
    std::string phone;

    // The lines of an envelope.
    std::vector<std::string> lines(bool withName, bool withCompany) const;
    std::string text() const;
};
Address makeAddress(const Region& region, std::string name, Random& random);

// Lower-case ASCII of a Latin name: "Ní Bhriain" → "nibhriain".
std::string foldToAscii(std::string_view name);

} // namespace aiva::sandbox
