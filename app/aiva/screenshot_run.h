// One screenshot: waits until the window has nothing left to do (bounded), writes the PNG and ends the program.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>

class QWidget;

namespace aiva {

class ScreenshotRun final : public QObject {
    Q_OBJECT
public:
    ScreenshotRun(QWidget& window, std::function<bool()> isQuiet, const QString& file, QObject* parent = nullptr);

Q_SIGNALS:
    void finished(int exitStatus);

private:
    void look();

    QWidget& m_window;
    std::function<bool()> m_isQuiet;
    QString m_file;
    QTimer m_timer;
    QElapsedTimer m_waited;
    QElapsedTimer m_quietSince;
};

} // namespace aiva
