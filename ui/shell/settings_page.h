// Settings as far as there are any: where the workspace is, and About with the licences of what comes along.
#pragma once

#include "ui/widgets/page.h"

namespace aiva {

class SettingsPage final : public Page {
    Q_OBJECT
public:
    explicit SettingsPage(const QString& workspaceDir, QWidget* parent = nullptr);

private:
    void addLicense(const QString& name, const QString& license, const QString& text);
};

} // namespace aiva
