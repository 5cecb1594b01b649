// A text file as a stream of UTF-8, whatever its encoding: UTF-8 and UTF-16 by their byte order marks, UTF-16 also by
// the zero bytes on one side, UTF-8 when every byte of it says so, Windows-1252 else. What is UTF-8 by its mark, or but
// for its end, stays so: broken bytes become U+FFFD. Used by CsvFileReader; blocking.
#pragma once

#include "core/base/result.h"

#include <QFile>
#include <QStringDecoder>

#include <memory>
#include <string>

namespace aiva {

class CsvText {
public:
    // Looks the whole file through once. NotFound, or Invalid when it is no text.
    static Result<std::unique_ptr<CsvText>> open(const QString& path);

    enum class Encoding { Utf8, Utf16Le, Utf16Be, Windows1252 };
    Encoding encoding() const { return m_encoding; }
    qint64 bytes() const { return m_file.size(); }
    qint64 bytesRead() const { return m_file.pos(); }

    // Appends the next piece; false at the end.
    Result<bool> read(std::string& into);

private:
    explicit CsvText(const QString& path) : m_file(path) {}
    enum class Mark { None, Utf8 };
    Result<void> findEncoding();
    void readUtf16(Encoding encoding, qint64 from);
    Result<void> checkBytes(Mark mark);

    QFile m_file;
    Encoding m_encoding = Encoding::Utf8;
    QStringDecoder m_decoder; // of UTF-16, and of UTF-8 with broken bytes
    QByteArray m_piece;
};

// Appends Windows-1252 as UTF-8; the five bytes it leaves undefined become U+FFFD.
void appendWindows1252(const QByteArray& bytes, std::string& into);

} // namespace aiva
