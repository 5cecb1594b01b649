#include "app/aiva/screenshot_run.h"

#include <QImage>
#include <QPixmap>
#include <QWidget>

#include <cstdio>

namespace aiva {

namespace {
constexpr int lookEveryMs = 50;
constexpr int quietForMs = 400; // longer than any notice is held back
constexpr int mostMs = 60'000;
} // namespace

ScreenshotRun::ScreenshotRun(QWidget& window, std::function<bool()> isQuiet, const QString& file, QObject* parent)
    : QObject(parent), m_window(window), m_isQuiet(std::move(isQuiet)), m_file(file) {
    connect(&m_timer, &QTimer::timeout, this, &ScreenshotRun::look);
    m_timer.start(lookEveryMs);
    m_waited.start();
}

void ScreenshotRun::look() {
    if (!m_isQuiet())
        m_quietSince.invalidate();
    else if (!m_quietSince.isValid())
        m_quietSince.start();
    const bool settled = m_quietSince.isValid() && m_quietSince.elapsed() >= quietForMs;
    if (!settled && m_waited.elapsed() < mostMs) return;
    m_timer.stop();
    if (!settled) std::fputs("aiva: still busy after a minute; the picture shows it so\n", stderr);
    const bool written = m_window.grab().toImage().save(m_file, "PNG");
    if (!written) std::fputs("aiva: the picture could not be written; is the folder there?\n", stderr);
    Q_EMIT finished(written ? 0 : 1);
}

} // namespace aiva
