#include "tests/fuzz/fuzz_judges.h"

#include "core/adapters/mail/mime/mail_decoder.h"
#include "core/domain/html/html_sanitizer.h"
#include "core/domain/html/html_text.h"
#include "tests/core/domain/html/html_judge.h"

#include <cstdlib>

namespace aiva::test {
namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

} // namespace

void judgeMailBytes(const QByteArray& bytes) {
    const auto mail = decodeMail(bytes, UtcTime(0));
    if (!mail) return;
    require(!mail->messageId.isEmpty() && !mail->subject.contains(u'\n'));
    require(mail->text.isValidUtf16() && !mail->text.contains(QChar(u'\0')));
    require(forbiddenIn(mail->safeHtml).isEmpty());
    int next = 0;
    for (const FoldedRange& range : mail->folded) {
        require(range.firstLine >= next && range.lineCount > 0);
        next = range.firstLine + range.lineCount;
    }
    for (const AttachmentRecord& attachment : mail->attachments)
        require(!attachment.name.isEmpty() && !attachment.name.contains(u'/'));
}

// Cleaned, it is harmless to a parser that is not ours, and cleaning it again changes nothing.
void judgeHtmlBytes(const QByteArray& bytes) {
    const QString html = QString::fromUtf8(bytes);
    const QString safe = sanitizeHtml(html);
    require(forbiddenIn(safe).isEmpty());
    require(sanitizeHtml(safe) == safe);
    htmlToText(html);
}

} // namespace aiva::test
