// OpenAI's Responses API. `store` defaults to true there, so false is always sent.
#pragma once

#include "core/adapters/model/model_dialect.h"

namespace aiva {

class OpenAiResponses final : public ModelDialect {
public:
    using ModelDialect::ModelDialect;
    QUrl answerUrl() const override { return urlBelow(QStringLiteral("/responses")); }
    QUrl modelsUrl() const override { return urlBelow(QStringLiteral("/models")); }
    HttpHeaders headers(const SecretString& key) const override { return bearerHeaders(key); }
    QByteArray body(const ModelRequest& request) const override;
    void read(const SseEvent& event, AnswerSoFar& answer) const override;

private:
    QJsonObject format(const ModelRequest& request) const;
};

} // namespace aiva
