// DraftRun: one mail drafted by a model, end to end: prompt, marker, request, whole answer, strict reading. Complete or
// nothing. Made by core/answer/engine on the port's thread; whether the budget allows it was asked before. Deletes
// itself once it has finished.
#pragma once

#include "core/answer/model/draft_prompt.h"
#include "core/answer/model/reply_stream.h"
#include "core/base/result.h"
#include "core/domain/answering/answer_draft.h"

#include <QObject>

namespace aiva {

class DraftRun : public QObject {
    Q_OBJECT
public:
    // The port outlives the run.
    DraftRun(ModelPort& port, const DraftTask& task, QObject* parent);
    ~DraftRun() override;

    void start();
    // finished() says Refused.
    void cancel();
    // Known from the beginning: what the verifier must not find in the reply.
    QStringList secrets() const { return m_prompt.secrets(); }
    // SHA-256 of the exact body, hex: what is kept of it.
    QString payloadDigest() const;
    qint64 inputTokens() const { return m_inputTokens; }
    qint64 outputTokens() const { return m_outputTokens; }

Q_SIGNALS:
    // To be shown while it grows; never a draft.
    void wrote(const QString& replySoFar);
    // Once, last.
    void finished(const aiva::Result<aiva::AnswerDraft>& draft);

private:
    void onText(const QString& piece);
    void onAnswer(const Result<ModelAnswer>& answer);
    Result<AnswerDraft> draftFrom(const ModelAnswer& answer) const;
    void finish(const Result<AnswerDraft>& draft);

    ModelPort& m_port;
    const DraftTask m_task;
    const DraftPrompt m_prompt;
    ReplyStream m_stream;
    Future<ModelAnswer> m_future;
    qint64 m_inputTokens = 0;
    qint64 m_outputTokens = 0;
    enum class State { New, Asking, Finished };
    State m_state = State::New;
};

} // namespace aiva
