#include "core/domain/answering/model_endpoint.h"

#include "core/domain/answering/names_table.h"

using namespace Qt::StringLiterals;

namespace aiva {

static constexpr NamesTable<ModelProtocol, 3> kProtocols{{{ModelProtocol::AnthropicMessages, u"anthropic_messages"},
                                                          {ModelProtocol::OpenAiResponses, u"openai_responses"},
                                                          {ModelProtocol::OpenAiChat, u"openai_chat"}}};

QString toWord(ModelProtocol protocol) {
    return wordIn(kProtocols, protocol);
}

std::optional<ModelProtocol> modelProtocolFromWord(const QString& word) {
    return valueIn(kProtocols, word);
}

// Four decimal parts, the first of them 127: "127.evil.example" is somebody's host.
static bool isLoopbackAddress(const QString& host) {
    const QStringList parts = host.split(u'.');
    if (parts.size() != 4 || parts.first() != u"127"_s) return false;
    return std::all_of(parts.begin(), parts.end(), [](const QString& part) {
        bool isNumber = false;
        return part.toInt(&isNumber) <= 255 && isNumber;
    });
}

bool isOnThisDevice(const ModelEndpoint& endpoint) {
    const QString host = endpoint.baseUrl.host().toLower();
    return host == u"localhost"_s || host == u"::1"_s || isLoopbackAddress(host);
}

bool staysOnThisDevice(const ModelEndpoint& endpoint) {
    const QString model = endpoint.model.toLower();
    const bool isElsewhere = model.endsWith("-cloud"_L1) || model.endsWith(":cloud"_L1);
    return isOnThisDevice(endpoint) && !isElsewhere;
}

} // namespace aiva
