// The desk's --sandbox: a workspace in the platform's cache folder, its key file beside it, the invented shop running
// in this process and its mail as a Maildir. Made at the first start, used again at the next ones.
#pragma once

#include "app/common/unlock.h"
#include "app/sandbox/sandbox_server.h"
#include "core/adapters/http/http_transport.h"
#include "core/base/async.h"
#include "core/base/clock.h"
#include "core/ports/store_port.h"

#include <QObject>

#include <memory>

namespace aiva {

class SandboxHome final : public QObject {
    Q_OBJECT
public:
    // Starts the shop and opens or makes the workspace; `cacheDir` is the platform's.
    static Result<std::unique_ptr<SandboxHome>> open(const QString& cacheDir, const Clock& clock);
    ~SandboxHome() override;

    // Tells the store row where its shop listens this time; at the first start connects it, over HTTP as for any shop.
    // Answers whether this was the first start. Before a desk has the workspace open.
    Future<bool> connectStore();

    const Workspace& workspace() const { return *m_workspace; }
    QString mailDir() const;
    QString supportAddress() const { return m_options.supportAddress; }

private:
    explicit SandboxHome(const QString& dir, const Clock& clock);
    Result<void> prepare();
    Result<bool> moveStore(Database& writer);
    Result<bool> saveStore(const ShopFacts& facts);

    QString m_dir;
    const Clock& m_clock;
    SandboxOptions m_options;
    std::unique_ptr<SandboxServer> m_server;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<HttpTransport> m_http;
    std::unique_ptr<StorePort> m_port;
};

} // namespace aiva
