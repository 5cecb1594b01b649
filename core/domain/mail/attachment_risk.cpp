#include "core/domain/mail/attachment_risk.h"

#include <QSet>
#include <QStringList>

#include <algorithm>

namespace aiva {
namespace {

using namespace Qt::StringLiterals;

constexpr int kMostEntries = 20'000; // of an archive; a longer list is not read to its end

const QSet<QString>& programs() {
    static const QSet<QString> names{u"exe"_s,
                                     u"com"_s,
                                     u"scr"_s,
                                     u"bat"_s,
                                     u"cmd"_s,
                                     u"pif"_s,
                                     u"msi"_s,
                                     u"msp"_s,
                                     u"mst"_s,
                                     u"cpl"_s,
                                     u"dll"_s,
                                     u"sys"_s,
                                     u"ocx"_s,
                                     u"js"_s,
                                     u"jse"_s,
                                     u"mjs"_s,
                                     u"vbs"_s,
                                     u"vbe"_s,
                                     u"wsf"_s,
                                     u"wsc"_s,
                                     u"wsh"_s,
                                     u"ps1"_s,
                                     u"ps2"_s,
                                     u"psm1"_s,
                                     u"psd1"_s,
                                     u"hta"_s,
                                     u"reg"_s,
                                     u"lnk"_s,
                                     u"url"_s,
                                     u"website"_s,
                                     u"jar"_s,
                                     u"jnlp"_s,
                                     u"pkg"_s,
                                     u"mpkg"_s,
                                     u"app"_s,
                                     u"command"_s,
                                     u"workflow"_s,
                                     u"scpt"_s,
                                     u"deb"_s,
                                     u"rpm"_s,
                                     u"sh"_s,
                                     u"bash"_s,
                                     u"zsh"_s,
                                     u"csh"_s,
                                     u"run"_s,
                                     u"bin"_s,
                                     u"desktop"_s,
                                     u"appimage"_s,
                                     u"py"_s,
                                     u"pyw"_s,
                                     u"pyz"_s,
                                     u"pl"_s,
                                     u"rb"_s,
                                     u"php"_s,
                                     u"apk"_s,
                                     u"aab"_s,
                                     u"ipa"_s,
                                     u"xpi"_s,
                                     u"crx"_s,
                                     u"gadget"_s,
                                     u"application"_s,
                                     u"msc"_s,
                                     u"msix"_s,
                                     u"appx"_s,
                                     u"appinstaller"_s,
                                     u"diagcab"_s,
                                     u"settingcontent-ms"_s,
                                     u"library-ms"_s,
                                     u"search-ms"_s,
                                     u"scf"_s,
                                     u"inf"_s,
                                     u"ins"_s,
                                     u"isp"_s,
                                     u"job"_s,
                                     u"vb"_s,
                                     u"chm"_s,
                                     u"hlp"_s,
                                     u"one"_s,
                                     u"onepkg"_s,
                                     u"flatpakref"_s,
                                     u"snap"_s,
                                     u"swf"_s,
                                     u"rdp"_s,
                                     u"xll"_s,
                                     u"iqy"_s,
                                     u"slk"_s,
                                     u"theme"_s};
    return names;
}

AttachmentRisk riskOfSuffix(const QString& suffix) {
    static const QSet<QString> macros{u"docm"_s, u"dotm"_s,  u"xlsm"_s,  u"xltm"_s, u"xlsb"_s, u"xlam"_s,
                                      u"pptm"_s, u"potm"_s,  u"ppam"_s,  u"ppsm"_s, u"sldm"_s, u"xla"_s,
                                      u"mdb"_s,  u"accdb"_s, u"accde"_s, u"mde"_s,  u"ade"_s,  u"adp"_s};
    static const QSet<QString> pages{u"htm"_s,   u"html"_s, u"xhtml"_s, u"xht"_s, u"shtml"_s, u"mht"_s,
                                     u"mhtml"_s, u"svg"_s,  u"svgz"_s,  u"xml"_s, u"xsl"_s,   u"xslt"_s};
    static const QSet<QString> images{u"iso"_s, u"img"_s,   u"vhd"_s,  u"vhdx"_s,  u"dmg"_s,
                                      u"udf"_s, u"toast"_s, u"vmdk"_s, u"qcow2"_s, u"sparseimage"_s};
    static const QSet<QString> closed{u"7z"_s,  u"rar"_s, u"cab"_s, u"ace"_s, u"arj"_s, u"lzh"_s, u"lha"_s, u"xz"_s,
                                      u"bz2"_s, u"gz"_s,  u"tgz"_s, u"tar"_s, u"zst"_s, u"z"_s,   u"uue"_s, u"r00"_s};
    if (programs().contains(suffix)) return AttachmentRisk::Program;
    if (macros.contains(suffix)) return AttachmentRisk::Macros;
    if (pages.contains(suffix)) return AttachmentRisk::WebPage;
    if (images.contains(suffix)) return AttachmentRisk::DiskImage;
    return closed.contains(suffix) ? AttachmentRisk::Archive : AttachmentRisk::None;
}

bool isDocumentSuffix(const QString& suffix) {
    static const QSet<QString> documents{u"pdf"_s,  u"doc"_s,  u"docx"_s, u"xls"_s, u"xlsx"_s, u"ppt"_s,
                                         u"pptx"_s, u"odt"_s,  u"ods"_s,  u"txt"_s, u"rtf"_s,  u"csv"_s,
                                         u"jpg"_s,  u"jpeg"_s, u"png"_s,  u"gif"_s, u"webp"_s, u"heic"_s,
                                         u"mp3"_s,  u"mp4"_s,  u"mov"_s,  u"zip"_s, u"eml"_s};
    return documents.contains(suffix);
}

// Characters that turn what is read around, or are not seen at all.
bool hidesCharacters(const QString& name) {
    return std::any_of(name.begin(), name.end(), [](QChar c) {
        const char16_t u = c.unicode();
        return (u >= 0x202A && u <= 0x202E) || (u >= 0x2066 && u <= 0x2069) || u == 0x200E || u == 0x200F ||
               u == 0x200B || u == 0xFEFF || u == 0x00AD;
    });
}

// As Windows reads it: dots and blanks at the end do not count.
QStringList partsOf(QString name) {
    while (!name.isEmpty() && (name.back() == u'.' || name.back().isSpace()))
        name.chop(1);
    QStringList parts = name.toLower().split(u'.');
    for (QString& part : parts)
        part = part.trimmed();
    return parts;
}

AttachmentRisk riskOfName(const QString& fileName) {
    const QStringList parts = partsOf(fileName);
    if (hidesCharacters(fileName)) return AttachmentRisk::Disguised;
    if (parts.size() < 2) return AttachmentRisk::None;
    const AttachmentRisk risk = riskOfSuffix(parts.last());
    const bool pretends = parts.size() > 2 && isDocumentSuffix(parts.at(parts.size() - 2));
    const bool isPacked = risk == AttachmentRisk::Archive; // "table.csv.gz" is honest
    return risk != AttachmentRisk::None && pretends && !isPacked ? AttachmentRisk::Disguised : risk;
}

quint16 shortAt(const QByteArray& bytes, qsizetype at) {
    return static_cast<quint16>(static_cast<uchar>(bytes[at]) | (static_cast<uchar>(bytes[at + 1]) << 8));
}

// A ZIP's own list of what it holds (PKWARE APPNOTE 4.3.12), read without unpacking.
AttachmentRisk riskOfZip(const QByteArray& content) {
    constexpr qsizetype fixedPart = 46;
    bool isDocument = false;
    int entries = 0;
    for (qsizetype at = content.indexOf("PK\x01\x02"); at >= 0 && at + fixedPart <= content.size();
         at = content.indexOf("PK\x01\x02", at + fixedPart)) {
        if (++entries > kMostEntries) return AttachmentRisk::Archive;
        const bool isEncrypted = (shortAt(content, at + 8) & 1) != 0;
        const QByteArray name = content.mid(at + fixedPart, shortAt(content, at + 28));
        if (name == "[Content_Types].xml" || name == "mimetype") isDocument = true;
        if (name.endsWith("vbaProject.bin") || name.startsWith("Basic/")) return AttachmentRisk::Macros;
        if (isDocument) continue; // the XML inside a document is no page
        const AttachmentRisk risk = riskOfName(QString::fromUtf8(name));
        if (isEncrypted || risk != AttachmentRisk::None || name.endsWith(".zip")) return AttachmentRisk::Archive;
    }
    return entries == 0 ? AttachmentRisk::Archive : AttachmentRisk::None;
}

bool isProgram(const QByteArray& content) {
    for (const char* start :
         {"MZ",
          "\x7f"
          "ELF",
          "#!", "\xca\xfe\xba\xbe", "\xcf\xfa\xed\xfe", "\xce\xfa\xed\xfe", "L\x00\x00\x00\x01\x14\x02"})
        if (content.startsWith(start)) return true;
    return false;
}

bool isPage(const QByteArray& content) {
    const QByteArray start = content.left(512).trimmed().toLower();
    return start.startsWith("<!doctype html") || start.startsWith("<html") || start.startsWith("<script") ||
           start.startsWith("<svg");
}

} // namespace

AttachmentRisk attachmentRisk(const QString& fileName, const QByteArray& content) {
    const AttachmentRisk byName = riskOfName(fileName);
    const bool isArchive = byName == AttachmentRisk::Archive;
    if (content.isEmpty() || (byName != AttachmentRisk::None && !isArchive)) return byName;
    if (isProgram(content) || isPage(content)) return AttachmentRisk::Disguised;
    if (content.startsWith("PK\x03\x04") || content.startsWith("PK\x05\x06")) return riskOfZip(content);
    // The old office formats keep a directory in UTF-16.
    const bool isCompound = content.startsWith("\xd0\xcf\x11\xe0");
    const QByteArray vba("_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T\0", 24);
    if (isCompound && content.contains(vba)) return AttachmentRisk::Macros;
    return byName;
}

} // namespace aiva
