// The order Tab walks in: as the eye reads, from top to bottom and along the line, whatever order widgets were made in.
#pragma once

class QWidget;

namespace aiva {

// One step along that order, around its ends: what a window's focusNextPrevChild does. From a control that was hidden
// or switched off to the one beside it, never far away. False when there is nowhere to go.
bool stepFocus(QWidget& root, bool next);
// Scrolls whatever it lies in until it is seen.
void bringIntoView(QWidget& widget);

} // namespace aiva
