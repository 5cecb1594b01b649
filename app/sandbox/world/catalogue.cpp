#include "app/sandbox/world/catalogue.h"

#include "app/sandbox/world/random.h"

#include <array>
#include <cctype>

namespace aiva::sandbox {
namespace {

enum class Options { Single, Sizes, Shoes, Colours, Volumes, Lengths };

struct Article {
    const char* sku;
    const char* title;
    const char* type;
    const char* vendor;
    int cents;
    Options options;
    const char* tags;
};

constexpr std::array kArticles{
    Article{"BW", "Blue Widget", "Tools", "Acme", 3900, Options::Single, "bestseller"},
    Article{"GW", "Gift Wrap", "Services", "Acme", 1100, Options::Single, "gift"},
    Article{"TP", "Trail Pack", "Backpacks", "Acme", 12900, Options::Volumes, "bestseller,hiking"},
    Article{"DP", "Summit Daypack", "Backpacks", "Northpeak", 8900, Options::Colours, "hiking"},
    Article{"RT", "Roll-Top Commuter", "Backpacks", "Northpeak", 11900, Options::Colours, "city"},
    Article{"HB", "Hip Belt Pouch", "Backpacks", "Acme", 2400, Options::Single, "hiking"},
    Article{"RC", "Rain Cover", "Backpacks", "Acme", 1900, Options::Volumes, "hiking,rain"},
    Article{"DB", "Dry Bag", "Backpacks", "Tidewater", 2200, Options::Volumes, "water"},
    Article{"RJ", "Ridge Rain Jacket", "Jackets", "Acme", 17900, Options::Sizes, "bestseller,rain"},
    Article{"DJ", "Larch Down Jacket", "Jackets", "Acme", 24900, Options::Sizes, "winter"},
    Article{"WJ", "Breeze Wind Shell", "Jackets", "Northpeak", 9900, Options::Sizes, "running"},
    Article{"SJ", "Alder Softshell", "Jackets", "Northpeak", 13900, Options::Sizes, "hiking"},
    Article{"PV", "Heather Puffer Vest", "Jackets", "Acme", 11900, Options::Sizes, "winter"},
    Article{"FP", "Fjord Parka", "Jackets", "Northpeak", 32900, Options::Sizes, "winter"},
    Article{"MB", "Merino Base Layer", "Clothing", "Woolworks", 7900, Options::Sizes, "bestseller,merino"},
    Article{"ML", "Merino Leggings", "Clothing", "Woolworks", 7400, Options::Sizes, "merino"},
    Article{"FH", "Campfire Fleece Hoodie", "Clothing", "Acme", 8900, Options::Sizes, "fleece"},
    Article{"FQ", "Quarter-Zip Fleece", "Clothing", "Acme", 6900, Options::Sizes, "fleece"},
    Article{"TT", "Trail Tee", "Clothing", "Acme", 3400, Options::Sizes, "hiking"},
    Article{"FS", "Flannel Overshirt", "Clothing", "Woolworks", 8400, Options::Sizes, "city"},
    Article{"HP", "Granite Hiking Pants", "Clothing", "Northpeak", 10900, Options::Sizes, "hiking"},
    Article{"CS", "Canyon Shorts", "Clothing", "Northpeak", 5900, Options::Sizes, "hiking"},
    Article{"RP", "Packable Rain Pants", "Clothing", "Acme", 8900, Options::Sizes, "rain"},
    Article{"WS", "Merino Hiking Socks", "Clothing", "Woolworks", 2200, Options::Sizes, "merino"},
    Article{"WB", "Wool Beanie", "Accessories", "Woolworks", 2900, Options::Colours, "winter"},
    Article{"SC", "Sun Cap", "Accessories", "Acme", 2600, Options::Colours, "hiking"},
    Article{"LG", "Liner Gloves", "Accessories", "Woolworks", 2500, Options::Sizes, "winter"},
    Article{"SG", "Storm Gloves", "Accessories", "Northpeak", 5900, Options::Sizes, "winter"},
    Article{"NG", "Neck Gaiter", "Accessories", "Woolworks", 1900, Options::Colours, "merino"},
    Article{"GT", "Snow Gaiters", "Accessories", "Northpeak", 4900, Options::Sizes, "winter"},
    Article{"HK", "Cairn Hiking Boot", "Footwear", "Northpeak", 18900, Options::Shoes, "bestseller,hiking"},
    Article{"TR", "Switchback Trail Runner", "Footwear", "Northpeak", 13900, Options::Shoes, "running"},
    Article{"AS", "Approach Shoe", "Footwear", "Northpeak", 15900, Options::Shoes, "climbing"},
    Article{"CM", "Camp Moccasin", "Footwear", "Acme", 5900, Options::Shoes, "camp"},
    Article{"SN", "River Sandal", "Footwear", "Tidewater", 7900, Options::Shoes, "water"},
    Article{"T2", "Two-Person Tent", "Camp", "Acme", 34900, Options::Colours, "camp"},
    Article{"T4", "Basecamp Tent 4", "Camp", "Acme", 52900, Options::Single, "camp,family"},
    Article{"TF", "Tent Footprint", "Camp", "Acme", 4900, Options::Single, "camp"},
    Article{"SB", "Three-Season Sleeping Bag", "Camp", "Acme", 21900, Options::Lengths, "camp"},
    Article{"SL", "Silk Sleeping Bag Liner", "Camp", "Woolworks", 5900, Options::Single, "camp,travel"},
    Article{"SM", "Featherlight Sleeping Mat", "Camp", "Acme", 12900, Options::Lengths, "camp"},
    Article{"PI", "Inflatable Pillow", "Camp", "Acme", 2900, Options::Single, "camp,travel"},
    Article{"HM", "Hammock", "Camp", "Tidewater", 6900, Options::Colours, "camp"},
    Article{"TA", "Tarp 3x3", "Camp", "Acme", 8900, Options::Colours, "camp"},
    Article{"LN", "Camp Lantern", "Lighting", "Beacon", 4500, Options::Colours, "camp"},
    Article{"HL", "Headlamp 400", "Lighting", "Beacon", 4900, Options::Colours, "bestseller"},
    Article{"PB", "Power Bank 10k", "Lighting", "Beacon", 5500, Options::Single, "travel"},
    Article{"ST", "Titanium Stove", "Kitchen", "Emberline", 6400, Options::Single, "camp"},
    Article{"CP", "Nesting Cook Pot", "Kitchen", "Emberline", 5900, Options::Volumes, "camp"},
    Article{"MG", "Enamel Mug", "Kitchen", "Emberline", 1600, Options::Colours, "gift"},
    Article{"SP", "Long Spoon", "Kitchen", "Emberline", 1200, Options::Single, "camp"},
    Article{"IB", "Insulated Bottle", "Kitchen", "Tidewater", 3600, Options::Colours, "bestseller,city"},
    Article{"WF", "Squeeze Water Filter", "Kitchen", "Tidewater", 4400, Options::Single, "hiking"},
    Article{"CO", "Pour-Over Coffee Cone", "Kitchen", "Emberline", 2300, Options::Single, "camp,gift"},
    Article{"PO", "Carbon Trekking Poles", "Tools", "Northpeak", 11900, Options::Lengths, "hiking"},
    Article{"KN", "Folding Knife", "Tools", "Emberline", 5400, Options::Single, "camp"},
    Article{"MT", "Multi-Tool", "Tools", "Emberline", 7900, Options::Single, "camp"},
    Article{"CB", "Carabiner Set", "Tools", "Acme", 1800, Options::Colours, "climbing"},
    Article{"MP", "Waterproof Trail Map", "Books", "Acme", 1500, Options::Single, "hiking"},
    Article{"FK", "First Aid Kit", "Tools", "Beacon", 3800, Options::Single, "hiking"},
    Article{"RK", "Gear Repair Kit", "Tools", "Acme", 2100, Options::Single, "camp"},
    Article{"GC", "Gift Card", "Gift cards", "Acme", 5000, Options::Single, "gift"},
};

std::vector<std::pair<const char*, const char*>> optionsOf(Options options) {
    switch (options) {
    case Options::Sizes:
        return {{"XS", "XS"}, {"S", "S"}, {"M", "M"}, {"L", "L"}, {"XL", "XL"}, {"XXL", "XXL"}};
    case Options::Shoes:
        return {{"39", "39"}, {"40", "40"}, {"41", "41"}, {"42", "42"}, {"43", "43"}, {"44", "44"}, {"45", "45"}};
    case Options::Colours:
        return {{"Moss", "MOS"}, {"Slate", "SLT"}, {"Rust", "RST"}};
    case Options::Volumes:
        return {{"20 L", "20"}, {"28 L", "28"}, {"40 L", "40"}};
    case Options::Lengths:
        return {{"Regular", "REG"}, {"Long", "LNG"}};
    case Options::Single:
        break;
    }
    return {{"Default Title", "1"}};
}

std::vector<std::string> splitTags(std::string_view text) {
    std::vector<std::string> tags;
    while (!text.empty()) {
        const auto comma = text.find(',');
        tags.emplace_back(text.substr(0, comma));
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    }
    return tags;
}

std::string handleOf(std::string_view title) {
    std::string handle;
    for (const char c : title) {
        if (std::isalnum(static_cast<unsigned char>(c)))
            handle += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        else if (!handle.empty() && handle.back() != '-')
            handle += '-';
    }
    return handle;
}

constexpr std::uint64_t kFirstProductId = 632'910'392'000'000'111ULL;
constexpr std::uint64_t kFirstVariantId = 808'950'810'000'000'017ULL;
constexpr std::string_view kProductGid = "gid://shopify/Product/";
constexpr std::string_view kVariantGid = "gid://shopify/ProductVariant/";

std::string productGid(std::size_t index) {
    return std::string(kProductGid) + std::to_string(kFirstProductId + index * 32'768);
}

} // namespace

Catalogue::Catalogue(std::uint64_t seed, UtcTime now, Currency currency) : m_currency(currency) {
    for (std::size_t i = 0; i < kArticles.size(); ++i)
        addProduct(i, seed, now);
}

void Catalogue::addProduct(std::size_t index, std::uint64_t seed, UtcTime now) {
    const Article& article = kArticles[index];
    Random random = Random::of(seed, Purpose::Product, index);
    ProductRecord product;
    product.externalId = productGid(index);
    product.title = article.title;
    product.handle = handleOf(article.title);
    product.status = index % 23 == 22 ? "ARCHIVED" : index % 29 == 28 ? "DRAFT" : "ACTIVE";
    product.vendor = article.vendor;
    product.productType = article.type;
    product.tags = splitTags(article.tags);
    if (product.status == "ACTIVE") product.onlineStoreUrl = "https://acme-outdoor.example/products/" + product.handle;
    product.createdAt = UtcTime(now.ms() / 1000 * 1000 - random.between(200, 900) * 86'400'000LL);
    product.updatedAt = UtcTime(now.ms() / 1000 * 1000 - random.between(3, 90 * 24) * 3'600'000LL);
    const qint64 price = fromCents(article.cents);
    for (const auto& [title, suffix] : optionsOf(article.options)) {
        VariantRecord variant;
        variant.externalId = std::string(kVariantGid) + std::to_string(kFirstVariantId + m_flat.size() * 32'768);
        variant.title = title;
        variant.sku = std::string(article.sku) + "-" + suffix;
        variant.barcode = "59" + std::to_string(10'000'000'000ULL + random.below(80'000'000'000ULL));
        variant.price = Money(price, m_currency);
        variant.inventoryQuantity = random.percent(8) ? 0 : random.between(1, 180);
        variant.updatedAt = product.updatedAt;
        m_bySku.emplace(variant.sku, static_cast<int>(m_flat.size()));
        m_flat.push_back({static_cast<std::uint16_t>(index), static_cast<std::uint16_t>(product.variants.size())});
        m_prices.push_back(price);
        product.variants.push_back(std::move(variant));
    }
    m_products.push_back(std::move(product));
}

const VariantRecord& Catalogue::variant(std::size_t flat) const {
    return m_products[m_flat[flat].product].variants[m_flat[flat].variant];
}

int Catalogue::flatOf(std::string_view sku) const {
    const auto found = m_bySku.find(std::string(sku));
    return found == m_bySku.end() ? -1 : found->second;
}

int Catalogue::productIndex(std::string_view externalId) const {
    for (std::size_t i = 0; i < m_products.size(); ++i)
        if (m_products[i].externalId == externalId) return static_cast<int>(i);
    return -1;
}

int Catalogue::flatOfVariantId(std::string_view externalId) const {
    for (std::size_t i = 0; i < m_flat.size(); ++i)
        if (variant(i).externalId == externalId) return static_cast<int>(i);
    return -1;
}

qint64 Catalogue::fromCents(qint64 cents) const {
    if (m_currency.minorDigits() == 0) return (cents * 3 / 2 + 5) / 10 * 10;   // yen, to the nearest ten
    if (m_currency.minorDigits() == 3) return (cents * 377 / 100 + 2) / 5 * 5; // fils, to the nearest five
    return cents;
}

} // namespace aiva::sandbox
