// What the three ways of saying an answer have in common.
#pragma once

#include "app/sandbox/model/model_speech.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

namespace aiva::sandbox {

using Frames = std::vector<std::string>;

inline std::string compact(const QJsonObject& object) {
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

// A few letters each, never half a character; half of them when the speech ends early.
QStringList piecesOf(const ModelSpeech& speech);
// Anything like the length in tokens.
int tokensOf(const QString& text);

Frames anthropicFrames(const ModelQuestion& question, const ModelSpeech& speech);
QJsonObject anthropicMessage(const ModelQuestion& question, const ModelSpeech& speech);
Frames responsesFrames(const ModelQuestion& question, const ModelSpeech& speech);
QJsonObject responsesObject(const ModelQuestion& question, const ModelSpeech& speech);
Frames chatFrames(const ModelQuestion& question, const ModelSpeech& speech);
QJsonObject chatCompletion(const ModelQuestion& question, const ModelSpeech& speech);

} // namespace aiva::sandbox
