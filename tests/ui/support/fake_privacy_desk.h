// The privacy half of a desk for tests of widgets: writes down what it is asked, and answers as it was told.
#pragma once

#include "core/desk/privacy/privacy_desk.h"
#include "tests/ui/support/fake_mail_desk.h"

namespace aiva::test {

class FakePrivacyDesk final : public PrivacyDesk {
    Q_OBJECT
public:
    explicit FakePrivacyDesk(QObject* parent = nullptr) : PrivacyDesk(parent) {}

    QStringList calls; // "export ada@mail.example DIR", "answer 7 DIR", "erase ada@mail.example", in order
    ToldAnswer<ExportedPerson> exported{ExportedPerson()};
    ToldAnswer<bool> closed{true};
    ToldAnswer<ErasedPerson> erased{ErasedPerson()};
    ToldAnswer<DroppedStore> dropped{DroppedStore()};

    Future<ExportedPerson> exportPerson(const QString& address, const QString& dir) override {
        calls << QStringLiteral("export %1 %2").arg(address, dir);
        return exported.future();
    }
    Future<ExportedPerson> answerRequest(PrivacyTaskId request, const QString& dir) override {
        calls << QStringLiteral("answer %1 %2").arg(request.value()).arg(dir);
        return exported.future();
    }
    Future<bool> closeRequest(PrivacyTaskId request) override {
        calls << QStringLiteral("close %1").arg(request.value());
        return closed.future();
    }
    Future<ErasedPerson> erasePerson(const QString& address) override {
        calls << QStringLiteral("erase %1").arg(address);
        return erased.future();
    }
    Future<DroppedStore> dropStore(StoreId store) override {
        calls << QStringLiteral("drop %1").arg(store.value());
        return dropped.future();
    }
};

} // namespace aiva::test
