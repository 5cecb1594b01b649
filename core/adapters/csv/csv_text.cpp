#include "core/adapters/csv/csv_text.h"

#include "core/adapters/csv/utf8_check.h"

#include <QFileInfo>

#include <array>

namespace aiva {

using namespace Qt::StringLiterals;

static constexpr qint64 kPieceBytes = 64 << 10;
static constexpr qint64 kLookBytes = 1 << 20;
static constexpr qint64 kPeekBytes = 4 << 10;

static Error cannotRead() {
    return {ErrorKind::NotFound, u"the file cannot be read"_s};
}

Result<std::unique_ptr<CsvText>> CsvText::open(const QString& path) {
    if (!QFileInfo(path).isFile()) return Error{ErrorKind::NotFound, u"there is no such file"_s};
    std::unique_ptr<CsvText> text(new CsvText(path));
    if (!text->m_file.open(QIODevice::ReadOnly)) return cannotRead();
    AIVA_CHECK(text->findEncoding());
    return text;
}

// Letters, signs and line ends of Latin text have a byte of zero each, always the same one of their two; few characters
// have the other. No other encoding has any.
static std::optional<CsvText::Encoding> unmarkedUtf16(const QByteArray& start) {
    qsizetype zeros[2] = {0, 0};
    for (qsizetype at = 0; at < start.size(); ++at)
        if (start[at] == '\0') ++zeros[at % 2];
    const qsizetype enough = start.size() / 2 / 3 + 1;
    if (zeros[1] >= enough && zeros[0] * 16 <= zeros[1]) return CsvText::Encoding::Utf16Le;
    if (zeros[0] >= enough && zeros[1] * 16 <= zeros[0]) return CsvText::Encoding::Utf16Be;
    return {};
}

Result<void> CsvText::findEncoding() {
    const QByteArray mark = m_file.peek(4);
    if (mark.startsWith("PK\x03\x04"))
        return Error{ErrorKind::Invalid, u"this is a spreadsheet or an archive; save it as CSV"_s, ErrorCause::NotText};
    if (mark.startsWith("\xEF\xBB\xBF")) return checkBytes(Mark::Utf8);
    if (mark.startsWith("\xFF\xFE")) {
        readUtf16(Encoding::Utf16Le, 2);
    } else if (mark.startsWith("\xFE\xFF")) {
        readUtf16(Encoding::Utf16Be, 2);
    } else if (const auto unmarked = unmarkedUtf16(m_file.peek(kPeekBytes))) {
        readUtf16(*unmarked, 0);
    } else {
        return checkBytes(Mark::None);
    }
    return {};
}

void CsvText::readUtf16(Encoding encoding, qint64 from) {
    m_encoding = encoding;
    m_decoder = QStringDecoder(encoding == Encoding::Utf16Le ? QStringDecoder::Utf16LE : QStringDecoder::Utf16BE);
    m_file.seek(from);
}

Result<void> CsvText::checkBytes(Mark mark) {
    Utf8Check check;
    m_piece.resize(kLookBytes);
    for (;;) {
        const qint64 got = m_file.read(m_piece.data(), kLookBytes);
        if (got < 0) return cannotRead();
        if (got == 0) break;
        const std::string_view bytes(m_piece.constData(), static_cast<size_t>(got));
        if (bytes.find('\0') != std::string_view::npos)
            return Error{ErrorKind::Invalid, u"this is no text file; save it as CSV in UTF-8"_s, ErrorCause::NotText};
        check.feed(bytes);
    }
    const bool isUtf8 = check.isValid() || check.isCut() || mark == Mark::Utf8;
    m_encoding = isUtf8 ? Encoding::Utf8 : Encoding::Windows1252;
    if (isUtf8 && !check.isValid()) m_decoder = QStringDecoder(QStringDecoder::Utf8);
    if (!m_file.seek(mark == Mark::Utf8 ? 3 : 0)) return cannotRead();
    return {};
}

Result<bool> CsvText::read(std::string& into) {
    m_piece.resize(kPieceBytes);
    const qint64 got = m_file.read(m_piece.data(), kPieceBytes);
    if (got < 0) return cannotRead();
    if (got == 0) return false;
    m_piece.truncate(got);
    if (m_decoder.isValid()) {
        const QString decoded = m_decoder(m_piece);
        const QByteArray utf8 = decoded.toUtf8();
        into.append(utf8.constData(), static_cast<size_t>(utf8.size()));
    } else if (m_encoding == Encoding::Windows1252) {
        appendWindows1252(m_piece, into);
    } else {
        into.append(m_piece.constData(), static_cast<size_t>(got));
    }
    return true;
}

void appendWindows1252(const QByteArray& bytes, std::string& into) {
    // 0x80 to 0x9F (unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT); the rest is Latin-1.
    static constexpr std::array<char16_t, 32> kUpper{0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                     0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                                     0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                     0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        const char16_t code = value >= 0x80 && value < 0xA0 ? kUpper.at(value - 0x80U) : value;
        if (code < 0x80) {
            into.push_back(byte);
        } else if (code < 0x800) {
            into.push_back(static_cast<char>(0xC0 | (code >> 6)));
            into.push_back(static_cast<char>(0x80 | (code & 0x3F)));
        } else {
            into.push_back(static_cast<char>(0xE0 | (code >> 12)));
            into.push_back(static_cast<char>(0x80 | ((code >> 6) & 0x3F)));
            into.push_back(static_cast<char>(0x80 | (code & 0x3F)));
        }
    }
}

} // namespace aiva
