#include "core/adapters/mail/mime/mail_headers.h"

#include "core/adapters/mail/mime/encoded_words.h"
#include "core/adapters/mail/mime/gobject_ptr.h"
#include "core/adapters/mail/mime/mail_charset.h"

#include <cstring>
#include <optional>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMostReferences = 100;
constexpr qsizetype kLongestIdRead = 998; // RFC 5322 §2.1.1: a line
constexpr int kMostAddresses = 1000;
constexpr qsizetype kLongestNameRead = 500;
constexpr qsizetype kLongestSubjectRead = 2000;
constexpr size_t kMostTraceFields = 100;
constexpr qsizetype kLongestTraceField = 8 * 1024 + 1; // one more than is read of it: a cut field says nothing

const char* header(GMimeMessage* message, const char* name) {
    return g_mime_object_get_header(GMIME_OBJECT(message), name);
}

// The value as it stands in the mail, its encoded words mended; absent when the library reads it well by itself.
std::optional<QByteArray> mendedHeader(GMimeMessage* message, const char* name) {
    GMimeHeader* found = g_mime_header_list_get_header(g_mime_object_get_header_list(GMIME_OBJECT(message)), name);
    const QByteArray raw(found ? g_mime_header_get_raw_value(found) : nullptr);
    const QByteArray mended = joinableWords(raw);
    if (mended == raw) return std::nullopt;
    const GText unfolded(g_mime_utils_header_unfold(mended.constData()));
    return QByteArray(unfolded.get());
}

QString subjectOf(GMimeMessage* message) {
    const std::optional<QByteArray> mended = mendedHeader(message, "Subject");
    if (!mended) return singleLine(fromMailUtf8(g_mime_message_get_subject(message)));
    const GText text(g_mime_utils_header_decode_text(nullptr, mended->constData()));
    return singleLine(fromMailUtf8(text.get()));
}

QString headerText(GMimeMessage* message, const char* name) {
    return singleLine(fromMailUtf8(header(message, name)));
}

void appendAddresses(InternetAddressList* list, QList<MailAddress>& out, int depth = 0) {
    constexpr int deepest = 5; // the guard leaves fewer than a hundred groups; nobody writes five in each other
    if (!list || depth > deepest) return;
    const int count = internet_address_list_length(list);
    for (int i = 0; i < count && out.size() < kMostAddresses; ++i) {
        InternetAddress* address = internet_address_list_get_address(list, i);
        if (INTERNET_ADDRESS_IS_GROUP(address)) {
            appendAddresses(internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address)), out, depth + 1);
            continue;
        }
        MailAddress value;
        value.name = singleLine(fromMailUtf8(internet_address_get_name(address))).left(kLongestNameRead);
        value.email = singleLine(fromMailUtf8(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address))))
                          .left(kLongestNameRead);
        if (!value.email.isEmpty() || !value.name.isEmpty()) out.append(value);
    }
}

void readAddresses(GMimeMessage* message, const char* name, InternetAddressList* list, QList<MailAddress>& out) {
    const std::optional<QByteArray> mended = mendedHeader(message, name);
    if (!mended) return appendAddresses(list, out);
    const GObjectPtr<InternetAddressList> parsed(internet_address_list_parse(nullptr, mended->constData()));
    appendAddresses(parsed.get(), out);
}

std::optional<UtcTime> fromGDate(GDateTime* date) {
    if (!date) return std::nullopt;
    const UtcTime time(g_date_time_to_unix(date) * 1000);
    // Years before mail existed, or beyond four digits, are typing errors.
    constexpr qint64 earliest = 0;
    constexpr qint64 latest = 253'402'300'799'000;
    if (time.ms() <= earliest || time.ms() > latest) return std::nullopt;
    return time;
}

std::optional<UtcTime> receivedAt(GMimeMessage* message) {
    const char* received = header(message, "Received");
    const char* semicolon = received ? std::strrchr(received, ';') : nullptr;
    if (!semicolon) return std::nullopt;
    GDateTime* parsed = g_mime_utils_header_decode_date(semicolon + 1);
    const std::optional<UtcTime> time = fromGDate(parsed);
    if (parsed) g_date_time_unref(parsed);
    return time;
}

// A Date far ahead of the arrival would keep a mail on top for ever; then the arrival counts.
UtcTime dateOf(GMimeMessage* message, UtcTime fileTime) {
    const std::optional<UtcTime> written = fromGDate(g_mime_message_get_date(message));
    const std::optional<UtcTime> received = receivedAt(message);
    if (written && received && *written > received->plusDays(1)) return *received;
    if (written) return *written;
    return received.value_or(fileTime);
}

bool isAutomatedMail(GMimeMessage* message) {
    const QString submitted = headerText(message, "Auto-Submitted").toLower();
    if (!submitted.isEmpty() && !submitted.startsWith("no"_L1)) return true;
    const QString precedence = headerText(message, "Precedence").toLower();
    for (const auto word : {"bulk"_L1, "list"_L1, "junk"_L1, "auto_reply"_L1})
        if (precedence == word) return true;
    for (const char* name : {"List-Id", "List-Unsubscribe", "List-Post", "X-Autoreply", "X-Autorespond"})
        if (header(message, name)) return true;
    if (headerText(message, "Return-Path") == "<>"_L1) return true;
    GMimeContentType* type = GMIME_OBJECT(message)
                                 ? g_mime_object_get_content_type(g_mime_message_get_mime_part(message)
                                                                      ? g_mime_message_get_mime_part(message)
                                                                      : GMIME_OBJECT(message))
                                 : nullptr;
    return type && g_mime_content_type_is_type(type, "multipart", "report");
}

// Fields of one name keep their order; a second From field adds its authors.
void readTrace(GMimeMessage* message, MessageRecord& record) {
    GMimeHeaderList* list = g_mime_object_get_header_list(GMIME_OBJECT(message));
    const int count = g_mime_header_list_get_count(list);
    int fromFields = 0;
    for (int i = 0; i < count; ++i) {
        GMimeHeader* field = g_mime_header_list_get_header_at(list, i);
        const QString name = QString::fromLatin1(g_mime_header_get_name(field)).toLower();
        if (name == "from"_L1) ++fromFields;
        if (name != "received"_L1 && name != "authentication-results"_L1) continue;
        if (record.trace.size() >= kMostTraceFields) continue;
        const QString value = fromMailUtf8(g_mime_header_get_raw_value(field)).simplified();
        // Cut, not left out: a Received that is missing would move what stands below it into our servers' part.
        record.trace.push_back({name, value.left(kLongestTraceField)});
    }
    if (fromFields > 1) record.authors += fromFields - 1;
}

} // namespace

QString fromMailUtf8(const char* text) {
    return text ? QString::fromUtf8(text) : QString();
}

QStringList messageIdsIn(const char* headerValue) {
    QStringList ids;
    const QString text = fromMailUtf8(headerValue);
    for (qsizetype open = text.indexOf(u'<'); open >= 0;) {
        const qsizetype close = text.indexOf(u'>', open);
        if (close < 0) break;
        const qsizetype inner = text.lastIndexOf(u'<', close);
        QString id = text.mid(inner + 1, close - inner - 1);
        id.removeIf([](QChar c) { return c.isSpace() || c.category() == QChar::Other_Control; });
        if (!id.isEmpty() && id.size() <= kLongestIdRead && !ids.contains(id)) ids.append(id);
        // The root and the newest matter; a header of thousands is an attack or an accident.
        if (ids.size() > kMostReferences) ids.removeAt(1);
        open = text.indexOf(u'<', close);
    }
    const QString bare = text.trimmed();
    if (ids.isEmpty() && bare.contains(u'@') && bare.size() <= kLongestIdRead && singleLine(bare) == bare &&
        !bare.contains(u' ') && !bare.contains(u'<'))
        ids.append(bare);
    return ids;
}

void readMailHeaders(GMimeMessage* message, UtcTime fileTime, MessageRecord& record) {
    const QStringList ownIds = messageIdsIn(header(message, "Message-Id"));
    if (!ownIds.isEmpty()) record.messageId = ownIds.first();
    record.references = messageIdsIn(header(message, "References"));
    const QStringList parents = messageIdsIn(header(message, "In-Reply-To"));
    if (!parents.isEmpty()) record.inReplyTo = parents.first();

    QList<MailAddress> from;
    readAddresses(message, "From", g_mime_message_get_from(message), from);
    record.authors = static_cast<int>(from.size());
    readTrace(message, record);
    if (from.isEmpty()) appendAddresses(g_mime_message_get_sender(message), from);
    if (!from.isEmpty()) record.from = from.first();
    readAddresses(message, "To", g_mime_message_get_to(message), record.to);
    readAddresses(message, "Cc", g_mime_message_get_cc(message), record.cc);
    readAddresses(message, "Reply-To", g_mime_message_get_reply_to(message), record.replyTo);

    record.subject = subjectOf(message).left(kLongestSubjectRead);
    record.date = dateOf(message, fileTime);
    record.isAutomated = isAutomatedMail(message);
}

} // namespace aiva
