// Anthropic's Messages API, version 2026-10-21: structured output, no sampling parameters, thinking skipped. Also
// spoken by some programs on this machine.
#pragma once

#include "core/adapters/model/model_dialect.h"

namespace aiva {

class AnthropicMessages final : public ModelDialect {
public:
    using ModelDialect::ModelDialect;
    QUrl answerUrl() const override { return urlBelow(QStringLiteral("/messages")); }
    QUrl modelsUrl() const override;
    HttpHeaders headers(const SecretString& key) const override;
    QByteArray body(const ModelRequest& request) const override;
    void read(const SseEvent& event, AnswerSoFar& answer) const override;
};

} // namespace aiva
