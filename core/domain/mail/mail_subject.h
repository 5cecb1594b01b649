// Subjects as threading compares them (RFC 5256 §2.1). Pure.
#pragma once

#include <QString>

namespace aiva {

// Without "Re:", "Fwd:", "AW:" and their kin, without "[list]" blobs and a trailing "(fwd)"; lower case.
QString baseSubject(const QString& subject);
// True when the subject says it answers or forwards.
bool isReplySubject(const QString& subject);

} // namespace aiva
