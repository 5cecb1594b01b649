// Names of attachments as they may safely reach a file dialog on any system. Pure.
#pragma once

#include <QString>

namespace aiva {

// No path, no control or bidirectional characters, nothing Windows reserves, at most 120 characters with the extension
// kept. Empty names become "attachment-<number>" with an extension fit for the type.
QString safeAttachmentName(const QString& name, const QString& mimeType, int number);

} // namespace aiva
