// aivactl answer: what an answer would be made of. Drafts and their proof: answer_draft_commands.cpp.
#include "app/aivactl/commands.h"
#include "core/answer/facts/context_block.h"
#include "core/answer/facts/fact_collector.h"

#include <QJsonDocument>

namespace aiva::ctl {
namespace {

Error noSuchConversation() {
    return {ErrorKind::NotFound, QStringLiteral("no conversation of this number is in the cache")};
}

// Of --conversation ID, or as if --email had written, naming --order.
Result<AnswerSources> readSources(Context& context, AnswerReader& reader) {
    std::optional<AnswerSources> sources;
    if (context.line.has("email")) {
        AIVA_TRY(sources,
                 reader.readForEmail(context.line.value("email"), context.line.value("order"), context.clock.now()));
    } else {
        const ConversationId id(context.line.value("conversation").toLongLong());
        AIVA_TRY(sources, reader.read(id, context.clock.now()));
    }
    if (!sources) return noSuchConversation();
    return *std::move(sources);
}

Result<int> showContext(Context& context) {
    const bool hasConversation = context.line.value("conversation").toLongLong() > 0;
    if (hasConversation == context.line.has("email") || (hasConversation && context.line.has("order")))
        return printUsageError(QStringLiteral("answer context --conversation ID or --email ADDRESS [--order NAME]"));
    AIVA_TRY(auto open, openForReading(context));
    AIVA_TRY(const auto reader, AnswerReader::create(*open.database));
    AIVA_TRY(const AnswerSources sources, readSources(context, *reader));
    const FactSet facts = factsOf(sources);
    const QString block = contextBlock(sources, facts);
    if (context.line.json)
        printJson({{QStringLiteral("context"), block},
                   {QStringLiteral("facts"), QJsonDocument::fromJson(toJson(facts).toUtf8()).object()}});
    else
        printText(block);
    return Done;
}

} // namespace

Result<int> runAnswer(Context& context) {
    const QString verb = context.line.word(1);
    if (verb == QLatin1String("context")) return showContext(context);
    if (verb == QLatin1String("draft")) return draftAnswer(context);
    if (verb == QLatin1String("verify")) return verifyAnswer(context);
    return printUsageError(QStringLiteral("answer context, answer draft or answer verify"));
}

} // namespace aiva::ctl
