#include "core/storage/records/record_writer.h"

#include "core/storage/people/profile_book.h"
#include "core/storage/records/child_stage.h"
#include "core/storage/records/customer_writer.h"
#include "core/storage/records/order_texts.h"
#include "core/storage/records/order_writer.h"
#include "core/storage/records/product_writer.h"
#include "core/storage/records/record_counts.h"

namespace aiva {

class RecordWriter::Private {
public:
    // In the order the others need them.
    std::unique_ptr<ProfileBook> profiles;
    std::unique_ptr<ChildStage> stage;
    std::unique_ptr<OrderTexts> texts;
    std::unique_ptr<RecordCounts> counts;
    std::unique_ptr<CustomerWriter> customers;
    std::unique_ptr<OrderWriter> orders;
    std::unique_ptr<ProductWriter> products;
};

RecordWriter::RecordWriter(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

RecordWriter::~RecordWriter() = default;

Result<std::unique_ptr<RecordWriter>> RecordWriter::create(Database& writer, StoreId store) {
    auto priv = std::make_unique<Private>();
    AIVA_TRY(priv->profiles, ProfileBook::create(writer));
    AIVA_TRY(priv->stage, ChildStage::create(writer, store));
    AIVA_TRY(priv->texts, OrderTexts::create(writer));
    AIVA_TRY(priv->counts, RecordCounts::create(writer, store));
    AIVA_TRY(priv->customers, CustomerWriter::create(writer, store, *priv->profiles, *priv->texts, *priv->counts));
    AIVA_TRY(priv->orders,
             OrderWriter::create(writer, store, *priv->profiles, *priv->stage, *priv->texts, *priv->counts));
    AIVA_TRY(priv->products, ProductWriter::create(writer, store, *priv->stage, *priv->counts));
    return std::unique_ptr<RecordWriter>(new RecordWriter(std::move(priv)));
}

Result<WriteOutcome> RecordWriter::put(const CustomerRecord& record) {
    return d->customers->write(record);
}

Result<WriteOutcome> RecordWriter::put(const OrderRecord& record) {
    return d->orders->write(record, ChildrenGiven::All);
}

Result<WriteOutcome> RecordWriter::put(const ProductRecord& record) {
    return d->products->write(record, ChildrenGiven::All);
}

Result<WriteOutcome> RecordWriter::putOpen(const OrderRecord& record) {
    return d->orders->write(record, ChildrenGiven::SoFar);
}

Result<WriteOutcome> RecordWriter::putOpen(const ProductRecord& record) {
    return d->products->write(record, ChildrenGiven::SoFar);
}

Result<void> RecordWriter::stageChild(Resource resource, const std::string& parentExternalId,
                                      const std::string& externalId, qint64 position, std::string_view line) {
    return d->stage->addLine(resource, parentExternalId, externalId, position, line);
}

Result<void> RecordWriter::forgetChildren(Resource resource) {
    return d->stage->clear(resource);
}

Result<RecordWriter::FinishResult> RecordWriter::finishChildren(Resource resource, BulkDecoder& decoder,
                                                                Suspects suspects) {
    if (resource == Resource::Orders) return d->orders->finishChildren(decoder, suspects);
    if (resource == Resource::Products) return d->products->finishChildren(decoder, suspects);
    return FinishResult{}; // customers have no children
}

} // namespace aiva
