// Every mail of the public corpora, and thousands of damaged copies of them, through the whole decoder.
#include "core/adapters/mail/files/mail_file_reader.h"
#include "core/adapters/mail/mime/mail_decoder.h"
#include "core/domain/mail/quoted_text.h"
#include "tests/core/domain/html/html_judge.h"
#include "tests/support/corpora.h"
#include "tests/support/patience.h"

#include <QDirIterator>
#include <QFile>
#include <QRandomGenerator>
#include <QThread>

#include <algorithm>
#include <memory>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

bool isMail(const QString& path) {
    const QString name = path.section(u'/', -1);
    if (name.endsWith(u".eml"_s) || name.endsWith(u".mbox"_s)) return true;
    if (path.contains(u"/cpython-test_email/"_s)) return name.startsWith(u"msg_"_s);
    return path.contains(u"/mikel-mail/"_s) && !name.contains(u"LICENSE"_s) && name != u"SOURCE.txt"_s;
}

QStringList mails() {
    QStringList paths;
    const QString root = test::corpus(u"mail"_s);
    if (root.isEmpty()) return paths;
    QDirIterator files(root, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        if (isMail(path)) paths << path;
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

// What holds for every mail ever decoded; empty when it does.
QString broken(const MessageRecord& mail) {
    if (mail.messageId.isEmpty()) return u"no id"_s;
    for (const QString& text : {mail.text, mail.safeHtml, mail.subject, mail.from.name, mail.from.email}) {
        if (!text.isValidUtf16()) return u"not valid text"_s;
        if (text.contains(QChar(u'\0'))) return u"a NUL"_s;
    }
    if (mail.subject.contains(u'\n') || mail.from.name.contains(u'\n')) return u"a line break in one line"_s;
    for (const AttachmentRecord& attachment : mail.attachments)
        if (attachment.name.isEmpty() || attachment.name.contains(u'/') || attachment.name.size() > 200)
            return u"attachment name "_s + attachment.name;
    int next = 0;
    for (const FoldedRange& range : mail.folded) {
        if (range.firstLine < next || range.lineCount <= 0) return u"folded ranges overlap"_s;
        next = range.firstLine + range.lineCount;
    }
    if (next > mail.text.count(u'\n') + 1) return u"folded beyond the end"_s;
    if (!mail.text.trimmed().isEmpty() && unfoldedText(mail.text, mail.folded).isEmpty()) return u"all of it folded"_s;
    return test::forbiddenIn(mail.safeHtml);
}

// On a stack as deep as in the product.
void onDeepStack(const std::function<void()>& work) {
    const std::unique_ptr<QThread> thread(QThread::create(work));
    thread->setStackSize(kMailDecoderStackBytes);
    thread->start();
    thread->wait();
}

QByteArray damaged(QByteArray raw, QRandomGenerator& random) {
    const auto below = [&random](qsizetype most) { return most <= 0 ? 0 : random.bounded(static_cast<int>(most)); };
    for (int edits = random.bounded(1, 12); edits > 0 && !raw.isEmpty(); --edits) {
        const qsizetype at = below(raw.size());
        switch (random.bounded(6)) {
        case 0:
            raw[at] = static_cast<char>(random.bounded(256));
            break;
        case 1:
            raw.remove(at, below(60));
            break;
        case 2:
            raw.insert(at, raw.mid(below(raw.size()), below(200)));
            break;
        case 3:
            raw.truncate(at);
            break;
        case 4:
            raw.insert(at, QByteArray("\n\n--=\":;<>\0\r\xFF", 14).mid(below(14), 1 + below(4)));
            break;
        default:
            raw.replace(at, std::min<qsizetype>(4, raw.size() - at), "%00=");
            break;
        }
    }
    return raw;
}

} // namespace

class TestMailCorpora : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyMailIsRead();
    void damagedMailsAreReadOrRefused();
};

void TestMailCorpora::everyMailIsRead() {
    const QStringList paths = mails();
    if (paths.isEmpty()) QSKIP("corpora absent");
    MailFileReader reader;
    qint64 read = 0, refused = 0, withText = 0, withHtml = 0, attachments = 0, withoutSender = 0;
    QStringList faults;
    for (const QString& path : paths) {
        const auto result = reader.read(path, [&](const QString& name, Result<MessageRecord> mail) {
            if (!mail) {
                ++refused;
                qInfo("refused %s: %s", qPrintable(name), qPrintable(mail.error().detail));
                return true;
            }
            ++read;
            withText += mail->text.trimmed().isEmpty() ? 0 : 1;
            withHtml += mail->safeHtml.isEmpty() ? 0 : 1;
            withoutSender += mail->from.email.isEmpty() ? 1 : 0;
            attachments += static_cast<qint64>(mail->attachments.size());
            const QString fault = broken(*mail);
            if (!fault.isEmpty()) faults << name + u": "_s + fault;
            return true;
        });
        if (!result) qInfo("no mail: %s: %s", qPrintable(path), qPrintable(result.error().detail));
    }
    qInfo("%lld files: %lld mails read, %lld refused; %lld with text, %lld with HTML, %lld attachments, %lld without "
          "sender",
          static_cast<qint64>(paths.size()), read, refused, withText, withHtml, attachments, withoutSender);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    QVERIFY(read >= 300);
    QCOMPARE(refused, 0);
}

void TestMailCorpora::damagedMailsAreReadOrRefused() {
    const QStringList paths = mails();
    if (paths.isEmpty()) QSKIP("corpora absent");
    QList<QByteArray> originals;
    for (const QString& path : paths) {
        QFile file(path);
        if (file.size() < 100'000 && file.open(QIODevice::ReadOnly)) originals << file.readAll();
    }
    QRandomGenerator random(20260220);
    int cases = 0;
    int refused = 0;
    QStringList faults;
    onDeepStack([&] {
        for (; cases < 2000; ++cases) {
            const QByteArray raw = damaged(originals.at(random.bounded(static_cast<int>(originals.size()))), random);
            const auto mail = decodeMail(raw, UtcTime(0));
            if (!mail) {
                ++refused;
                continue;
            }
            const QString fault = broken(*mail);
            if (!fault.isEmpty()) faults << u"case %1: "_s.arg(cases) + fault;
        }
    });
    qInfo("%d damaged mails, %d refused", cases, refused);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestMailCorpora)
#include "tst_mail_corpora.moc"
