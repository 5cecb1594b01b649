// What lies at a path: an mbox, a Maildir, a folder of .eml files or one of them. Called by MailFileReader.
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

namespace aiva {

struct MailFileList {
    enum class Layout { Mbox, OneMailAFile };
    Layout layout = Layout::OneMailAFile;
    QStringList files; // absolute, in reading order
    QString root;      // names shown are relative to it
};

// NotFound when nothing is there, Invalid when it is none of these.
Result<MailFileList> listMailFiles(const QString& path);

} // namespace aiva
