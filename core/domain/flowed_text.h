// format=flowed (RFC 3676): soft line breaks of a mail's text taken back. Pure.
#pragma once

#include <QString>

namespace aiva {

// DelSp=yes: the blank before a soft break belongs to the break.
enum class FlowedSpace { Keep, Delete };
// `text` with '\n' line ends. Quote marks stay, one blank behind them; the signature mark "-- " is never joined.
QString unwrapFlowed(const QString& text, FlowedSpace space);

} // namespace aiva
