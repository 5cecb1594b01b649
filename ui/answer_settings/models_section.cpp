#include "ui/answer_settings/models_section.h"

#include "ui/answer_settings/endpoint_editor.h"

namespace aiva {

ModelsSection::ModelsSection(AnswerDesk& desk, QWidget* parent)
    : ListSection(tr("Language models"),
                  tr("Playbooks answer from facts without any model. A model drafts the rest; every fact it writes is "
                     "proved before anything can leave by itself."),
                  tr("Connect a model"), parent)
    , m_desk(desk) {
    connect(this, &ListSection::addAsked, this, [this] { edit({}); });
}

void ModelsSection::setEndpoints(const std::vector<ModelEndpoint>& endpoints) {
    if (endpoints == m_endpoints && !endpoints.empty()) return;
    m_endpoints = endpoints;
    std::vector<Line> lines;
    for (const ModelEndpoint& endpoint : endpoints)
        lines.push_back(lineOf(endpoint));
    setLines(lines);
}

ListSection::Line ModelsSection::lineOf(const ModelEndpoint& endpoint) {
    Line line;
    line.name = endpoint.model;
    line.text = staysOnThisDevice(endpoint) ? tr("on this device")
                : isOnThisDevice(endpoint)  ? tr("not on this device: passed on to a cloud")
                : endpoint.retention.isEmpty()
                    ? endpoint.baseUrl.host()
                    : tr("%1 · you state: %2").arg(endpoint.baseUrl.host(), endpoint.retention);
    line.meta = endpoint.isActive ? tr("drafts") : QString();
    if (!endpoint.isActive) {
        line.action = tr("Use");
        line.act = [this, endpoint] { use(endpoint); };
    }
    line.edit = [this, endpoint] { edit(endpoint); };
    line.remove = [this, id = endpoint.id] {
        m_desk.removeEndpoint(id);
        Q_EMIT stale();
    };
    return line;
}

void ModelsSection::use(ModelEndpoint endpoint) {
    endpoint.isActive = true;
    whenDone(m_desk.saveEndpoint(endpoint, {}), this, [this](const Result<EndpointId>&) { Q_EMIT stale(); });
}

EndpointEditor* ModelsSection::edit(const ModelEndpoint& endpoint) {
    ModelEndpoint edited = endpoint;
    if (!edited.id.isValid() && m_endpoints.empty()) edited.isActive = true; // the first one drafts
    auto* editor = new EndpointEditor(m_desk, edited, window());
    editor->setAttribute(Qt::WA_DeleteOnClose);
    connect(editor, &EndpointEditor::saved, this, &ModelsSection::stale);
    editor->open();
    return editor;
}

} // namespace aiva
