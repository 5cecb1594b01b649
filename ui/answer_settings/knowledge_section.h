// What a store says of itself, to be cited as facts: policies, FAQ, contacts, links, handling time, return window. One
// list for the store chosen. The settings page owns it.
#pragma once

#include "core/desk/answers/answer_desk.h"
#include "ui/answer_settings/list_section.h"

namespace aiva {

class KnowledgeEditor;

QString knowledgeKindText(KnowledgeKind kind);

class KnowledgeSection final : public ListSection {
    Q_OBJECT
public:
    KnowledgeSection(AnswerDesk& desk, QWidget* parent = nullptr);
    // With several stores each line names its own; the first takes what is added.
    void setKnowledge(const std::vector<std::pair<StoreId, QString>>& stores, const std::vector<Knowledge>& knowledge);
    KnowledgeEditor* edit(const Knowledge& knowledge);

Q_SIGNALS:
    void stale();

private:
    QString storeName(StoreId store) const;

    AnswerDesk& m_desk;
    std::vector<std::pair<StoreId, QString>> m_stores;
};

} // namespace aiva
