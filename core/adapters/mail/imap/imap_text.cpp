#include "core/adapters/mail/imap/imap_text.h"

#include <algorithm>

namespace aiva {
namespace {

bool isPrintable(char16_t c) {
    return c >= 0x20 && c <= 0x7e;
}

QByteArray shiftedOut(const QString& run) {
    QByteArray utf16;
    utf16.reserve(run.size() * 2);
    for (const QChar c : run) {
        utf16.append(static_cast<char>(c.unicode() >> 8));
        utf16.append(static_cast<char>(c.unicode() & 0xff));
    }
    QByteArray base64 = utf16.toBase64(QByteArray::OmitTrailingEquals);
    base64.replace('/', ',');
    return '&' + base64 + '-';
}

std::optional<QString> shiftedIn(QByteArray base64) {
    base64.replace(',', '/');
    const auto decoded = QByteArray::fromBase64Encoding(base64, QByteArray::AbortOnBase64DecodingErrors);
    if (decoded.decodingStatus != QByteArray::Base64DecodingStatus::Ok || decoded.decoded.size() % 2 != 0) return {};
    QString run;
    for (qsizetype i = 0; i < decoded.decoded.size(); i += 2)
        run.append(QChar(static_cast<ushort>((static_cast<uchar>(decoded.decoded.at(i)) << 8) |
                                             static_cast<uchar>(decoded.decoded.at(i + 1)))));
    if (run.isEmpty() || !run.isValidUtf16()) return {};
    return run;
}

std::optional<QString> fromModifiedUtf7(const QByteArray& wire) {
    QString name;
    for (qsizetype i = 0; i < wire.size(); ++i) {
        if (wire.at(i) != '&') {
            name.append(QLatin1Char(wire.at(i)));
            continue;
        }
        const qsizetype end = wire.indexOf('-', i);
        if (end < 0) return {};
        if (end == i + 1) {
            name.append(u'&');
        } else {
            const auto run = shiftedIn(wire.mid(i + 1, end - i - 1));
            if (!run) return {};
            name.append(*run);
        }
        i = end;
    }
    return name;
}

int monthOf(const QByteArray& name) {
    static const QByteArray months = "janfebmaraprmayjunjulaugsepoctnovdec";
    const qsizetype at = months.indexOf(name.toLower());
    return at >= 0 && at % 3 == 0 ? static_cast<int>(at / 3 + 1) : 0;
}

} // namespace

QString decodeFolderName(const QByteArray& wire) {
    const bool isAscii =
        std::all_of(wire.begin(), wire.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (!isAscii) return QString::fromUtf8(wire);
    return fromModifiedUtf7(wire).value_or(QString::fromLatin1(wire));
}

QByteArray encodeFolderName(const QString& name) {
    QByteArray wire;
    QString run;
    const auto flush = [&] {
        if (!run.isEmpty()) wire += shiftedOut(run);
        run.clear();
    };
    for (const QChar c : name) {
        if (!isPrintable(c.unicode())) {
            run.append(c);
            continue;
        }
        flush();
        if (c == u'&')
            wire += "&-";
        else
            wire += c.toLatin1();
    }
    flush();
    return wire;
}

std::optional<QByteArray> imapQuoted(const QByteArray& text) {
    QByteArray quoted = "\"";
    quoted.reserve(text.size() + 2);
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte == 0 || byte == '\r' || byte == '\n' || byte >= 0x80) return {};
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

std::optional<UtcTime> parseInternalDate(const QByteArray& text) {
    // Fixed columns; the day may begin with a blank.
    const QByteArray date = text.size() == 25 ? ' ' + text : text;
    if (date.size() != 26 || date.at(2) != '-' || date.at(6) != '-' || date.at(11) != ' ') return {};
    const QDate day(date.mid(7, 4).toInt(), monthOf(date.mid(3, 3)), date.left(2).trimmed().toInt());
    const QTime time(date.mid(12, 2).toInt(), date.mid(15, 2).toInt(), date.mid(18, 2).toInt());
    const char sign = date.at(21);
    if (!day.isValid() || !time.isValid() || (sign != '+' && sign != '-')) return {};
    const int offset = (date.mid(22, 2).toInt() * 60 + date.mid(24, 2).toInt()) * 60 * (sign == '-' ? -1 : 1);
    return UtcTime(QDateTime(day, time, Qt::UTC).toMSecsSinceEpoch()).plusSeconds(-offset);
}

QString cleanServerText(const QByteArray& text, int longest) {
    QString clean = QString::fromUtf8(text.left(longest * 4)).simplified();
    clean.removeIf([](QChar c) { return !c.isPrint(); });
    clean.truncate(longest);
    return clean;
}

} // namespace aiva
