#include "core/adapters/mail/files/mail_file_list.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

bool isMaildir(const QDir& dir) {
    return dir.exists(u"cur"_s) || dir.exists(u"new"_s);
}

QStringList filesOfMaildirFolder(const QDir& dir) {
    QStringList files;
    for (const QString& part : {u"cur"_s, u"new"_s}) {
        const QDir sub(dir.filePath(part));
        // Dot files are the server's own; flags behind ":2," say nothing we keep.
        for (const QString& name : sub.entryList(QDir::Files, QDir::Name))
            files << sub.filePath(name);
    }
    return files;
}

// The folder itself and its subfolders: Maildir++ (".Sent") and plain ones.
QStringList filesOfMaildir(const QDir& root) {
    QStringList folders;
    if (isMaildir(root)) folders << root.absolutePath();
    QDirIterator it(root.absolutePath(), QDir::Dirs | QDir::NoDotAndDotDot | QDir::Hidden | QDir::NoSymLinks,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString folder = it.next();
        if (isMaildir(QDir(folder))) folders << folder;
    }
    std::sort(folders.begin(), folders.end());
    QStringList files;
    for (const QString& folder : std::as_const(folders))
        files << filesOfMaildirFolder(QDir(folder));
    return files;
}

QStringList filesOfEmlFolder(const QDir& root) {
    QStringList files;
    QDirIterator it(root.absolutePath(), {u"*.eml"_s}, QDir::Files | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (it.hasNext())
        files << it.next();
    std::sort(files.begin(), files.end());
    return files;
}

bool looksLikeHeader(const QByteArray& start) {
    const qsizetype colon = start.indexOf(':');
    if (colon <= 0) return false;
    return std::all_of(start.begin(), start.begin() + colon, [](char c) { return c > 32 && c < 127; });
}

Result<MailFileList> listOneFile(const QFileInfo& info) {
    MailFileList list{MailFileList::Layout::OneMailAFile, {info.absoluteFilePath()}, info.absolutePath()};
    const QString suffix = info.suffix().toLower();
    QFile file(info.absoluteFilePath());
    if (!file.open(QIODevice::ReadOnly)) return Error{ErrorKind::NotFound, u"mail file cannot be read"_s};
    QByteArray start = file.read(512);
    if (start.startsWith("\xEF\xBB\xBF")) start.remove(0, 3);
    const bool isMbox = start.startsWith("From ");
    if (isMbox || ((suffix == "mbox"_L1 || suffix == "mbx"_L1) && start.trimmed().isEmpty()))
        list.layout = MailFileList::Layout::Mbox;
    else if (suffix != "eml"_L1 && !looksLikeHeader(start))
        return Error{ErrorKind::Invalid, u"neither an mbox nor a mail"_s};
    return list;
}

} // namespace

Result<MailFileList> listMailFiles(const QString& path) {
    const QFileInfo info(path);
    if (!info.exists()) return Error{ErrorKind::NotFound, u"no such file or folder"_s};
    if (!info.isDir()) return listOneFile(info);
    const QDir root(info.absoluteFilePath());
    MailFileList list;
    list.root = root.absolutePath();
    list.files = isMaildir(root) ? filesOfMaildir(root) : filesOfEmlFolder(root);
    if (list.files.isEmpty() && !isMaildir(root)) {
        list.files = filesOfMaildir(root);
        if (list.files.isEmpty()) return Error{ErrorKind::Invalid, u"folder holds no mail"_s};
    }
    return list;
}

} // namespace aiva
