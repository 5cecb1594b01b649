// Pictures of a mail as something to look at: only plain picture formats, never more pixels than asked for, whatever
// the file claims. Pure but for decoding.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QSize>
#include <QString>

namespace aiva {

// Worth offering a preview of: a picture format we decode, and not too large.
bool isPreviewable(const QString& mimeType, qint64 bytes);
// Null when it is no such picture, or a bomb. Scaled down to fit `most`, never up.
QImage boundedImage(const QByteArray& content, QSize most);

} // namespace aiva
