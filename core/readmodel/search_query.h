// Search as you type over messages, people and orders (FTS5). Newest first, prefix on the last word.
#pragma once

#include "core/base/result.h"
#include "core/base/utc_time.h"
#include "core/domain/ids.h"
#include "core/storage/database/database.h"

#include <QString>

#include <memory>
#include <vector>

namespace aiva {

struct SearchHit {
    enum class Kind { Message, Customer, Order };
    Kind kind = Kind::Message;
    qint64 id = 0;               // message, customer or order row id
    ConversationId conversation; // messages; for people and orders their newest conversation, invalid when none
    ProfileId profile;           // people and orders
    QString title;
    QString snippet; // the match between U+0002 and U+0003
    UtcTime at;
};

class SearchQuery {
public:
    static Result<std::unique_ptr<SearchQuery>> create(Database& reader);
    ~SearchQuery();
    // Any text is safe: it is turned into quoted FTS terms. Orders first on an exact name, then people, then messages.
    Result<std::vector<SearchHit>> search(const QString& text, int limitPerKind);

private:
    class Private;
    explicit SearchQuery(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
