#include "core/adapters/mail/mime/mail_decoder.h"

#include "core/adapters/mail/mime/gobject_ptr.h"
#include "core/adapters/mail/mime/mail_charset.h"
#include "core/adapters/mail/mime/mail_headers.h"
#include "core/adapters/mail/mime/mail_parts.h"
#include "core/adapters/mail/mime/mime_library.h"
#include "core/domain/html/html_sanitizer.h"
#include "core/domain/mail/quoted_text.h"

#include <QCryptographicHash>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kLongestText = 1024 * 1024;     // characters shown; the rest goes into an attachment
constexpr qsizetype kLongestHtml = 2 * 1024 * 1024; // characters sanitised

GObjectPtr<GMimeMessage> parse(const QByteArray& raw) {
    // The stream reads our bytes in place; both die before `raw`.
    GByteArray view{reinterpret_cast<guint8*>(const_cast<char*>(raw.constData())), static_cast<guint>(raw.size())};
    const GObjectPtr<GMimeStream> stream(g_mime_stream_mem_new_with_byte_array(&view));
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream.get()), FALSE);
    const GObjectPtr<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    g_mime_parser_set_persist_stream(parser.get(), FALSE);
    return GObjectPtr<GMimeMessage>(g_mime_parser_construct_message(parser.get(), nullptr));
}

void capText(MessageRecord& record) {
    if (record.text.size() <= kLongestText) return;
    AttachmentRecord whole;
    whole.name = u"whole-message.txt"_s;
    whole.mimeType = u"text/plain"_s;
    whole.content = record.text.toUtf8();
    record.attachments.push_back(std::move(whole));
    record.text.truncate(kLongestText);
    if (record.text.back().isHighSurrogate()) record.text.chop(1);
    record.warnings << u"text cut after 1 Mi characters; the whole is attached"_s;
}

void takeHtml(const QString& html, MessageRecord& record) {
    if (html.isEmpty()) return;
    if (html.size() > kLongestHtml) {
        record.warnings << u"HTML larger than 2 Mi characters left out"_s;
        return;
    }
    record.safeHtml = sanitizeHtml(html);
}

} // namespace

Result<MessageRecord> decodeMail(const QByteArray& raw, UtcTime fileTime, const MailLimits& limits) {
    initialiseMime();
    MessageRecord record;
    record.rawSize = raw.size();
    AIVA_TRY(const GuardedMail guarded, guardRawMail(raw, limits));
    record.warnings = guarded.warnings;
    const GObjectPtr<GMimeMessage> message = parse(guarded.raw);
    if (message) {
        readMailHeaders(message.get(), fileTime, record);
        AIVA_TRY(MailBody body, collectMailBody(message.get(), limits.depth));
        record.text = std::move(body.text);
        record.attachments = std::move(body.attachments);
        takeHtml(body.html, record);
    } else {
        // Not a header in sight: all of it is the text.
        record.text = decodeMailText(guarded.raw, {});
        record.text.replace("\r\n"_L1, "\n"_L1).replace(u'\r', u'\n');
        record.date = fileTime;
        record.warnings << u"no header: read as plain text"_s;
    }
    if (record.messageId.isEmpty()) {
        const QByteArray digest = QCryptographicHash::hash(raw, QCryptographicHash::Sha256).toHex();
        record.messageId = QString::fromLatin1(digest) + "@missing.aiva"_L1;
    }
    capText(record);
    record.folded = foldedRanges(record.text);
    return record;
}

} // namespace aiva
