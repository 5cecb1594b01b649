#include "core/domain/answering/knowledge.h"

#include "core/domain/answering/names_table.h"

namespace aiva {

static constexpr NamesTable<KnowledgeKind, 6> kKnowledgeKinds{{{KnowledgeKind::Policy, u"policy"},
                                                               {KnowledgeKind::Faq, u"faq"},
                                                               {KnowledgeKind::Contact, u"contact"},
                                                               {KnowledgeKind::Link, u"link"},
                                                               {KnowledgeKind::HandlingTime, u"handling_time"},
                                                               {KnowledgeKind::ReturnWindow, u"return_window"}}};

QString toWord(KnowledgeKind kind) {
    return wordIn(kKnowledgeKinds, kind);
}

std::optional<KnowledgeKind> knowledgeKindFromWord(const QString& word) {
    return valueIn(kKnowledgeKinds, word);
}

} // namespace aiva
