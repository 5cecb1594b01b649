#include "app/sandbox/world/people.h"

#include <array>
#include <utility>

namespace aiva::sandbox {
namespace {

std::string nativePart(std::string_view entry) {
    return std::string(entry.substr(0, entry.find('|')));
}

std::string latinPart(std::string_view entry) {
    const auto bar = entry.find('|');
    return foldToAscii(bar == std::string_view::npos ? entry : entry.substr(bar + 1));
}

std::string base36(std::uint64_t value) {
    std::string text;
    do {
        text.insert(text.begin(), "0123456789abcdefghijklmnopqrstuvwxyz"[value % 36]);
        value /= 36;
    } while (value > 0);
    return text;
}

std::string makeEmail(const std::string& first, const std::string& last, std::uint64_t index, Random& random) {
    // Reserved domains only (RFC 2606): nothing sent by mistake reaches anybody.
    constexpr std::array<std::string_view, 7> domains{"example.com",        "example.org",      "example.net",
                                                      "mail.example",       "post.example.com", "inbox.example.org",
                                                      "webmail.example.net"};
    std::string local;
    switch (random.below(4)) {
    case 0:
        local = first + "." + last;
        break;
    case 1:
        local = first.substr(0, 1) + last;
        break;
    case 2:
        local = first + "_" + last;
        break;
    default:
        local = first + last.substr(0, 1);
        break;
    }
    return local + base36(index) + "@" + std::string(random.pick(domains));
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 50> kFolds{{
    {"á", "a"}, {"à", "a"},  {"â", "a"}, {"ä", "a"}, {"ã", "a"}, {"å", "a"}, {"Á", "a"}, {"Å", "a"}, {"Ä", "a"},
    {"ç", "c"}, {"é", "e"},  {"è", "e"}, {"ê", "e"}, {"ë", "e"}, {"É", "e"}, {"í", "i"}, {"ï", "i"}, {"î", "i"},
    {"Í", "i"}, {"ñ", "n"},  {"ó", "o"}, {"ö", "o"}, {"ő", "o"}, {"ô", "o"}, {"õ", "o"}, {"ò", "o"}, {"ø", "o"},
    {"Ó", "o"}, {"Ö", "o"},  {"Ő", "o"}, {"ú", "u"}, {"ü", "u"}, {"ű", "u"}, {"û", "u"}, {"ù", "u"}, {"Ú", "u"},
    {"Ü", "u"}, {"ß", "ss"}, {"ł", "l"}, {"š", "s"}, {"ž", "z"}, {"č", "c"}, {"ý", "y"}, {"Š", "s"}, {"Ž", "z"},
    {"Č", "c"}, {"Ç", "c"},  {"Ú", "u"}, {"ì", "i"}, {"Ø", "o"},
}};

void replaceMark(std::string& text, std::string_view mark, const std::string& with) {
    if (const auto at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), with);
}

} // namespace

std::string foldToAscii(std::string_view name) {
    std::string out;
    for (std::size_t i = 0; i < name.size();) {
        const unsigned char c = static_cast<unsigned char>(name[i]);
        if (c < 0x80) {
            if (c >= 'A' && c <= 'Z')
                out += static_cast<char>(c + 32);
            else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
                out += static_cast<char>(c);
            ++i;
            continue;
        }
        for (const auto& [accented, plain] : kFolds)
            if (name.substr(i, accented.size()) == accented) out += plain;
        i += c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
    }
    return out;
}

std::size_t regionOf(std::string_view countryCode) {
    const auto& all = regions();
    for (std::size_t i = 0; i < all.size(); ++i)
        if (countryCode == all[i].countryCode) return i;
    return 0;
}

std::size_t drawRegion(Random& random) {
    // The home market first, then the world.
    return random.percent(40) ? random.below(2) : random.below(regions().size());
}

Person makePerson(std::uint64_t index, Random& random) {
    const auto& all = regions();
    Person person;
    person.region = drawRegion(random);
    const Region& region = all[person.region];
    const std::string_view first = region.firstNames[random.below(region.firstNames.size())];
    const std::string_view last = region.lastNames[random.below(region.lastNames.size())];
    person.firstName = nativePart(first);
    person.lastName = nativePart(last);
    person.displayName =
        region.familyNameFirst ? person.lastName + " " + person.firstName : person.firstName + " " + person.lastName;
    person.email = makeEmail(latinPart(first), latinPart(last), index, random);
    person.phone = region.phonePrefix;
    while (person.phone.size() < 12)
        person.phone += static_cast<char>('0' + random.below(10));
    return person;
}

Address makeAddress(const Region& region, std::string name, Random& random) {
    const Place& place = region.places[random.below(region.places.size())];
    Address address;
    address.name = std::move(name);
    address.street = region.streets[random.below(region.streets.size())];
    replaceMark(address.street, "%", std::to_string(random.between(1, 240)));
    address.city = place.city;
    address.province = place.province;
    address.provinceCode = place.provinceCode;
    address.zip = place.zip;
    address.country = region.country;
    address.countryCode = region.countryCode;
    return address;
}

std::vector<std::string> Address::lines(bool withName, bool withCompany) const {
    std::vector<std::string> result;
    if (withName && !name.empty()) result.push_back(name);
    if (withCompany && !company.empty()) result.push_back(company);
    if (!street.empty()) result.push_back(street);
    if (countryCode == "US" || countryCode == "CA")
        result.push_back(city + " " + provinceCode + " " + zip);
    else if (countryCode == "GB" || countryCode == "IE") {
        result.push_back(city);
        result.push_back(zip);
    } else
        result.push_back(zip + " " + city);
    result.push_back(country);
    return result;
}

std::string Address::text() const {
    std::string joined;
    for (const std::string& line : lines(true, true))
        joined += (joined.empty() ? "" : "\n") + line;
    return joined;
}

} // namespace aiva::sandbox
