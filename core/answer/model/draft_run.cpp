#include "core/answer/model/draft_run.h"

#include "core/answer/model/answer_parsing.h"
#include "core/domain/text_language.h"

#include <QCryptographicHash>
#include <QPointer>
#include <QRandomGenerator>

namespace aiva {

using namespace Qt::StringLiterals;

DraftRun::DraftRun(ModelPort& port, const DraftTask& task, QObject* parent)
    : QObject(parent), m_port(port), m_task(task), m_prompt(draftPrompt(task, *QRandomGenerator::system())) {}

DraftRun::~DraftRun() {
    if (m_state == State::Asking) m_future.cancel();
}

QString DraftRun::payloadDigest() const {
    const QByteArray body = m_port.payload(m_prompt.request);
    return QString::fromLatin1(QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex());
}

void DraftRun::start() {
    if (m_state != State::New) return;
    m_state = State::Asking;
    m_future = m_port.complete(m_prompt.request, [self = QPointer<DraftRun>(this)](const QString& piece) {
        if (self) self->onText(piece);
    });
    whenDone(m_future, this, [this](const Result<ModelAnswer>& answer) { onAnswer(answer); });
}

void DraftRun::cancel() {
    if (m_state == State::Finished) return;
    const bool wasAsking = m_state == State::Asking;
    finish(Error{ErrorKind::Refused, u"cancelled"_s});
    if (wasAsking) m_future.cancel();
}

void DraftRun::onText(const QString& piece) {
    if (m_state != State::Asking) return;
    const qsizetype before = m_stream.replySoFar().size();
    m_stream.feed(piece);
    const QString now = m_stream.replySoFar();
    if (now.size() != before) Q_EMIT wrote(now);
}

void DraftRun::onAnswer(const Result<ModelAnswer>& answer) {
    if (m_state != State::Asking) return;
    if (!answer) return finish(answer.error());
    m_inputTokens = answer->inputTokens;
    m_outputTokens = answer->outputTokens;
    finish(draftFrom(*answer));
}

Result<AnswerDraft> DraftRun::draftFrom(const ModelAnswer& answer) const {
    AIVA_TRY(AnswerDraft draft, parseAnswer(answer.json, m_task.facts));
    draft.origin = answer.model;
    draft.confidence = m_task.confidence;
    draft.language = m_task.language.isEmpty() ? languageOf(draft.reply) : m_task.language;
    return draft;
}

void DraftRun::finish(const Result<AnswerDraft>& draft) {
    m_state = State::Finished;
    deleteLater();
    Q_EMIT finished(draft);
}

} // namespace aiva
