// Tells people about what happened while they looked elsewhere (S13), through the system's own notifications where it
// has any. The window shows the same in its own line; this never is the only place.
#pragma once

#include <QObject>

class QSystemTrayIcon;

namespace aiva {

class Notifier final : public QObject {
    Q_OBJECT
public:
    explicit Notifier(QObject* parent = nullptr);

    enum class Weight { Good, Bad };
    void tell(const QString& title, const QString& text, Weight weight);

Q_SIGNALS:
    void opened(); // a notification was clicked

private:
    QSystemTrayIcon* m_tray = nullptr; // made with the first one; absent where the system shows none
};

} // namespace aiva
