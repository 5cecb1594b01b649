// What answering needs of the outside: language models, with their keys from the keychain. Used by the desk and by
// aivactl.
#pragma once

#include "core/base/clock.h"
#include "core/desk/answers/answer_adapters.h"
#include "core/storage/workspace/workspace.h"

namespace aiva {

// Workspace and clock outlive what these make.
AnswerAdapters answerAdapters(const Workspace& workspace, const Clock& clock);

} // namespace aiva
