// What opening an attachment may do besides showing something. Judged by its name, and by its bytes when they are at
// hand: a name is whatever the sender chose. Pure; called before anything is handed to the system's viewer.
#pragma once

#include <QByteArray>
#include <QString>

namespace aiva {

enum class AttachmentRisk {
    None,
    Program,   // runs: executables, scripts, installers, shortcuts
    Macros,    // a document that carries programs
    WebPage,   // HTML, SVG: opens in the browser, and may imitate a login
    DiskImage, // the system mounts it, past its own warnings
    Archive,   // holds one of these, or cannot be looked into
    Disguised, // its name or its bytes pretend to be something else: "invoice.pdf.exe", a program named .jpg
};

// `content` empty: by the name alone.
AttachmentRisk attachmentRisk(const QString& fileName, const QByteArray& content = {});

} // namespace aiva
