// DeskPrivacy: PrivacyDesk as Desk owns it, on the GUI thread: posts commands to PrivacyKeeper and brings its answers
// back. Does nothing by itself.
#pragma once

#include "core/desk/core_post.h"
#include "core/desk/privacy/privacy_desk.h"

namespace aiva {

class PrivacyKeeper;

class DeskPrivacy final : public PrivacyDesk {
    Q_OBJECT
public:
    explicit DeskPrivacy(CorePost<PrivacyKeeper>::Post post);

    Future<ExportedPerson> exportPerson(const QString& address, const QString& dir) override;
    Future<ExportedPerson> answerRequest(PrivacyTaskId request, const QString& dir) override;
    Future<bool> closeRequest(PrivacyTaskId request) override;
    Future<ErasedPerson> erasePerson(const QString& address) override;
    Future<DroppedStore> dropStore(StoreId store) override;

private:
    CorePost<PrivacyKeeper> m_core;
};

} // namespace aiva
