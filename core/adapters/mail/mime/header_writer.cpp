#include "core/adapters/mail/mime/header_writer.h"

#include "core/adapters/mail/mime/mail_charset.h"
#include "core/domain/mail/wire_address.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <cstring>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kLineLength = 76;
constexpr qsizetype kLongestWord = 60;         // unbroken ASCII beyond this is encoded, so that it can be folded
constexpr qsizetype kEncodedWord = 52;         // of the text in one encoded word: fits a line beside "Subject:" too
constexpr qsizetype kLongestWrittenName = 200; // of a display name
constexpr qsizetype kLongestId = 900;          // leaves room below the 998 of a line
constexpr qsizetype kLongestSubject = 10'000;  // characters

bool isPrintableAscii(const QString& text) {
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() >= 0x20 && c.unicode() < 0x7F; });
}

// Text that means itself: nobody will take a part of it for an encoded word, and it can be folded.
bool isPlain(const QString& text) {
    if (!isPrintableAscii(text) || text.contains("=?"_L1)) return false;
    const QStringList words = text.split(u' ');
    return std::all_of(words.begin(), words.end(), [](const QString& word) { return word.size() <= kLongestWord; });
}

bool isAtoms(const QString& text) {
    return std::all_of(text.begin(), text.end(), [](QChar c) {
        return c.isLetterOrNumber() || c == u' ' || "!#$%&'*+-/=?^_`{|}~"_L1.contains(c);
    });
}

// "Q" with the letters a phrase allows (RFC 2047 §5.3). Not "B": its padding at the end of a word makes some readers,
// GMime among them, lose the words that follow.
QByteArray quoted(const QByteArray& bytes) {
    QByteArray text;
    for (const char c : bytes) {
        const bool isPlainLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (isPlainLetter || (c != '\0' && std::strchr("!*+-/", c)))
            text += c;
        else if (c == ' ')
            text += '_';
        else
            text += '=' + QByteArray(1, c).toHex().toUpper();
    }
    return text;
}

QByteArrayList encodedWords(const QString& text) {
    QByteArrayList words;
    QByteArray word;
    const auto flush = [&] {
        if (!word.isEmpty()) words << "=?UTF-8?Q?" + word + "?=";
        word.clear();
    };
    // A character never spans two words (RFC 2047 §5).
    for (const uint code : text.toUcs4()) {
        const char32_t character = code;
        const QByteArray letters = quoted(QString::fromUcs4(&character, 1).toUtf8());
        if (word.size() + letters.size() > kEncodedWord) flush();
        word += letters;
    }
    flush();
    return words;
}

QByteArrayList phrase(const QString& name) {
    if (!isPlain(name)) return encodedWords(name);
    if (isAtoms(name)) return name.toLatin1().split(' ');
    QByteArray inner = name.toLatin1();
    inner.replace('\\', "\\\\").replace('"', "\\\"");
    return {'"' + inner + '"'};
}

QString cut(const QString& text, qsizetype length) {
    QString shorter = text.left(length);
    if (!shorter.isEmpty() && shorter.back().isHighSurrogate()) shorter.chop(1);
    return shorter;
}

} // namespace

bool isWritableId(const QString& id) {
    return !id.isEmpty() && id.size() <= kLongestId && isPrintableAscii(id) && !id.contains(u' ') &&
           !id.contains(u'<') && !id.contains(u'>');
}

void HeaderWriter::fold(const QByteArray& name, const QByteArrayList& words) {
    m_bytes += name + ':';
    qsizetype column = name.size() + 1;
    for (const QByteArray& word : words) {
        // The first word stays beside the name, however long: an empty first line is lost on some readers.
        const bool isFirst = column == name.size() + 1;
        const bool stays = isFirst || column + 1 + word.size() <= kLineLength;
        m_bytes += stays ? " " : "\r\n ";
        column = (stays ? column : 0) + 1 + word.size();
        m_bytes += word;
    }
    m_bytes += "\r\n";
}

void HeaderWriter::text(const QByteArray& name, const QString& value) {
    const QString line = cut(singleLine(value), kLongestSubject);
    fold(name, isPlain(line) ? line.toLatin1().split(' ') : encodedWords(line));
}

Result<void> HeaderWriter::addresses(const QByteArray& name, const QList<MailAddress>& value) {
    QByteArrayList words;
    for (const MailAddress& address : value) {
        const QString wire = wireAddress(address.email);
        if (wire.isEmpty()) return Error{ErrorKind::Invalid, u"an address cannot be written into a mail"_s};
        const QString display = cut(singleLine(address.name), kLongestWrittenName).trimmed();
        if (!words.isEmpty()) words.last() += ',';
        if (display.isEmpty())
            words << wire.toUtf8();
        else
            words << phrase(display) << '<' + wire.toUtf8() + '>';
    }
    if (!words.isEmpty()) fold(name, words);
    return {};
}

void HeaderWriter::ids(const QByteArray& name, const QStringList& value) {
    QByteArrayList words;
    for (const QString& id : value)
        if (isWritableId(id)) words << '<' + id.toLatin1() + '>';
    if (!words.isEmpty()) fold(name, words);
}

void HeaderWriter::date(UtcTime value) {
    const QDateTime utc = QDateTime::fromMSecsSinceEpoch(value.ms(), Qt::UTC);
    token("Date", QLocale::c().toString(utc, u"ddd, d MMM yyyy HH:mm:ss"_s).toLatin1() + " +0000");
}

void HeaderWriter::token(const QByteArray& name, const QByteArray& value) {
    m_bytes += name + ": " + value + "\r\n";
}

} // namespace aiva
