#include "core/storage/records/content_hash.h"

#include <cstring>
#include <string_view>

#if defined(_MSC_VER)
#include <intrin.h>
#endif

namespace aiva {
namespace {

// Folded 64×64→128 bit multiplication: each output bit depends on every input bit of both factors.
quint64 foldedProduct(quint64 a, quint64 b) {
#if defined(_MSC_VER)
    quint64 high = 0;
    const quint64 low = _umul128(a, b, &high);
    return low ^ high;
#else
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<quint64>(product) ^ static_cast<quint64>(product >> 64);
#endif
}

// Odd constants with balanced bits (fractions of square roots of primes).
constexpr quint64 kFirst = 0x6a09e667f3bcc909ULL;
constexpr quint64 kSecond = 0xbb67ae8584caa73bULL;
constexpr quint64 kThird = 0x3c6ef372fe94f82bULL;

class Hasher {
public:
    void add(quint64 word) { m_state = foldedProduct(m_state ^ word ^ kFirst, kSecond); }
    void add(qint64 word) { add(static_cast<quint64>(word)); }
    void add(UtcTime time) { add(time.ms()); }
    void add(const Money& money) {
        add(money.minor());
        add(money.currency());
    }
    void add(const Currency& currency) { add(currency.code()); }
    template <typename T>
    void add(const std::optional<T>& value) {
        add(quint64(value.has_value()));
        if (value) add(*value);
    }
    void add(const std::vector<std::string>& list) {
        add(quint64(list.size()));
        for (const std::string& text : list)
            add(std::string_view(text));
    }
    void add(const std::string& text) { add(std::string_view(text)); }
    // The length goes in with the text, so "ab" + "c" differs from "a" + "bc".
    void add(std::string_view text) {
        const char* at = text.data();
        size_t left = text.size();
        quint64 state = m_state ^ (quint64(left) * kThird);
        while (left > 16) {
            state = foldedProduct(word(at, 8) ^ kSecond, word(at + 8, 8) ^ state);
            at += 16;
            left -= 16;
        }
        const quint64 low = word(at, left < 8 ? left : 8);
        const quint64 high = left > 8 ? word(at + 8, left - 8) : 0;
        m_state = foldedProduct(low ^ kThird, high ^ state ^ kFirst);
    }
    template <typename... Values>
    void all(const Values&... values) {
        (add(values), ...);
    }
    // Zero is spared for "not known".
    qint64 result() const {
        const quint64 mixed = foldedProduct(m_state ^ kFirst, kThird);
        return mixed ? static_cast<qint64>(mixed) : 1;
    }

private:
    static quint64 word(const char* at, size_t size) {
        quint64 value = 0;
        if (size) std::memcpy(&value, at, size);
        return value;
    }

    quint64 m_state = kSecond;
};

void addParts(Hasher& hasher, const OrderRecord& r) {
    hasher.add(quint64(r.fulfillments.size()));
    for (const FulfillmentRecord& f : r.fulfillments) {
        hasher.all(f.externalId, f.name, f.status, f.displayStatus, f.createdAt, f.updatedAt, f.inTransitAt,
                   f.deliveredAt, f.estimatedDeliveryAt);
        hasher.add(quint64(f.tracking.size()));
        for (const TrackingRecord& t : f.tracking)
            hasher.all(t.company, t.number, t.url);
    }
    hasher.add(quint64(r.refunds.size()));
    for (const RefundRecord& refund : r.refunds)
        hasher.all(refund.externalId, refund.createdAt, refund.total, refund.note);
}

} // namespace

qint64 contentHash(const CustomerRecord& r) {
    Hasher hasher;
    hasher.all(r.externalId, r.displayName, r.firstName, r.lastName, r.email, r.phone, r.note, r.locale, r.state,
               r.tags, r.addressText, r.ordersCount, r.amountSpent, r.createdAt, r.updatedAt);
    return hasher.result();
}

qint64 contentHash(const OrderRecord& r) {
    Hasher hasher;
    hasher.all(r.externalId, r.name, r.customerExternalId, r.email, r.phone, r.note, r.financialStatus,
               r.fulfillmentStatus, r.cancelReason, r.statusPageUrl, r.shippingAddressText, r.tags, r.currency);
    hasher.all(r.total, r.subtotal, r.tax, r.discounts, r.shipping, r.refunded);
    hasher.all(r.createdAt, r.updatedAt, r.processedAt, r.cancelledAt, r.closedAt);
    addParts(hasher, r);
    return hasher.result();
}

qint64 partsHash(const OrderRecord& r) {
    Hasher hasher;
    addParts(hasher, r);
    return hasher.result();
}

qint64 contentHash(const ProductRecord& r) {
    Hasher hasher;
    hasher.all(r.externalId, r.title, r.handle, r.status, r.vendor, r.productType, r.tags, r.onlineStoreUrl,
               r.createdAt, r.updatedAt);
    return hasher.result();
}

} // namespace aiva
