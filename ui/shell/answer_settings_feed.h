// Fills the answering half of the settings from the cache, and again when something there changed. The window owns it.
#pragma once

#include "core/desk/desk.h"
#include "ui/models/answer_reads.h"

#include <QObject>

namespace aiva {

class SettingsPage;

class AnswerSettingsFeed final : public QObject {
    Q_OBJECT
public:
    // All outlive the feed.
    AnswerSettingsFeed(Desk& desk, AnswerReads reads, SettingsPage& page);
    void refresh();

Q_SIGNALS:
    void failed(const aiva::Error& error);

private:
    void readRules(const std::vector<StoreView>& stores);
    void readKnowledge(const std::vector<StoreView>& stores);

    Desk& m_desk;
    const AnswerReads m_reads;
    SettingsPage& m_page;
};

} // namespace aiva
