// Language models in the settings: which are connected, which one drafts, and where each of them is. The settings page
// owns it.
#pragma once

#include "core/desk/answers/answer_desk.h"
#include "ui/answer_settings/list_section.h"

namespace aiva {

class EndpointEditor;

class ModelsSection final : public ListSection {
    Q_OBJECT
public:
    ModelsSection(AnswerDesk& desk, QWidget* parent = nullptr);
    void setEndpoints(const std::vector<ModelEndpoint>& endpoints);
    EndpointEditor* edit(const ModelEndpoint& endpoint);

Q_SIGNALS:
    void stale();

private:
    Line lineOf(const ModelEndpoint& endpoint);
    void use(ModelEndpoint endpoint);

    AnswerDesk& m_desk;
    std::vector<ModelEndpoint> m_endpoints;
};

} // namespace aiva
