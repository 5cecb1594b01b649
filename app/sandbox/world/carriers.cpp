#include "app/sandbox/world/carriers.h"

#include <array>

namespace aiva::sandbox {
namespace {

std::string digits(Random& random, int count) {
    std::string text;
    for (int i = 0; i < count; ++i)
        text += static_cast<char>('0' + random.below(10));
    return text;
}

std::string upsBody(Random& random) {
    constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    std::string body = "1Z";
    for (int i = 0; i < 6; ++i)
        body += alphabet[random.below(alphabet.size())];
    return body + "03" + digits(random, 7);
}

std::string s10(std::string_view service, std::string_view country, Random& random) {
    const std::string serial = digits(random, 8);
    return std::string(service) + serial + s10CheckDigit(serial) + std::string(country);
}

std::string numberOf(Carrier carrier, Random& random) {
    switch (carrier) {
    case Carrier::Usps: {
        const std::string body = "94001118992" + digits(random, 10);
        return body + uspsCheckDigit(body);
    }
    case Carrier::Ups: {
        const std::string body = upsBody(random);
        return body + upsCheckDigit(body);
    }
    case Carrier::FedEx: {
        const std::string body = "7" + digits(random, 10);
        return body + fedexCheckDigit(body);
    }
    case Carrier::Dhl: {
        const std::string body = std::to_string(100'000'000 + random.below(900'000'000));
        return body + static_cast<char>('0' + std::stoul(body) % 7);
    }
    case Carrier::RoyalMail:
        return s10("RK", "GB", random);
    case Carrier::JapanPost:
        return s10("EJ", "JP", random);
    case Carrier::LaPoste:
        return "6A" + digits(random, 11);
    case Carrier::Dpd:
        return "0998" + digits(random, 10);
    case Carrier::Gls:
        return digits(random, 11);
    case Carrier::NovaPost:
        return "204" + digits(random, 11);
    case Carrier::CanadaPost:
        return "7" + digits(random, 15);
    case Carrier::Other:
        break;
    }
    return "FR" + digits(random, 7);
}

int digitValue(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return (c - 'A' + 2) % 10; // UPS: letters count on from 2
}

} // namespace

char uspsCheckDigit(std::string_view body) {
    int sum = 0;
    for (std::size_t i = 0; i < body.size(); ++i)
        sum += (body[body.size() - 1 - i] - '0') * (i % 2 == 0 ? 3 : 1);
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

char upsCheckDigit(std::string_view body) {
    int sum = 0;
    for (std::size_t i = 2; i < body.size(); ++i)
        sum += digitValue(body[i]) * ((i - 2) % 2 == 0 ? 1 : 2);
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

char s10CheckDigit(std::string_view serial) {
    constexpr std::array weights{8, 6, 4, 2, 3, 5, 9, 7};
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i)
        sum += (serial[i] - '0') * weights[i];
    const int check = 11 - sum % 11;
    return check == 10 ? '0' : check == 11 ? '5' : static_cast<char>('0' + check);
}

char fedexCheckDigit(std::string_view body) {
    constexpr std::array weights{1, 3, 7};
    int sum = 0;
    for (std::size_t i = 0; i < body.size(); ++i)
        sum += (body[body.size() - 1 - i] - '0') * weights[i % 3];
    return static_cast<char>('0' + sum % 11 % 10);
}

TrackingRecord makeTracking(Carrier carrier, Random& random) {
    TrackingRecord tracking;
    tracking.company = carrierName(carrier);
    tracking.number = numberOf(carrier, random);
    tracking.url = trackingUrl(carrier, tracking.number);
    return tracking;
}

std::string trackingUrl(Carrier carrier, std::string_view number) {
    const std::string n(number);
    switch (carrier) {
    case Carrier::Usps:
        return "https://tools.usps.com/go/TrackConfirmAction?tLabels=" + n;
    case Carrier::Ups:
        return "https://www.ups.com/track?tracknum=" + n;
    case Carrier::FedEx:
        return "https://www.fedex.com/fedextrack/?trknbr=" + n;
    case Carrier::Dhl:
        return "https://www.dhl.com/en/express/tracking.html?AWB=" + n;
    case Carrier::RoyalMail:
        return "https://www.royalmail.com/track-your-item#/tracking-results/" + n;
    case Carrier::Dpd:
        return "https://tracking.dpd.de/status/en_US/parcel/" + n;
    case Carrier::Gls:
        return "https://gls-group.eu/track/" + n;
    case Carrier::LaPoste:
        return "https://www.laposte.fr/outils/suivre-vos-envois?code=" + n;
    case Carrier::JapanPost:
        return "https://trackings.post.japanpost.jp/services/srv/search/direct?locale=ja&reqCodeNo1=" + n;
    case Carrier::NovaPost:
        return "https://novaposhta.ua/tracking/" + n;
    case Carrier::CanadaPost:
        return "https://www.canadapost-postescanada.ca/track-reperage/en#/search?searchFor=" + n;
    case Carrier::Other:
        break;
    }
    return {};
}

std::string_view carrierName(Carrier carrier) {
    constexpr std::array<std::string_view, 12> names{"USPS",       "UPS",       "FedEx",       "DHL Express",
                                                     "Royal Mail", "DPD",       "GLS",         "La Poste",
                                                     "Japan Post", "Nova Post", "Canada Post", "Front Range Couriers"};
    return names[static_cast<std::size_t>(carrier)];
}

Carrier carrierFor(std::string_view countryCode, Random& random) {
    if (random.percent(25)) return Carrier::Dhl;
    if (countryCode == "US") {
        constexpr std::array domestic{Carrier::Usps, Carrier::Usps, Carrier::Usps,
                                      Carrier::Ups,  Carrier::Ups,  Carrier::FedEx};
        return random.percent(2) ? Carrier::Other : random.pick(domestic);
    }
    if (countryCode == "GB" || countryCode == "IE") return Carrier::RoyalMail;
    if (countryCode == "JP") return Carrier::JapanPost;
    if (countryCode == "FR") return Carrier::LaPoste;
    if (countryCode == "UA") return Carrier::NovaPost;
    if (countryCode == "CA") return Carrier::CanadaPost;
    if (countryCode == "HU" || countryCode == "ES" || countryCode == "PT") return Carrier::Gls;
    return random.percent(50) ? Carrier::Dpd : Carrier::Ups;
}

} // namespace aiva::sandbox
