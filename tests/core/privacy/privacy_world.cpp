#include "tests/core/privacy/privacy_world.h"

#include "tests/support/table_dump.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace aiva::test {

namespace {

constexpr qint64 kDay = 86'400'000;
const UtcTime kBegin(1'760'000'000'000);

Money euros(qint64 minor) {
    return Money(minor, Currency::parse("EUR").value_or(Currency()));
}

QString gidNumber(const std::string& gid) {
    return QString::fromStdString(gid).section(u'/', -1);
}

} // namespace

QByteArrayList WorldPerson::traces() const {
    QByteArrayList traces{word.toUtf8(), phone.mid(1).toUtf8()};
    for (const auto& [store, customer] : customers)
        traces << gidNumber(customer.externalId).toUtf8();
    return traces;
}

PrivacyWorld::PrivacyWorld(quint32 seed, int people)
    : m_random(seed), m_home(std::make_unique<TemporaryWorkspace>()), m_now(kBegin.plusMs(200 * kDay)) {
    if (!m_home->isOpen()) return;
    m_writer = &m_home->writer();
    m_isMade = make(people);
}

PrivacyWorld::PrivacyWorld(quint32 seed, int people, Database& writer)
    : m_random(seed), m_writer(&writer), m_now(kBegin.plusMs(200 * kDay)) {
    m_isMade = make(people);
}

StoreId PrivacyWorld::addStore(const QString& domain) {
    const auto stores = StoreRepository::create(writer());
    StoreRow row;
    row.domain = row.name = domain;
    row.currency = u"EUR"_s;
    row.schedule = u"manual"_s;
    const auto id = stores ? (*stores)->save(row) : Result<StoreId>(stores.error());
    return id.value_or(StoreId());
}

bool PrivacyWorld::make(int people) {
    m_stores = {addStore(u"licht.myshopify.com"_s), addStore(u"holz.myshopify.com"_s)};
    bool isMade = run("INSERT INTO mailboxes (id, address, display_name, own_addresses, user_name, auth, imap_host, "
                      "imap_port, imap_security, smtp_host, smtp_port, smtp_security, store_id) VALUES (1, "
                      "'support@licht.example', 'Licht', '', 'support', 'password', 'imap.licht.example', 993, 'tls', "
                      "'smtp.licht.example', 465, 'tls', ?)",
                      {m_stores.front().value()}) &&
                  run("INSERT INTO mail_folders (id, mailbox_id, name, role) VALUES (1, 1, 'INBOX', 'inbox')") &&
                  run("INSERT INTO sync_jobs (id, store_id, kind, trigger, status, resources, started_at) "
                      "VALUES (1, ?, 'full', 'user', 'completed', 'customers', 1), (2, ?, 'full', 'user', 'completed', "
                      "'customers', 1)",
                      {m_stores.front().value(), m_stores.back().value()});
    for (const StoreId store : m_stores) {
        isMade = isMade &&
                 run("INSERT INTO knowledge (store_id, kind, title, text, updated_at) "
                     "VALUES (?, 'faq', 'Shipping', 'We ship on Mondays', 1)",
                     {store.value()}) &&
                 run("INSERT INTO auto_send_rules VALUES (?, 'wismo', 'shadow', 90, 5, 10, 0, 1440, 5, 1, 20, 'en')",
                     {store.value()});
        ProductRecord lamp;
        lamp.externalId = "gid://shopify/Product/1";
        lamp.title = "Lamp";
        lamp.variants = {{"gid://shopify/ProductVariant/1", "Blue", "L1", {}, euros(900), 3, kBegin}};
        const auto records = RecordWriter::create(writer(), store);
        isMade = isMade && records && (*records)->put(lamp);
    }
    for (int i = 0; i < people; ++i)
        makePerson(i);
    for (const WorldPerson& person : m_people)
        isMade = isMade && putRecords(person);
    for (const WorldPerson& person : m_people)
        isMade = isMade && putMail(person) && putQueued(person);
    return isMade;
}

bool PrivacyWorld::run(const QByteArray& sql, const QVariantList& values) {
    QSqlQuery query(QSqlDatabase::database(writer().connectionName()));
    query.prepare(QString::fromUtf8(sql));
    for (const QVariant& value : values)
        query.addBindValue(value);
    if (query.exec()) return true;
    qWarning("%s: %s", sql.constData(), qPrintable(query.lastError().text()));
    return false;
}

QString PrivacyWorld::randomWord() {
    QString word = u"zq"_s;
    for (int i = 0; i < 10; ++i)
        word += QChar(u'a' + random(26));
    return word;
}

void PrivacyWorld::makePerson(int number) {
    WorldPerson person;
    person.word = randomWord();
    person.email = person.word + u"@mail.example"_s;
    person.phone = u"+49"_s + QString::number(1'000'000'000 + random(900'000'000) + number);
    const int shops = random(4); // none, the first, the second, both
    for (int shop = 0; shop < 2; ++shop) {
        if (!(shops & (1 << shop))) continue;
        CustomerRecord customer;
        customer.externalId =
            "gid://shopify/Customer/" + std::to_string(7'000'000'000'000 + random(900'000'000) * 100LL + number);
        customer.firstName = "Vor " + person.word.toStdString();
        customer.lastName = "Nach" + person.word.toStdString();
        customer.displayName = customer.firstName + " " + customer.lastName;
        customer.email = person.email.toStdString();
        customer.phone = person.phone.toStdString();
        customer.note = "prefers " + person.word.toStdString();
        customer.tags = {"VIP", person.word.toStdString()};
        customer.addressText = "Weg " + person.word.toStdString() + " 3\n10115 Berlin";
        customer.amountSpent = euros(random(90'000));
        customer.ordersCount = 1 + random(4);
        customer.createdAt = kBegin;
        customer.updatedAt = kBegin.plusMs(random(90) * kDay);
        const StoreId store = m_stores.at(static_cast<size_t>(shop));
        for (int i = 0; i < customer.ordersCount; ++i)
            person.orders.emplace_back(store, order(person, customer.externalId, i));
        person.customers.emplace_back(store, std::move(customer));
    }
    if (random(3) == 0) person.orders.emplace_back(m_stores.front(), order(person, {}, 9)); // as a guest
    const int mails = 1 + random(4);
    for (int i = 0; i < mails; ++i)
        person.mails.push_back(mail(person, i, m_people.empty() ? nullptr : &m_people.front()));
    m_people.push_back(std::move(person));
}

OrderRecord PrivacyWorld::order(const WorldPerson& person, const std::string& customer, int number) {
    const std::string word = person.word.toStdString();
    const std::string id = std::to_string(5'000'000'000'000 + ++m_number);
    OrderRecord order;
    order.externalId = "gid://shopify/Order/" + id;
    order.name = "#" + std::to_string(m_number);
    order.customerExternalId = customer;
    order.email = person.email.toStdString();
    order.phone = person.phone.toStdString();
    order.note = "leave it with " + word;
    order.financialStatus = "PAID";
    order.fulfillmentStatus = "FULFILLED";
    order.statusPageUrl = "https://licht.example/orders/" + word;
    order.shippingAddressText = "Gift for " + word + "\nOther street 4";
    order.tags = {word};
    order.currency = Currency::parse("EUR").value_or(Currency());
    order.total = euros(1'000 + random(100'000));
    order.subtotal = order.tax = order.discounts = order.shipping = euros(random(900));
    order.refunded = euros(random(500));
    order.createdAt = order.updatedAt = kBegin.plusMs((1 + random(90)) * kDay + number);
    OrderItemRecord item;
    item.externalId = "gid://shopify/LineItem/" + id;
    item.title = "Blue Widget";
    item.quantity = item.currentQuantity = 1 + random(3);
    item.unitPrice = euros(900);
    order.items = {item};
    FulfillmentRecord parcel;
    parcel.externalId = "gid://shopify/Fulfillment/" + id;
    parcel.name = order.name + "-F1";
    parcel.createdAt = parcel.updatedAt = order.createdAt;
    parcel.tracking = {{"DHL", "JJD" + word, "https://dhl.example/?p=" + word}};
    order.fulfillments = {parcel};
    order.refunds = {{"gid://shopify/Refund/" + id, order.createdAt, order.refunded, "sorry " + word}};
    return order;
}

MessageRecord PrivacyWorld::mail(const WorldPerson& person, int number, const WorldPerson* other) {
    MessageRecord mail;
    mail.messageId = u"%1.%2@mail.example"_s.arg(person.word).arg(number);
    if (number > 0) mail.inReplyTo = u"%1.%2@mail.example"_s.arg(person.word).arg(number - 1);
    if (number > 0) mail.references = {mail.inReplyTo};
    mail.from = {u"Frau %1"_s.arg(person.word), person.email};
    mail.to = {{u"Licht"_s, u"support@licht.example"_s}};
    mail.date = kBegin.plusMs((100 + number) * kDay);
    mail.subject = u"Where is %1?"_s.arg(person.word);
    mail.text = u"Hello, I am %1, call me on %2. Order #%3."_s.arg(person.word, person.phone).arg(m_number);
    mail.safeHtml = u"<p>%1</p>"_s.arg(person.word);
    mail.attachments = {{person.word + u".txt"_s, u"text/plain"_s, {}, false, person.word.toUtf8() + " signs"}};
    // Somebody else's address in this person's mail, spelt as people spell.
    if (other && random(2) == 0) {
        mail.text += u"\nAsk my neighbour %1. Not susi%2."_s.arg(other->email.toUpper(), u"@else.example"_s);
        mail.cc = {{u"Neighbour"_s, other->email}};
    }
    return mail;
}

bool PrivacyWorld::putRecords(const WorldPerson& person) {
    for (size_t i = 0; i < m_stores.size(); ++i) {
        const auto records = RecordWriter::create(writer(), m_stores.at(i));
        if (!records) return false;
        for (const auto& [store, customer] : person.customers)
            if (store == m_stores.at(i) && !(*records)->put(customer)) return false;
        for (const auto& [store, order] : person.orders)
            if (store == m_stores.at(i) && !(*records)->put(order)) return false;
    }
    return true;
}

bool PrivacyWorld::putMail(const WorldPerson& person) {
    const auto conversations = ConversationRepository::create(writer());
    if (!conversations) return false;
    ConversationId last;
    for (const MessageRecord& mail : person.mails) {
        const auto added =
            (*conversations)->add(mail, ConversationRepository::Direction::Inbound, {MailboxId(1), false, {}});
        if (!added || !putOnServer(mail.messageId)) return false;
        last = added->conversation;
    }
    return putWork(person, last);
}

bool PrivacyWorld::bringAgain(const WorldPerson& person) {
    if (!putRecords(person)) return false;
    const auto conversations = ConversationRepository::create(writer());
    if (!conversations) return false;
    for (const MessageRecord& mail : person.mails) {
        const auto added =
            (*conversations)->add(mail, ConversationRepository::Direction::Inbound, {MailboxId(1), false, {}});
        if (added || added.error().kind != ErrorKind::Refused) return false;
    }
    return true;
}

QStringList PrivacyWorld::totals() {
    return rows(writer(), "SELECT o.store_id, o.currency, count(*), sum(total_minor), sum(subtotal_minor), "
                          "sum(tax_minor), sum(refunded_minor), (SELECT sum(quantity * unit_price_minor) FROM "
                          "order_items i JOIN orders x ON x.id = i.order_id WHERE x.store_id = o.store_id), "
                          "(SELECT sum(r.total_minor) FROM refunds r JOIN orders x ON x.id = r.order_id WHERE "
                          "x.store_id = o.store_id), sum(created_at) FROM orders o GROUP BY 1, 2 ORDER BY 1, 2");
}

} // namespace aiva::test
