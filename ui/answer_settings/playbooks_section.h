// Playbooks in the settings: which answers Aiva gives from facts, each with its wording in every language, to be
// rewritten and tried on past conversations. The settings page owns it.
#pragma once

#include "core/desk/answers/answer_desk.h"
#include "ui/answer_settings/list_section.h"

namespace aiva {

class PlaybookEditor;

class PlaybooksSection final : public ListSection {
    Q_OBJECT
public:
    PlaybooksSection(AnswerDesk& desk, QWidget* parent = nullptr);
    // From the desk; the page calls it when it is shown.
    void refresh();
    PlaybookEditor* edit(const PlaybookView& playbook);

private:
    void show(const std::vector<PlaybookView>& playbooks);

    AnswerDesk& m_desk;
};

} // namespace aiva
