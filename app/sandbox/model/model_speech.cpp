#include "app/sandbox/model/speech_parts.h"

namespace aiva::sandbox {

using namespace Qt::StringLiterals;
using End = ModelSpeech::End;

QStringList piecesOf(const ModelSpeech& speech) {
    if (speech.end == End::Refusal) return {};
    const qsizetype step = std::max<qsizetype>(9, speech.text.size() / 500);
    QStringList pieces;
    for (qsizetype at = 0; at < speech.text.size();) {
        qsizetype length = std::min(step, speech.text.size() - at);
        if (speech.text.at(at + length - 1).isHighSurrogate()) ++length;
        pieces.append(speech.text.mid(at, length));
        at += length;
    }
    if (speech.end != End::Whole) pieces.resize((pieces.size() + 1) / 2);
    return pieces;
}

int tokensOf(const QString& text) {
    return static_cast<int>(text.size() / 4) + 1;
}

static QJsonObject wholeAnswer(const ModelQuestion& question, const ModelSpeech& speech) {
    switch (question.protocol) {
    case ModelProtocol::AnthropicMessages:
        return anthropicMessage(question, speech);
    case ModelProtocol::OpenAiResponses:
        return responsesObject(question, speech);
    case ModelProtocol::OpenAiChat:
        break;
    }
    return chatCompletion(question, speech);
}

static Frames framesOf(const ModelQuestion& question, const ModelSpeech& speech) {
    switch (question.protocol) {
    case ModelProtocol::AnthropicMessages:
        return anthropicFrames(question, speech);
    case ModelProtocol::OpenAiResponses:
        return responsesFrames(question, speech);
    case ModelProtocol::OpenAiChat:
        break;
    }
    return chatFrames(question, speech);
}

HttpAnswer spoken(const ModelQuestion& question, const ModelSpeech& speech) {
    HttpAnswer answer;
    if (!question.stream) {
        answer.body = compact(wholeAnswer(question, speech));
        if (speech.end == End::Cut) answer.delivery = HttpAnswer::Delivery::Truncate;
        return answer;
    }
    answer.contentType = "text/event-stream; charset=utf-8";
    answer.headers.emplace_back("Cache-Control", "no-cache");
    answer.frames = framesOf(question, speech);
    answer.delivery = speech.end == End::Cut ? HttpAnswer::Delivery::Truncate : HttpAnswer::Delivery::Whole;
    return answer;
}

} // namespace aiva::sandbox
