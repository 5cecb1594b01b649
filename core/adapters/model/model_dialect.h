// ModelDialect: how one protocol says a request and how its events add up to an answer. Pure apart from what relax()
// learned; ModelClient owns one, ModelCall does the talking.
#pragma once

#include "core/adapters/model/model_fault.h"
#include "core/adapters/model/sse_parser.h"
#include "core/base/secret_string.h"
#include "core/domain/answering/model_endpoint.h"
#include "core/ports/model_port.h"

#include <QSet>

#include <memory>
#include <optional>

namespace aiva {

// The answer as far as it has come.
struct AnswerSoFar {
    enum class End { Open, Whole, Declined, TooLong, Other };

    QString text;
    End end = End::Open;
    bool isOver = false; // the protocol's last word was heard
    std::optional<ModelFault> fault;
    QString model;
    qint64 inputTokens = 0;
    qint64 outputTokens = 0;
    QSet<int> textBlocks; // indexes of blocks that hold the answer, not thinking
};

// How firmly the shape of the answer is asked for; lesser forms put the schema into the instructions.
enum class AnswerForm { Schema, JsonObject, Free };

class ModelDialect {
public:
    explicit ModelDialect(ModelEndpoint endpoint) : m_endpoint(std::move(endpoint)) {}
    virtual ~ModelDialect() = default;

    const ModelEndpoint& endpoint() const { return m_endpoint; }
    virtual QUrl answerUrl() const = 0;
    virtual QUrl modelsUrl() const = 0;
    virtual HttpHeaders headers(const SecretString& key) const = 0;
    virtual QByteArray body(const ModelRequest& request) const = 0;
    virtual void read(const SseEvent& event, AnswerSoFar& answer) const = 0;
    // Whether this may count as an answer: complete, or nothing.
    virtual bool isWhole(const AnswerSoFar& answer) const {
        return answer.isOver && answer.end == AnswerSoFar::End::Whole;
    }
    // After a 400: gives up what the endpoint seems to dislike; false when nothing is left to give up.
    virtual bool relax(const ModelFault& fault);

protected:
    QUrl urlBelow(const QString& leaf) const; // leaf: "/messages"
    bool isHere() const { return isOnThisDevice(m_endpoint); }
    QString instructions(const ModelRequest& request) const; // with the schema in them when the form is a lesser one
    AnswerForm form() const { return m_form; }

private:
    ModelEndpoint m_endpoint;
    AnswerForm m_form = AnswerForm::Schema;
};

std::unique_ptr<ModelDialect> dialectOf(const ModelEndpoint& endpoint);

HttpHeaders bearerHeaders(const SecretString& key);
// The JSON of an event; a fault in the answer and an empty object when it is none.
QJsonObject eventObject(const SseEvent& event, AnswerSoFar& answer);

} // namespace aiva
