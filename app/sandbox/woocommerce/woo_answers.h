// Questions read and answers written as a WordPress site does: JSON, refusals, pages of its theme, paging headers, and
// failures on demand. Used by WooService.
#pragma once

#include "app/sandbox/server/shop_service.h"
#include "app/sandbox/woocommerce/woo_gate.h"

#include <cstdint>
#include <string>
#include <vector>

namespace aiva::sandbox {

inline constexpr const char* kNoRouteText = "No route was found matching the URL and request method.";

std::vector<std::string> splitBy(const std::string& text, char separator);
// `otherwise` for what is no whole number.
std::int64_t numberIn(const std::string& text, std::int64_t otherwise);
// "woo wc/v3/orders list", "woo wc/v3/orders/5001/refunds": what a fault can match; a list can be meant alone.
std::string faultLabel(const std::string& route);

HttpAnswer wooJson(std::string body);
// {"code","message","data":{"status"}}; a site in another language translates its messages, not its codes.
HttpAnswer wooRefusal(const WooError& error, bool inGerman);
HttpAnswer wooPage(int status, const std::string& title);
// X-WP-Total, X-WP-TotalPages and Link.
void addPaging(HttpAnswer& answer, std::int64_t total, std::int64_t page, std::int64_t size, const std::string& url);
// A kind of Faults as it looks here.
HttpAnswer wooFault(const std::string& kind);

} // namespace aiva::sandbox
