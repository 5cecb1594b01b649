#include "tests/core/answer/engine/answer_shop.h"

#include "core/storage/answers/auto_send_repository.h"
#include "core/storage/mailboxes/sender_check_repository.h"
#include "core/storage/stores/store_repository.h"

using namespace Qt::StringLiterals;

namespace aiva::test {

namespace {

constexpr auto kOwnTracking = "9400111899223197428497";
constexpr auto kOtherTracking = "9400111899223197428503";

template <typename T>
T need(Result<T> result) {
    if (!result) qFatal("%s", qPrintable(result.error().detail));
    return *std::move(result);
}

void need(const Result<void>& result) {
    if (!result) qFatal("%s", qPrintable(result.error().detail));
}

std::string link(const char* number) {
    return std::string("https://tools.usps.com/go/TrackConfirmAction?tLabels=") + number;
}

CustomerRecord person(const std::string& id, const char* first, const char* last, const char* email) {
    CustomerRecord record = customer(id, email);
    record.firstName = first;
    record.lastName = last;
    record.displayName = std::string(first) + " " + last;
    record.tags = {};
    record.addressText = record.displayName + "\n12 Elm Street\nPortland";
    record.amountSpent = usd(9'000);
    record.ordersCount = 2;
    return record;
}

OrderRecord shipped(const std::string& id, const std::string& customerId, const char* email, const char* number) {
    OrderRecord record = order(id, customerId, email);
    record.fulfillments.front().tracking = {{"USPS", number, link(number)}};
    return record;
}

} // namespace

SenderCheck AnswerShop::verified() {
    SenderCheck check;
    check.verdict = SenderVerdict::Verified;
    check.spf = check.dkim = check.dmarc = u"pass"_s;
    check.alignedDomain = u"mail.example"_s;
    return check;
}

AnswerShop::AnswerShop()
    : m_clock(day(10))
    , m_store(m_cache.addStore(u"acme.myshopify.com"_s))
    , m_mailbox(m_cache.addMailbox(u"help@acme.example"_s, m_store))
    , m_customer(person("1", "Maya", "Chen", "maya@mail.example"))
    , m_order(shipped("1001", "1", "maya@mail.example", kOwnTracking)) {
    m_cache.put(m_store, m_customer);
    m_cache.put(m_store, m_order);
    m_cache.put(m_store, person("2", "Robert", "Fisher", "robert@post.example"));
    m_cache.put(m_store, shipped("1002", "2", "robert@post.example", kOtherTracking));
    m_cache.addKnowledge(m_store, KnowledgeKind::Link, u"Returns portal"_s, {}, u"https://acme.example/returns"_s);
    m_cache.addKnowledge(m_store, KnowledgeKind::HandlingTime, {}, u"24 hours"_s);
    m_cache.addKnowledge(m_store, KnowledgeKind::ReturnWindow, {}, u"30"_s);
    need(need(StoreRepository::create(m_cache.fixture().database()))
             ->setSynced(m_store, m_clock.now(), SyncStatus::Completed));
    for (const Intent intent : {Intent::OrderStatus, Intent::Return})
        setRule([intent](AutoSendRule& rule) {
            rule.intent = intent;
            rule.mode = AutoSendMode::On;
            rule.thresholdPercent = 70;
            rule.capPerHour = 1'000'000; // the cap is its own test
            rule.capPerCustomerDay = 1'000'000;
        });
}

void AnswerShop::setRule(const std::function<void(AutoSendRule&)>& change) {
    const auto rules = need(AutoSendRepository::create(m_cache.fixture().database()));
    AutoSendRule rule = need(rules->rule(m_store, Intent::OrderStatus));
    change(rule);
    rule.store = m_store;
    need(rules->save(rule));
}

void AnswerShop::changeCustomer(const std::function<void(CustomerRecord&)>& change) {
    change(m_customer);
    m_customer.updatedAt = m_customer.updatedAt.plusSeconds(1);
    m_cache.put(m_store, m_customer);
}

void AnswerShop::changeOrder(const std::function<void(OrderRecord&)>& change) {
    change(m_order);
    m_order.updatedAt = m_order.updatedAt.plusSeconds(1);
    m_cache.put(m_store, m_order);
}

void AnswerShop::addProduct(const QString& title) {
    m_cache.put(m_store, product("P" + std::to_string(++m_mails), title.toStdString()));
}

ConversationId AnswerShop::take(const Mail& mail) {
    MessageRecord message;
    message.messageId = u"shop%1@mail.example"_s.arg(++m_mails);
    message.from = {mail.fromName, mail.from};
    if (!mail.replyTo.isEmpty()) message.replyTo = {{QString(), mail.replyTo}};
    message.to = {{QString(), u"help@acme.example"_s}};
    message.subject = mail.subject;
    message.text = mail.text;
    message.folded = mail.folded;
    message.isAutomated = mail.automated;
    message.date = m_clock.now().plusSeconds(-60 + m_mails % 50);
    if (!mail.attachment.isEmpty())
        message.attachments.push_back({mail.attachment, u"application/pdf"_s, {}, false, "%PDF"});
    Database& database = m_cache.fixture().database();
    const auto conversations = need(ConversationRepository::create(database));
    const auto added = need(conversations->add(message, ConversationRepository::Direction::Inbound, {m_mailbox}));
    need(need(SenderCheckRepository::create(database))->storeSenderCheck(added.message, mail.sender));
    return added.conversation;
}

AnswerEngine& AnswerShop::engine() {
    if (!m_engine) m_engine = need(AnswerEngine::create(m_cache.fixture().database(), m_clock, [] { return 0.5; }));
    return *m_engine;
}

AnswerReading AnswerShop::read(ConversationId conversation) {
    auto reading = need(engine().read(conversation));
    if (!reading) qFatal("nothing to answer");
    return *std::move(reading);
}

Proposal AnswerShop::propose(const Mail& mail) {
    return need(engine().propose(read(take(mail))));
}

Proposal AnswerShop::judge(const Mail& mail, const QString& reply, const QStringList& cards) {
    const AnswerReading reading = read(take(mail));
    AnswerDraft draft;
    draft.source = AnswerSource::Model;
    draft.origin = u"worst"_s;
    draft.language = reading.intent.language.isEmpty() ? u"en"_s : reading.intent.language;
    draft.intent = Intent::OrderStatus;
    draft.confidence = 1;
    draft.reply = reply;
    draft.cards = cards;
    // It claims whatever helps it most: every fact there is.
    for (const Fact& fact : reading.facts.facts)
        draft.declaredFacts.append(fact.id);
    return need(engine().judge(reading, draft, {}));
}

QMap<QString, QString> AnswerShop::words() const {
    return {{u"own_order"_s, u"#1001"_s},
            {u"own_name"_s, u"Maya"_s},
            {u"own_email"_s, u"maya@mail.example"_s},
            {u"carrier"_s, u"USPS"_s},
            {u"tracking"_s, QString::fromLatin1(kOwnTracking)},
            {u"link"_s, QString::fromStdString(link(kOwnTracking))},
            {u"other_order"_s, u"#1002"_s},
            {u"other_name"_s, u"Robert Fisher"_s},
            {u"other_email"_s, u"robert@post.example"_s},
            {u"other_tracking"_s, QString::fromLatin1(kOtherTracking)}};
}

QStringList failedChecks(const Proposal& proposal) {
    QStringList names;
    for (const GateCheck& check : proposal.gate.checks)
        if (!check.passed) names.append(check.name);
    return names;
}

} // namespace aiva::test
