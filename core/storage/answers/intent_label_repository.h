// What people accepted or corrected of the intents found: a store's own training data. Written by the desk, read where
// intents are learnt.
#pragma once

#include "core/base/result.h"
#include "core/base/utc_time.h"
#include "core/domain/answering/intent.h"
#include "core/domain/ids.h"
#include "core/storage/database/database.h"

#include <memory>
#include <optional>
#include <vector>

namespace aiva {

struct IntentLabel {
    MessageId message;
    StoreId store;
    Intent predicted = Intent::Other;
    double confidence = 0; // of the prediction, 0…1, kept to six decimals
    Intent label = Intent::Other;
    UtcTime madeAt;

    bool operator==(const IntentLabel&) const = default;
};

// A label with the words it was given to.
struct LabelledMail {
    IntentLabel label;
    QString subject;
    QString text;
};

class IntentLabelRepository {
public:
    static Result<std::unique_ptr<IntentLabelRepository>> create(Database& database);
    ~IntentLabelRepository();

    // One a message: what was said last holds. NotFound when the message is gone.
    Result<void> save(const IntentLabel& label);
    Result<std::optional<IntentLabel>> ofMessage(MessageId message);
    Result<std::vector<LabelledMail>> ofStore(StoreId store, int limit); // newest first

private:
    class Private;
    explicit IntentLabelRepository(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
