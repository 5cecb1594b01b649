// What a client asks of the sandbox's language model, read out of any of the three protocols and refused where the real
// endpoint refuses. Pure.
#pragma once

#include "app/sandbox/server/shop_service.h"
#include "core/domain/answering/model_endpoint.h"

#include <QString>

#include <optional>
#include <variant>

namespace aiva::sandbox {

struct ModelQuestion {
    ModelProtocol protocol = ModelProtocol::AnthropicMessages;
    QString model;
    QString system;
    QString user; // the texts of the last message of the user, in order
    bool stream = false;
    bool wantsUsage = false; // of a chat's stream
};

// The protocol a path belongs to; absent: none of them.
std::optional<ModelProtocol> protocolOfPath(const std::string& path);
// The question, or the refusal.
std::variant<ModelQuestion, HttpAnswer> readQuestion(ModelProtocol protocol, const std::string& body);
// An error as the protocol says it.
HttpAnswer modelError(ModelProtocol protocol, int status, const QString& type, const QString& message,
                      const QString& code = {});

} // namespace aiva::sandbox
