// What Acme Outdoor sells: about sixty products with variants. Fixed apart from stock and dates, so that letters and
// story orders can name an article by its SKU. Built once per World.
#pragma once

#include "core/domain/shop/source_records.h"

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace aiva::sandbox {

struct VariantRef {
    std::uint16_t product = 0;
    std::uint16_t variant = 0; // position inside the product
};

class Catalogue {
public:
    Catalogue(std::uint64_t seed, UtcTime now, Currency currency);

    const std::vector<ProductRecord>& products() const { return m_products; }
    std::vector<ProductRecord>& products() { return m_products; }
    // Flat positions, the small integers orders are made of.
    std::size_t variantCount() const { return m_flat.size(); }
    const ProductRecord& productOf(std::size_t flat) const { return m_products[m_flat[flat].product]; }
    const VariantRecord& variant(std::size_t flat) const;
    qint64 priceMinor(std::size_t flat) const { return m_prices[flat]; }
    // -1 when no variant has this SKU.
    int flatOf(std::string_view sku) const;
    // Position of a product whose external id this is; -1 when none.
    int productIndex(std::string_view externalId) const;
    int flatOfVariantId(std::string_view externalId) const;
    Currency currency() const { return m_currency; }
    // Cents of a US dollar price list in the shop's currency, rounded to prices people would print.
    qint64 fromCents(qint64 cents) const;

private:
    void addProduct(std::size_t index, std::uint64_t seed, UtcTime now);

    Currency m_currency;
    std::vector<ProductRecord> m_products;
    std::vector<VariantRef> m_flat;
    std::vector<qint64> m_prices;
    std::unordered_map<std::string, int> m_bySku;
};

} // namespace aiva::sandbox
