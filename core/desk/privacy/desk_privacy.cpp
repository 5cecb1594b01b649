#include "core/desk/privacy/desk_privacy.h"

#include "core/privacy/privacy_keeper.h"

namespace aiva {

DeskPrivacy::DeskPrivacy(CorePost<PrivacyKeeper>::Post post)
    : m_core(CorePost<PrivacyKeeper>::Other::There, std::move(post)) {}

static Future<ExportedPerson> exportedPerson(const Result<PersonExport>& made) {
    if (!made) return readyFuture<ExportedPerson>(made.error());
    ExportedPerson exported{made->dir, 0, made->files};
    for (const qint64 rows : made->rows)
        exported.rows += rows;
    return readyFuture<ExportedPerson>(exported);
}

Future<ExportedPerson> DeskPrivacy::exportPerson(const QString& address, const QString& dir) {
    return m_core.ask<ExportedPerson>(
        [=](PrivacyKeeper& keeper) { return exportedPerson(keeper.give({address}, dir)); });
}

Future<ExportedPerson> DeskPrivacy::answerRequest(PrivacyTaskId request, const QString& dir) {
    return m_core.ask<ExportedPerson>(
        [=](PrivacyKeeper& keeper) { return exportedPerson(keeper.answer(request, dir)); });
}

Future<bool> DeskPrivacy::closeRequest(PrivacyTaskId request) {
    return m_core.ask<bool>([=](PrivacyKeeper& keeper) {
        const Result<void> closed = keeper.close(request);
        return readyFuture<bool>(closed ? Result<bool>(true) : Result<bool>(closed.error()));
    });
}

Future<ErasedPerson> DeskPrivacy::erasePerson(const QString& address) {
    return m_core.ask<ErasedPerson>([=](PrivacyKeeper& keeper) {
        return andThen(keeper.erase({address}), &keeper, [](const ErasureCounts& counts) {
            return readyFuture<ErasedPerson>(
                ErasedPerson{counts.conversations, counts.messages, counts.orders, counts.inMailboxes});
        });
    });
}

Future<DroppedStore> DeskPrivacy::dropStore(StoreId store) {
    return m_core.ask<DroppedStore>([=](PrivacyKeeper& keeper) {
        return andThen(keeper.drop(store), &keeper, [](const StoreRemovalCounts& counts) {
            return readyFuture<DroppedStore>(DroppedStore{counts.customers, counts.orders, counts.conversations});
        });
    });
}

} // namespace aiva
