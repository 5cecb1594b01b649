// A shop whose bulk operations are files on disk: what remains of a sync when the network is free. For benchmarks.
#pragma once

#include "core/ports/store_port.h"

#include <QFile>
#include <QMap>

namespace aiva::bench {

class FileShop final : public StorePort {
public:
    using DecoderFactory = std::function<std::unique_ptr<BulkDecoder>(Resource)>;
    FileShop(QMap<Resource, QString> files, DecoderFactory decoders)
        : m_files(std::move(files)), m_decoders(std::move(decoders)) {}

    Future<ShopFacts> shop() override {
        ShopFacts facts;
        facts.name = QStringLiteral("bench");
        facts.domain = QStringLiteral("bench.myshopify.com");
        facts.currency = QStringLiteral("USD");
        facts.timeZone = QStringLiteral("UTC");
        facts.historyLimited = false;
        return readyFuture<ShopFacts>(facts);
    }
    Future<std::optional<qint64>> count(const RecordQuery&) override {
        return readyFuture<std::optional<qint64>>(std::optional<qint64>());
    }
    Future<RecordPage> page(const RecordQuery&, const QString&) override {
        return readyFuture<RecordPage>(RecordPage());
    }
    Future<BulkStatus> startBulk(const RecordQuery& query) override {
        return readyFuture<BulkStatus>(status(query.resource));
    }
    Future<BulkStatus> bulkStatus(const QString& operationId) override {
        return readyFuture<BulkStatus>(status(fromWord<Resource>(operationId).value_or(Resource::Orders)));
    }
    Future<bool> cancelBulk(const QString&) override { return readyFuture<bool>(true); }
    Future<qint64> download(const QString& url, qint64 offset, std::shared_ptr<ByteSink> sink) override {
        QFile file(url);
        if (!file.open(QIODevice::ReadOnly) || !file.seek(offset))
            return readyFuture<qint64>(Error{ErrorKind::NotFound, QStringLiteral("no such file")});
        QByteArray chunk(256 * 1024, Qt::Uninitialized);
        for (qint64 got = 0; (got = file.read(chunk.data(), chunk.size())) > 0;)
            if (const auto accepted = sink->accept(QByteArrayView(chunk.constData(), got)); !accepted)
                return readyFuture<qint64>(accepted.error());
        return readyFuture<qint64>(file.size());
    }
    std::unique_ptr<BulkDecoder> bulkDecoder(Resource resource) const override { return m_decoders(resource); }
    void setThrottleListener(std::function<void(qint64)>) override {}
    Future<bool> revoke() override { return readyFuture<bool>(true); }
    void cancelAll() override {}

private:
    BulkStatus status(Resource resource) const {
        BulkStatus bulk;
        bulk.operationId = toWord(resource);
        bulk.state = BulkStatus::State::Completed;
        bulk.url = m_files.value(resource);
        return bulk;
    }

    QMap<Resource, QString> m_files;
    DecoderFactory m_decoders;
};

} // namespace aiva::bench
