// Any bytes as a mail: decoded or refused, never worse; what comes out keeps the promises the rest relies on.
#include "core/adapters/mail/mime/mail_decoder.h"
#include "tests/core/domain/html_judge.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const QByteArray raw(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    const auto mail = aiva::decodeMail(raw, aiva::UtcTime(0));
    if (!mail) return 0;
    if (mail->messageId.isEmpty() || mail->subject.contains(u'\n')) std::abort();
    if (!mail->text.isValidUtf16() || mail->text.contains(QChar(u'\0'))) std::abort();
    if (!aiva::test::forbiddenIn(mail->safeHtml).isEmpty()) std::abort();
    int next = 0;
    for (const aiva::FoldedRange& range : mail->folded) {
        if (range.firstLine < next || range.lineCount <= 0) std::abort();
        next = range.firstLine + range.lineCount;
    }
    for (const aiva::AttachmentRecord& attachment : mail->attachments)
        if (attachment.name.isEmpty() || attachment.name.contains(u'/')) std::abort();
    return 0;
}
