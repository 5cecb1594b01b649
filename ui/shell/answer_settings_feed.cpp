#include "ui/shell/answer_settings_feed.h"

#include "ui/shell/settings_page.h"

namespace aiva {

AnswerSettingsFeed::AnswerSettingsFeed(Desk& desk, AnswerReads reads, SettingsPage& page)
    : QObject(&page), m_desk(desk), m_reads(std::move(reads)), m_page(page) {
    connect(page.models(), &ModelsSection::stale, this, &AnswerSettingsFeed::refresh);
    connect(page.autoSend(), &AutoSendSection::stale, this, &AnswerSettingsFeed::refresh);
    connect(page.knowledge(), &KnowledgeSection::stale, this, &AnswerSettingsFeed::refresh);
    refresh();
    page.playbooks()->refresh();
}

void AnswerSettingsFeed::refresh() {
    if (m_reads.endpoints) {
        const auto endpoints = m_reads.endpoints();
        if (endpoints)
            m_page.models()->setEndpoints(*endpoints);
        else
            Q_EMIT failed(endpoints.error());
    }
    if (m_reads.isAutoSendStopped)
        if (const auto stopped = m_reads.isAutoSendStopped()) m_page.autoSend()->setStopped(*stopped);
    const auto stores = m_desk.read().stores->stores();
    if (!stores) {
        Q_EMIT failed(stores.error());
        return;
    }
    readRules(*stores);
    readKnowledge(*stores);
}

void AnswerSettingsFeed::readRules(const std::vector<StoreView>& stores) {
    if (!m_reads.rules || !m_reads.record) return;
    std::vector<AutoSendSection::Shown> shown;
    for (const StoreView& view : stores) {
        AutoSendSection::Shown one;
        one.store = view.store;
        const auto rules = m_reads.rules(view.store.id);
        if (!rules) {
            Q_EMIT failed(rules.error());
            return;
        }
        for (const AutoSendRule& rule : *rules) {
            const auto record = m_reads.record(view.store.id, rule.intent);
            one.rules.emplace_back(rule, record ? *record : EarnedRecord{});
        }
        shown.push_back(std::move(one));
    }
    m_page.autoSend()->setStores(shown);
}

void AnswerSettingsFeed::readKnowledge(const std::vector<StoreView>& stores) {
    if (!m_reads.knowledge) return;
    std::vector<std::pair<StoreId, QString>> names;
    std::vector<Knowledge> all;
    for (const StoreView& view : stores) {
        names.emplace_back(view.store.id, view.store.name.isEmpty() ? view.store.domain : view.store.name);
        const auto knowledge = m_reads.knowledge(view.store.id);
        if (!knowledge) {
            Q_EMIT failed(knowledge.error());
            return;
        }
        all.insert(all.end(), knowledge->begin(), knowledge->end());
    }
    m_page.knowledge()->setKnowledge(names, all);
}

} // namespace aiva
