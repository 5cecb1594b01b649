// The sandbox's language model behind the HTTP door: POST /v1/messages, /v1/responses, /v1/chat/completions and GET
// /v1/models. The name of the model says how it behaves: "sandbox" answers well, "sandbox-cut", "sandbox-429" and the
// rest of the list fail in one way each. Thread-safe.
#pragma once

#include "app/sandbox/model/model_question.h"

#include <mutex>
#include <set>

namespace aiva::sandbox {

class ModelService {
public:
    explicit ModelService(std::string key) : m_key(std::move(key)) {}

    HttpAnswer answer(const HttpQuestion& question);
    const std::string& key() const { return m_key; }
    static QStringList modelNames();

private:
    HttpAnswer answerOf(const ModelQuestion& question);
    std::optional<HttpAnswer> refusalOf(const ModelQuestion& question);
    bool isFirstTime(const QString& model);

    const std::string m_key;
    std::mutex m_mutex;
    std::set<QString> m_refusedOnce;
};

} // namespace aiva::sandbox
