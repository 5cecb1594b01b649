// What stands in a conversation besides its messages: sender marks, notes, what was done to it, attachments.
#include "tests/support/patience.h"
#include "ui/conversation/attachment_row.h"
#include "ui/conversation/bounded_image.h"
#include "ui/conversation/conversation_thread.h"
#include "ui/conversation/note_block.h"
#include "ui/conversation/safe_text_view.h"
#include "ui/conversation/sender_mark.h"
#include "ui/conversation/system_line.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QBuffer>
#include <QDir>
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kStart = 1'760'000'000'000;

MessageView message(qint64 id, qint64 minutes) {
    MessageView view;
    view.id = MessageId(id);
    view.from = {u"John Okafor"_s, u"john@example.com"_s};
    view.sentAt = UtcTime(kStart + minutes * 60'000);
    view.text = u"Message %1"_s.arg(id);
    return view;
}

QByteArray png(int width, int height) {
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(Qt::red);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

QAbstractButton* button(QWidget& parent, const QString& spoken) {
    for (auto* candidate : parent.findChildren<QAbstractButton*>()) {
        const QAccessibleInterface* face = QAccessible::queryAccessibleInterface(candidate);
        if (face != nullptr && face->text(QAccessible::Name).contains(spoken)) return candidate;
    }
    return nullptr;
}

} // namespace

class TestConversationAsides : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_thread = std::make_unique<ConversationThread>(
            MessageSources{[this](MessageId) { return Result<QString>(m_html); },
                           [this](AttachmentId) { return Result<QByteArray>(m_content); },
                           [this](const QUrl& address) {
                               m_fetched << address.toString();
                               return readyFuture<QByteArray>(m_remote);
                           }},
            m_clock);
        m_thread->resize(640, 600);
        m_thread->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_thread.get()));
    }
    void saysWhoIsNotVerified_data();
    void saysWhoIsNotVerified();
    void neverGetsWiderThanItsColumn();
    void putsNotesBetweenTheMessages();
    void tellsWhatWasMergedAndOffersTheWayBack();
    void splitsFromAnyMessageButTheFirst();
    void looksAtPicturesOnly();
    void showsPicturesTheMailBroughtAlong();
    void loadsPicturesOnlyWhenAsked();
    void letsNoTrackerIn();
    void saysWhichPicturesDidNotCome();
    void leavesAPictureOfEverything();

private:
    ConversationView whole();
    void showFormatted(const QString& html);
    QStringList shownLabels() const;

    ManualClock m_clock{UtcTime(kStart + 3'600'000)};
    QString m_html;
    QByteArray m_content;
    Result<QByteArray> m_remote{QByteArray()};
    QStringList m_fetched;
    std::unique_ptr<ConversationThread> m_thread;
};

void TestConversationAsides::saysWhoIsNotVerified_data() {
    QTest::addColumn<SenderCheck>("check");
    QTest::addColumn<QString>("shown");
    QTest::addColumn<QString>("spoken");
    QTest::newRow("dmarc") << SenderCheck{SenderVerdict::Verified, u"pass"_s, u"pass"_s, u"pass"_s, u"x.example"_s, {}}
                           << u"✓ dmarc"_s << u"really from x.example"_s;
    QTest::newRow("dkim") << SenderCheck{SenderVerdict::Verified, {}, u"pass"_s, {}, {}, {}} << u"✓ dkim"_s
                          << u"Sender verified"_s;
    QTest::newRow("nothing said") << SenderCheck{} << u"not verified"_s << u"nothing proves"_s;
    QTest::newRow("reply to") << SenderCheck{SenderVerdict::Suspicious, {}, {}, {}, {}, {u"reply_to_elsewhere"_s}}
                              << u"⚠ Not verified: replies go to another address"_s << u"another address"_s;
    QTest::newRow("dmarc fail") << SenderCheck{SenderVerdict::Failed, u"fail"_s, {}, u"fail"_s, {}, {}}
                                << u"⚠ Not verified: its domain does not vouch for it"_s << u"DMARC fail, SPF fail"_s;
    QTest::newRow("unknown word") << SenderCheck{SenderVerdict::Suspicious, {}, {}, {}, {}, {u"new_word"_s}}
                                  << u"⚠ Not verified: something in it points elsewhere"_s << u"elsewhere"_s;
}

void TestConversationAsides::saysWhoIsNotVerified() {
    QFETCH(SenderCheck, check);
    QFETCH(QString, shown);
    QFETCH(QString, spoken);
    ConversationView view;
    view.id = ConversationId(1);
    view.messages = {message(1, 0)};
    view.messages[0].sender = check;
    m_thread->showConversation(view);
    const QLabel* mark = nullptr;
    for (const auto* label : m_thread->findChildren<QLabel*>())
        if (label->text() == shown) mark = label;
    QVERIFY2(mark != nullptr, qPrintable(shown));
    QVERIFY(mark->toolTip().contains(spoken));
    auto* face = QAccessible::queryAccessibleInterface(const_cast<QLabel*>(mark));
    QVERIFY(face->text(QAccessible::Name).contains(spoken));
    auto* block = QAccessible::queryAccessibleInterface(m_thread->findChild<MessageBlock*>());
    QVERIFY(block->text(QAccessible::Description).contains(spoken));
}

void TestConversationAsides::neverGetsWiderThanItsColumn() {
    ConversationView view;
    view.id = ConversationId(1);
    view.messages = {message(1, 0), message(2, 1)};
    for (int i = 0; i < 40; ++i)
        view.messages[0].cc << MailAddress{u"Somebody with a name %1"_s.arg(i), u"x@example.com"_s};
    view.messages[0].from = {u"A very long name indeed "_s.repeated(6),
                             u"%1@example.com"_s.arg(u"long"_s.repeated(30))};
    view.messages[0].sender = SenderCheck{SenderVerdict::Failed, {}, {}, u"fail"_s, {}, {}};
    view.messages[1].isOutbound = true;
    view.messages[1].to = view.messages[0].cc;
    view.messages[1].attachments = {
        {AttachmentId(7), u"%1.docm"_s.arg(u"long"_s.repeated(30)), u"image/png"_s, 100, false, {}}};
    for (const int width : {456, 640}) {
        m_thread->resize(width, 600);
        m_thread->showConversation(view);
        m_thread->grab();
        for (const auto* block : m_thread->findChildren<MessageBlock*>())
            QVERIFY2(block->geometry().right() < width,
                     qPrintable(u"%1 of %2"_s.arg(block->geometry().right()).arg(width)));
    }
}

ConversationView TestConversationAsides::whole() {
    ConversationView view;
    view.id = ConversationId(1);
    view.messages = {message(1, 0), message(2, 20), message(3, 40)};
    view.notes = {{NoteId(1), u"Kim"_s, u"Called the carrier: https://x.example"_s, UtcTime(kStart + 30 * 60'000)}};
    view.moves = {{ConversationMoveView::Kind::MergedHere, u"Vase"_s, UtcTime(kStart + 10 * 60'000)},
                  {ConversationMoveView::Kind::SplitOff, u"Lamp"_s, UtcTime(kStart + 50 * 60'000)}};
    return view;
}

void TestConversationAsides::putsNotesBetweenTheMessages() {
    ConversationView view = whole();
    m_thread->showConversation(view);
    auto* note = m_thread->findChild<NoteBlock*>();
    QVERIFY(note && note->isVisible());
    const auto blocks = m_thread->findChildren<MessageBlock*>();
    QCOMPARE(blocks.size(), 3);
    QVERIFY(note->y() > blocks[1]->y() && note->y() < blocks[2]->y());
    QVERIFY(note->accessibleName().contains(u"Internal note by Kim"_s));
    // A new one appears where it belongs, the messages stay as they are.
    view.notes.push_back({NoteId(2), u"Ben"_s, u"Agreed"_s, UtcTime(kStart + 55 * 60'000)});
    m_thread->showConversation(view);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCOMPARE(m_thread->findChildren<NoteBlock*>().size(), 2);
    QCOMPARE(m_thread->findChildren<MessageBlock*>(), blocks);
}

void TestConversationAsides::tellsWhatWasMergedAndOffersTheWayBack() {
    m_thread->showConversation(whole());
    const auto lines = m_thread->findChildren<SystemLine*>();
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines[0]->accessibleName().contains(u"Merged with “Vase”"_s));
    QSignalSpy asked(m_thread.get(), &ConversationThread::revertAsked);
    QVERIFY(button(*m_thread, u"Undo: “Lamp” was split off"_s)); // the newest only
    QVERIFY(!button(*m_thread, u"Undo: Merged"_s));
    auto* undo = button(*m_thread, u"Undo"_s);
    undo->setFocus();
    QTest::keyClick(undo, Qt::Key_Space);
    QCOMPARE(asked.count(), 1);
}

void TestConversationAsides::splitsFromAnyMessageButTheFirst() {
    m_thread->showConversation(whole());
    QSignalSpy asked(m_thread.get(), &ConversationThread::splitAsked);
    const auto blocks = m_thread->findChildren<MessageBlock*>();
    for (int i = 0; i < 2; ++i) {
        button(*blocks[i], u"More for this message"_s)->click();
        auto* menu = blocks[i]->findChild<QMenu*>();
        QVERIFY(menu);
        for (QAction* action : menu->actions())
            if (action->text().startsWith(u"Split"_s) && action->isEnabled()) action->trigger();
        menu->close();
    }
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked[0][0].value<MessageId>(), MessageId(2));
}

void TestConversationAsides::looksAtPicturesOnly() {
    QVERIFY(isPreviewable(u"image/png"_s, 100));
    QVERIFY(!isPreviewable(u"image/svg+xml"_s, 100));
    QVERIFY(!isPreviewable(u"image/png"_s, 1LL << 30));
    QVERIFY(!isPreviewable(u"application/pdf"_s, 100));
    QCOMPARE(boundedImage(png(1000, 500), {100, 100}).size(), QSize(100, 50));
    QCOMPARE(boundedImage(png(10, 5), {100, 100}).size(), QSize(10, 5));
    QVERIFY(boundedImage("<svg xmlns='http://www.w3.org/2000/svg'/>", {100, 100}).isNull());
    QVERIFY(boundedImage("not a picture", {100, 100}).isNull());
    // A bomb: a header that claims 60,000 × 60,000 pixels.
    QByteArray bomb = png(8, 8);
    bomb.replace(16, 8, QByteArray("\0\0\xea\x60\0\0\xea\x60", 8));
    QVERIFY(boundedImage(bomb, {100, 100}).isNull());
    for (int cut = 0; cut < bomb.size(); ++cut)
        boundedImage(png(40, 40).left(cut), {100, 100});
}

void TestConversationAsides::showsPicturesTheMailBroughtAlong() {
    ConversationView view;
    view.id = ConversationId(1);
    view.messages = {message(1, 0)};
    view.messages[0].attachments = {{AttachmentId(7), u"photo.png"_s, u"image/png"_s, 100, false, {}}};
    m_content = png(1200, 800);
    m_thread->showConversation(view);
    auto* preview = button(*m_thread, u"Preview photo.png"_s);
    QVERIFY(preview);
    auto* row = m_thread->findChild<AttachmentRow*>();
    const int before = row->height();
    preview->click();
    QVERIFY(row->height() > before + 100);
    QVERIFY(row->height() < before + 400);
    QVERIFY(button(*m_thread, u"Open photo.png"_s));
    preview->click();
    QCOMPARE(row->height(), before);
}

void TestConversationAsides::showFormatted(const QString& html) {
    ConversationView view;
    view.id = ConversationId(1);
    view.messages = {message(1, 0)};
    view.messages[0].hasHtml = true;
    m_html = html;
    m_fetched.clear();
    m_thread->showConversation(view);
    button(*m_thread, u"Formatted"_s)->click();
}

QStringList TestConversationAsides::shownLabels() const {
    QStringList shown;
    for (const auto* label : m_thread->findChildren<QLabel*>())
        if (label->isVisible()) shown << label->text();
    return shown;
}

void TestConversationAsides::loadsPicturesOnlyWhenAsked() {
    showFormatted(
        u"<p>x</p><img data-blocked-src=\"https://t.example/a.png?x=1&amp;y=2\">"
        "<img data-blocked-src=\"https://t.example/b.png\"><img data-blocked-src=\"https://t.example/b.png\">"_s);
    QVERIFY(shownLabels().contains(u"3 pictures from the network are not loaded"_s));
    m_thread->grab();
    QVERIFY(m_fetched.isEmpty());
    const auto pictureHeight = [&] { return m_thread->findChildren<SafeTextView*>().last()->height(); };
    const int before = pictureHeight();
    m_remote = png(200, 120);
    auto* load = button(*m_thread, u"Load pictures"_s);
    QVERIFY(load && load->isVisible());
    QTest::keyClick(load, Qt::Key_Space);
    QTRY_VERIFY(!shownLabels().join(u'|').contains(u"pictures"_s));
    QCOMPARE(m_fetched, (QStringList{u"https://t.example/a.png?x=1&y=2"_s, u"https://t.example/b.png"_s}));
    QTRY_VERIFY(pictureHeight() >= before + 90);
    QVERIFY(!load->isVisible());
}

void TestConversationAsides::letsNoTrackerIn() {
    m_remote = png(4, 4);
    showFormatted(u"<p>data-blocked-src=&quot;https://t.example/text.png&quot;</p>"
                  "<img width=\"1\" height=\"1\" data-blocked-src=\"https://t.example/open.gif\">"
                  "<img width=\"40\" data-blocked-src=\"https://t.example/logo.png\">"_s);
    QVERIFY(shownLabels().contains(u"1 picture from the network is not loaded"_s));
    button(*m_thread, u"Load pictures"_s)->click();
    QTRY_VERIFY(shownLabels().contains(u"1 tracking picture stays blocked"_s));
    m_thread->grab();
    QCOMPARE(m_fetched, QStringList(u"https://t.example/logo.png"_s));
}

void TestConversationAsides::saysWhichPicturesDidNotCome() {
    m_remote = Error{ErrorKind::Network, {}, ErrorCause::HostNotFound};
    showFormatted(u"<img data-blocked-src=\"https://t.example/a.png\">"_s);
    button(*m_thread, u"Load pictures"_s)->click();
    QTRY_VERIFY(shownLabels().contains(u"1 picture could not be loaded"_s));
    m_remote = png(4, 4);
    button(*m_thread, u"Try again"_s)->click();
    QTRY_VERIFY(!shownLabels().contains(u"1 picture could not be loaded"_s));
    QCOMPARE(m_fetched.size(), 2);
}

// With AIVA_SHOTS set to a folder it stays there.
void TestConversationAsides::leavesAPictureOfEverything() {
    ConversationView view = whole();
    view.messages[0].sender = SenderCheck{SenderVerdict::Verified, {}, {}, u"pass"_s, u"example.com"_s, {}};
    view.messages[1].sender = SenderCheck{SenderVerdict::Suspicious, {}, {}, {}, {}, {u"reply_to_elsewhere"_s}};
    view.messages[1].attachments = {{AttachmentId(7), u"photo.png"_s, u"image/png"_s, 100, false, {}},
                                    {AttachmentId(8), u"invoice.pdf.exe"_s, u"application/x"_s, 90'000, false, {}}};
    view.messages[2].sender = SenderCheck{SenderVerdict::Failed, {}, {}, u"fail"_s, {}, {}};
    m_content = png(600, 200);
    m_thread->resize(640, 900);
    m_thread->showConversation(view);
    button(*m_thread, u"Preview"_s)->click();
    const QImage image = m_thread->grab().toImage();
    QVERIFY(!image.isNull());
    m_remote = Error{ErrorKind::Network, {}, ErrorCause::HostNotFound};
    showFormatted(u"<p>Hello <b>there</b></p><img data-blocked-src=\"https://t.example/a.png\">"_s);
    const QImage blocked = m_thread->grab().toImage();
    button(*m_thread, u"Load pictures"_s)->click();
    QTRY_VERIFY(shownLabels().contains(u"1 picture could not be loaded"_s));
    const QImage failed = m_thread->grab().toImage();
    const QString folder = qEnvironmentVariable("AIVA_SHOTS");
    if (folder.isEmpty()) return;
    QVERIFY(QDir().mkpath(folder));
    const QString ending = m_thread->devicePixelRatioF() > 1 ? u"@2x.png"_s : u".png"_s;
    QVERIFY(image.save(folder + u"/conversation"_s + ending));
    QVERIFY(blocked.save(folder + u"/conversation-pictures"_s + ending));
    QVERIFY(failed.save(folder + u"/conversation-pictures-failed"_s + ending));
}

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QLocale::setDefault(QLocale(u"en_US"_s));
    Theme::apply(application);
    TestConversationAsides test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_conversation_asides.moc"
