#include "ui/conversation/bounded_image.h"

#include <QBuffer>
#include <QImageReader>
#include <QList>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestFile = 16LL << 20;
constexpr qint64 mostPixels = 60'000'000; // a telephone's best camera; decoded at once that is 240 MB

// SVG and PDF are programs of a kind; rare formats are where decoders fail.
bool isPlainFormat(const QByteArray& format) {
    static const QList<QByteArray> plain{"png", "jpeg", "jpg", "gif", "webp", "bmp"};
    return plain.contains(format);
}

} // namespace

bool isPreviewable(const QString& mimeType, qint64 bytes) {
    return bytes > 0 && bytes <= largestFile && mimeType.startsWith("image/"_L1) &&
           isPlainFormat(mimeType.mid(6).toLower().toLatin1());
}

QImage boundedImage(const QByteArray& content, QSize most) {
    if (content.size() > largestFile) return {};
    QBuffer buffer;
    buffer.setData(content);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    if (!isPlainFormat(reader.format())) return {};
    const QSize whole = reader.size();
    if (whole.isEmpty() || qint64(whole.width()) * whole.height() > mostPixels) return {};
    if (whole.width() > most.width() || whole.height() > most.height())
        reader.setScaledSize(whole.scaled(most, Qt::KeepAspectRatio).expandedTo({1, 1}));
    return reader.read();
}

} // namespace aiva
