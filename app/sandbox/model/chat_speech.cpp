#include "app/sandbox/model/speech_parts.h"

#include <QJsonArray>

namespace aiva::sandbox {
namespace {

using namespace Qt::StringLiterals;
using End = ModelSpeech::End;

QJsonObject usage(const ModelQuestion& question, const QString& text) {
    const int prompt = tokensOf(question.system) + tokensOf(question.user);
    return {{u"prompt_tokens"_s, prompt},
            {u"completion_tokens"_s, tokensOf(text)},
            {u"total_tokens"_s, prompt + tokensOf(text)}};
}

QJsonObject envelope(const ModelQuestion& question, const QString& object, const QJsonArray& choices) {
    return {{u"id"_s, u"chatcmpl-sandbox"_s},
            {u"object"_s, object},
            {u"created"_s, 1'800'000'000},
            {u"model"_s, question.model},
            {u"choices"_s, choices}};
}

std::string chunk(const ModelQuestion& question, const QJsonObject& delta, const QJsonValue& reason) {
    const QJsonObject choice{{u"index"_s, 0}, {u"delta"_s, delta}, {u"finish_reason"_s, reason}};
    return "data: " + compact(envelope(question, u"chat.completion.chunk"_s, QJsonArray{choice})) + "\n\n";
}

QString finishReason(End end) {
    return end == End::Length ? u"length"_s : u"stop"_s;
}

const QString kRefusal = u"I cannot help with that."_s;

} // namespace

QJsonObject chatCompletion(const ModelQuestion& question, const ModelSpeech& speech) {
    const QString text = piecesOf(speech).join(QString());
    const bool refuses = speech.end == End::Refusal;
    const QJsonObject message{{u"role"_s, u"assistant"_s},
                              {u"content"_s, refuses ? QJsonValue(QJsonValue::Null) : QJsonValue(text)},
                              {u"refusal"_s, refuses ? QJsonValue(kRefusal) : QJsonValue(QJsonValue::Null)}};
    const QJsonObject choice{{u"index"_s, 0},
                             {u"message"_s, message},
                             {u"logprobs"_s, QJsonValue::Null},
                             {u"finish_reason"_s, finishReason(speech.end)}};
    QJsonObject whole = envelope(question, u"chat.completion"_s, QJsonArray{choice});
    whole.insert(u"usage"_s, usage(question, text));
    return whole;
}

Frames chatFrames(const ModelQuestion& question, const ModelSpeech& speech) {
    Frames frames;
    frames.push_back(chunk(question, {{u"role"_s, u"assistant"_s}, {u"content"_s, QString()}}, QJsonValue::Null));
    const QStringList pieces = piecesOf(speech);
    for (const QString& piece : pieces)
        frames.push_back(chunk(question, {{u"content"_s, piece}}, QJsonValue::Null));
    if (speech.end == End::Cut) return frames;
    if (speech.end == End::Error) {
        const QJsonObject error{{u"message"_s, u"The server had an error"_s},
                                {u"type"_s, u"server_error"_s},
                                {u"param"_s, QJsonValue::Null},
                                {u"code"_s, QJsonValue::Null}};
        frames.push_back("data: " + compact({{u"error"_s, error}}) + "\n\n");
        return frames;
    }
    if (speech.end == End::Refusal) frames.push_back(chunk(question, {{u"refusal"_s, kRefusal}}, QJsonValue::Null));
    frames.push_back(chunk(question, {}, finishReason(speech.end)));
    if (question.wantsUsage) {
        QJsonObject last = envelope(question, u"chat.completion.chunk"_s, {});
        last.insert(u"usage"_s, usage(question, pieces.join(QString())));
        frames.push_back("data: " + compact(last) + "\n\n");
    }
    frames.push_back("data: [DONE]\n\n");
    return frames;
}

} // namespace aiva::sandbox
