// The causes of errors by who they are of, each told in words by a file of its own. Empty for a cause of somebody else;
// only error_text.cpp asks.
#pragma once

#include "ui/errors/error_text.h"

namespace aiva {

ErrorText workspaceErrorText(ErrorCause cause);
ErrorText shopErrorText(ErrorCause cause);
ErrorText queueErrorText(ErrorCause cause);
ErrorText networkErrorText(ErrorCause cause);
ErrorText mailServerErrorText(ErrorCause cause);
ErrorText outgoingErrorText(ErrorCause cause);
ErrorText modelErrorText(ErrorCause cause);
ErrorText fileErrorText(ErrorCause cause);

} // namespace aiva
