// Whose data a queued delivery of a shop is, by what its payload says of itself: the address and the customer it names
// as its own, not those that stand in a note. Pure; for erasing and giving what is queued about a person.
#pragma once

#include "core/storage/privacy/person_rows.h"

#include <QJsonObject>

namespace aiva {

enum class DeliverySubject {
    Theirs,
    Anothers, // it has an address of its own, and that is not the person's
    Unclear,  // it names nobody
};

// A person's addresses, and their phones that are too long to stand anywhere by chance.
QStringList spelledOut(const PersonRows& person);
// What tells a person apart wherever it stands: that, and long external ids.
QStringList tellingWords(const PersonRows& person);

// `store`: whose delivery it is; absent when the store is gone.
DeliverySubject subjectOf(const QString& topic, const QJsonObject& payload, std::optional<StoreId> store,
                          const PersonRows& person);

} // namespace aiva
