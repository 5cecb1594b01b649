#include "app/common/adapters.h"

#include "app/common/answer_adapters.h"
#include "app/common/mail_adapters.h"
#include "app/common/store_connection.h"

#include "core/adapters/mail/files/mail_file_reader.h"
#include "core/adapters/spelling/hunspell_spelling.h"

namespace aiva {

DeskAdapters deskAdapters(const Workspace& workspace, const Clock& clock) {
    DeskAdapters adapters;
    // One transport for all stores, made on the core thread at first use.
    auto transport = std::make_shared<std::unique_ptr<HttpTransport>>();
    adapters.storePort = [&workspace, &clock, transport](const StoreRow& store) -> Result<std::unique_ptr<StorePort>> {
        if (!*transport) *transport = std::make_unique<HttpTransport>();
        // Secrets are read once, through a connection that lives no longer than that.
        AIVA_TRY(const auto reader, workspace.openReader());
        AIVA_TRY(StoreSecrets secrets, StoreSecrets::open(workspace, *reader));
        return openStorePort(**transport, clock, secrets, store);
    };
    adapters.mailFiles = [] { return std::make_unique<MailFileReader>(); };
    adapters.mail = mailAdapters(workspace, clock);
    adapters.answer = answerAdapters(workspace, clock);
    return adapters;
}

std::unique_ptr<SpellingPort> makeSpelling() {
    return std::make_unique<HunspellSpelling>();
}

} // namespace aiva
