// The part of World that makes customers.
#include "app/sandbox/world/cast.h"
#include "app/sandbox/world/world.h"

#include <algorithm>
#include <array>

namespace aiva::sandbox {
namespace {

constexpr std::array<const char*, 10> kTags{"Fall_Sale", "newsletter", "hiking_club",  "wholesale", "Winter_Preview",
                                            "repeat",    "reviewer",   "local_pickup", "climbing",  "friends_family"};
constexpr std::array<const char*, 6> kNotes{"Prefers e-mail over phone.",          "Asks for plastic-free packaging.",
                                            "Gate code 4471 for deliveries.",      "Sizing: usually between M and L.",
                                            "Met at the Ouray climbing festival.", "Works for a guiding company."};

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto comma = text.find(',');
        parts.emplace_back(text.substr(0, comma));
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    }
    return parts;
}

bool isCast(std::int64_t index, std::int64_t customers) {
    return index < std::min<std::int64_t>(CastSize, std::max<std::int64_t>(1, customers / 4));
}

std::vector<std::string> someTags(Random& random) {
    std::vector<std::string> tags;
    if (random.percent(4)) tags.emplace_back(random.percent(50) ? "VIP" : "vip");
    for (int i = random.percent(35) ? 1 : 0; i > 0; i += random.percent(30) ? 0 : -1) {
        const std::string tag = random.pick(kTags);
        if (std::find(tags.begin(), tags.end(), tag) == tags.end()) tags.push_back(tag);
    }
    return tags;
}

} // namespace

Person World::personOf(std::int64_t index) const {
    Random random = Random::of(m_seed, Purpose::Customer, static_cast<std::uint64_t>(index));
    Person person = makePerson(static_cast<std::uint64_t>(index), random);
    if (isCast(index, m_customers)) {
        const CastMember& member = cast()[static_cast<std::size_t>(index)];
        person.region = regionOf(member.country);
        person.firstName = member.firstName;
        person.lastName = member.lastName;
        const bool familyFirst = regions()[person.region].familyNameFirst;
        person.displayName =
            familyFirst ? person.lastName + " " + person.firstName : person.firstName + " " + person.lastName;
        person.email = member.email ? member.email : "";
        person.phone = std::string(regions()[person.region].phonePrefix);
        while (person.phone.size() < 12)
            person.phone += static_cast<char>('0' + random.below(10));
    } else if (random.percent(3)) {
        person.email.clear();
    } else if (random.percent(3)) {
        person.email[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(person.email[0])));
    }
    return person;
}

Address World::addressOf(std::int64_t index, const Person& person) const {
    Random random = Random::of(m_seed, Purpose::Customer, static_cast<std::uint64_t>(index) + (1ULL << 40));
    Address address = makeAddress(regions()[person.region], person.displayName, random);
    address.phone = person.phone;
    if (isCast(index, m_customers) && index == Elaine) address.company = "Big Pines Outfitters";
    if (isCast(index, m_customers) && index == Laura) address.company = "Bianchi Trekking S.r.l.";
    return address;
}

std::size_t World::regionOfCustomer(std::int64_t customer) const {
    if (isCast(customer, m_customers)) return regionOf(cast()[static_cast<std::size_t>(customer)].country);
    Random random = Random::of(m_seed, Purpose::Customer, static_cast<std::uint64_t>(customer));
    return drawRegion(random);
}

UtcTime World::customerCreatedAt(std::int64_t index) const {
    Random random = Random::of(m_seed, Purpose::Customer, static_cast<std::uint64_t>(index) + (2ULL << 40));
    const auto orders = ordersOf(index);
    UtcTime first(m_now.ms() - random.between(3'600, static_cast<std::int64_t>(m_spanMs / 1000)) * 1000);
    if (!orders.empty()) {
        first = m_now;
        for (std::size_t i = 0; i < std::min<std::size_t>(orders.size(), 4); ++i)
            first = std::min(first, orderCore(orders[i]).createdAt);
    }
    return first.plusSeconds(-random.between(20, 900));
}

UtcTime World::customerUpdatedAt(std::int64_t index) const {
    UtcTime latest = customerCreatedAt(index).plusSeconds(5);
    const auto orders = ordersOf(index);
    for (std::size_t i = orders.size() > 4 ? orders.size() - 4 : 0; i < orders.size(); ++i)
        latest = std::max(latest, orderCore(orders[i]).createdAt.plusSeconds(4));
    if (const auto touch = touched(Kind::Customer, index)) latest = std::max(latest, touch->at);
    return latest;
}

WorldCustomer World::customer(std::int64_t index) const {
    const Person person = personOf(index);
    Random random = Random::of(m_seed, Purpose::Customer, static_cast<std::uint64_t>(index) + (3ULL << 40));
    const auto orders = ordersOf(index);
    WorldCustomer result;
    result.index = index;
    CustomerRecord& record = result.record;
    record.externalId = customerGid(index);
    record.firstName = person.firstName;
    record.lastName = person.lastName;
    record.displayName = person.displayName;
    record.email = person.email;
    if (person.email.empty() || isCast(index, m_customers) || random.percent(45)) record.phone = person.phone;
    record.locale = regions()[person.region].locale;
    record.state = orders.empty() && random.percent(30) ? "INVITED" : random.percent(60) ? "ENABLED" : "DISABLED";
    record.tags = someTags(random);
    if (random.percent(6)) record.note = random.pick(kNotes);
    if (isCast(index, m_customers)) {
        record.tags = split(cast()[static_cast<std::size_t>(index)].tags);
        record.note = cast()[static_cast<std::size_t>(index)].note;
    }
    if (!orders.empty() || random.percent(40)) {
        result.address = addressOf(index, person);
        record.addressText = result.address.text();
    }
    qint64 spent = 0;
    for (const std::uint32_t order : orders) {
        const OrderCore core = orderCore(order);
        if (countsAsSpent(core.state)) spent += core.total;
    }
    record.ordersCount = static_cast<qint64>(orders.size());
    record.amountSpent = Money(spent, currency());
    record.createdAt = customerCreatedAt(index);
    record.updatedAt = customerUpdatedAt(index);
    result.lastOrder = orders.empty() ? -1 : orders.back();
    if (const auto touch = touched(Kind::Customer, index))
        record.note = "Checked by the front desk (" + std::to_string(touch->revision) + ")";
    return result;
}

} // namespace aiva::sandbox
