// What the tests of encryption share: keys, raw file contents, damage on purpose.
#pragma once

#include "core/base/result.h"
#include "core/base/secret_string.h"

#include <QFile>
#include <QTest>

#include <string>

#define VERIFY_OK(expression)                                                                                          \
    do {                                                                                                               \
        const auto& checked = (expression);                                                                            \
        QVERIFY2(checked, checked ? "" : qPrintable(checked.error().detail));                                          \
    } while (false)

#define VERIFY_CAUSE(expression, expected)                                                                             \
    do {                                                                                                               \
        const auto& refused = (expression);                                                                            \
        QVERIFY2(!refused, "should have failed");                                                                      \
        if (refused.error().cause != (expected)) qWarning() << refused.error().detail;                                 \
        QCOMPARE(refused.error().cause, (expected));                                                                   \
    } while (false)

namespace aiva::test {

inline SecretString keyOf(char byte) {
    return SecretString(std::string(32, byte));
}

inline QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline bool overwrite(const QString& path, const QByteArray& content) {
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(content) == content.size();
}

inline QByteArray withBitFlipped(QByteArray content, qint64 bit) {
    content[bit / 8] = static_cast<char>(content[bit / 8] ^ (1 << (bit % 8)));
    return content;
}

} // namespace aiva::test
