#include "core/readmodel/customer_query.h"

#include "core/domain/email_address.h"
#include "core/readmodel/order_reader.h"
#include "core/readmodel/person_reader.h"

namespace aiva {

class CustomerQuery::Private {
public:
    std::unique_ptr<PersonReader> people;
    std::unique_ptr<OrderReader> orders;
    Statement conversation;
    Statement pastConversations;

    Result<std::optional<CustomerView>> view(ProfileId profile, const QString& askedEmail, int orderLimit);
};

static constexpr std::string_view kConversationOf = R"sql(
SELECT profile_id, matched_by, match_detail, customer_email FROM conversations WHERE id = ?1)sql";

static constexpr std::string_view kPastConversations = R"sql(
SELECT id, subject, last_message_at FROM conversations WHERE profile_id = ?1 AND id <> ?2
ORDER BY last_message_at DESC LIMIT ?3)sql";

CustomerQuery::CustomerQuery(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

CustomerQuery::~CustomerQuery() = default;

Result<std::unique_ptr<CustomerQuery>> CustomerQuery::create(Database& reader, qint64 vipAboveMajorUnits) {
    auto priv = std::make_unique<Private>();
    AIVA_TRY(priv->people, PersonReader::create(reader, PrecedenceRule{vipAboveMajorUnits}));
    AIVA_TRY(priv->orders, OrderReader::create(reader));
    AIVA_TRY(priv->conversation, reader.prepare(kConversationOf));
    AIVA_TRY(priv->pastConversations, reader.prepare(kPastConversations));
    return std::unique_ptr<CustomerQuery>(new CustomerQuery(std::move(priv)));
}

Result<std::optional<CustomerView>> CustomerQuery::Private::view(ProfileId profile, const QString& askedEmail,
                                                                 int orderLimit) {
    AIVA_TRY(std::optional<CustomerView> person, people->person(profile, askedEmail));
    if (!person) return person;
    const auto limit = static_cast<size_t>(std::max(orderLimit, 0));
    // One more than asked for tells whether there are more.
    AIVA_TRY(person->orders, orders->ofProfile(profile, static_cast<int>(limit) + 1));
    person->hasMoreOrders = person->orders.size() > limit;
    if (person->hasMoreOrders) person->orders.resize(limit);
    person->matchDetail = person->email;
    return person;
}

Result<std::optional<CustomerView>> CustomerQuery::byEmail(const QString& email, int orderLimit) {
    const QString asked = normalizedEmail(email);
    AIVA_TRY(const auto owner, d->people->ownerOf(asked));
    if (!owner) return std::optional<CustomerView>();
    AIVA_TRY(std::optional<CustomerView> person, d->view(owner->profile, asked, orderLimit));
    if (person) person->matchedBy = owner->by;
    return person;
}

Result<std::optional<CustomerView>> CustomerQuery::byProfile(ProfileId profile, int orderLimit) {
    return d->view(profile, {}, orderLimit);
}

Result<std::optional<CustomerView>> CustomerQuery::atStore(ProfileId profile, StoreId store, const QString& email,
                                                           int orderLimit) {
    AIVA_TRY(std::optional<CustomerView> person, d->people->personAt(profile, store, normalizedEmail(email)));
    if (!person) return person;
    const auto limit = static_cast<size_t>(std::max(orderLimit, 0));
    AIVA_TRY(person->orders, d->orders->ofProfileAt(profile, store, static_cast<int>(limit) + 1));
    person->hasMoreOrders = person->orders.size() > limit;
    if (person->hasMoreOrders) person->orders.resize(limit);
    person->matchDetail = person->email;
    return person;
}

Result<std::optional<CustomerView>> CustomerQuery::forConversation(ConversationId conversation, int orderLimit) {
    AIVA_TRY(const bool found, d->conversation.bind(1, conversation).step());
    if (!found || d->conversation.isNull(0)) {
        d->conversation.reset();
        return std::optional<CustomerView>();
    }
    const auto profile = d->conversation.id<ProfileId>(0);
    const MatchedBy by = fromWord<MatchedBy>(d->conversation.text(1)).value_or(MatchedBy::None);
    const QString detail = d->conversation.text(2);
    const QString email = normalizedEmail(d->conversation.text(3));
    d->conversation.reset();
    AIVA_TRY(std::optional<CustomerView> person, d->view(profile, email, orderLimit));
    if (!person) return person;
    person->matchedBy = by;
    person->matchDetail = detail;
    return person;
}

Result<std::vector<PastConversation>> CustomerQuery::pastConversations(ProfileId profile, ConversationId except,
                                                                       int limit) {
    std::vector<PastConversation> past;
    d->pastConversations.bind(1, profile).bind(2, except).bind(3, limit);
    for (;;) {
        AIVA_TRY(const bool more, d->pastConversations.step());
        if (!more) return past;
        past.push_back(
            {d->pastConversations.id<ConversationId>(0), d->pastConversations.text(1), d->pastConversations.time(2)});
    }
}

Result<std::vector<OrderView>> CustomerQuery::orders(const QString& name) {
    return d->orders->named(name);
}

Result<std::vector<OrderView>> CustomerQuery::ownOrders(ProfileId profile, StoreId store, const QString& name) {
    return d->orders->ownNamed(profile, store, name);
}

} // namespace aiva
