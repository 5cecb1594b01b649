#include "core/answer/facts/answer_sources.h"

#include "core/answer/facts/question_words.h"
#include "core/domain/email_address.h"
#include "core/domain/mail/customer_side.h"
#include "core/domain/mail/quoted_text.h"
#include "core/domain/shop/order_names.h"
#include "core/readmodel/answer_source_query.h"
#include "core/readmodel/identity_query.h"

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

static constexpr int kMostOrders = 10;
static constexpr int kMostKnowledge = 5;
static constexpr int kMostProducts = 5;
static constexpr int kProductsLookedAt = 25;

// Who writes, as far as that is proved by more than what the mail's text says.
struct Sender {
    std::optional<ProfileId> profile;
    QString email;
    MatchedBy by = MatchedBy::None;
};

class AnswerReader::Private {
public:
    std::unique_ptr<ConversationQuery> conversations;
    std::unique_ptr<CustomerQuery> customers;
    std::unique_ptr<AnswerSourceQuery> texts;
    std::unique_ptr<IdentityQuery> identities;
    std::unique_ptr<StoreRepository> stores;

    Result<Sender> senderOf(const ConversationPlace& place, const std::optional<MessageView>& question);
    Result<std::optional<StoreId>> storeOf(const Sender& sender, std::optional<StoreId> mailboxStore,
                                           const QStringList& named);
    Result<std::optional<StoreId>> onlyStoreOf(const Sender& sender, const QStringList& named);
    Result<void> fillStore(AnswerSources& sources, const Sender& sender, std::optional<StoreId> mailboxStore);
    Result<void> fillCustomer(AnswerSources& sources, const Sender& sender);
    Result<void> fillNamedOrders(AnswerSources& sources);
    Result<void> fillKnowledge(AnswerSources& sources);
};

AnswerReader::AnswerReader(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

AnswerReader::~AnswerReader() = default;

Result<std::unique_ptr<AnswerReader>> AnswerReader::create(Database& reader) {
    auto priv = std::make_unique<Private>();
    AIVA_TRY(priv->conversations, ConversationQuery::create(reader));
    AIVA_TRY(priv->customers, CustomerQuery::create(reader));
    AIVA_TRY(priv->texts, AnswerSourceQuery::create(reader));
    AIVA_TRY(priv->identities, IdentityQuery::create(reader));
    AIVA_TRY(priv->stores, StoreRepository::create(reader));
    return std::unique_ptr<AnswerReader>(new AnswerReader(std::move(priv)));
}

static std::optional<MessageView> newestInbound(const ConversationView& conversation) {
    const auto& messages = conversation.messages;
    const auto found = std::find_if(messages.rbegin(), messages.rend(), [](const auto& m) { return !m.isOutbound; });
    return found == messages.rend() ? std::nullopt : std::optional(*found);
}

// What the newest mail names; a short "any news?" goes on about what an earlier one named.
static QStringList ordersSaid(const ConversationView& conversation) {
    const auto& messages = conversation.messages;
    for (auto message = messages.rbegin(); message != messages.rend(); ++message) {
        if (message->isOutbound) continue;
        QStringList names = orderNamesSaid(message->subject, message->text, message->folded);
        for (QString& name : names)
            name.prepend(u'#');
        if (!names.isEmpty()) return names;
    }
    return {};
}

// A mail that somebody else wrote into the conversation is not its customer's.
Result<Sender> AnswerReader::Private::senderOf(const ConversationPlace& place,
                                               const std::optional<MessageView>& question) {
    Sender sender{std::nullopt, place.customerEmail, place.matchedBy};
    const bool isProved = place.matchedBy == MatchedBy::Email || place.matchedBy == MatchedBy::Alias ||
                          place.matchedBy == MatchedBy::Manual || place.matchedBy == MatchedBy::Order;
    if (!place.profile || !isProved || place.isShared) return sender;
    if (question) {
        AIVA_TRY(const QStringList own, texts->ownAddresses());
        MessageRecord mail;
        mail.from = question->from;
        mail.replyTo = question->replyTo;
        const QString writer = normalizedEmail(customerSideOfInbound(mail, own).customer.email);
        if (writer != place.customerEmail) {
            AIVA_TRY(const auto person, customers->byEmail(writer, 0));
            if (!person || person->profile != *place.profile) return sender;
        }
    }
    sender.profile = place.profile;
    return sender;
}

// The mailbox says it. Without one that does, several stores leave it open unless the sender is known at one alone, or
// names orders of one alone: where they bought last says nothing about what they write of.
Result<std::optional<StoreId>> AnswerReader::Private::storeOf(const Sender& sender, std::optional<StoreId> mailboxStore,
                                                              const QStringList& named) {
    if (mailboxStore) return mailboxStore;
    AIVA_TRY(const std::vector<StoreRow> all, stores->all());
    if (all.size() == 1) return std::optional(all.front().id);
    if (!sender.profile) return std::optional<StoreId>();
    return onlyStoreOf(sender, named);
}

Result<std::optional<StoreId>> AnswerReader::Private::onlyStoreOf(const Sender& sender, const QStringList& named) {
    AIVA_TRY(const auto person, customers->byProfile(*sender.profile, 0));
    if (!person) return std::optional<StoreId>();
    std::vector<StoreId> known;
    std::vector<StoreId> spokenOf;
    for (const StoreIdentity& identity : person->stores) {
        if (std::find(known.begin(), known.end(), identity.storeId) != known.end()) continue;
        known.push_back(identity.storeId);
        for (const QString& name : named) {
            AIVA_TRY(const auto orders, customers->ownOrders(*sender.profile, identity.storeId, name));
            if (orders.empty()) continue;
            spokenOf.push_back(identity.storeId);
            break;
        }
    }
    if (known.size() == 1) return std::optional(known.front());
    return spokenOf.size() == 1 ? std::optional(spokenOf.front()) : std::nullopt;
}

Result<void> AnswerReader::Private::fillStore(AnswerSources& sources, const Sender& sender,
                                              std::optional<StoreId> mailboxStore) {
    AIVA_TRY(const auto id, storeOf(sender, mailboxStore, sources.namedOrders));
    if (!id) return {};
    AIVA_TRY(const auto store, stores->byId(*id));
    if (!store) return {};
    sources.store = *store;
    if (sender.profile) AIVA_CHECK(fillCustomer(sources, sender));
    return fillKnowledge(sources);
}

Result<void> AnswerReader::Private::fillCustomer(AnswerSources& sources, const Sender& sender) {
    AIVA_TRY(sources.customer, customers->atStore(*sender.profile, sources.store.id, sender.email, kMostOrders));
    if (!sources.customer) return {};
    sources.customer->matchedBy = sender.by;
    return fillNamedOrders(sources);
}

Result<void> AnswerReader::Private::fillNamedOrders(AnswerSources& sources) {
    std::vector<OrderView>& orders = sources.customer->orders;
    for (QString& name : sources.namedOrders) {
        AIVA_TRY(const auto own, customers->ownOrders(sources.customer->profile, sources.store.id, name));
        for (const OrderView& order : own) {
            name = order.name;
            const bool isThere =
                std::any_of(orders.begin(), orders.end(), [&](const OrderView& one) { return one.id == order.id; });
            // Older than those read, so it goes last.
            if (!isThere) orders.push_back(order);
        }
    }
    std::stable_sort(orders.begin(), orders.end(), [](const OrderView& a, const OrderView& b) {
        return std::pair(a.createdAt, a.id) > std::pair(b.createdAt, b.id);
    });
    return {};
}

Result<void> AnswerReader::Private::fillKnowledge(AnswerSources& sources) {
    if (sources.question) {
        const MessageView& mail = *sources.question;
        const QStringList words = questionWords(mail.subject + u'\n' + unfoldedText(mail.text, mail.folded));
        AIVA_TRY(sources.knowledge, texts->knowledge(sources.store.id, words, kMostKnowledge));
        AIVA_TRY(const auto products, texts->products(sources.store.id, words, kProductsLookedAt));
        for (const ProductView& product : products) {
            const bool isOnSale = product.status.compare("active"_L1, Qt::CaseInsensitive) == 0;
            if (isOnSale && mentions(words, product.title) && sources.products.size() < size_t(kMostProducts))
                sources.products.push_back(product);
        }
    }
    AIVA_TRY(const auto standing, texts->standingKnowledge(sources.store.id));
    sources.knowledge.insert(sources.knowledge.end(), standing.begin(), standing.end());
    return {};
}

Result<std::optional<AnswerSources>> AnswerReader::read(ConversationId conversation, UtcTime now) {
    AIVA_TRY(const auto place, d->texts->place(conversation));
    if (!place) return std::optional<AnswerSources>();
    std::optional<AnswerSources> sources = AnswerSources();
    sources->readAt = now;
    // First: what changes while the rest is read is then noticed as a change.
    AIVA_TRY(sources->basis, d->conversations->basis(conversation));
    AIVA_TRY(auto view, d->conversations->conversation(conversation));
    if (!view) return std::optional<AnswerSources>();
    sources->conversation = *std::move(view);
    sources->question = newestInbound(sources->conversation);
    sources->namedOrders = ordersSaid(sources->conversation);
    AIVA_TRY(const Sender sender, d->senderOf(*place, sources->question));
    AIVA_CHECK(d->fillStore(*sources, sender, place->mailboxStore));
    return sources;
}

Result<std::optional<AnswerSources>> AnswerReader::readForEmail(const QString& email, const QString& order,
                                                                UtcTime now) {
    std::optional<AnswerSources> sources = AnswerSources();
    sources->readAt = now;
    sources->conversation.customerEmail = normalizedEmail(email);
    if (!order.trimmed().isEmpty()) {
        const QString name = order.trimmed();
        sources->namedOrders.append(name.startsWith(u'#') ? name : u'#' + name);
    }
    Sender sender{std::nullopt, sources->conversation.customerEmail, MatchedBy::None};
    AIVA_TRY(const auto person, d->customers->byEmail(email, 0));
    if (person) sender = {person->profile, sender.email, person->matchedBy};
    AIVA_CHECK(d->fillStore(*sources, sender, std::nullopt));
    return sources;
}

bool AnswerReader::belongsToSomebodyElse(StoreId store, ProfileId own, IdentityKind kind, const QString& value) {
    const auto answer = d->identities->isSomebodyElses(store, own, kind, value);
    return !answer || *answer;
}

} // namespace aiva
