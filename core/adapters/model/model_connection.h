// Opens the door to a model somebody configured. The factory is all that app needs to know of this folder.
#pragma once

#include "core/adapters/http/http_transport.h"
#include "core/adapters/model/model_pace.h"
#include "core/base/clock.h"
#include "core/base/secret_string.h"
#include "core/ports/model_port.h"

#include <memory>

namespace aiva {

// Lives on the transport's thread and not longer than transport and clock. The key may be empty: nothing is sent then.
std::unique_ptr<ModelPort> openModelPort(HttpTransport& transport, const Clock& clock, const ModelEndpoint& endpoint,
                                         const SecretString& key);
std::unique_ptr<ModelPort> openModelPort(HttpTransport& transport, const Clock& clock, const ModelEndpoint& endpoint,
                                         const SecretString& key, const ModelPace& pace);

} // namespace aiva
