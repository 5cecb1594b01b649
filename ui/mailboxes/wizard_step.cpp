#include "ui/mailboxes/wizard_step.h"

namespace aiva {

WizardStep::WizardStep(QWidget* parent) : QWidget(parent) {}

} // namespace aiva
