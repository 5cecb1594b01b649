// The privacy half of the desk: give people what is known of them, erase them, drop a store (P1 to P3). Same rules as
// Desk: commands go in and return at once, they run on the core thread, answers come out on the GUI thread. Owned by
// Desk; that something was erased is told as Desk::changed.
#pragma once

#include "core/base/async.h"
#include "core/domain/ids.h"

#include <QObject>

namespace aiva {

struct ExportedPerson {
    QString dir;
    qint64 rows = 0;
    qint64 files = 0;
};

struct ErasedPerson {
    qint64 conversations = 0;
    qint64 messages = 0;
    qint64 orders = 0;      // that stay, nobody's
    qint64 inMailboxes = 0; // mails their servers still have
};

struct DroppedStore {
    qint64 customers = 0;
    qint64 orders = 0;
    qint64 conversations = 0; // that stay
};

class PrivacyDesk : public QObject {
    Q_OBJECT
public:
    // `dir` must be new or empty: Conflict. NotFound when nobody is known by the address.
    virtual Future<ExportedPerson> exportPerson(const QString& address, const QString& dir) = 0;
    // A shop's request, by what it names. NotFound when nobody is known by that: closeRequest() then says so, and is a
    // Conflict as long as something is kept.
    virtual Future<ExportedPerson> answerRequest(PrivacyTaskId request, const QString& dir) = 0;
    virtual Future<bool> closeRequest(PrivacyTaskId request) = 0;
    // Cannot be undone. Conflict while a reply to them is on its way. Writing the cache anew takes its time.
    virtual Future<ErasedPerson> erasePerson(const QString& address) = 0;
    // Ends what runs for the store first.
    virtual Future<DroppedStore> dropStore(StoreId store) = 0;

protected:
    using QObject::QObject;
};

} // namespace aiva
