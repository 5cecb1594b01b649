#include "app/sandbox/model/speech_parts.h"

#include <QJsonArray>

namespace aiva::sandbox {
namespace {

using namespace Qt::StringLiterals;
using End = ModelSpeech::End;

constexpr auto kMessageId = "msg_sandbox"_L1;

QJsonObject textPart(const QString& text) {
    return {{u"type"_s, u"output_text"_s}, {u"text"_s, text}, {u"annotations"_s, QJsonArray()}};
}

QJsonObject refusalPart(const QString& text) {
    return {{u"type"_s, u"refusal"_s}, {u"refusal"_s, text}};
}

QJsonObject messageItem(const QString& status, const QJsonArray& content) {
    return {{u"id"_s, kMessageId},
            {u"type"_s, u"message"_s},
            {u"role"_s, u"assistant"_s},
            {u"status"_s, status},
            {u"content"_s, content}};
}

QJsonObject reasoningItem() {
    return {{u"id"_s, u"rs_sandbox"_s}, {u"type"_s, u"reasoning"_s}, {u"summary"_s, QJsonArray()}};
}

QJsonObject response(const ModelQuestion& question, const QString& status, const QJsonArray& output,
                     const QString& text) {
    const int input = tokensOf(question.system) + tokensOf(question.user);
    const QJsonObject usage{
        {u"input_tokens"_s, input}, {u"output_tokens"_s, tokensOf(text)}, {u"total_tokens"_s, input + tokensOf(text)}};
    return {{u"id"_s, u"resp_sandbox"_s},
            {u"object"_s, u"response"_s},
            {u"created_at"_s, 1'800'000'000},
            {u"status"_s, status},
            {u"error"_s, QJsonValue::Null},
            {u"incomplete_details"_s, QJsonValue::Null},
            {u"model"_s, question.model},
            {u"output"_s, output},
            {u"store"_s, false},
            {u"tools"_s, QJsonArray()},
            {u"usage"_s, usage}};
}

// Numbers the events as they are said.
class Script {
public:
    void say(const QString& type, QJsonObject data) {
        data.insert(u"type"_s, type);
        data.insert(u"sequence_number"_s, m_next++);
        frames.push_back("event: " + type.toStdString() + "\ndata: " + compact(data) + "\n\n");
    }
    void sayOf(const QString& type, int item, QJsonObject data) {
        data.insert(u"item_id"_s, kMessageId);
        data.insert(u"output_index"_s, item);
        data.insert(u"content_index"_s, 0);
        say(type, data);
    }
    Frames frames;

private:
    int m_next = 0;
};

QJsonObject finished(const ModelQuestion& question, const ModelSpeech& speech, const QString& text) {
    const bool isShort = speech.end == End::Length;
    const QJsonObject part = speech.end == End::Refusal ? refusalPart(u"I cannot help with that."_s) : textPart(text);
    QJsonArray output;
    if (speech.thinksFirst) output.append(reasoningItem());
    output.append(messageItem(isShort ? u"incomplete"_s : u"completed"_s, QJsonArray{part}));
    QJsonObject whole = response(question, isShort ? u"incomplete"_s : u"completed"_s, output, text);
    if (isShort) whole.insert(u"incomplete_details"_s, QJsonObject{{u"reason"_s, u"max_output_tokens"_s}});
    return whole;
}

void sayContent(Script& script, const ModelSpeech& speech, int item) {
    if (speech.end == End::Refusal) {
        const QString words = u"I cannot help with that."_s;
        script.sayOf(u"response.content_part.added"_s, item, {{u"part"_s, refusalPart(QString())}});
        script.sayOf(u"response.refusal.delta"_s, item, {{u"delta"_s, words}});
        script.sayOf(u"response.refusal.done"_s, item, {{u"refusal"_s, words}});
        script.sayOf(u"response.content_part.done"_s, item, {{u"part"_s, refusalPart(words)}});
        return;
    }
    script.sayOf(u"response.content_part.added"_s, item, {{u"part"_s, textPart(QString())}});
    const QStringList pieces = piecesOf(speech);
    for (const QString& piece : pieces)
        script.sayOf(u"response.output_text.delta"_s, item, {{u"delta"_s, piece}, {u"logprobs"_s, QJsonArray()}});
    if (speech.end == End::Cut || speech.end == End::Error) return;
    const QString text = pieces.join(QString());
    script.sayOf(u"response.output_text.done"_s, item, {{u"text"_s, text}, {u"logprobs"_s, QJsonArray()}});
    script.sayOf(u"response.content_part.done"_s, item, {{u"part"_s, textPart(text)}});
}

} // namespace

QJsonObject responsesObject(const ModelQuestion& question, const ModelSpeech& speech) {
    return finished(question, speech, piecesOf(speech).join(QString()));
}

Frames responsesFrames(const ModelQuestion& question, const ModelSpeech& speech) {
    Script script;
    const QJsonObject begun = response(question, u"in_progress"_s, {}, {});
    script.say(u"response.created"_s, {{u"response"_s, begun}});
    script.say(u"response.in_progress"_s, {{u"response"_s, begun}});
    const int item = speech.thinksFirst ? 1 : 0;
    if (speech.thinksFirst) {
        script.say(u"response.output_item.added"_s, {{u"output_index"_s, 0}, {u"item"_s, reasoningItem()}});
        script.say(u"response.output_item.done"_s, {{u"output_index"_s, 0}, {u"item"_s, reasoningItem()}});
    }
    script.say(u"response.output_item.added"_s,
               {{u"output_index"_s, item}, {u"item"_s, messageItem(u"in_progress"_s, {})}});
    sayContent(script, speech, item);
    if (speech.end == End::Cut) return script.frames;
    if (speech.end == End::Error) {
        script.say(u"error"_s,
                   {{u"code"_s, u"server_error"_s}, {u"message"_s, u"Overloaded"_s}, {u"param"_s, QJsonValue::Null}});
        return script.frames;
    }
    const QJsonObject whole = finished(question, speech, piecesOf(speech).join(QString()));
    script.say(u"response.output_item.done"_s,
               {{u"output_index"_s, item}, {u"item"_s, whole["output"_L1].toArray().last()}});
    script.say(speech.end == End::Length ? u"response.incomplete"_s : u"response.completed"_s,
               {{u"response"_s, whole}});
    return script.frames;
}

} // namespace aiva::sandbox
