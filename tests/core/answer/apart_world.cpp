#include "tests/core/answer/apart_world.h"

#include "core/domain/shop/precedence.h"
#include "core/storage/records/record_remover.h"

namespace aiva::test {

using namespace Qt::StringLiterals;

static constexpr int kApartOrders = 8;

QString apartPersonWord(int person) {
    return u"qpers"_s + QChar(u'a' + person);
}

std::string apartAddress(int person) {
    return "person" + std::to_string(person) + "@mail.example";
}

QStringList wordsIn(const QString& text, const QStringList& words) {
    QStringList found;
    for (const QString& word : words)
        if (text.contains(word)) found << word;
    return found;
}

ApartSums sumsOf(AnswerCache& cache, ProfileId profile) {
    ApartSums sums;
    const QString id = QString::number(profile.value());
    const auto split = [&](const QString& sql) {
        std::vector<QStringList> rows;
        for (const QString& row : cache.fixture().texts(sql.arg(id).toStdString()))
            rows.push_back(row.split(u' '));
        return rows;
    };
    for (const QStringList& row :
         split(u"SELECT currency || ' ' || sum(spent_minor) || ' ' || sum(orders_count) FROM customers "
               "WHERE profile_id = %1 GROUP BY store_id, currency"_s))
        sums.add(row[0], row[1].toLongLong(), row[2].toLongLong());
    // As a guest: of stores that have no record of theirs.
    for (const QStringList& row :
         split(u"SELECT currency || ' ' || sum(iif(cancelled_at IS NULL, total_minor, 0)) || ' ' || count(*) "
               "FROM orders o WHERE profile_id = %1 AND NOT EXISTS (SELECT 1 FROM customers c "
               "WHERE c.profile_id = o.profile_id AND c.store_id = o.store_id) GROUP BY store_id, currency"_s))
        sums.add(row[0], row[1].toLongLong(), row[2].toLongLong());
    return sums;
}

QString textOf(const OrderView& order) {
    QString text = order.shippingAddress;
    for (const OrderItemView& item : order.items)
        text += u' ' + item.title;
    for (const TrackingView& parcel : order.tracking)
        text += u' ' + parcel.url;
    return text;
}

QStringList textColumns(AnswerCache& cache, const QString& table) {
    return cache.fixture().texts(
        u"SELECT 'coalesce(\"' || name || '\", '''')' FROM pragma_table_info('%1')"_s.arg(table).toStdString());
}

ApartWorld::ApartWorld(quint32 seed)
    : m_random(seed)
    , m_home(std::make_unique<AnswerCache>())
    , m_away(std::make_unique<AnswerCache>())
    , m_storeWords{u"qshopone"_s, u"qshoptwo"_s, u"qshopaway"_s} {
    for (const QString& word : std::as_const(m_storeWords)) {
        const QString code = word == m_storeWords[1] ? u"EUR"_s : u"USD"_s;
        ApartStore store{word, word == m_storeWords.last() ? m_away.get() : m_home.get(),
                         *Currency::parse(code.toStdString())};
        store.id = store.cache->addStore(word + u".myshopify.com"_s, code);
        store.mailbox = store.cache->addMailbox(u"help@"_s + word + u".example"_s, store.id);
        m_stores.push_back(store);
    }
    m_common = m_home->addMailbox(u"both@home.example"_s, std::nullopt);
    for (int person = 0; person < kApartPeople; ++person)
        m_personWords << apartPersonWord(person);
}

std::vector<ApartStore> ApartWorld::storesOf(const AnswerCache& cache) const {
    std::vector<ApartStore> own;
    for (const ApartStore& store : m_stores)
        if (store.cache == &cache) own.push_back(store);
    return own;
}

QStringList ApartWorld::allowedFor(const AnswerCache& cache, const QString& address) const {
    QStringList allowed{apartPersonWord(address.mid(6, 1).toInt())};
    const auto linked = m_linked.find({&cache, address});
    return linked == m_linked.end() ? allowed : allowed + linked->second;
}

void ApartWorld::putCustomer(const ApartStore& store) {
    const int person = any(kApartPeople);
    // The same ids everywhere, for other people: a store's id means nothing in another store.
    const int id = (person + (isSecond(store) ? 1 : 0)) % kApartPeople;
    CustomerRecord record = customer(std::to_string(id), apartAddress(person));
    const std::string words = (store.word + u' ' + apartPersonWord(person)).toStdString();
    record.displayName = "Ada " + words;
    record.lastName = words;
    record.note = "note " + words;
    record.addressText = "Ada " + words + "\n1 Main Street";
    record.tags = {words};
    record.ordersCount = any(4);
    record.amountSpent = amount(store, 1'000 + any(60'000));
    record.updatedAt = day(any(40)); // often older than what is there
    store.cache->put(store.id, record);
}

void ApartWorld::putOrder(const ApartStore& store) {
    const int number = 1001 + any(kApartOrders);
    const int person = (number + (isSecond(store) ? 2 : 0)) % kApartPeople;
    const int customerId = (person + (isSecond(store) ? 1 : 0)) % kApartPeople;
    const std::string words = (store.word + u' ' + apartPersonWord(person)).toStdString();
    OrderRecord record =
        order(std::to_string(number), any(4) == 0 ? "" : std::to_string(customerId), apartAddress(person));
    record.note = "note " + words;
    record.shippingAddressText = "Ada " + words + "\n1 Main Street";
    record.currency = store.currency;
    for (OrderItemRecord& one : record.items) {
        one.title += " " + words;
        one.unitPrice = amount(store, 2'250);
    }
    for (Money* money : {&record.subtotal, &record.tax, &record.discounts, &record.shipping, &record.refunded})
        *money = amount(store, money->minor());
    record.total = amount(store, 5'000 + any(60'000));
    record.updatedAt = day(any(40));
    if (any(6) == 0) record.cancelledAt = record.updatedAt;
    for (FulfillmentRecord& parcel : record.fulfillments)
        parcel.tracking = {
            {"UPS", "1Z" + std::to_string(number),
             "https://track.example/" + store.word.toStdString() + "/" + apartPersonWord(person).toStdString()}};
    if (any(3) == 0) {
        record.fulfillments.clear();
        record.fulfillmentStatus = "UNFULFILLED";
    }
    store.cache->put(store.id, record);
}

void ApartWorld::putShopWords(const ApartStore& store) {
    if (any(2) == 0) {
        ProductRecord record = product("p" + std::to_string(any(4)), "Merino Beanie " + store.word.toStdString());
        for (VariantRecord& one : record.variants)
            one.price = amount(store, 1'999);
        store.cache->put(store.id, record);
        return;
    }
    const KnowledgeKind kinds[] = {KnowledgeKind::Policy, KnowledgeKind::Faq, KnowledgeKind::Contact};
    store.cache->addKnowledge(store.id, kinds[any(3)], u"Returns %1"_s.arg(store.word),
                              u"Returns and beanies: %1."_s.arg(store.word));
}

void ApartWorld::removeSomething(const ApartStore& store) {
    const auto remover = needed(RecordRemover::create(store.cache->fixture().database(), store.id));
    const bool isOrder = any(2) == 0;
    const std::string id = std::to_string(isOrder ? 1001 + any(kApartOrders) : any(kApartPeople));
    needed(remover->remove(isOrder ? Resource::Orders : Resource::Customers, id));
}

void ApartWorld::writeMail(const ApartStore& store) {
    static const QStringList kTexts = {u"Where is my order #%1?"_s, u"I want to return #%1, the beanie"_s,
                                       u"Is the merino beanie warm? What about returns?"_s, u"Any news of order %1?"_s};
    const QString said = kTexts[any(int(kTexts.size()))];
    const int person = any(kApartPeople);
    const bool toBoth = store.cache == m_home.get() && any(3) == 0;
    const ConversationId id = store.cache->mail(QString::fromStdString(apartAddress(person)), u"Question"_s,
                                                said.contains(u'%') ? said.arg(1001 + any(kApartOrders)) : said,
                                                toBoth ? m_common : store.mailbox);
    const auto through = toBoth ? std::nullopt : std::optional(store.id);
    for (ApartConversation& one : m_conversations)
        if (one.cache == store.cache && one.id == id) return void(one.through.insert(through));
    m_conversations.push_back({store.cache, id, through, {through}});
}

// To somebody, to nobody, or as it was before.
void ApartWorld::linkByHand() {
    if (m_conversations.empty()) return;
    const ApartConversation& one = m_conversations[size_t(any(int(m_conversations.size())))];
    const auto repository = needed(ConversationRepository::create(one.cache->fixture().database()));
    if (any(2) == 0) return void(needed(repository->revertLink(one.id, day(30))));
    const int person = any(kApartPeople);
    const ProfileId profile = one.cache->profileOf(QString::fromStdString(apartAddress(person)));
    const auto to = profile.isValid() && any(4) != 0 ? std::optional(profile) : std::nullopt;
    if (const auto linked = repository->linkToProfile(one.id, to, day(30)); !linked)
        qFatal("%s", qPrintable(linked.error().detail));
    const QString address = one.cache->fixture().text("SELECT customer_email FROM conversations WHERE id = " +
                                                      std::to_string(one.id.value()));
    if (to) m_linked[{one.cache, address}] << apartPersonWord(person);
}

void ApartWorld::step() {
    const ApartStore store = m_stores[size_t(any(int(m_stores.size())))];
    const int what = any(20);
    if (what < 5)
        putCustomer(store);
    else if (what < 12)
        putOrder(store);
    else if (what < 14)
        putShopWords(store);
    else if (what < 15)
        removeSomething(store);
    else if (what < 16)
        linkByHand();
    else
        writeMail(store);
}

void ApartWorld::rematch() {
    for (AnswerCache* cache : caches()) {
        const auto repository = needed(ConversationRepository::create(cache->fixture().database()));
        needed(repository->rematch(PrecedenceRule().vipAboveMajorUnits));
    }
}

QString ApartWorld::dropStore() {
    const size_t which = size_t(any(2));
    const ApartStore gone = m_stores[which];
    needed(removeStore(gone.cache->fixture().database(), gone.id));
    m_stores.erase(m_stores.begin() + std::ptrdiff_t(which));
    // What its mailbox stands for now is nobody's store.
    for (ApartConversation& one : m_conversations) {
        if (one.cache != gone.cache) continue;
        if (one.firstThrough == gone.id) one.firstThrough.reset();
        if (one.through.erase(gone.id) > 0) one.through.insert(std::nullopt);
    }
    return gone.word;
}

} // namespace aiva::test
