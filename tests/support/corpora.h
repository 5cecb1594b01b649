// Where the public test corpora lie. Tests that need one call QSKIP when it is absent.
#pragma once

#include <QString>

namespace aiva::test {

// Folder from AIVA_CORPORA, else ../shared/data beside the checkout; empty when it does not exist.
QString corporaDir();
// corporaDir()/relative, empty when absent.
QString corpus(const QString& relative);
// The project's source folder (resources/…), from AIVA_SOURCE_DIR.
QString sourceDir();
// The folder of the built programs (aivactl, aiva-sandbox), from AIVA_BIN_DIR.
QString binDir();

} // namespace aiva::test
