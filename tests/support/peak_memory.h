// The peak of this process's memory since the last reset, for tests that bound it. Linux only: elsewhere zero.
#pragma once

#include <QFile>

namespace aiva::test {

// Where a sanitizer keeps what is freed, and shadows of it all, the memory measured is not the program's.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool kMeasuresMemory = false;
#else
constexpr bool kMeasuresMemory = true;
#endif

inline void resetPeakMemory() {
    QFile file(QStringLiteral("/proc/self/clear_refs"));
    if (file.open(QIODevice::WriteOnly)) file.write("5");
}

inline qint64 peakMemoryBytes() {
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly)) return 0;
    for (const QByteArray& line : file.readAll().split('\n'))
        if (line.startsWith("VmHWM:")) return line.mid(6).simplified().split(' ').value(0).toLongLong() * 1024;
    return 0;
}

} // namespace aiva::test
