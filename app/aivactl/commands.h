// The commands. Each answers the exit status; a failed Result becomes one line on stderr (output.h).
#pragma once

#include "app/aivactl/command_line.h"
#include "app/aivactl/output.h"
#include "core/base/async.h"
#include "core/base/clock.h"
#include "core/privacy/privacy_keeper.h"
#include "core/storage/database/database.h"

#include <QCoreApplication>
#include <QObject>

#include <memory>
#include <optional>

namespace aiva::ctl {

struct Context {
    CommandLine line;
    SystemClock clock;
};

// Runs the application's event loop until the future is answered. Called from main's stack only, never from a slot.
template <typename T>
Result<T> waitFor(const Future<T>& future) {
    std::optional<Result<T>> answer;
    QObject context;
    whenDone(future, &context, [&](const Result<T>& result) {
        answer = result;
        QCoreApplication::quit();
    });
    while (!answer)
        QCoreApplication::exec();
    return *std::move(answer);
}

// The unlocked workspace and its write connection.
struct OpenWorkspace {
    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<Database> database;
};
Result<OpenWorkspace> openForWriting(Context& context);
Result<OpenWorkspace> openForReading(Context& context);

// A positive number in the word at `index`; Invalid otherwise.
Result<qint64> idArgument(const CommandLine& line, int index);

Result<int> runWorkspace(Context& context);
Result<int> runStore(Context& context);
Result<int> runSync(Context& context);
Result<int> runMail(Context& context);
Result<int> runOutbox(Context& context);
Result<int> runConversation(Context& context);
Result<int> runCustomer(Context& context);
Result<int> runOrder(Context& context);
Result<int> runProduct(Context& context);
Result<int> runIntent(Context& context);
Result<int> runSearch(Context& context);
Result<int> runAnswer(Context& context);
Result<int> runAudit(Context& context);
Result<int> draftAnswer(Context& context);
Result<int> verifyAnswer(Context& context);
Result<int> runWebhook(Context& context);
Result<int> runPrivacy(Context& context);
// What shops ask to erase is done by whoever takes their webhooks in; see core/privacy/privacy_keeper.h.
std::unique_ptr<PrivacyKeeper> privacyKeeper(const OpenWorkspace& open, const Clock& clock);
Result<int> runDoctor(Context& context);

} // namespace aiva::ctl
