// format=flowed (RFC 3676): soft line breaks of a mail's text taken back, and put in. Pure.
#pragma once

#include <QString>

namespace aiva {

// DelSp=yes: the blank before a soft break belongs to the break.
enum class FlowedSpace { Keep, Delete };
// `text` with '\n' line ends. Quote marks stay, one blank behind them; the signature mark "-- " is never joined.
QString unwrapFlowed(const QString& text, FlowedSpace space);
// The opposite, DelSp=no: lines of at most 76 characters where words allow it, ending in a blank where they go on.
// Blanks at the end of a line are lost, except those of the signature mark.
QString wrapFlowed(const QString& text);

} // namespace aiva
