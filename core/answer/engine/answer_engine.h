// AnswerEngine: from a conversation to a proposal, with nothing but the cache: who wrote, what they want, what is
// known, what a playbook says, what of it is proved, and whether it may leave by itself. Used by the desk on the core
// thread and by `aivactl answer`. It writes nothing and sends nothing.
#pragma once

#include "core/answer/engine/gate_facts.h"
#include "core/answer/facts/answer_sources.h"
#include "core/answer/intent/intent_reader.h"
#include "core/answer/model/draft_prompt.h"
#include "core/answer/playbooks/playbook_book.h"
#include "core/base/clock.h"
#include "core/domain/answering/proposal.h"
#include "core/storage/answers/intent_label_repository.h"
#include "core/storage/answers/playbook_text_repository.h"

#include <functional>
#include <map>
#include <memory>

namespace aiva {

// A conversation as it was read: what every step of an answer stands on.
struct AnswerReading {
    AnswerSources sources;
    FactSet facts;
    IntentReading intent;
    QString question; // the customer's newest own words, cleaned
};

class AnswerEngine {
public:
    // `chance`: 0…1, for delays that are random.
    static Result<std::unique_ptr<AnswerEngine>> create(Database& database, const Clock& clock,
                                                        std::function<double()> chance);
    ~AnswerEngine();

    // A person's playbook texts, and what a store's people taught, again.
    Result<void> readSettings();
    const PlaybookBook& playbooks() const { return m_playbooks; }

    // Absent: no such conversation, or the customer never wrote.
    Result<std::optional<AnswerReading>> read(ConversationId conversation);
    // By a playbook, or a hand-over.
    Result<Proposal> propose(const AnswerReading& reading) { return proposeFrom(reading, m_playbooks); }
    Result<Proposal> proposeFrom(const AnswerReading& reading, const PlaybookBook& playbooks);
    // A draft made elsewhere, judged the same way. `secrets`: what must not turn up in it.
    Result<Proposal> judge(const AnswerReading& reading, const AnswerDraft& draft, const QStringList& secrets);
    // What a person wrote or changed.
    VerifierVerdict verifyText(const AnswerReading& reading, const QString& text);
    // For a model. The context block is the one aivactl prints.
    DraftTask task(const AnswerReading& reading) const;

private:
    AnswerEngine(Database& database, const Clock& clock, std::function<double()> chance, PlaybookBook playbooks);
    VerifierVerdict verified(const AnswerReading& reading, const AnswerDraft& draft, const QStringList& secrets,
                             bool byPerson);
    StoreCalibration calibration(StoreId store);

    Database& m_database;
    const Clock& m_clock;
    const std::function<double()> m_chance;
    PlaybookBook m_playbooks;
    std::unique_ptr<AnswerReader> m_reader;
    std::shared_ptr<const IntentReader> m_intents;
    std::unique_ptr<GateFacts> m_gateFacts;
    std::unique_ptr<PlaybookTextRepository> m_texts;
    std::unique_ptr<IntentLabelRepository> m_labels;
    std::map<StoreId, StoreCalibration> m_calibrations;
};

} // namespace aiva
