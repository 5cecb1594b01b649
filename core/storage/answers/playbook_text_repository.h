// A person's own wording of playbooks, and the playbooks not to be used; the shipped wording stands in
// resources/playbooks. Written by the settings page through the desk.
#pragma once

#include "core/base/result.h"
#include "core/base/utc_time.h"
#include "core/storage/database/database.h"

#include <QStringList>

#include <memory>
#include <vector>

namespace aiva {

struct PlaybookText {
    QString playbook; // "wismo_fulfilled"
    QString language; // "en"
    QString text;

    bool operator==(const PlaybookText&) const = default;
};

class PlaybookTextRepository {
public:
    static Result<std::unique_ptr<PlaybookTextRepository>> create(Database& database);
    ~PlaybookTextRepository();

    // Empty: the shipped wording again.
    Result<void> save(const PlaybookText& text, UtcTime at);
    Result<std::vector<PlaybookText>> all(); // by playbook and language
    Result<void> turnOff(const QString& playbook);
    Result<void> turnOn(const QString& playbook);
    Result<QStringList> off();

private:
    class Private;
    explicit PlaybookTextRepository(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace aiva
