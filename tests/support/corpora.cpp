#include "tests/support/corpora.h"

#include <QDir>
#include <QFileInfo>

namespace aiva::test {

QString sourceDir() {
    return qEnvironmentVariable("AIVA_SOURCE_DIR");
}

QString binDir() {
    return qEnvironmentVariable("AIVA_BIN_DIR");
}

QString corporaDir() {
    const QString fallback = QDir(sourceDir()).filePath(QStringLiteral("../shared/data"));
    const QString dir = qEnvironmentVariable("AIVA_CORPORA", fallback);
    return QFileInfo(dir).isDir() ? QDir(dir).absolutePath() : QString();
}

QString corpus(const QString& relative) {
    const QString root = corporaDir();
    if (root.isEmpty()) return {};
    const QString path = QDir(root).filePath(relative);
    return QFileInfo::exists(path) ? path : QString();
}

} // namespace aiva::test
