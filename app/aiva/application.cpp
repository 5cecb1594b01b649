#include "app/aiva/application.h"

#include "app/aiva/screenshot_run.h"
#include "app/common/adapters.h"
#include "app/common/unlock.h"
#include "ui/models/mail_reads.h"
#include "ui/shell/desk_window.h"
#include "ui/shell/message_window.h"
#include "ui/shell/passphrase_window.h"

#include <QCoreApplication>
#include <QStandardPaths>

#include <cstdio>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int notFoundStatus = 3;
constexpr int lockedStatus = 5;
} // namespace

Application::Application(AivaOptions options) : m_options(std::move(options)) {}

Application::~Application() {
    m_window.reset(); // before the desk it looks at
    m_desk.reset();
}

void Application::start() {
    if (m_options.sandbox)
        startSandbox();
    else
        openOwn();
}

void Application::startSandbox() {
    const QString cache = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation);
    auto home = SandboxHome::open(cache, m_clock);
    if (!home) {
        showFailure(home.error(), cache + "/aiva/sandbox"_L1);
        return;
    }
    m_sandbox = *std::move(home);
    whenDone(m_sandbox->connectStore(), this, [this](const Result<bool>& first) {
        if (!first)
            showFailure(first.error(), m_sandbox->workspace().dir());
        else
            openDesk(m_sandbox->workspace(), *first ? Start::First : Start::Again);
    });
}

void Application::openOwn() {
    UnlockOptions unlock;
    unlock.workspaceDir = m_options.workspaceDir;
    unlock.keyFile = m_options.keyFile;
    const QString dir = unlock.workspaceDir.isEmpty() ? defaultWorkspaceDir() : unlock.workspaceDir;
    if (const auto source = Workspace::keySource(dir); source && *source == KeySource::Passphrase) {
        askPassphrase(dir);
        return;
    }
    auto workspace = openWorkspace(unlock);
    if (workspace) {
        m_workspace = *std::move(workspace);
        openDesk(*m_workspace, Start::Again);
    } else if (workspace.error().cause == ErrorCause::WorkspaceAbsent) {
        m_window.reset(MessageWindow::welcome(dir));
        showWindow([] { return true; }, 0);
    } else {
        showFailure(workspace.error(), dir);
    }
}

void Application::askPassphrase(const QString& dir) {
    auto window = std::make_unique<PassphraseWindow>(dir);
    connect(window.get(), &PassphraseWindow::entered, this,
            [this, dir, asker = window.get()](const SecretString& typed) {
                UnlockOptions unlock;
                unlock.workspaceDir = dir;
                unlock.passphrase = typed;
                auto workspace = openWorkspace(unlock);
                if (!workspace && workspace.error().cause == ErrorCause::WrongKey) {
                    asker->refuse();
                    return;
                }
                asker->hide();
                asker->deleteLater();
                static_cast<void>(m_window.release()); // deletes itself: it is still in its own signal
                if (!workspace) {
                    showFailure(workspace.error(), dir);
                    return;
                }
                m_workspace = *std::move(workspace);
                openDesk(*m_workspace, Start::Again);
            });
    m_window = std::move(window);
    showWindow([] { return true; }, 0);
}

void Application::openDesk(const Workspace& workspace, Start start) {
    auto desk = Desk::open(workspace, m_clock, deskAdapters(workspace, m_clock));
    if (!desk) {
        showFailure(desk.error(), workspace.dir());
        return;
    }
    m_desk = *std::move(desk);
    MailReads reads = mailReads(m_desk->read());
    reads.spelling = &m_spelling;
    auto window = std::make_unique<DeskWindow>(*m_desk, m_desk->mail(), reads, m_clock, workspace.dir());
    m_deskWindow = window.get();
    m_window = std::move(window);
    if (start == Start::First) {
        m_deskWindow->syncAll(SyncKind::Full);
        m_deskWindow->importMail(m_sandbox->mailDir(), {m_sandbox->supportAddress()});
        // The import goes through years of letters; what it ends on is not what a person would start with.
        connect(m_desk.get(), &Desk::mailImported, this, &Application::showNewest);
    }
    arrange();
}

void Application::arrange() {
    if (m_options.view) m_deskWindow->showSplit(*m_options.view);
    int exitStatus = 0;
    if (m_options.conversation.isValid() && !m_deskWindow->openConversation(m_options.conversation)) {
        std::fprintf(stderr, "aiva: no conversation has the id %lld\n",
                     static_cast<long long>(m_options.conversation.value()));
        exitStatus = notFoundStatus;
    }
    if (m_options.page != DeskPage::Triage) m_deskWindow->showPage(m_options.page);
    showWindow([this] { return m_deskWindow->isQuiet(); }, exitStatus);
}

void Application::showNewest() {
    if (m_options.conversation.isValid() || m_options.page != DeskPage::Triage) return;
    const InboxFilter filter{.view = m_options.view.value_or(InboxView::NeedsMe)};
    const auto rows = m_desk->read().inbox->page(filter, std::nullopt, 1);
    if (rows && !rows->empty()) m_deskWindow->openConversation(rows->front().id);
}

void Application::showFailure(const Error& error, const QString& dir) {
    m_window.reset(MessageWindow::failure(error, dir));
    const bool isLocked = error.cause == ErrorCause::WrongKey || error.cause == ErrorCause::DamagedFile ||
                          error.cause == ErrorCause::NewerSchema;
    std::fprintf(stderr, "aiva: %s\n", qPrintable(error.detail));
    showWindow([] { return true; }, isLocked ? lockedStatus : 1);
}

void Application::showWindow(std::function<bool()> isQuiet, int exitStatus) {
    if (!m_options.size.isEmpty()) m_window->resize(m_options.size);
    m_window->show();
    if (m_options.screenshot.isEmpty()) return;
    auto* run = new ScreenshotRun(*m_window, std::move(isQuiet), m_options.screenshot, this);
    connect(run, &ScreenshotRun::finished, this,
            [exitStatus](int status) { QCoreApplication::exit(status != 0 ? status : exitStatus); });
}

} // namespace aiva
