#include "ui/shell/notifier.h"

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QSystemTrayIcon>

namespace aiva {

Notifier::Notifier(QObject* parent) : QObject(parent) {}

void Notifier::tell(const QString& title, const QString& text, Weight weight) {
    if (!QSystemTrayIcon::isSystemTrayAvailable() || !QSystemTrayIcon::supportsMessages()) return;
    if (m_tray == nullptr) {
        const QIcon own = QApplication::windowIcon();
        m_tray = new QSystemTrayIcon(own.isNull() ? makeIcon(Icon::Reply, Theme::colors().textPrimary) : own, this);
        m_tray->setToolTip(QApplication::applicationDisplayName());
        connect(m_tray, &QSystemTrayIcon::messageClicked, this, &Notifier::opened);
        m_tray->show();
    }
    m_tray->showMessage(title, text, weight == Weight::Good ? QSystemTrayIcon::Information : QSystemTrayIcon::Warning);
}

} // namespace aiva
