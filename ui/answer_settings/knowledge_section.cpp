#include "ui/answer_settings/knowledge_section.h"

#include "ui/answer_settings/knowledge_editor.h"
#include "ui/widgets/subtle_button.h"

namespace aiva {

using namespace Qt::StringLiterals;

QString knowledgeKindText(KnowledgeKind kind) {
    switch (kind) {
    case KnowledgeKind::Policy:
        return KnowledgeSection::tr("Policy");
    case KnowledgeKind::Faq:
        return KnowledgeSection::tr("Question and answer");
    case KnowledgeKind::Contact:
        return KnowledgeSection::tr("Contact");
    case KnowledgeKind::Link:
        return KnowledgeSection::tr("Link");
    case KnowledgeKind::HandlingTime:
        return KnowledgeSection::tr("Handling time");
    case KnowledgeKind::ReturnWindow:
        return KnowledgeSection::tr("Return window, in days");
    }
    return {};
}

KnowledgeSection::KnowledgeSection(AnswerDesk& desk, QWidget* parent)
    : ListSection(tr("Knowledge"),
                  tr("Policies, links and times of your store. A draft may say only what stands here or in the order."),
                  tr("Add"), parent)
    , m_desk(desk) {
    connect(this, &ListSection::addAsked, this, [this] {
        Knowledge fresh;
        if (!m_stores.empty()) fresh.store = m_stores.front().first;
        edit(fresh);
    });
}

QString KnowledgeSection::storeName(StoreId store) const {
    for (const auto& [id, name] : m_stores)
        if (id == store) return name;
    return {};
}

void KnowledgeSection::setKnowledge(const std::vector<std::pair<StoreId, QString>>& stores,
                                    const std::vector<Knowledge>& knowledge) {
    m_stores = stores;
    addButton()->setEnabled(!stores.empty());
    std::vector<Line> lines;
    for (const Knowledge& one : knowledge) {
        Line line;
        line.name = one.title.isEmpty() ? knowledgeKindText(one.kind) : one.title;
        line.text = one.kind == KnowledgeKind::Link ? one.url : one.text;
        line.meta = stores.size() > 1 ? u"%1 · %2"_s.arg(knowledgeKindText(one.kind), storeName(one.store))
                                      : knowledgeKindText(one.kind);
        line.edit = [this, one] { edit(one); };
        line.remove = [this, id = one.id] {
            m_desk.removeKnowledge(id);
            Q_EMIT stale();
        };
        lines.push_back(line);
    }
    setLines(lines);
}

KnowledgeEditor* KnowledgeSection::edit(const Knowledge& knowledge) {
    auto* editor = new KnowledgeEditor(m_desk, knowledge, m_stores, window());
    editor->setAttribute(Qt::WA_DeleteOnClose);
    connect(editor, &KnowledgeEditor::saved, this, &KnowledgeSection::stale);
    editor->open();
    return editor;
}

} // namespace aiva
