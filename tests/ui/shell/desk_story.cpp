#include "tests/ui/shell/desk_story.h"

#include "core/storage/conversations/conversation_repository.h"
#include "core/storage/mailboxes/mailbox_repository.h"
#include "core/storage/mailboxes/team_repository.h"
#include "core/storage/records/record_writer.h"
#include "core/storage/stores/store_repository.h"
#include "tests/support/patience.h"
#include "tests/ui/support/sample_mail.h"

namespace aiva::test {

using namespace Qt::StringLiterals;

namespace {

const UtcTime morning = *UtcTime::parseIso("2026-02-24T09:43:00Z");

template <typename T>
T sure(Result<T> result) {
    if (!result) qFatal("%s", qPrintable(result.error().detail));
    return *std::move(result);
}

void sure(const Result<void>& result) {
    if (!result) qFatal("%s", qPrintable(result.error().detail));
}

UtcTime at(const char* iso) {
    return sure(UtcTime::parseIso(iso));
}

Currency dollar() {
    return sure(Currency::parse("USD"));
}

Money usd(qint64 cents) {
    return Money(cents, dollar());
}

CustomerRecord customer(int number, const char* name, const char* email, qint64 orders, qint64 cents,
                        std::vector<std::string> tags = {}) {
    CustomerRecord record;
    record.externalId = "gid://shopify/Customer/" + std::to_string(number);
    record.displayName = name;
    record.email = email;
    record.tags = std::move(tags);
    record.ordersCount = orders;
    record.amountSpent = usd(cents);
    record.createdAt = at("2025-01-10T08:00:00Z");
    record.updatedAt = at("2026-02-20T08:00:00Z");
    return record;
}

OrderRecord order(const char* name, int customerNumber, const char* email, const char* created, qint64 cents) {
    OrderRecord record;
    record.externalId = "gid://shopify/Order/" + std::string(name + 1);
    record.name = name;
    record.customerExternalId = "gid://shopify/Customer/" + std::to_string(customerNumber);
    record.email = email;
    record.financialStatus = "PAID";
    record.fulfillmentStatus = "UNFULFILLED";
    record.currency = dollar();
    record.total = record.subtotal = usd(cents);
    record.tax = record.discounts = record.shipping = record.refunded = usd(0);
    record.createdAt = record.updatedAt = at(created);
    return record;
}

OrderItemRecord item(int number, const char* title, qint64 quantity, qint64 cents) {
    OrderItemRecord record;
    record.externalId = "gid://shopify/LineItem/" + std::to_string(number);
    record.title = title;
    record.quantity = record.currentQuantity = quantity;
    record.unitPrice = usd(cents);
    return record;
}

FulfillmentRecord parcel(const char* id, const char* company, const char* number, const char* url,
                         const char* shipped) {
    FulfillmentRecord record;
    record.externalId = id;
    record.status = "SUCCESS";
    record.displayStatus = "IN_TRANSIT";
    record.createdAt = at(shipped);
    record.inTransitAt = at(shipped).plusSeconds(86'400);
    record.updatedAt = morning.plusSeconds(-5 * 3600);
    record.tracking = {{company, number, url}};
    return record;
}

} // namespace

MessageRecord mail(const QString& name, const QString& email, const QString& subject, const QString& text,
                   int minutesAgo) {
    static int number = 0;
    MessageRecord record;
    record.messageId = u"story-%1@example.com"_s.arg(++number);
    record.from = {name, email};
    record.to = {{u"Acme Support"_s, u"support@acme.example"_s}};
    record.date = morning.plusSeconds(-60LL * minutesAgo);
    record.subject = subject;
    record.text = text;
    return record;
}

SecretString storyKey() {
    return SecretString(std::string(32, 'k'));
}

DeskStory::DeskStory(Filling filling) : m_clock(morning) {
    m_workspace = sure(Workspace::create(m_dir.filePath(u"Acme Support"_s), storyKey(), KeySource::KeyFile));
    if (filling == Filling::Morning) {
        const auto writer = sure(m_workspace->openWriter());
        fillShop(*writer);
        fillMail(*writer);
    }
    openDesk();
}

DeskStory::~DeskStory() = default;

void DeskStory::fillShop(Database& writer) {
    StoreRow row;
    row.domain = u"acme.myshopify.com"_s;
    row.name = u"acme"_s;
    row.currency = u"USD"_s;
    row.timeZone = u"America/New_York"_s;
    row.status = StoreStatus::Connected;
    row.schedule = u"manual"_s;
    row.historyLimited = false;
    row.createdAt = at("2026-01-01T00:00:00Z");
    const auto stores = sure(StoreRepository::create(writer));
    m_store = sure(stores->save(row));
    sure(stores->setSynced(m_store, at("2026-02-24T09:40:00Z"), SyncStatus::Completed));
    const auto records = sure(RecordWriter::create(writer, m_store));
    sure(records->put(customer(1, "John Okafor", "john@example.com", 3, 45'000, {"VIP", "Fall_Sale"})));
    sure(records->put(customer(2, "Mária Kovács", "maria@example.hu", 2, 12'900)));
    sure(records->put(customer(3, "Олена Шевченко", "olena@example.ua", 1, 6'400)));
    sure(records->put(customer(4, "Laura Bianchi", "laura@example.it", 5, 38'000)));

    sure(records->put(customer(5, "Nadia Rahman", "nadia@example.bd", 1, 2'500)));

    OrderRecord shipped = order("#1042", 1, "john@example.com", "2026-02-20T15:00:00Z", 8'900);
    shipped.fulfillmentStatus = "FULFILLED";
    shipped.items = {item(1, "Blue Widget", 2, 3'900), item(2, "Gift Wrap", 1, 1'100)};
    shipped.fulfillments = {parcel("gid://shopify/Fulfillment/1", "USPS", "9400111899223197428490",
                                   "https://tools.usps.com/go/TrackConfirmAction?tLabels=9400111899223197428490",
                                   "2026-02-21T18:00:00Z")};
    sure(records->put(shipped));
    OrderRecord older = order("#1017", 1, "john@example.com", "2025-11-28T15:00:00Z", 19'600);
    older.fulfillmentStatus = "FULFILLED";
    older.items = {item(3, "Trail Pack 22 l", 1, 19'600)};
    sure(records->put(older));
    OrderRecord cancelled = order("#0931", 1, "john@example.com", "2025-03-03T15:00:00Z", 16'500);
    cancelled.cancelledAt = at("2025-03-04T15:00:00Z");
    cancelled.items = {item(4, "Red Widget", 3, 5'500)};
    sure(records->put(cancelled));
    OrderRecord marias = order("#1037", 2, "maria@example.hu", "2026-02-17T15:00:00Z", 6'400);
    marias.items = {item(5, "Wool Jacket", 1, 6'400)};
    sure(records->put(marias));
}

void DeskStory::fillMail(Database& writer) {
    const auto conversations = sure(ConversationRepository::create(writer));
    using Direction = ConversationRepository::Direction;
    const auto in = [&](const MessageRecord& message) { sure(conversations->add(message, Direction::Inbound)); };

    MessageRecord earlier = mail(u"Priya Raman"_s, u"priya@example.in"_s, u"Does the Trail Pack fit a 15\" laptop?"_s,
                                 u"Thinking of ordering two for my team, would like to know before Friday."_s, 190);
    in(earlier);
    in(mail(u""_s, u"dan@northpeak.co"_s, u"Re: Delivery to the wrong door"_s,
            u"Still nothing. If this isn't solved today I will dispute the charge."_s, 130));
    in(mail(u"Laura Bianchi"_s, u"laura@example.it"_s, u"Invoice for #1029"_s,
            u"Hello, could you send the invoice with our VAT number on it?\n\nLaura"_s, 62));
    in(mail(u"Олена Шевченко"_s, u"olena@example.ua"_s, u"Повернення товару"_s,
            u"Хочу повернути куртку, яку отримала минулого тижня. Чи можна?"_s, 42));
    MessageRecord maria = mail(u"Mária Kovács"_s, u"maria@example.hu"_s, u"Rossz méret érkezett"_s,
                               u"A rendelésem #1037, de L helyett M-es érkezett, cserélhető ez?"_s, 18);
    maria.attachments = {{u"photo.jpg"_s, u"image/jpeg"_s, {}, false, QByteArray(1'200'000, 'x')},
                         {u"form.docm"_s, u"application/vnd.ms-word"_s, {}, false, QByteArray(24'000, 'x')}};
    in(maria);
    MessageRecord john =
        mail(u"John Okafor"_s, u"john@example.com"_s, u"Where is my order?"_s,
             u"Hi,\n\nCan you check on my order? I bought the blue widgets last week and they are a "
             u"birthday present for Saturday.\n\nThanks, John\n\nOn Feb 20 Acme wrote:\n> Thank you for "
             u"your order\n> #1042, placed today.\n> Track it any time.\n"_s,
             3);
    john.folded = {{7, 4, false}};
    john.safeHtml = u"<p>Hi,</p><p>Can you check on <b>my order</b>? I bought the blue widgets last week.</p>"
                    "<p><img alt=\"Acme\" data-blocked-src=\"https://cdn.acme.example/logo.png\"></p>"_s;
    in(john);

    MessageRecord question = mail(u"Tom Lee"_s, u"tom@example.com"_s, u"Gift card balance"_s,
                                  u"How much is left on my gift card?"_s, 26 * 60);
    in(question);
    MessageRecord answer = mail(u"Acme Support"_s, u"support@acme.example"_s, u"Re: Gift card balance"_s,
                                u"Hi Tom, there are $20.00 left. Best, Kim"_s, 25 * 60);
    answer.to = {{u"Tom Lee"_s, u"tom@example.com"_s}};
    answer.inReplyTo = question.messageId;
    answer.references = {question.messageId};
    sure(conversations->add(answer, Direction::Outbound));
    // Some were read before.
    for (const QString& subject : {u"Повернення товару"_s, u"Invoice for #1029"_s}) {
        auto find = sure(writer.prepare("SELECT id FROM conversations WHERE subject = ?1"));
        find.bind(1, subject);
        if (sure(find.step())) sure(conversations->markRead(find.id<ConversationId>(0), true));
    }
}

MailReads DeskStory::mailReads() {
    return {[this](int) -> Result<std::vector<OutboxView>> { return outbox; },
            [this]() -> Result<std::vector<MailboxView>> { return mailboxes; },
            [this]() -> Result<std::vector<CannedReply>> { return cannedReplies; },
            [this](ConversationId id) -> Result<std::optional<OutboxView>> {
                return pending && pending->conversation == id ? pending : std::nullopt;
            }};
}

void DeskStory::closeDesk() {
    m_desk.reset();
}

bool DeskStory::openDesk() {
    DeskAdapters adapters;
    adapters.storePort = [this](const StoreRow&) -> Result<std::unique_ptr<StorePort>> {
        if (port) return port();
        return Error{ErrorKind::Network, u"no shop in this story"_s};
    };
    auto desk = Desk::open(*m_workspace, m_clock, adapters);
    if (!desk) qWarning("%s", qPrintable(desk.error().detail));
    m_desk = desk ? *std::move(desk) : nullptr;
    return m_desk != nullptr;
}

ConversationId DeskStory::conversation(const QString& subject) {
    const auto rows = m_desk->read().inbox->page({InboxView::All}, std::nullopt, 500);
    for (const InboxRow& row : rows ? *rows : std::vector<InboxRow>())
        if (row.subject == subject) return row.id;
    return {};
}

void DeskStory::add(const MessageRecord& message) {
    const auto writer = sure(m_workspace->openWriter());
    sure(sure(ConversationRepository::create(*writer))->add(message, ConversationRepository::Direction::Inbound));
}

void DeskStory::setStoreStatus(StoreStatus status) {
    const auto writer = sure(m_workspace->openWriter());
    sure(sure(StoreRepository::create(*writer))->setStatus(m_store, status));
}

void DeskStory::shareMailbox() {
    const auto writer = sure(m_workspace->openWriter());
    MailboxView view = sample::sharedMailbox(m_clock.now());
    view.account.store = m_store;
    view.account.id = {};
    view.account.id = sure(sure(MailboxRepository::create(*writer))->save(view.account));
    sure(sure(TeamRepository::create(*writer))->setAgents(view.account.id, view.team));
    auto place = sure(writer->prepare("UPDATE conversations SET mailbox_id = ?1, assignee_slot = CASE subject WHEN "
                                      "'Invoice for #1029' THEN 2 WHEN 'Where is my order?' THEN 1 ELSE 0 END, "
                                      "claim_slot = CASE subject WHEN 'Rossz méret érkezett' THEN 3 ELSE 0 END"));
    sure(place.bind(1, view.account.id).run());
    mailboxes = {view};
}

void DeskStory::addMany(int conversations) {
    const auto writer = sure(m_workspace->openWriter());
    const auto repository = sure(ConversationRepository::create(*writer));
    const auto transaction = sure(Transaction::begin(*writer));
    for (int i = 0; i < conversations; ++i)
        sure(repository->add(mail(u"Person %1"_s.arg(i), u"person%1@example.com"_s.arg(i), u"Question %1"_s.arg(i),
                                  u"What about item %1?"_s.arg(i), 300 + i),
                             ConversationRepository::Direction::Inbound));
    sure(transaction->commit());
}

} // namespace aiva::test
