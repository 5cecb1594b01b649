// What the answering half of the desk needs and only app knows how to build. Called on the core thread; what they make
// lives there too.
#pragma once

#include "core/base/secret_string.h"
#include "core/domain/answering/model_endpoint.h"
#include "core/ports/model_port.h"
#include "core/storage/database/database.h"

#include <functional>
#include <memory>
#include <optional>

namespace aiva {

struct AnswerAdapters {
    // With the key kept for the endpoint, or with one that is not kept yet, to try it.
    std::function<Result<std::unique_ptr<ModelPort>>(const ModelEndpoint&, const std::optional<SecretString>& key)>
        model;
    // Blocking: a keychain may ask the person.
    std::function<Result<void>(Database& writer, EndpointId, const SecretString&)> saveKey;
    std::function<Result<void>(Database& writer, EndpointId)> removeKey;
};

} // namespace aiva
