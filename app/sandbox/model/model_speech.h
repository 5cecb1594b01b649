// Says an answer in the protocol it was asked in, at once or as a stream of small pieces. Pure.
#pragma once

#include "app/sandbox/model/model_question.h"

namespace aiva::sandbox {

struct ModelSpeech {
    enum class End {
        Whole,
        Length,  // the limit was reached in the middle
        Refusal, // no text, the model declines
        Error,   // an error is told in the middle of a stream
        Cut      // the line breaks in the middle of a stream
    };

    QString text;
    End end = End::Whole;
    bool thinksFirst = false; // a thinking block or reasoning item comes before the text
};

HttpAnswer spoken(const ModelQuestion& question, const ModelSpeech& speech);

} // namespace aiva::sandbox
