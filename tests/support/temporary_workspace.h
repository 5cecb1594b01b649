// A new workspace in a folder of its own, gone with the object, with the repositories tests look into it with.
#pragma once

#include "core/storage/stores/store_repository.h"
#include "core/storage/workspace/workspace.h"

#include <QTemporaryDir>

#include <memory>

namespace aiva::test {

class TemporaryWorkspace {
public:
    TemporaryWorkspace();

    bool isOpen() const { return m_workspace && m_writer; }
    const Workspace& workspace() const { return *m_workspace; }
    Database& writer() { return *m_writer; }
    QString dir() const { return m_dir.filePath(QStringLiteral("workspace")); }
    // Closes the write connection, for tests whose desk opens its own.
    void releaseWriter() { m_writer.reset(); }
    bool reopenWriter();
    // A store never synced, on manual schedule.
    StoreId addStore(const QString& domain = QStringLiteral("licht.myshopify.com"));
    StoreRow store(StoreId id);

private:
    QTemporaryDir m_dir;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<Database> m_writer;
};

} // namespace aiva::test
