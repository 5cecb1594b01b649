#include "core/domain/mail/attachment_risk.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

// The central directory of a ZIP that holds these names.
QByteArray zip(const QList<QByteArray>& names, bool encrypted = false) {
    QByteArray all("PK\x03\x04");
    for (const QByteArray& name : names) {
        QByteArray entry("PK\x01\x02");
        entry += QByteArray(42, '\0');
        if (encrypted) entry[8] = 1;
        entry[28] = static_cast<char>(name.size());
        all += entry + name;
    }
    return all;
}

} // namespace

class TestAttachmentRisk : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void judges_data();
    void judges();
    void readsAnyBytes();
};

void TestAttachmentRisk::judges_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<AttachmentRisk>("risk");
    using Risk = AttachmentRisk;
    const auto row = [](const QString& name, const QByteArray& content, Risk risk, const char* what = "") {
        QTest::addRow("%s%s", qPrintable(name), what) << name << content << risk;
    };
    for (const char* plain : {"photo.jpg", "invoice.pdf", "table.csv", "letter.docx", "README", "", ".", "notes.txt"})
        row(QString::fromLatin1(plain), {}, Risk::None);
    for (const char* program :
         {"setup.exe", "SETUP.EXE", "run.sh", "x.js", "link.lnk", "a.b.c.ps1", "x.exe. .", "x.one"})
        row(QString::fromLatin1(program), {}, Risk::Program);
    row(u"plan.xlsm"_s, {}, Risk::Macros);
    row(u"page.html"_s, {}, Risk::WebPage);
    row(u"logo.svg"_s, {}, Risk::WebPage);
    row(u"disk.iso"_s, {}, Risk::DiskImage);
    row(u"box.rar"_s, {}, Risk::Archive);
    row(u"table.csv.gz"_s, {}, Risk::Archive);
    row(u"invoice.pdf.exe"_s, {}, Risk::Disguised);
    row(u"photo.jpg.html"_s, {}, Risk::Disguised);
    row(u"invoice\u202Efdp.exe"_s, {}, Risk::Disguised);
    row(u"photo.jpg"_s, "MZ\x90", Risk::Disguised, " with a program's bytes");
    row(u"photo.jpg"_s, "#!/bin/sh\n", Risk::Disguised, " with a script's bytes");
    row(u"invoice.pdf"_s, " <!DOCTYPE html><script>", Risk::Disguised, " with a page's bytes");
    row(u"photo.jpg"_s, "\xff\xd8\xff\xe0", Risk::None, " with a picture's bytes");
    row(u"photos.zip"_s, zip({"a.jpg", "b/c.png"}), Risk::None, " of pictures");
    row(u"photos.zip"_s, zip({"a.jpg", "b/run.js"}), Risk::Archive, " with a script");
    row(u"photos.zip"_s, zip({"a.jpg", "more.zip"}), Risk::Archive, " with another");
    row(u"photos.zip"_s, zip({"a.jpg"}, true), Risk::Archive, " with a password");
    row(u"photos.zip"_s, "PK\x03\x04", Risk::Archive, " without a list");
    row(u"letter.docx"_s, zip({"[Content_Types].xml", "word/document.xml"}), Risk::None, " as it should be");
    row(u"letter.docx"_s, zip({"[Content_Types].xml", "word/vbaProject.bin"}), Risk::Macros, " with macros");
    row(u"old.doc"_s, QByteArray("\xd0\xcf\x11\xe0") + QByteArray("_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T\0", 24),
        Risk::Macros, " with macros");
    row(u"old.doc"_s, "\xd0\xcf\x11\xe0 words", Risk::None, " without");
}

void TestAttachmentRisk::judges() {
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    QTEST(attachmentRisk(name, content), "risk");
}

void TestAttachmentRisk::readsAnyBytes() {
    QByteArray giant("PK\x03\x04");
    for (int i = 0; i < 200'000; ++i)
        giant += QByteArray("PK\x01\x02") + QByteArray(20, '\xff');
    QCOMPARE(attachmentRisk(u"x.zip"_s, giant), AttachmentRisk::Archive);
    QCOMPARE(attachmentRisk(u"x.zip"_s, QByteArray("PK\x03\x04PK\x01\x02") + QByteArray(42, '\xff')),
             AttachmentRisk::Archive);
    attachmentRisk(QString(100'000, u'.'), "x");
    attachmentRisk(QString(u"a."_s).repeated(50'000), "x");
}

QTEST_GUILESS_MAIN(TestAttachmentRisk)
#include "tst_attachment_risk.moc"
