#include "app/sandbox/woocommerce/woo_answers.h"

#include "app/sandbox/graph/json_text.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace aiva::sandbox {

std::vector<std::string> splitBy(const std::string& text, char separator) {
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c == separator)
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

std::int64_t numberIn(const std::string& text, std::int64_t otherwise) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && !text.empty() ? value : otherwise;
}

std::string faultLabel(const std::string& route) {
    const bool isList = std::count(route.begin(), route.end(), '/') == 2;
    return "woo " + route + (isList ? " list" : "");
}

HttpAnswer wooJson(std::string body) {
    HttpAnswer answer;
    answer.contentType = "application/json; charset=UTF-8";
    answer.body = std::move(body);
    return answer;
}

HttpAnswer wooRefusal(const WooError& error, bool inGerman) {
    JsonText out;
    out.raw("{\"code\":");
    out.text(error.code);
    out.raw(",\"message\":");
    out.text(inGerman ? "Das ist leider nicht möglich." : error.message);
    out.raw(",\"data\":{\"status\":");
    out.integer(error.status);
    out.raw("}}");
    HttpAnswer answer = wooJson(std::move(out.string()));
    answer.status = error.status;
    if (error.status == 401) answer.headers.emplace_back("WWW-Authenticate", "OAuth realm=\"WooCommerce API\"");
    return answer;
}

HttpAnswer wooPage(int status, const std::string& title) {
    HttpAnswer answer;
    answer.status = status;
    answer.contentType = "text/html; charset=UTF-8";
    answer.body =
        "<!DOCTYPE html><html><head><title>" + title + "</title></head><body><h1>" + title + "</h1></body></html>";
    return answer;
}

void addPaging(HttpAnswer& answer, std::int64_t total, std::int64_t page, std::int64_t size, const std::string& url) {
    const std::int64_t pages = (total + size - 1) / size;
    answer.headers.emplace_back("X-WP-Total", std::to_string(total));
    answer.headers.emplace_back("X-WP-TotalPages", std::to_string(pages));
    const auto link = [&](std::int64_t to, const char* name) {
        return "<" + url + "?page=" + std::to_string(to) + ">; rel=\"" + name + "\"";
    };
    std::string links = page > 1 ? link(page - 1, "prev") : std::string();
    if (page < pages) links += (links.empty() ? "" : ", ") + link(page + 1, "next");
    if (!links.empty()) answer.headers.emplace_back("Link", links);
}

HttpAnswer wooFault(const std::string& kind) {
    const int status = std::atoi(kind.c_str());
    if (kind == "html") return wooPage(200, "Briefly unavailable for scheduled maintenance");
    if (kind == "redirect") {
        HttpAnswer answer = wooPage(301, "Moved");
        answer.headers.emplace_back("Location", "https://elsewhere.example/wp-json/");
        return answer;
    }
    if (kind == "429" || kind == "throttled") {
        HttpAnswer answer = wooPage(429, "Too Many Requests");
        answer.headers.emplace_back("Retry-After", "1");
        return answer;
    }
    if (status == 401)
        return wooRefusal({401, "woocommerce_rest_authentication_error", "Consumer key is invalid."}, false);
    if (status == 403)
        return wooRefusal({403, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources."}, false);
    if (status == 500)
        return wooRefusal({500, "internal_server_error", "There has been a critical error on this website."}, false);
    if (status > 0) return wooPage(status, "The server says " + kind);
    HttpAnswer answer = wooJson("[{\"id\":1,\"note\":\"" + std::string(4096, 'x') + "\"}]");
    answer.delivery = kind == "reset"     ? HttpAnswer::Delivery::Reset
                      : kind == "trickle" ? HttpAnswer::Delivery::Trickle
                                          : HttpAnswer::Delivery::Truncate;
    return answer;
}

} // namespace aiva::sandbox
