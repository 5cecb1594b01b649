#include "tests/support/temporary_workspace.h"

namespace aiva::test {

TemporaryWorkspace::TemporaryWorkspace() {
    auto workspace = Workspace::create(dir(), Workspace::newKey(), KeySource::KeyFile);
    if (!workspace) {
        qWarning("workspace: %s", qUtf8Printable(workspace.error().detail));
        return;
    }
    m_workspace = *std::move(workspace);
    reopenWriter();
}

bool TemporaryWorkspace::reopenWriter() {
    auto writer = m_workspace->openWriter();
    if (!writer) {
        qWarning("writer: %s", qUtf8Printable(writer.error().detail));
        return false;
    }
    m_writer = *std::move(writer);
    return true;
}

StoreId TemporaryWorkspace::addStore(const QString& domain) {
    auto stores = StoreRepository::create(*m_writer);
    if (!stores) return {};
    StoreRow row;
    row.domain = domain;
    row.name = QStringLiteral("Licht");
    row.schedule = QStringLiteral("manual");
    const auto id = (*stores)->save(row);
    return id ? *id : StoreId();
}

StoreRow TemporaryWorkspace::store(StoreId id) {
    auto stores = StoreRepository::create(*m_writer);
    if (!stores) return {};
    const auto row = (*stores)->byId(id);
    return row && *row ? **row : StoreRow();
}

} // namespace aiva::test
