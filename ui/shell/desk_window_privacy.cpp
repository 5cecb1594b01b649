// The privacy half of the window: what shops ask about people's data, in the settings.
#include "ui/shell/desk_window.h"
#include "ui/shell/settings_page.h"

namespace aiva {

void DeskWindow::connectPrivacy() {
    const auto known = [this](const QString& address) { return m_desk.read().privacy->known(address); };
    const PrivacySection* section = m_settings->addPrivacy(m_desk.privacy(), m_clock, known);
    connect(section, &PrivacySection::stale, this, &DeskWindow::readPrivacy);
    readPrivacy();
}

void DeskWindow::readPrivacy() {
    const auto requests = m_desk.read().privacy->open();
    if (requests)
        m_settings->privacy()->setRequests(*requests);
    else
        tell(requests.error());
}

} // namespace aiva
