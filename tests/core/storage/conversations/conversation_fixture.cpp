#include "tests/core/storage/conversations/conversation_fixture.h"
#include "tests/support/patience.h"

namespace aiva::test {

using namespace Qt::StringLiterals;

MessageRecord mailFrom(const QString& id, const QString& from, const QString& subject, qint64 minutes,
                       const QStringList& references) {
    MessageRecord message;
    message.messageId = id;
    message.from = {u"Some One"_s, from};
    message.to = {{u"Shop"_s, u"help@shop.example"_s}};
    message.subject = subject;
    message.date = UtcTime(kNoon + minutes * 60'000);
    message.text = u"Text of "_s + id;
    message.references = references;
    return message;
}

MessageRecord replyTo(const QString& id, const QString& to, const QString& subject, qint64 minutes,
                      const QStringList& references) {
    MessageRecord message = mailFrom(id, u"help@shop.example"_s, subject, minutes, references);
    message.to = {{QString(), to}};
    return message;
}

void ConversationFixture::open() {
    m_dir = std::make_unique<QTemporaryDir>();
    auto workspace = Workspace::create(m_dir->filePath(u"w"_s), Workspace::newKey(), KeySource::KeyFile);
    QVERIFY2(workspace, workspace ? "" : qPrintable(workspace.error().detail));
    m_workspace = std::move(*workspace);
    auto database = m_workspace->openWriter();
    QVERIFY2(database, database ? "" : qPrintable(database.error().detail));
    m_database = std::move(*database);
    auto repository = ConversationRepository::create(*m_database);
    QVERIFY2(repository, repository ? "" : qPrintable(repository.error().detail));
    m_repository = std::move(*repository);
    sql("INSERT INTO stores (id, kind, domain, name, status, created_at) VALUES (1, 'shopify', 'a.example', 'A', "
        "'connected', 0), (2, 'shopify', 'b.example', 'B', 'connected', 0)");
}

void ConversationFixture::close() {
    m_repository.reset();
    m_database.reset();
    m_workspace.reset();
    m_dir.reset();
}

qint64 ConversationFixture::number(const char* query) {
    auto statement = m_database->prepare(query);
    if (!statement) qFatal("%s", qPrintable(statement.error().detail));
    const auto row = statement->step();
    return row && *row ? statement->integer(0) : -1;
}

QString ConversationFixture::text(const char* query) {
    auto statement = m_database->prepare(query);
    if (!statement) qFatal("%s", qPrintable(statement.error().detail));
    const auto row = statement->step();
    return row && *row ? statement->text(0) : u"(no row)"_s;
}

void ConversationFixture::sql(const char* statements) {
    const auto done = m_database->execute(statements);
    if (!done) qFatal("%s", qPrintable(done.error().detail));
}

void ConversationFixture::indexCustomers() {
    sql("INSERT INTO customers_fts (rowid, display_name, email, phone, tags, address_text) "
        "SELECT id, display_name, email, phone, tags, address_text FROM customers");
}

void ConversationFixture::order(qint64 store, const QString& name, const QString& email, qint64 createdAt) {
    auto insert = m_database->prepare(R"(
        INSERT INTO orders (store_id, external_id, profile_id, awaits_customer, customer_external_id, name, email, phone,
            note, financial_status, fulfillment_status, cancel_reason, status_page_url, shipping_address_text, tags,
            currency, total_minor, subtotal_minor, tax_minor, discounts_minor, shipping_minor, refunded_minor,
            created_at, updated_at, content_hash)
        VALUES (?1, ?2, 7, 0, '', ?2, ?3, '', '', '', '', '', '', '', '', 'EUR', 1, 1, 0, 0, 0, 0, ?4, ?4, 0))");
    if (!insert || !insert->bind(1, store).bind(2, name).bind(3, email).bind(4, createdAt).run()) qFatal("order");
}

ConversationId ConversationFixture::add(const MessageRecord& message, ConversationRepository::Direction direction) {
    const auto added = m_repository->add(message, direction);
    if (!added) qFatal("%s", qPrintable(added.error().detail));
    return added->conversation;
}

} // namespace aiva::test
