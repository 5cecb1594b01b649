// Builds every object of the desk once, in the order they need each other, and takes them down in reverse. main() owns
// it.
#pragma once

#include "app/aiva/aiva_options.h"
#include "app/aiva/sandbox_home.h"
#include "app/common/adapters.h"
#include "core/base/clock.h"
#include "core/desk/desk.h"

#include <QObject>

#include <memory>

class QWidget;

namespace aiva {

class DeskWindow;

class Application final : public QObject {
    Q_OBJECT
public:
    explicit Application(AivaOptions options);
    ~Application() override;

    // Shows a window, the desk's or one that says why there is none. Call once, with the event loop about to run.
    void start();

private:
    void startSandbox();
    void openOwn();
    void askPassphrase(const QString& dir);
    enum class Start { First, Again };
    void openDesk(const Workspace& workspace, Start start);
    void arrange();
    void showNewest();
    void showFailure(const Error& error, const QString& dir);
    void showWindow(std::function<bool()> isQuiet, int exitStatus);

    AivaOptions m_options;
    SystemClock m_clock;
    Spelling m_spelling{makeSpelling};
    std::unique_ptr<SandboxHome> m_sandbox;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<QWidget> m_window;
    DeskWindow* m_deskWindow = nullptr; // m_window when it is a desk
};

} // namespace aiva
