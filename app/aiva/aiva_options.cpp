#include "app/aiva/aiva_options.h"

#include <functional>
#include <map>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr double leastScale = 0.5;
constexpr double mostScale = 4;
constexpr QSize leastSize(320, 240);
constexpr QSize mostSize(8192, 8192);

Error wrong(const QString& what) {
    return {ErrorKind::Invalid, what};
}

using Setter = std::function<Result<void>(AivaOptions&, const QString& value)>;

Result<void> setView(AivaOptions& options, const QString& value) {
    options.view = fromWord<InboxView>(value);
    if (!options.view) return wrong(u"no such view: %1"_s.arg(value));
    return {};
}

Result<void> setConversation(AivaOptions& options, const QString& value) {
    bool isNumber = false;
    options.conversation = ConversationId(value.toLongLong(&isNumber));
    if (!isNumber || !options.conversation.isValid())
        return wrong(u"--conversation needs an id, not '%1'"_s.arg(value));
    return {};
}

Result<void> setPage(AivaOptions& options, const QString& value) {
    if (value == "outbox"_L1)
        options.page = DeskPage::Outbox;
    else if (value == "stores"_L1)
        options.page = DeskPage::Stores;
    else if (value == "audit"_L1)
        options.page = DeskPage::Audit;
    else if (value == "settings"_L1)
        options.page = DeskPage::Settings;
    else
        return wrong(u"no such page: %1 (outbox, stores, audit, settings)"_s.arg(value));
    return {};
}

Result<void> setSize(AivaOptions& options, const QString& value) {
    const QStringList parts = value.split(u'x');
    if (parts.size() == 2) options.size = QSize(parts[0].toInt(), parts[1].toInt());
    const QSize& size = options.size;
    if (size.width() < leastSize.width() || size.height() < leastSize.height() || size.width() > mostSize.width() ||
        size.height() > mostSize.height())
        return wrong(u"--size needs WIDTHxHEIGHT, as 1440x900, not '%1'"_s.arg(value));
    return {};
}

Result<void> setScale(AivaOptions& options, const QString& value) {
    options.scale = value.toDouble();
    if (!(options.scale >= leastScale && options.scale <= mostScale))
        return wrong(u"--scale needs a number from 0.5 to 4, not '%1'"_s.arg(value));
    return {};
}

const std::map<QString, Setter>& setters() {
    static const std::map<QString, Setter> table{
        {u"--workspace"_s,
         [](AivaOptions& options, const QString& value) -> Result<void> {
             options.workspaceDir = value;
             return {};
         }},
        {u"--key-file"_s,
         [](AivaOptions& options, const QString& value) -> Result<void> {
             options.keyFile = value;
             return {};
         }},
        {u"--screenshot"_s,
         [](AivaOptions& options, const QString& value) -> Result<void> {
             options.screenshot = value;
             return {};
         }},
        {u"--view"_s, setView},
        {u"--conversation"_s, setConversation},
        {u"--page"_s, setPage},
        {u"--size"_s, setSize},
        {u"--scale"_s, setScale},
    };
    return table;
}

} // namespace

Result<AivaOptions> parseAivaOptions(const QStringList& arguments) {
    AivaOptions options;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        QString name = arguments[i];
        if (name == "--sandbox"_L1) {
            options.sandbox = true;
        } else if (name == "--help"_L1 || name == "-h"_L1) {
            options.help = true;
        } else if (name == "--version"_L1) {
            options.version = true;
        } else {
            const qsizetype equals = name.indexOf(u'=');
            std::optional<QString> value;
            if (equals > 0) value = name.mid(equals + 1);
            if (equals > 0) name.truncate(equals);
            const auto setter = setters().find(name);
            if (setter == setters().end()) return wrong(u"unknown argument '%1'"_s.arg(arguments[i]));
            if (!value && i + 1 < arguments.size()) value = arguments[++i];
            if (!value || value->isEmpty()) return wrong(u"%1 needs a value"_s.arg(name));
            AIVA_CHECK(setter->second(options, *value));
        }
    }
    if (options.sandbox && (!options.workspaceDir.isEmpty() || !options.keyFile.isEmpty()))
        return wrong(u"--sandbox brings its own workspace: leave out --workspace and --key-file"_s);
    return options;
}

const char* aivaHelpText() {
    return "aiva [--workspace DIR] [--key-file FILE] [--sandbox]\n"
           "     [--screenshot FILE [--view VIEW] [--conversation ID] [--page outbox|stores|audit|settings]\n"
           "      [--size 1440x900] [--scale 2]]\n"
           "\n"
           "  --workspace DIR    the workspace to open; without it, the one in the platform's data folder\n"
           "  --key-file FILE    its key, when the keychain does not hold it\n"
           "  --sandbox          an invented shop and mailbox on this machine, to look around\n"
           "  --screenshot FILE  open, settle, write a PNG, end\n"
           "  --view VIEW        needs-me, waiting, vip or all\n"
           "  --version, --help\n";
}

} // namespace aiva
