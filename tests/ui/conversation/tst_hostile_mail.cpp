// Hostile mail all the way: decoded, stored, read and shown. Nothing executes, nothing loads, nothing crashes, and the
// rest of the conversation stays readable.
#include "core/adapters/mail/mime/mail_decoder.h"
#include "core/readmodel/conversation_query.h"
#include "core/storage/conversations/conversation_repository.h"
#include "tests/support/patience.h"
#include "tests/support/temporary_workspace.h"
#include "tests/support/time_allowance.h"
#include "ui/conversation/conversation_thread.h"
#include "ui/conversation/fold_button.h"
#include "ui/conversation/safe_text_view.h"
#include "ui/theme/theme.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTextBlock>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

QByteArray html(const QByteArray& body) {
    return "From: Ann <ann@x.example>\r\nSubject: Hi\r\nMessage-ID: <a@x>\r\nMIME-Version: 1.0\r\n"
           "Content-Type: text/html; charset=utf-8\r\n\r\n<p>visible</p>" +
           body;
}

QByteArray plain(const QByteArray& headers) {
    return headers + "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nvisible\r\n";
}

QByteArray manyParts(int count) {
    QByteArray mail = "From: ann@x.example\r\nSubject: Hi\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n";
    mail += "--b\r\n\r\nvisible\r\n";
    for (int i = 0; i < count; ++i)
        mail += "--b\r\n\r\nx\r\n";
    return mail + "--b--\r\n";
}

} // namespace

class TestHostileMail : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void showsItsTextAndNothingElse_data();
    void showsItsTextAndNothingElse();
    void aFloodOfPartsIsRefusedInTime();
    void headersNeverSpeakForAnother_data();
    void headersNeverSpeakForAnother();

private:
    // Through every floor; null when it was refused.
    std::unique_ptr<ConversationThread> shownThread(const QByteArray& mail);

    QTcpServer m_tracker; // whoever connects has loaded something
    int m_loads = 0;
    ManualClock m_clock{UtcTime(1'760'000'600'000)};
    std::unique_ptr<test::TemporaryWorkspace> m_workspace;
    ConversationView m_view;
};

void TestHostileMail::init() {
    m_workspace = std::make_unique<test::TemporaryWorkspace>();
    QVERIFY(m_workspace->isOpen());
    m_view = {};
    m_loads = 0;
    if (m_tracker.isListening()) return;
    QVERIFY(m_tracker.listen(QHostAddress::LocalHost));
    connect(&m_tracker, &QTcpServer::newConnection, this, [this] { ++m_loads; });
}

std::unique_ptr<ConversationThread> TestHostileMail::shownThread(const QByteArray& mail) {
    const auto record = decodeMail(mail, UtcTime(1));
    if (!record) return nullptr;
    auto repository = ConversationRepository::create(m_workspace->writer());
    if (!repository) return nullptr;
    const auto added = (*repository)->add(*record, ConversationRepository::Direction::Inbound);
    if (!added) return nullptr;
    auto reader = m_workspace->workspace().openReader();
    auto query = ConversationQuery::create(**reader);
    const auto view = (*query)->conversation(added->conversation);
    if (!view || !*view) return nullptr;
    m_view = **view;
    const QString safe = *(*query)->safeHtml(added->message);
    auto thread = std::make_unique<ConversationThread>(
        MessageSources{[safe](MessageId) { return Result<QString>(safe); },
                       [](AttachmentId) { return Result<QByteArray>(QByteArray("x")); }},
        m_clock);
    thread->resize(640, 600);
    thread->showConversation(m_view);
    thread->show();
    for (auto* fold : thread->findChildren<FoldButton*>())
        if (fold->isCheckable()) fold->click();
    thread->grab();
    QTest::qWait(5);
    return thread;
}

void TestHostileMail::showsItsTextAndNothingElse_data() {
    QTest::addColumn<QByteArray>("mail");
    const QByteArray there = "http://127.0.0.1:TRACKER/x";
    const auto row = [](const char* name, const QByteArray& mail) { QTest::newRow(name) << mail; };
    row("nested groups", plain("Subject: Hi\r\nFrom: " + QByteArray("a:").repeated(60'000) + " ann@x.example"));
    row("script", html("<script src='" + there + "'></script><script>document.title='x'</script>"));
    row("handlers", html("<img src=x onerror='alert(1)'><a href='javascript:alert(1)' onclick='x()'>a</a>"));
    row("forms", html("<form action='" + there + "'><input type=password autofocus><button>Send</button></form>"));
    row("overlay", html("<div style='position:fixed;top:0;left:0;width:9999px;height:9999px;z-index:99999;"
                        "background:#fff'>over everything</div>"));
    row("negative margins", html("<div style='margin:-9999px;text-indent:-9999px;letter-spacing:-99px'>away</div>"));
    row("huge font", html("<p style='font-size:99999px'>big</p><font size=999999>big</font>"));
    row("remote fonts", html("<style>@import url(" + there + ");@font-face{font-family:x;src:url(" + there +
                             ")}p{font-family:x;background:url(" + there + ")}</style>"));
    row("tracking pixels", html("<img width=1 height=1 src='" + there + "'><img srcset='" + there +
                                " 2x'><picture><source srcset='" + there + "'></picture><video poster='" + there +
                                "' src='" + there + "'></video><table background='" + there + "'><tr><td>t</table>"));
    row("style background",
        html("<div style=\"background-image:url('" + there + "');list-style:url(" + there + ")\">d</div>"));
    row("refresh", html("<meta http-equiv=refresh content='0;url=" + there + "'>"));
    row("base", html("<base href='" + there + "'><img src='p.gif'><a href='p'>a</a>"));
    row("frames", html("<iframe src='" + there + "'></iframe><object data='" + there + "'></object><embed src='" +
                       there + "'><link rel=stylesheet href='" + there + "'>"));
    row("svg", html("<svg onload='x()'><image href='" + there + "'/><script>x()</script></svg>"));
    row("data address", html("<img src='data:image/svg+xml,<svg onload=x()>'><a href='data:text/html,<script>'>a</a>"));
    row("cid that is a path", html("<img src='cid:../../etc/passwd'><img src='cid:" + there + "'><img src='cid:'>"));
    row("file address", html("<img src='file:///etc/passwd'><a href='file:///etc/passwd'>a</a>"));
    row("qt's own addresses", html("<img src=':/style/desk.qss'><img src='qrc:/style/desk.qss'>"));
    row("deep nesting", html(QByteArray("<div><table><tr><td>").repeated(20'000)));
    row("unclosed quotes", html("<img src=\"" + there + "<p title='" + there));
    row("a megabyte on one line", html(QByteArray(1'000'000, 'w')));
    row("marks that pile up", html("<p>Z" + QByteArray("\xcc\x81").repeated(50'000) + "</p>"));
    row("text that turns around", html("<p>\xe2\x80\xae"
                                       "evil\xe2\x80\xac</p>"));
}

void TestHostileMail::showsItsTextAndNothingElse() {
    QFETCH(QByteArray, mail);
    mail.replace("TRACKER", QByteArray::number(m_tracker.serverPort()));
    QElapsedTimer timer;
    timer.start();
    const auto thread = shownThread(mail);
    QVERIFY(thread);
    const qint64 took = timer.elapsed();
    QVERIFY2(took < test::allowed(20'000), qPrintable(u"%1 ms"_s.arg(took)));
    QVERIFY(m_view.messages.at(0).text.contains(u"visible"_s) || !m_view.messages.at(0).text.isEmpty());
    QCOMPARE(m_loads, 0);
    for (auto* part : thread->findChildren<SafeTextView*>()) {
        // Nothing is drawn outside the message: it has no widgets of its own and is no wider than its column.
        QVERIFY(part->width() <= thread->width());
        for (QTextBlock block = part->document()->begin(); block.isValid(); block = block.next())
            for (auto it = block.begin(); !it.atEnd(); ++it) {
                const QTextCharFormat format = it.fragment().charFormat();
                QVERIFY2(format.fontPointSize() < 200 && format.font().pixelSize() < 200, "a giant font");
                const QString link = format.anchorHref().trimmed().toLower();
                QVERIFY2(!link.startsWith(u"javascript"_s) && !link.startsWith(u"data"_s) &&
                             !link.startsWith(u"file"_s),
                         qPrintable(link));
            }
    }
    QVERIFY(thread->findChildren<QLineEdit*>().isEmpty());
}

// Counted before anything is built: it is a fault of that one mail, the rest of the folder goes on.
void TestHostileMail::aFloodOfPartsIsRefusedInTime() {
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!decodeMail(manyParts(300'000), UtcTime(1)));
    QVERIFY(timer.elapsed() < test::allowed(5'000));
    QVERIFY(shownThread(plain("Subject: Hi\r\nFrom: ann@x.example")));
}

void TestHostileMail::headersNeverSpeakForAnother_data() {
    QTest::addColumn<QByteArray>("headers");
    const auto row = [](const char* name, const QByteArray& headers) { QTest::newRow(name) << headers; };
    row("subject with a line", "From: ann@x.example\r\nSubject: =?utf-8?Q?Hi=0D=0ABcc:_all@x.example?=");
    row("name with a line", "From: =?utf-8?Q?Ann=0D=0ATo:_b@x.example?= <ann@x.example>\r\nSubject: Hi");
    row("subject with markup", "From: ann@x.example\r\nSubject: <b>Hi</b><img src=x onerror=y>");
    row("name with markup", "From: \"<img src='http://127.0.0.1/'>\" <ann@x.example>\r\nSubject: Hi");
    row("name that is another address", "From: \"help@shop.example\" <ann@evil.example>\r\nSubject: Hi");
    row("spoofed results", "From: ann@x.example\r\nSubject: Hi\r\nAuthentication-Results: mx.shop.example; dmarc=pass "
                           "header.from=x.example; dkim=pass; spf=pass");
    row("null bytes", QByteArray("From: ann@x.example\r\nSubject: H") + '\0' + QByteArray("i"));
}

void TestHostileMail::headersNeverSpeakForAnother() {
    QFETCH(QByteArray, headers);
    const auto thread = shownThread(plain(headers));
    QVERIFY(thread);
    const MessageView& message = m_view.messages.at(0);
    QVERIFY(!message.subject.contains(u'\n') && !message.subject.contains(u'\r'));
    QVERIFY(!message.from.name.contains(u'\n') && !message.from.name.contains(u'\r'));
    QVERIFY(m_view.customerEmail.startsWith(u"ann@"_s));
    QVERIFY2(!message.sender, "a mail vouched for itself");
    // What a mail says of itself is shown as text, whatever it looks like.
    for (const auto* label : thread->findChildren<QLabel*>())
        if (label->text().contains(u'<')) QCOMPARE(label->textFormat(), Qt::PlainText);
    QCOMPARE(m_loads, 0);
}

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    Theme::apply(application);
    TestHostileMail test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_hostile_mail.moc"
