#include "ui/answer_settings/playbooks_section.h"

#include "ui/answer_settings/playbook_editor.h"
#include "ui/answering/answer_text.h"

#include <cmath>

namespace aiva {

using namespace Qt::StringLiterals;

PlaybooksSection::PlaybooksSection(AnswerDesk& desk, QWidget* parent)
    : ListSection(tr("Playbooks"), tr("Answers made from facts alone, without any model and also offline."), {}, parent)
    , m_desk(desk) {}

void PlaybooksSection::refresh() {
    whenDone(m_desk.playbooks(), this, [this](const Result<std::vector<PlaybookView>>& playbooks) {
        if (playbooks) show(*playbooks);
    });
}

void PlaybooksSection::show(const std::vector<PlaybookView>& playbooks) {
    std::vector<Line> lines;
    for (const PlaybookView& playbook : playbooks) {
        Line line;
        line.name = QString(playbook.name).replace(u'_', u' ');
        line.text = playbook.texts.value(u"en"_s);
        line.meta = playbook.isOff         ? tr("off")
                    : playbook.needsPerson ? tr("always to a person")
                                           : u"%1 %"_s.arg(std::lround(playbook.confidence * 100));
        line.action = playbook.isOff ? tr("Use") : tr("Switch off");
        const auto use = playbook.isOff ? AnswerDesk::PlaybookUse::Used : AnswerDesk::PlaybookUse::Off;
        line.act = [this, name = playbook.name, use] {
            m_desk.usePlaybook(name, use);
            refresh();
        };
        line.edit = [this, playbook] { edit(playbook); };
        lines.push_back(line);
    }
    setLines(lines);
}

PlaybookEditor* PlaybooksSection::edit(const PlaybookView& playbook) {
    auto* editor = new PlaybookEditor(m_desk, playbook, window());
    editor->setAttribute(Qt::WA_DeleteOnClose);
    connect(editor, &PlaybookEditor::saved, this, &PlaybooksSection::refresh);
    editor->open();
    return editor;
}

} // namespace aiva
