#include "core/webhook/webhook_books.h"

namespace aiva {

Result<std::unique_ptr<WebhookBooks>> WebhookBooks::create(Database& writer) {
    std::unique_ptr<WebhookBooks> made(new WebhookBooks(writer));
    AIVA_TRY(made->m_stores, StoreRepository::create(writer));
    return made;
}

Result<StoreBooks*> WebhookBooks::of(StoreKind kind, const QString& domain) {
    AIVA_TRY(const std::vector<StoreRow> rows, m_stores->all());
    for (const StoreRow& row : rows)
        if (row.kind == kind && row.domain == domain) return open(row);
    return static_cast<StoreBooks*>(nullptr);
}

Result<StoreBooks*> WebhookBooks::of(StoreId id) {
    AIVA_TRY(const std::optional<StoreRow> row, m_stores->byId(id));
    if (!row) return static_cast<StoreBooks*>(nullptr);
    return open(*row);
}

Result<StoreBooks*> WebhookBooks::open(const StoreRow& row) {
    StoreBooks& books = m_books[row.id];
    books.store = row;
    books.currency = Currency::parse(row.currency.toStdString()).value_or(Currency());
    if (!books.writer) {
        AIVA_TRY(books.writer, RecordWriter::create(m_database, row.id));
    }
    if (!books.known) {
        AIVA_TRY(books.known, WebhookRecords::create(m_database, row.id));
    }
    return &books;
}

} // namespace aiva
