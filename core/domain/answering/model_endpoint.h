// A language model somebody configured: where it is and what may be spent on it. Its key lies in the keychain. Plain
// values.
#pragma once

#include "core/domain/ids.h"

#include <QString>
#include <QUrl>

#include <optional>

namespace aiva {

enum class ModelProtocol { AnthropicMessages, OpenAiResponses, OpenAiChat };
QString toWord(ModelProtocol protocol); // anthropic_messages openai_responses openai_chat
std::optional<ModelProtocol> modelProtocolFromWord(const QString& word);

struct ModelEndpoint {
    EndpointId id;
    QString name;
    ModelProtocol protocol = ModelProtocol::AnthropicMessages;
    QUrl baseUrl; // https://api.anthropic.com, https://api.openai.com/v1, http://127.0.0.1:11434/v1
    QString model;
    QString retention; // what the user states of the provider's data retention; never claimed by us; empty: nothing
    int maxOutputTokens = 1024;
    int requestsPerDay = 500;
    int requestsPerConversation = 5;
    bool isActive = false;

    bool operator==(const ModelEndpoint&) const = default;
};

// The server is on this device: a loopback host (127.0.0.0/8, ::1, localhost).
bool isOnThisDevice(const ModelEndpoint& endpoint);
// So is the model, and what it is asked stays here. Ollama passes models it names "…-cloud" on to servers of its own.
bool staysOnThisDevice(const ModelEndpoint& endpoint);

} // namespace aiva
