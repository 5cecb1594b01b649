// The order Tab walks in: as the eye reads, from top to bottom and along the line, whatever order widgets were made in.
#pragma once

#include <QList>

class QWidget;

namespace aiva {

// What can be reached by Tab below `root` now.
QList<QWidget*> readingOrder(const QWidget& root);

} // namespace aiva
