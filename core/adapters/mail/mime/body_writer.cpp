#include "core/adapters/mail/mime/body_writer.h"

#include "core/adapters/mail/mime/attachment_name.h"
#include "core/adapters/mail/mime/header_writer.h"
#include "core/adapters/mail/mime/mime_library.h"
#include "core/domain/mail/flowed_text.h"

#include <QCryptographicHash>
#include <QRegularExpression>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kLongestBodyLine = 998; // RFC 5322 §2.1.1

using Part = GObjectPtr<GMimeObject>;

struct BodyBoundaries {
    QByteArray seed;
    int next = 0;
    // "=_" cannot occur in base64 or quoted-printable, and nobody who wrote a text knew the hash.
    QByteArray take() {
        const QByteArray hash = QCryptographicHash::hash(seed, QCryptographicHash::Sha256).toHex().left(24);
        return "=_" + hash + '_' + QByteArray::number(++next);
    }
};

// Seven bits and short lines travel as they are; else whatever of the two stays shorter. 8BITMIME is not relied on:
// a relay without it would re-encode the body and break its signature.
GMimeContentEncoding encodingFor(const QByteArray& text) {
    qsizetype high = 0, line = 0, longest = 0;
    for (const char c : text) {
        if (static_cast<signed char>(c) < 0) ++high;
        line = c == '\n' ? 0 : line + 1;
        longest = std::max(longest, line);
    }
    if (high == 0 && longest < kLongestBodyLine && !text.contains("\nFrom ") && !text.startsWith("From "))
        return GMIME_CONTENT_ENCODING_7BIT;
    return high * 6 > text.size() ? GMIME_CONTENT_ENCODING_BASE64 : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
}

void setContent(GMimePart* part, const QByteArray& content, GMimeContentEncoding encoding) {
    const GObjectPtr<GMimeStream> stream(
        g_mime_stream_mem_new_with_buffer(content.constData(), static_cast<size_t>(content.size())));
    const GObjectPtr<GMimeDataWrapper> wrapper(
        g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
    g_mime_part_set_content(part, wrapper.get());
    g_mime_part_set_content_encoding(part, encoding);
}

QByteArray unixLines(QString text) {
    text.replace("\r\n"_L1, "\n"_L1).replace(u'\r', u'\n');
    text.replace(QChar(u'\0'), QChar(QChar::ReplacementCharacter));
    return text.toUtf8();
}

Part plainPart(const QString& text) {
    QString lines = text;
    // Text editors of Qt hand these out for line breaks.
    lines.replace(QChar(QChar::LineSeparator), u'\n').replace(QChar(QChar::ParagraphSeparator), u'\n');
    GMimePart* part = g_mime_part_new_with_type("text", "plain");
    Part object(GMIME_OBJECT(part));
    g_mime_object_set_content_type_parameter(object.get(), "charset", "utf-8");
    g_mime_object_set_content_type_parameter(object.get(), "format", "flowed");
    QByteArray flowed = wrapFlowed(QString::fromUtf8(unixLines(lines))).toUtf8();
    if (!flowed.endsWith('\n')) flowed += '\n';
    setContent(part, flowed, encodingFor(flowed));
    return object;
}

Part htmlPart(const QString& html) {
    GMimePart* part = g_mime_part_new_with_type("text", "html");
    Part object(GMIME_OBJECT(part));
    g_mime_object_set_content_type_parameter(object.get(), "charset", "utf-8");
    const QByteArray bytes = unixLines(html);
    setContent(part, bytes, encodingFor(bytes));
    return object;
}

// A type that would make readers look inside (message/…, multipart/…) or that is no type at all becomes plain bytes.
QByteArrayList contentType(const QString& mimeType) {
    static const QRegularExpression form(u"^(text|image|audio|video|font|application)/([a-z0-9!#$&^_.+-]{1,100})$"_s);
    const auto match = form.match(mimeType.trimmed().toLower());
    if (!match.hasMatch()) return {"application", "octet-stream"};
    return {match.captured(1).toLatin1(), match.captured(2).toLatin1()};
}

void setNames(GMimeObject* object, const QString& name) {
    const QByteArray bytes = name.toUtf8();
    g_mime_object_set_content_disposition_parameter(object, "filename", bytes.constData());
    g_mime_object_set_content_type_parameter(object, "name", bytes.constData());
    GMimeContentType* type = g_mime_object_get_content_type(object);
    GMimeContentDisposition* disposition = g_mime_object_get_content_disposition(object);
    // RFC 2231 where it belongs; the old place of the name the way old readers know it.
    GMimeParam* filename =
        g_mime_param_list_get_parameter(g_mime_content_disposition_get_parameters(disposition), "filename");
    GMimeParam* oldName = g_mime_param_list_get_parameter(g_mime_content_type_get_parameters(type), "name");
    g_mime_param_set_charset(filename, "utf-8");
    g_mime_param_set_charset(oldName, "utf-8");
    g_mime_param_set_encoding_method(filename, GMIME_PARAM_ENCODING_METHOD_RFC2231);
    g_mime_param_set_encoding_method(oldName, GMIME_PARAM_ENCODING_METHOD_RFC2047);
}

enum class Shown { InHtml, AsFile };

Part filePart(const AttachmentRecord& attachment, Shown shown, int number) {
    const QByteArrayList type = contentType(attachment.mimeType);
    GMimePart* part = g_mime_part_new_with_type(type.at(0).constData(), type.at(1).constData());
    Part object(GMIME_OBJECT(part));
    g_mime_object_set_disposition(object.get(), shown == Shown::InHtml ? "inline" : "attachment");
    setNames(object.get(), safeAttachmentName(attachment.name, attachment.mimeType, number));
    if (shown == Shown::InHtml) g_mime_object_set_content_id(object.get(), attachment.contentId.toLatin1().constData());
    setContent(part, attachment.content, GMIME_CONTENT_ENCODING_BASE64);
    return object;
}

bool isShownBy(const QString& html, const AttachmentRecord& attachment) {
    return attachment.isInline && !attachment.contentId.isEmpty() &&
           html.contains("cid:"_L1 + attachment.contentId, Qt::CaseInsensitive);
}

Part multipart(const char* subtype, BodyBoundaries& boundaries, std::vector<Part> parts) {
    GMimeMultipart* multipart = g_mime_multipart_new_with_subtype(subtype);
    Part object(GMIME_OBJECT(multipart));
    g_mime_multipart_set_boundary(multipart, boundaries.take().constData());
    for (const Part& part : parts)
        g_mime_multipart_add(multipart, part.get());
    return object;
}

Part readable(const OutgoingMail& mail, BodyBoundaries& boundaries) {
    Part plain = plainPart(mail.text);
    if (mail.html.isEmpty()) return plain;
    std::vector<Part> related;
    related.push_back(htmlPart(mail.html));
    int number = 0;
    for (const AttachmentRecord& attachment : mail.attachments) {
        ++number;
        if (isShownBy(mail.html, attachment)) related.push_back(filePart(attachment, Shown::InHtml, number));
    }
    Part rich;
    if (related.size() == 1) {
        rich = std::move(related.front());
    } else {
        rich = multipart("related", boundaries, std::move(related));
        g_mime_object_set_content_type_parameter(rich.get(), "type", "text/html");
    }
    std::vector<Part> both;
    both.push_back(std::move(plain));
    both.push_back(std::move(rich));
    return multipart("alternative", boundaries, std::move(both));
}

} // namespace

Result<QByteArray> writeMailBody(const OutgoingMail& mail) {
    initialiseMime();
    BodyBoundaries boundaries{mail.messageId.toUtf8()};
    std::vector<Part> parts;
    parts.push_back(readable(mail, boundaries));
    int number = 0;
    for (const AttachmentRecord& attachment : mail.attachments) {
        ++number;
        if (attachment.isInline && !attachment.contentId.isEmpty() && !isWritableId(attachment.contentId))
            return Error{ErrorKind::Invalid, u"a content id does not fit its header"_s};
        if (!isShownBy(mail.html, attachment)) parts.push_back(filePart(attachment, Shown::AsFile, number));
    }
    const Part root = parts.size() == 1 ? std::move(parts.front()) : multipart("mixed", boundaries, std::move(parts));
    GMimeFormatOptions* options = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
    const GObjectPtr<GMimeStream> memory(g_mime_stream_mem_new());
    g_mime_object_write_to_stream(root.get(), options, memory.get());
    g_mime_format_options_free(options);
    const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory.get()));
    return QByteArray(reinterpret_cast<const char*>(bytes->data), static_cast<qsizetype>(bytes->len));
}

} // namespace aiva
