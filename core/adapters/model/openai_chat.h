// OpenAI's Chat Completions API, and the many that copy it: Ollama, llama.cpp, others on this machine or elsewhere.
// What a copy dislikes is given up piece by piece (relax).
#pragma once

#include "core/adapters/model/model_dialect.h"

namespace aiva {

class OpenAiChat final : public ModelDialect {
public:
    explicit OpenAiChat(const ModelEndpoint& endpoint);
    QUrl answerUrl() const override { return urlBelow(QStringLiteral("/chat/completions")); }
    QUrl modelsUrl() const override { return urlBelow(QStringLiteral("/models")); }
    HttpHeaders headers(const SecretString& key) const override { return bearerHeaders(key); }
    QByteArray body(const ModelRequest& request) const override;
    void read(const SseEvent& event, AnswerSoFar& answer) const override;
    // finish_reason is the proof; not every copy says [DONE].
    bool isWhole(const AnswerSoFar& answer) const override { return answer.end == AnswerSoFar::End::Whole; }
    bool relax(const ModelFault& fault) override;

private:
    bool m_saysStore;     // "store": false; always to OpenAI itself
    bool m_saysMaxTokens; // "max_tokens" in place of "max_completion_tokens"
};

} // namespace aiva
