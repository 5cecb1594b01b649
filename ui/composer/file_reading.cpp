#include "ui/composer/file_reading.h"

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QMimeDatabase>
#include <QThreadPool>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

template <typename Work>
Future<AttachmentRecord> onThePool(Work work) {
    auto promise = std::make_shared<QPromise<Result<AttachmentRecord>>>();
    promise->start();
    QThreadPool::globalInstance()->start([promise, work = std::move(work)] {
        promise->addResult(work());
        promise->finish();
    });
    return promise->future();
}

Result<AttachmentRecord> read(const QString& path) {
    const QFileInfo info(path);
    QFile file(path);
    if (!info.isFile() || !file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::Invalid, u"the file could not be read"_s};
    if (file.size() > largestAttachment)
        return Error{ErrorKind::Refused, u"the file is larger than mail carries"_s, ErrorCause::MailTooLarge};
    AttachmentRecord attachment;
    attachment.name = info.fileName();
    attachment.mimeType = QMimeDatabase().mimeTypeForFile(info).name();
    attachment.content = file.readAll();
    if (file.error() != QFileDevice::NoError) return Error{ErrorKind::Invalid, u"the file could not be read"_s};
    return attachment;
}

} // namespace

Future<AttachmentRecord> readAttachment(const QString& path) {
    return onThePool([path] { return read(path); });
}

Future<AttachmentRecord> inlineImage(const QImage& image, const QString& contentId) {
    return onThePool([image, contentId]() -> Result<AttachmentRecord> {
        AttachmentRecord attachment{u"image.png"_s, u"image/png"_s, contentId, true, {}};
        QBuffer buffer(&attachment.content);
        buffer.open(QIODevice::WriteOnly);
        if (!image.save(&buffer, "PNG")) return Error{ErrorKind::Invalid, u"the image could not be encoded"_s};
        if (attachment.content.size() > largestAttachment)
            return Error{ErrorKind::Refused, u"the image is larger than mail carries"_s, ErrorCause::MailTooLarge};
        return attachment;
    });
}

} // namespace aiva
