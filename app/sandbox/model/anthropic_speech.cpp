#include "app/sandbox/model/speech_parts.h"

#include <QJsonArray>

namespace aiva::sandbox {
namespace {

using namespace Qt::StringLiterals;
using End = ModelSpeech::End;

std::string frame(const QString& type, QJsonObject data) {
    data.insert(u"type"_s, type);
    return "event: " + type.toStdString() + "\ndata: " + compact(data) + "\n\n";
}

QJsonObject thinkingBlock(const QString& thought) {
    return {{u"type"_s, u"thinking"_s}, {u"thinking"_s, thought}, {u"signature"_s, u"c2FuZGJveA=="_s}};
}

QJsonObject textBlock(const QString& text) {
    return {{u"type"_s, u"text"_s}, {u"text"_s, text}, {u"citations"_s, QJsonValue::Null}};
}

QString stopReason(End end) {
    if (end == End::Refusal) return u"refusal"_s;
    return end == End::Length ? u"max_tokens"_s : u"end_turn"_s;
}

QJsonValue stopDetails(End end) {
    if (end != End::Refusal) return QJsonValue::Null;
    return QJsonObject{{u"type"_s, u"refusal"_s}, {u"category"_s, QJsonValue::Null}, {u"explanation"_s, QString()}};
}

QJsonObject usage(const ModelQuestion& question, int output) {
    return {{u"input_tokens"_s, tokensOf(question.user)},
            {u"cache_read_input_tokens"_s, tokensOf(question.system)},
            {u"cache_creation_input_tokens"_s, 0},
            {u"output_tokens"_s, output}};
}

QJsonObject message(const ModelQuestion& question, const QJsonArray& content, const QJsonValue& reason, int output) {
    return {{u"id"_s, u"msg_sandbox"_s},
            {u"type"_s, u"message"_s},
            {u"role"_s, u"assistant"_s},
            {u"model"_s, question.model},
            {u"content"_s, content},
            {u"stop_reason"_s, reason},
            {u"stop_sequence"_s, QJsonValue::Null},
            {u"stop_details"_s, QJsonValue::Null},
            {u"container"_s, QJsonValue::Null},
            {u"usage"_s, usage(question, output)}};
}

void addThinking(Frames& frames) {
    QJsonObject empty = thinkingBlock({});
    empty.insert(u"signature"_s, QString());
    const auto delta = [&](const QJsonObject& what) {
        frames.push_back(frame(u"content_block_delta"_s, {{u"index"_s, 0}, {u"delta"_s, what}}));
    };
    frames.push_back(frame(u"content_block_start"_s, {{u"index"_s, 0}, {u"content_block"_s, empty}}));
    delta({{u"type"_s, u"thinking_delta"_s}, {u"thinking"_s, u"{\"reply\": \"not this\"}"_s}});
    delta({{u"type"_s, u"signature_delta"_s}, {u"signature"_s, u"c2FuZGJveA=="_s}});
    frames.push_back(frame(u"content_block_stop"_s, {{u"index"_s, 0}}));
}

} // namespace

QJsonObject anthropicMessage(const ModelQuestion& question, const ModelSpeech& speech) {
    QJsonArray content;
    if (speech.thinksFirst) content.append(thinkingBlock(u"hm"_s));
    const QString text = piecesOf(speech).join(QString());
    if (speech.end != End::Refusal) content.append(textBlock(text));
    QJsonObject whole = message(question, content, stopReason(speech.end), tokensOf(text));
    whole.insert(u"stop_details"_s, stopDetails(speech.end));
    return whole;
}

Frames anthropicFrames(const ModelQuestion& question, const ModelSpeech& speech) {
    Frames frames;
    const QJsonObject begun = message(question, {}, QJsonValue::Null, 1);
    frames.push_back(frame(u"message_start"_s, {{u"message"_s, begun}}));
    if (speech.thinksFirst) addThinking(frames);
    const int index = speech.thinksFirst ? 1 : 0;
    const QStringList pieces = piecesOf(speech);
    if (speech.end != End::Refusal)
        frames.push_back(
            frame(u"content_block_start"_s, {{u"index"_s, index}, {u"content_block"_s, textBlock(QString())}}));
    frames.push_back(frame(u"ping"_s, {}));
    for (const QString& piece : pieces)
        frames.push_back(
            frame(u"content_block_delta"_s,
                  {{u"index"_s, index}, {u"delta"_s, QJsonObject{{u"type"_s, u"text_delta"_s}, {u"text"_s, piece}}}}));
    if (speech.end == End::Cut) return frames;
    if (speech.end == End::Error) {
        const QJsonObject error{{u"type"_s, u"overloaded_error"_s}, {u"message"_s, u"Overloaded"_s}};
        frames.push_back(frame(u"error"_s, {{u"error"_s, error}, {u"request_id"_s, u"req_sandbox"_s}}));
        return frames;
    }
    if (speech.end != End::Refusal) frames.push_back(frame(u"content_block_stop"_s, {{u"index"_s, index}}));
    const QJsonObject delta{{u"stop_reason"_s, stopReason(speech.end)},
                            {u"stop_sequence"_s, QJsonValue::Null},
                            {u"stop_details"_s, stopDetails(speech.end)}};
    const QJsonObject output{{u"output_tokens"_s, tokensOf(pieces.join(QString()))}};
    frames.push_back(frame(u"message_delta"_s, {{u"delta"_s, delta}, {u"usage"_s, output}}));
    frames.push_back(frame(u"message_stop"_s, {}));
    return frames;
}

} // namespace aiva::sandbox
