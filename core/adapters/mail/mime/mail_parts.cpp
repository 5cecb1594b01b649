#include "core/adapters/mail/mime/mail_parts.h"

#include "core/adapters/mail/mime/attachment_name.h"
#include "core/adapters/mail/mime/gobject_ptr.h"
#include "core/adapters/mail/mime/mail_charset.h"
#include "core/adapters/mail/mime/mail_headers.h"
#include "core/domain/html/html_text.h"
#include "core/domain/mail/flowed_text.h"

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kLongestPartHtml = 2 * 1024 * 1024; // characters made text

// One stretch of body: the same content as text, as HTML, or as both (alternatives).
struct Block {
    QString text;
    QString html;
    bool hasText = false;
    bool hasHtml = false;
};

struct Walk {
    std::vector<Block> blocks;
    std::vector<AttachmentRecord> attachments;
    int deepest = 0;
    bool tooDeep = false;
};

void visit(GMimeObject* object, int depth, Walk& walk);

QString mimeTypeOf(GMimeObject* object) {
    GMimeContentType* type = g_mime_object_get_content_type(object);
    const GText text(type ? g_mime_content_type_get_mime_type(type) : nullptr);
    const QString name = singleLine(fromMailUtf8(text.get())).toLower();
    return name.isEmpty() ? u"application/octet-stream"_s : name;
}

QByteArray takeBytes(GMimeStream* memory) {
    const GByteArray* array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory));
    return QByteArray(reinterpret_cast<const char*>(array->data), static_cast<qsizetype>(array->len));
}

QByteArray decodedContent(GMimePart* part) {
    GMimeDataWrapper* content = g_mime_part_get_content(part);
    if (!content) return {};
    const GObjectPtr<GMimeStream> memory(g_mime_stream_mem_new());
    g_mime_data_wrapper_write_to_stream(content, memory.get());
    return takeBytes(memory.get());
}

QByteArray serialised(GMimeObject* object) {
    const GObjectPtr<GMimeStream> memory(g_mime_stream_mem_new());
    g_mime_object_write_to_stream(object, nullptr, memory.get());
    return takeBytes(memory.get());
}

bool isAttachment(GMimeObject* object) {
    const char* disposition = g_mime_object_get_disposition(object);
    return disposition && g_ascii_strcasecmp(disposition, "attachment") == 0;
}

void addAttachment(Walk& walk, GMimeObject* object, const QString& name, const QByteArray& content) {
    AttachmentRecord attachment;
    attachment.mimeType = mimeTypeOf(object);
    const auto number = static_cast<int>(walk.attachments.size()) + 1;
    attachment.name = safeAttachmentName(name, attachment.mimeType, number);
    const char* contentId = g_mime_object_get_content_id(object);
    attachment.contentId = singleLine(fromMailUtf8(contentId)).remove(u'<').remove(u'>');
    attachment.isInline = !isAttachment(object) && !attachment.contentId.isEmpty();
    attachment.content = content;
    walk.attachments.push_back(std::move(attachment));
}

QString parameter(GMimeObject* object, const char* name) {
    return fromMailUtf8(g_mime_object_get_content_type_parameter(object, name));
}

QString textOf(GMimePart* part) {
    GMimeObject* object = GMIME_OBJECT(part);
    QString text = decodeMailText(decodedContent(part), parameter(object, "charset").toLatin1());
    text.replace("\r\n"_L1, "\n"_L1).replace(u'\r', u'\n');
    const bool flowed = parameter(object, "format").compare("flowed"_L1, Qt::CaseInsensitive) == 0;
    if (!flowed) return text;
    const bool deletesSpace = parameter(object, "delsp").compare("yes"_L1, Qt::CaseInsensitive) == 0;
    return unwrapFlowed(text, deletesSpace ? FlowedSpace::Delete : FlowedSpace::Keep);
}

void visitPart(GMimePart* part, Walk& walk) {
    GMimeObject* object = GMIME_OBJECT(part);
    GMimeContentType* type = g_mime_object_get_content_type(object);
    const bool isPlain = !type || g_mime_content_type_is_type(type, "text", "plain");
    const bool isHtml = type && g_mime_content_type_is_type(type, "text", "html");
    const bool isStatus = type && (g_mime_content_type_is_type(type, "message", "delivery-status") ||
                                   g_mime_content_type_is_type(type, "message", "disposition-notification"));
    const char* fileName = g_mime_part_get_filename(part);
    if (isAttachment(object) || (fileName && *fileName) || !(isPlain || isHtml || isStatus)) {
        addAttachment(walk, object, fromMailUtf8(fileName), decodedContent(part));
        return;
    }
    Block block;
    block.hasHtml = isHtml;
    block.hasText = !isHtml;
    (isHtml ? block.html : block.text) = textOf(part);
    walk.blocks.push_back(std::move(block));
}

// All alternatives say the same: the first text and the last (richest) HTML make one block.
void visitAlternative(GMimeMultipart* multipart, int depth, Walk& walk) {
    Walk inner;
    inner.deepest = walk.deepest;
    inner.attachments = std::move(walk.attachments);
    std::vector<Block> choices;
    const int count = g_mime_multipart_get_count(multipart);
    for (int i = 0; i < count; ++i) {
        inner.blocks.clear();
        visit(g_mime_multipart_get_part(multipart, i), depth + 1, inner);
        Block choice;
        for (const Block& block : inner.blocks) {
            choice.hasText = choice.hasText || block.hasText;
            choice.hasHtml = choice.hasHtml || block.hasHtml;
            choice.text += block.text;
            choice.html += block.html;
        }
        choices.push_back(std::move(choice));
    }
    walk.attachments = std::move(inner.attachments);
    walk.tooDeep = walk.tooDeep || inner.tooDeep;
    Block both;
    for (Block& choice : choices) {
        if (choice.hasText && (!both.hasText || both.text.trimmed().isEmpty())) {
            both.text = std::move(choice.text);
            both.hasText = true;
        }
        if (choice.hasHtml) {
            both.html = std::move(choice.html);
            both.hasHtml = true;
        }
    }
    if (both.hasText || both.hasHtml) walk.blocks.push_back(std::move(both));
}

void visitChildren(GMimeMultipart* multipart, int depth, Walk& walk) {
    const int count = g_mime_multipart_get_count(multipart);
    for (int i = 0; i < count; ++i)
        visit(g_mime_multipart_get_part(multipart, i), depth + 1, walk);
}

void visitMessage(GMimeMessagePart* part, Walk& walk) {
    GMimeMessage* inner = g_mime_message_part_get_message(part);
    const QString subject = inner ? fromMailUtf8(g_mime_message_get_subject(inner)) : QString();
    const QByteArray content = inner ? serialised(GMIME_OBJECT(inner)) : QByteArray();
    QString name = singleLine(subject).replace(u'/', u'-').replace(u'\\', u'-');
    if (!name.isEmpty()) name = name.left(80) + ".eml"_L1;
    addAttachment(walk, GMIME_OBJECT(part), name, content);
}

void visit(GMimeObject* object, int depth, Walk& walk) {
    if (!object) return;
    if (depth > walk.deepest) {
        walk.tooDeep = true;
        return;
    }
    if (GMIME_IS_MESSAGE_PART(object)) {
        visitMessage(GMIME_MESSAGE_PART(object), walk);
    } else if (GMIME_IS_MULTIPART(object)) {
        GMimeContentType* type = g_mime_object_get_content_type(object);
        if (type && g_mime_content_type_is_type(type, "multipart", "alternative"))
            visitAlternative(GMIME_MULTIPART(object), depth, walk);
        else
            visitChildren(GMIME_MULTIPART(object), depth, walk);
    } else if (GMIME_IS_PART(object)) {
        visitPart(GMIME_PART(object), walk);
    } else {
        addAttachment(walk, object, {}, serialised(object));
    }
}

void appendParagraph(QString& text, const QString& more) {
    if (more.trimmed().isEmpty()) return;
    if (!text.isEmpty()) text += text.endsWith(u'\n') ? "\n"_L1 : "\n\n"_L1;
    text += more;
}

QString asHtml(const QString& text) {
    return "<div style=\"white-space: pre-wrap\">"_L1 + text.toHtmlEscaped() + "</div>"_L1;
}

} // namespace

Result<MailBody> collectMailBody(GMimeMessage* message, int deepest) {
    Walk walk;
    walk.deepest = deepest;
    visit(g_mime_message_get_mime_part(message), 0, walk);
    if (walk.tooDeep) return Error{ErrorKind::Invalid, u"parts nested too deeply"_s};
    MailBody body;
    const bool anyHtml =
        std::any_of(walk.blocks.begin(), walk.blocks.end(), [](const Block& block) { return block.hasHtml; });
    for (const Block& block : walk.blocks) {
        // A text alternative left empty by a careless sender is no text.
        const bool useText = block.hasText && (!block.hasHtml || !block.text.trimmed().isEmpty());
        appendParagraph(body.text, useText ? block.text : htmlToText(block.html.left(kLongestPartHtml)));
        if (anyHtml) body.html += block.hasHtml ? block.html : asHtml(block.text);
    }
    body.attachments = std::move(walk.attachments);
    return body;
}

} // namespace aiva
