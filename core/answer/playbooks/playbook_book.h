// The playbooks there are: the shipped ones with a person's own wording over them, and those switched off. Owned by the
// engine, copied for a trial of a new wording; draftFrom() is the one way to use it. Never asks a model, a cache or a
// clock.
#pragma once

#include "core/answer/playbooks/playbook.h"
#include "core/answer/playbooks/playbook_case.h"
#include "core/base/result.h"
#include "core/domain/answering/answer_draft.h"

#include <QMap>
#include <QPair>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace aiva {

class PlaybookBook {
public:
    // Those in the program's resources, by name.
    static Result<PlaybookBook> shipped();
    static Result<PlaybookBook> of(std::vector<Playbook> playbooks); // Invalid when a name stands twice

    const std::vector<Playbook>& playbooks() const { return m_playbooks; } // by name
    const Playbook* byName(const QString& name) const;                     // null when there is none

    // A person's own wording; empty: the shipped one again. NotFound for another playbook or language, Invalid (with
    // the reason) for a text that cannot be used; then the wording stays as it was.
    Result<void> setText(const QString& playbook, const QString& language, const QString& text);
    // Replaces what was off before.
    void setOff(const QStringList& names) { m_off = names; }
    bool isOff(const QString& name) const { return m_off.contains(name); }

    // In that language if it is one of ours, else in English.
    QString text(const Playbook& playbook, const QString& language) const;

private:
    explicit PlaybookBook(std::vector<Playbook> playbooks) : m_playbooks(std::move(playbooks)) {}

    std::vector<Playbook> m_playbooks;
    QMap<QPair<QString, QString>, QString> m_ownTexts; // by name and language
    QStringList m_off;
};

// The first playbook, by name, that fits the mail's first intent and whose every variable has a value; absent when none
// does. The same case always gives the same draft.
std::optional<AnswerDraft> draftFrom(const PlaybookBook& book, const PlaybookCase& playbookCase);

} // namespace aiva
