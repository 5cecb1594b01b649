#include "core/adapters/mail/mime/mail_charset.h"

#include <gmime/gmime.h>

#include <array>
#include <cerrno>

namespace aiva {
namespace {

bool isAscii(const QByteArray& bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
}

bool isValidUtf8(const QByteArray& bytes) {
    return g_utf8_validate_len(bytes.constData(), static_cast<gsize>(bytes.size()), nullptr) != FALSE;
}

// True when at least one whole multi-byte sequence is there: broken UTF-8 rather than no UTF-8.
bool hasUtf8Sequence(const QByteArray& bytes) {
    const char* at = bytes.constData();
    const char* const end = at + bytes.size();
    for (; at < end; ++at) {
        if (static_cast<signed char>(*at) >= 0) continue;
        const gunichar c = g_utf8_get_char_validated(at, end - at);
        if (c != static_cast<gunichar>(-1) && c != static_cast<gunichar>(-2)) return true;
    }
    return false;
}

// Through iconv, a replacement character for every byte that does not convert. Null when iconv does not know the
// charset.
QString converted(const QByteArray& bytes, const char* charset) {
    iconv_t converter = g_mime_iconv_open("UTF-8", charset);
    if (converter == reinterpret_cast<iconv_t>(-1)) return {};
    QByteArray out;
    out.reserve(bytes.size() + bytes.size() / 2);
    QByteArray source = bytes;
    char* in = source.data();
    size_t left = static_cast<size_t>(source.size());
    std::array<char, 8192> buffer;
    while (left > 0) {
        char* to = buffer.data();
        size_t room = buffer.size();
        errno = 0;
        const size_t result = iconv(converter, &in, &left, &to, &room);
        out.append(buffer.data(), static_cast<qsizetype>(buffer.size() - room));
        if (result != static_cast<size_t>(-1) || left == 0) continue;
        if (errno == E2BIG) continue;
        out.append("\xEF\xBF\xBD"); // U+FFFD
        ++in;
        --left;
        iconv(converter, nullptr, nullptr, nullptr, nullptr);
    }
    g_mime_iconv_close(converter);
    const QString text = QString::fromUtf8(out);
    return text.isNull() ? QStringLiteral("") : text;
}

QString withoutNul(QString text) {
    return text.replace(QChar(u'\0'), QChar(QChar::ReplacementCharacter));
}

bool isOneOf(const QByteArray& charset, std::initializer_list<const char*> names) {
    return std::any_of(names.begin(), names.end(), [&](const char* name) { return charset == name; });
}

} // namespace

QString decodeMailText(const QByteArray& bytes, const QByteArray& charset) {
    const QByteArray claim = charset.trimmed().toLower();
    const bool claimsUtf8 = isOneOf(claim, {"utf-8", "utf8"});
    const bool claimsNothing =
        claim.isEmpty() || isOneOf(claim, {"us-ascii", "ascii", "ansi_x3.4-1968", "unknown-8bit", "x-unknown"});
    // ASCII is checked only where it decides: ISO-2022-JP and UTF-7 are ASCII bytes too.
    if ((claimsUtf8 || claimsNothing) &&
        (isAscii(bytes) || isValidUtf8(bytes) || (claimsUtf8 && hasUtf8Sequence(bytes))))
        return withoutNul(QString::fromUtf8(bytes));
    if (!claimsUtf8 && !claimsNothing && !isOneOf(claim, {"iso-8859-1", "latin1", "iso8859-1"})) {
        const QString text = converted(bytes, claim.constData());
        if (!text.isNull()) return withoutNul(text);
        if (isValidUtf8(bytes)) return withoutNul(QString::fromUtf8(bytes));
    }
    return withoutNul(converted(bytes, "windows-1252"));
}

QString singleLine(const QString& text) {
    QString line;
    line.reserve(text.size());
    for (const QChar c : text) {
        const char16_t u = c.unicode();
        const bool isOverride = (u >= 0x202A && u <= 0x202E) || (u >= 0x2066 && u <= 0x2069);
        if (isOverride) continue;
        line.append(c.category() == QChar::Other_Control || c.isSpace() ? QChar(u' ') : c);
    }
    return line.simplified();
}

} // namespace aiva
