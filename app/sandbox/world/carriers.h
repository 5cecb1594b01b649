// Parcel carriers with numbers that pass their own check digits and the links their own sites use.
#pragma once

#include "app/sandbox/world/random.h"
#include "core/domain/shop/source_records.h"

#include <string>
#include <string_view>

namespace aiva::sandbox {

enum class Carrier { Usps, Ups, FedEx, Dhl, RoyalMail, Dpd, Gls, LaPoste, JapanPost, NovaPost, CanadaPost, Other };

// A new number of that carrier with its link. Other: a local courier, a number without check digit and no link.
TrackingRecord makeTracking(Carrier carrier, Random& random);
// The link a carrier's own site uses for this number; empty for Other.
std::string trackingUrl(Carrier carrier, std::string_view number);
std::string_view carrierName(Carrier carrier);
// One that plausibly serves the country (ISO 3166 alpha-2) from a warehouse in Colorado.
Carrier carrierFor(std::string_view countryCode, Random& random);

// Check digits, as the carriers define them; `body` is the number without its last character.
char uspsCheckDigit(std::string_view body);  // 21 digits, weights 3 and 1 from the right
char upsCheckDigit(std::string_view body);   // "1Z" and 15 characters
char s10CheckDigit(std::string_view serial); // eight digits of a UPU S10 item (RoyalMail, JapanPost)
char fedexCheckDigit(std::string_view body); // 11 digits, weights 1 7 3 from the right

} // namespace aiva::sandbox
