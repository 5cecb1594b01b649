#include "core/webhook/webhook_applier.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

// A person's request is answered within 30 days, a shop that left is dropped within two.
constexpr qint64 kPrivacyDays = 30;
constexpr qint64 kShopRedactDays = 2;

QString wordOf(WriteOutcome outcome) {
    switch (outcome) {
    case WriteOutcome::Created:
        return u"created"_s;
    case WriteOutcome::Updated:
        return u"updated"_s;
    case WriteOutcome::Unchanged:
        return u"unchanged"_s;
    case WriteOutcome::Stale:
        break;
    }
    return u"stale"_s;
}

QString wordOf(WebhookPrivacy::Kind kind) {
    switch (kind) {
    case WebhookPrivacy::Kind::DataRequest:
        return u"data_request"_s;
    case WebhookPrivacy::Kind::CustomerRedact:
        return u"customer_redact"_s;
    case WebhookPrivacy::Kind::ShopRedact:
        break;
    }
    return u"shop_redact"_s;
}

WebhookApplier::Applied done(const QString& result, WebhookChanges changes = {}) {
    return {WebhookQueue::Ending::Done, result, changes};
}

WebhookApplier::Applied failed(const QString& cause) {
    return {WebhookQueue::Ending::Failed, cause, {}};
}

} // namespace

struct WebhookApplier::Visitor {
    WebhookApplier& applier;
    StoreBooks& books;
    const QueuedDelivery& queued;

    Result<Applied> operator()(CustomerRecord& record) {
        return applier.put(books, std::move(record), Resource::Customers);
    }
    Result<Applied> operator()(OrderRecord& record) { return applier.put(books, std::move(record), Resource::Orders); }
    Result<Applied> operator()(ProductRecord& record) {
        return applier.put(books, std::move(record), Resource::Products);
    }
    Result<Applied> operator()(const WebhookReread& reread) {
        for (const RecordName& name : reread.records)
            AIVA_CHECK(applier.ask(books, name));
        return done(u"asked"_s, WebhookChange::Rereads);
    }
    Result<Applied> operator()(const WebhookDeletion& deletion) { return applier.remove(books, deletion, queued); }
    // The shop itself is asked whether it is so: an old delivery must not part us from a shop that came back.
    Result<Applied> operator()(const WebhookUninstalled&) {
        AIVA_CHECK(applier.m_rereads.want(books.store.id, std::nullopt, {}, applier.m_clock.now()));
        return done(u"asked"_s, WebhookChange::Rereads);
    }
    Result<Applied> operator()(const WebhookPrivacy& privacy) { return applier.recordPrivacy(books, privacy, queued); }
    Result<Applied> operator()(const WebhookNote&) { return done(u"noted"_s); }
    Result<Applied> operator()(const WebhookFault& fault) { return failed(QString::fromStdString(fault.cause)); }
};

Result<std::unique_ptr<WebhookApplier>> WebhookApplier::create(Database& writer, WebhookBooks& books,
                                                               WebhookRereads& rereads, WebhookDecoders decoders,
                                                               const Clock& clock) {
    std::unique_ptr<WebhookApplier> made(new WebhookApplier(books, rereads, std::move(decoders), clock));
    AIVA_TRY(made->m_privacy, PrivacyTasks::create(writer));
    AIVA_TRY(made->m_audit, AuditRepository::create(writer));
    return made;
}

Result<WebhookApplier::Applied> WebhookApplier::apply(const QueuedDelivery& queued) {
    const WebhookDelivery& delivery = queued.delivery;
    AIVA_TRY(StoreBooks* const books, m_books.of(delivery.source, delivery.shop));
    if (!books) return done(u"no_store"_s);
    const WebhookDecoder* const decoder = m_decoders(delivery.source);
    if (!decoder) return failed(u"no decoder for this source"_s);
    WebhookContent content = decoder->decode(delivery, books->currency);
    return std::visit(Visitor{*this, *books, queued}, content);
}

Result<void> WebhookApplier::ask(const StoreBooks& books, const RecordName& name) {
    AIVA_TRY(const bool isErased, books.known->isErased(name));
    if (isErased) return {};
    return m_rereads.want(books.store.id, name.resource, QString::fromStdString(name.externalId), m_clock.now());
}

// Of two changes within one second only the shop knows which is the later: it is asked, and nothing is overwritten.
template <typename Record>
Result<WebhookApplier::Applied> WebhookApplier::put(StoreBooks& books, Record record, Resource resource) {
    const RecordName name{resource, record.externalId};
    AIVA_TRY(const auto buriedAt, books.known->buriedAt(name));
    if (buriedAt) return done(u"stale"_s);
    AIVA_TRY(const std::optional<UtcTime> known, books.known->updatedAt(name));
    if (known && record.updatedAt < *known) return done(u"stale"_s);
    AIVA_CHECK(ask(books, name));
    if (known && record.updatedAt == *known) return done(u"unchanged"_s, WebhookChange::Rereads);
    if constexpr (!std::is_same_v<Record, CustomerRecord>)
        if (known) AIVA_CHECK(books.known->complete(record));
    AIVA_TRY(const WriteOutcome outcome, books.writer->put(record));
    WebhookChanges changes = WebhookChange::Rereads;
    if (outcome == WriteOutcome::Created || outcome == WriteOutcome::Updated) changes |= WebhookChange::Records;
    const bool isNewcomer = resource == Resource::Customers || outcome == WriteOutcome::Created;
    if (resource != Resource::Products && isNewcomer) changes |= WebhookChange::People;
    return done(wordOf(outcome), changes);
}

Result<WebhookApplier::Applied> WebhookApplier::remove(StoreBooks& books, const WebhookDeletion& deletion,
                                                       const QueuedDelivery& queued) {
    AIVA_TRY(const bool wasThere, books.known->remove(deletion.record, deletion.mergedInto));
    AIVA_CHECK(books.known->bury(deletion.record, queued.receivedAt));
    WebhookChanges changes;
    if (wasThere) changes |= WebhookChange::Records | WebhookChange::People;
    if (deletion.mergedInto) {
        AIVA_CHECK(ask(books, *deletion.mergedInto));
        changes |= WebhookChange::Rereads;
    }
    return done(wasThere ? u"deleted"_s : u"unchanged"_s, changes);
}

Result<WebhookApplier::Applied> WebhookApplier::recordPrivacy(const StoreBooks& books, const WebhookPrivacy& privacy,
                                                              const QueuedDelivery& queued) {
    const bool isShop = privacy.kind == WebhookPrivacy::Kind::ShopRedact;
    PrivacyTask task;
    task.store = books.store.id;
    task.kind = wordOf(privacy.kind);
    task.subject = QString::fromUtf8(privacy.subject);
    task.requestedAt = queued.receivedAt;
    task.dueAt = queued.receivedAt.plusDays(isShop ? kShopRedactDays : kPrivacyDays);
    AIVA_TRY(const bool isNew, m_privacy->add(task, queued.id));
    if (!isNew) return done(u"unchanged"_s);
    const QJsonObject detail{{u"kind"_s, task.kind}, {u"due_at"_s, task.dueAt.isoText()}};
    const AuditNote note{
        m_clock.now(), AuditActor::Aiva, u"privacy_requested"_s,
        task.store,    std::nullopt,     QString::fromUtf8(QJsonDocument(detail).toJson(QJsonDocument::Compact))};
    AIVA_TRY([[maybe_unused]] const AuditId id, m_audit->append(note));
    return done(u"recorded"_s, WebhookChange::Privacy);
}

} // namespace aiva
