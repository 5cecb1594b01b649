// A cache in a temporary folder with one or more stores, records to put into it, and a dump that two caches with the
// same content share whatever the order of writing was.
#pragma once

#include "core/storage/database/database.h"
#include "core/storage/records/record_writer.h"
#include "core/storage/vault/cipher_vfs.h"

#include <QStringList>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace aiva::test {

class RecordFixture {
public:
    RecordFixture();

    Database& database() { return *m_database; }
    std::unique_ptr<Database> reader() const;
    StoreId addStore(const QString& domain, const QString& currency = QStringLiteral("USD"));
    std::unique_ptr<RecordWriter> writer(StoreId store);

    qint64 integer(std::string_view sql);
    QString text(std::string_view sql);
    QStringList texts(std::string_view sql);
    // Every shop row, field by field, with row ids and profile ids replaced by what they stand for.
    QStringList dump();

private:
    QTemporaryDir m_dir;
    std::optional<CipherKeyLease> m_key;
    std::unique_ptr<Database> m_database;
};

Money usd(qint64 minor);
UtcTime day(qint64 number); // a day of 2026
CustomerRecord customer(const std::string& id, const std::string& email);
OrderRecord order(const std::string& id, const std::string& customerId, const std::string& email);
OrderItemRecord item(const std::string& id, const std::string& title);
ProductRecord product(const std::string& id, const std::string& title);
VariantRecord variant(const std::string& id, const std::string& title);

} // namespace aiva::test
