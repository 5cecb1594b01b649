#include "core/adapters/store/woocommerce/shipment_items.h"

#include "core/adapters/store/woocommerce/html_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>

namespace aiva {
namespace {

using Keys = std::initializer_list<std::string_view>;

constexpr std::array kItemLists{std::string_view("_wc_shipment_tracking_items"),
                                std::string_view("_aftership_tracking_items")};

// A parcel in fields of its own: number, carrier, link, day.
struct SingleFields {
    std::string_view number;
    std::string_view carrier;
    std::string_view link;
    std::string_view shipped;
};
constexpr std::array kSingleFields{
    SingleFields{"_aftership_tracking_number", "_aftership_tracking_provider_name", "", "_aftership_tracking_shipdate"},
    SingleFields{"ywot_tracking_code", "ywot_carrier_name", "ywot_carrier_url", "ywot_pick_up_date"},
    SingleFields{"_tracking_number", "_tracking_provider", "_tracking_url", "_date_shipped"},
    SingleFields{"tracking_number", "tracking_provider", "tracking_url", "date_shipped"},
};

struct MetaEntry {
    std::string key;
    JsonElement value;
};

std::string firstText(JsonReader& reader, Keys keys) {
    for (const std::string_view key : keys)
        if (std::string text = plainText(reader.text(key)); !text.empty()) return text;
    return {};
}

std::string firstLink(JsonReader& reader, Keys keys) {
    for (const std::string_view key : keys)
        if (std::string link = webAddress(reader, key); !link.empty()) return link;
    return {};
}

// Seconds since the epoch, "2026-02-20", or a whole time.
std::optional<UtcTime> shippedTime(const std::string& text) {
    qint64 seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error == std::errc() && end == text.data() + text.size() && seconds > 0 && seconds < 10'000'000'000)
        return UtcTime(seconds * 1000);
    const auto time = UtcTime::parseIso(text.size() == 10 ? text + "T00:00:00Z" : text);
    return time ? std::optional(*time) : std::nullopt;
}

std::string upperWord(std::string word) {
    for (char& c : word) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == '-' || c == ' ') c = '_';
    }
    return word;
}

// TrackShip's word for a parcel, in the words the rest of the product knows.
std::string displayWord(const std::string& status) {
    if (status == "available_for_pickup") return "READY_FOR_PICKUP";
    if (status == "pre_transit" || status == "label_cancelled") return "LABEL_PRINTED";
    if (status == "return_to_sender" || status == "failure" || status == "exception") return "NOT_DELIVERED";
    if (status == "unknown" || status == "carrier_unsupported" || status == "pending_trackship") return {};
    return upperWord(status);
}

class ShipmentReader {
public:
    ShipmentReader(JsonArray metaData, const OrderRecord& order) : m_order(order) {
        for (const JsonElement element : metaData) {
            const auto entry = asObject(element);
            if (!entry) continue;
            std::string ignored;
            JsonReader reader(*entry, ignored);
            const std::string key = reader.text("key");
            if (const auto value = reader.find("value")) m_meta.push_back({key, *value});
        }
    }

    std::vector<FulfillmentRecord> read() {
        for (const std::string_view key : kItemLists)
            if (const JsonElement* list = find(key)) eachOf(*list, [this](JsonElement item) { addItem(item); });
        for (const SingleFields& fields : kSingleFields)
            if (m_shipments.empty()) addSingle(fields);
        addStates();
        return std::move(m_shipments);
    }

private:
    const JsonElement* find(std::string_view key) const {
        const auto found =
            std::find_if(m_meta.begin(), m_meta.end(), [key](const MetaEntry& entry) { return entry.key == key; });
        return found == m_meta.end() ? nullptr : &found->value;
    }

    std::string textOf(std::string_view key) const {
        const JsonElement* value = key.empty() ? nullptr : find(key);
        std::string_view text;
        int64_t number = 0;
        if (!value) return {};
        if (value->get(text) == simdjson::SUCCESS) return plainText(text);
        return value->get(number) == simdjson::SUCCESS ? std::to_string(number) : std::string();
    }

    void addItem(JsonElement element) {
        const auto item = asObject(element);
        if (!item) return;
        std::string ignored;
        JsonReader reader(*item, ignored);
        TrackingRecord parcel;
        parcel.number = firstText(reader, {"tracking_number"});
        parcel.company = firstText(reader, {"formatted_tracking_provider", "custom_tracking_provider"});
        if (parcel.company.empty()) parcel.company = carrierName(firstText(reader, {"tracking_provider", "slug"}));
        parcel.url = firstLink(reader, {"ast_tracking_link", "formatted_tracking_link", "custom_tracking_link",
                                        "tracking_link", "tracking_page_link"});
        add(std::move(parcel), reader.text("tracking_id"), shippedTime(firstText(reader, {"date_shipped"})));
    }

    void addSingle(const SingleFields& fields) {
        TrackingRecord parcel;
        parcel.number = textOf(fields.number);
        parcel.company = carrierName(textOf(fields.carrier));
        const std::string link = textOf(fields.link);
        if (link.starts_with("https://") || link.starts_with("http://")) parcel.url = link;
        if (!parcel.number.empty()) add(std::move(parcel), {}, shippedTime(textOf(fields.shipped)));
    }

    void add(TrackingRecord parcel, const std::string& id, std::optional<UtcTime> shippedAt) {
        if (parcel.number.empty() && parcel.url.empty()) return;
        const std::string position = std::to_string(m_shipments.size() + 1);
        FulfillmentRecord shipment;
        shipment.externalId = m_order.externalId + '-' + (id.empty() ? position : id);
        shipment.name = m_order.name + '-' + position;
        shipment.status = "SUCCESS";
        shipment.displayStatus = "FULFILLED"; // shipped; where it is, only TrackShip says
        shipment.createdAt = shippedAt.value_or(m_order.closedAt.value_or(m_order.updatedAt));
        shipment.updatedAt = std::max(shipment.createdAt, m_order.updatedAt);
        shipment.tracking.push_back(std::move(parcel));
        const bool isKnown = std::any_of(m_shipments.begin(), m_shipments.end(), [&](const FulfillmentRecord& one) {
            return one.externalId == shipment.externalId;
        });
        if (!isKnown) m_shipments.push_back(std::move(shipment));
    }

    // TrackShip follows the parcels in the same order.
    void addStates() {
        const JsonElement* states = find("shipment_status");
        if (!states) return;
        size_t at = 0;
        eachOf(*states, [&](JsonElement element) {
            const auto state = asObject(element);
            if (!state || at >= m_shipments.size()) return;
            std::string ignored;
            const std::string word = displayWord(JsonReader(*state, ignored).text("status"));
            if (!word.empty()) m_shipments[at].displayStatus = word;
            ++at;
        });
    }

    const OrderRecord& m_order;
    std::vector<MetaEntry> m_meta;
    std::vector<FulfillmentRecord> m_shipments;
};

// How carriers write themselves where capitals alone would not do.
std::string carrierWord(const std::string& word) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> spelled{{{"fedex", "FedEx"},
                                                                                           {"ontrac", "OnTrac"},
                                                                                           {"postnl", "PostNL"},
                                                                                           {"inpost", "InPost"},
                                                                                           {"bpost", "bpost"},
                                                                                           {"postnord", "PostNord"}}};
    for (const auto& [slug, name] : spelled)
        if (word == slug) return std::string(name);
    static constexpr std::array<std::string_view, 10> initials{"usps", "ups", "dhl", "dpd", "gls",
                                                               "tnt",  "hlp", "sda", "brt", "ems"};
    const bool isInitials = word.size() == 2 || std::find(initials.begin(), initials.end(), word) != initials.end();
    if (isInitials) return upperWord(word);
    std::string name = word;
    if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
    return name;
}

} // namespace

std::string carrierName(const std::string& slug) {
    if (slug.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") != std::string::npos) return slug;
    std::string name;
    std::string word;
    for (const char c : slug + '-') {
        if (c != '-' && c != '_') {
            word += c;
            continue;
        }
        if (!word.empty() && !name.empty()) name += ' ';
        name += carrierWord(word);
        word.clear();
    }
    return name;
}

std::vector<FulfillmentRecord> wooShipments(JsonArray metaData, const OrderRecord& order) {
    return ShipmentReader(metaData, order).read();
}

} // namespace aiva
