#include "tests/support/patience.h"
#include "tests/support/time_allowance.h"
#include "tests/ui/support/settle.h"
#include "ui/conversation/conversation_thread.h"
#include "ui/conversation/fold_button.h"
#include "ui/conversation/safe_text_view.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QBoxLayout>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

MessageView message(qint64 id, const QString& text) {
    MessageView view;
    view.id = MessageId(id);
    view.from = {u"John Okafor"_s, u"john@example.com"_s};
    view.to = {{u"Acme"_s, u"support@acme.example"_s}};
    view.sentAt = UtcTime(1'760'000'000'000 + id * 60'000);
    view.text = text;
    return view;
}

ConversationView conversation(qint64 id, int messages) {
    ConversationView view;
    view.id = ConversationId(id);
    for (int i = 1; i <= messages; ++i)
        view.messages.push_back(message(id * 1000 + i, u"Message %1\n\nMore of it."_s.arg(i)));
    return view;
}

template <typename Widget>
Widget* visibleChild(QWidget& parent, const QString& text) {
    for (auto* widget : parent.findChildren<Widget*>())
        if (widget->text().contains(text) && !widget->isHidden()) return widget;
    return nullptr;
}

} // namespace

class TestConversationThread : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_thread = std::make_unique<ConversationThread>(
            MessageSources{[](MessageId) { return Result<QString>(u"<b>laid out</b>"_s); }, {}}, m_clock);
        m_thread->resize(640, 600);
        m_thread->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_thread.get()));
    }
    void unfoldsQuotesByKey();
    void collapsesEarlierMessages();
    void makesTheRestWhereItStands();
    void opensAMegabyteAtOnce();
    void gainsNewMessagesWithoutLosingThePlace();
    void isReadInTheOrderItStands();
    void keepsTheFocusWhileLeafing();
    void showsTheOriginalOnRequest();
    void loadsNothing();
    void showsEachTextFromItsBeginning();
    void offersRiskyAttachmentsWithAWarning();

private:
    // Blocks kept for the next conversation are children too.
    QList<MessageBlock*> shownBlocks() const {
        QList<MessageBlock*> shown;
        for (MessageBlock* block : m_thread->findChildren<MessageBlock*>())
            if (!block->isHidden()) shown << block;
        return shown;
    }
    ManualClock m_clock{UtcTime(1'760'000'600'000)};
    std::unique_ptr<ConversationThread> m_thread;
};

void TestConversationThread::unfoldsQuotesByKey() {
    ConversationView view = conversation(1, 1);
    view.messages[0].text = u"Hi\n> one\n> two"_s;
    view.messages[0].folded = {{1, 2, false}};
    m_thread->showConversation(view);
    auto* fold = visibleChild<FoldButton>(*m_thread, u"quoted"_s);
    QVERIFY(fold);
    const auto shows = [&](const QString& text) {
        for (const auto* part : m_thread->findChildren<SafeTextView*>())
            if (part->isVisible() && part->toPlainText().contains(text)) return true;
        return false;
    };
    QVERIFY(!shows(u"> one"_s));
    fold->setFocus();
    QTest::keyClick(fold, Qt::Key_Return);
    QVERIFY(shows(u"> one"_s));
    QTest::keyClick(fold, Qt::Key_Space);
    QVERIFY(!shows(u"> one"_s));
}

void TestConversationThread::collapsesEarlierMessages() {
    const ConversationView view = conversation(1, 500);
    QElapsedTimer timer;
    timer.start();
    m_thread->showConversation(view);
    m_thread->grab();
    qInfo("500 messages open in %lld ms", timer.elapsed());
    QTRY_COMPARE(m_thread->findChildren<MessageBlock*>().size(), ConversationThread::shownFirst);
    auto* earlier = visibleChild<FoldButton>(*m_thread, u"494 earlier"_s);
    QVERIFY(earlier);
    const auto* anchor = m_thread->findChildren<MessageBlock*>().constFirst();
    const int before = anchor->mapTo(m_thread.get(), QPoint()).y();
    earlier->click();
    test::settle();
    QCOMPARE(m_thread->findChildren<MessageBlock*>().size(),
             ConversationThread::shownFirst + ConversationThread::unfoldedAtOnce);
    QCOMPARE(anchor->mapTo(m_thread.get(), QPoint()).y(), before); // what was read stays where it was
}

// What is out of sight is made a moment later, and nothing in sight moves by it.
void TestConversationThread::makesTheRestWhereItStands() {
    m_thread->resize(640, 300);
    ConversationView view = conversation(1, 6);
    view.messages.back().text = QString(u"A line of the newest mail.\n"_s).repeated(40);
    m_thread->showConversation(view);
    m_thread->grab();
    const auto newest = shownBlocks();
    QCOMPARE(newest.size(), 1);
    const int before = newest.front()->mapTo(m_thread.get(), QPoint()).y();
    QTRY_COMPARE(shownBlocks().size(), 6);
    QCOMPARE(newest.front()->mapTo(m_thread.get(), QPoint()).y(), before);

    view = conversation(2, 6);
    for (MessageView& message : view.messages)
        message.unread = true;
    view.messages.front().text = QString(u"A line of the oldest mail.\n"_s).repeated(40);
    m_thread->showConversation(view);
    const auto oldest = shownBlocks();
    QCOMPARE(oldest.size(), 1);
    QTRY_COMPARE(shownBlocks().size(), 6);
    QCOMPARE(m_thread->verticalScrollBar()->value(), 0);
    m_thread->showConversation(conversation(3, 6)); // who leafs on is not followed by the rest of what was left
    m_thread->showConversation(conversation(4, 1));
    QTest::qWait(3 * ConversationThread::restMs);
    QCOMPARE(shownBlocks().size(), 1);
}

void TestConversationThread::opensAMegabyteAtOnce() {
    ConversationView view = conversation(1, 1);
    view.messages[0].text = QString(u"A line of the long mail, one of many.\n"_s).repeated(28'000);
    QVERIFY(view.messages[0].text.size() > 1'000'000);
    QElapsedTimer timer;
    timer.start();
    m_thread->showConversation(view);
    m_thread->grab();
    const qint64 opened = timer.restart();
    auto* all = visibleChild<FoldButton>(*m_thread, u"Show all"_s);
    QVERIFY(all);
    all->click();
    m_thread->grab();
    qInfo("1 MB: opened in %lld ms, shown whole in %lld ms", opened, timer.elapsed());
    QVERIFY(opened < test::allowed(300));
    QVERIFY(timer.elapsed() < test::allowed(1500));
    QCOMPARE(m_thread->findChildren<QPlainTextEdit*>().constFirst()->toPlainText(), view.messages[0].text.trimmed());

    view = conversation(2, 1);
    view.messages[0].text = QString(1'000'000, u'x'); // no line to cut at
    timer.restart();
    m_thread->showConversation(view);
    m_thread->grab();
    QVERIFY(timer.elapsed() < test::allowed(1000));
}

void TestConversationThread::gainsNewMessagesWithoutLosingThePlace() {
    m_thread->resize(640, 300);
    ConversationView view = conversation(1, 6);
    m_thread->showConversation(view);
    QTRY_COMPARE(m_thread->findChildren<MessageBlock*>().size(), 6);
    m_thread->verticalScrollBar()->setValue(20);
    const auto* first = m_thread->findChildren<MessageBlock*>().constFirst();
    view.messages.push_back(message(9999, u"New"_s));
    m_thread->showConversation(view);
    test::settle();
    QCOMPARE(m_thread->findChildren<MessageBlock*>().constFirst(), first); // not built again
    QCOMPARE(m_thread->findChildren<MessageBlock*>().size(), 7);
    QCOMPARE(m_thread->verticalScrollBar()->value(), 20);
}

// A screen reader walks the children: blocks used again must stand where their message does.
void TestConversationThread::isReadInTheOrderItStands() {
    const auto areInOrder = [this] {
        qint64 before = 0;
        for (const MessageBlock* block : shownBlocks()) {
            if (block->message().id.value() <= before) return false;
            before = block->message().id.value();
        }
        return true;
    };
    m_thread->showConversation(conversation(1, 3));
    QTRY_COMPARE(shownBlocks().size(), 3);
    m_thread->showConversation(conversation(2, 1));
    m_thread->showConversation(conversation(3, 1));
    m_thread->showConversation(conversation(3, 3)); // two came in
    QTRY_COMPARE(shownBlocks().size(), 3);
    QVERIFY(areInOrder());

    m_thread->resize(640, 60); // the rest is made a moment later
    m_thread->showConversation(conversation(4, 1));
    m_thread->showConversation(conversation(5, 1));
    ConversationView unread = conversation(6, 3);
    unread.messages[0].unread = true;
    m_thread->showConversation(unread);
    QVERIFY(shownBlocks().size() < 3);
    QTRY_COMPARE(shownBlocks().size(), 3);
    QVERIFY(areInOrder());
}

void TestConversationThread::keepsTheFocusWhileLeafing() {
    QWidget window;
    auto* column = new QVBoxLayout(&window);
    column->addWidget(new QLineEdit);
    auto* thread =
        new ConversationThread(MessageSources{[](MessageId) { return Result<QString>(QString()); }, {}}, m_clock);
    column->addWidget(thread);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    ConversationView view = conversation(1, 1);
    view.messages[0].text = u"Hi\n> one\n> two"_s;
    view.messages[0].folded = {{1, 2, false}};
    thread->showConversation(view);
    auto* fold = visibleChild<FoldButton>(*thread, u"quoted"_s);
    QVERIFY(fold);
    fold->setFocus();
    QTRY_COMPARE(QApplication::focusWidget(), fold);
    thread->showConversation(conversation(2, 1)); // has nothing to unfold
    QCOMPARE(QApplication::focusWidget(), thread);
}

void TestConversationThread::showsTheOriginalOnRequest() {
    ConversationView view = conversation(1, 1);
    view.messages[0].hasHtml = true;
    m_thread->showConversation(view);
    auto* original = visibleChild<FoldButton>(*m_thread, u"Formatted"_s);
    QVERIFY(original);
    original->click();
    QStringList visible;
    for (const auto* part : m_thread->findChildren<SafeTextView*>())
        if (part->isVisible()) visible << part->toPlainText();
    QCOMPARE(visible, QStringList{u"laid out"_s});
    for (const auto* part : m_thread->findChildren<SafeTextView*>()) // at once, not some events later
        if (part->isVisible()) QCOMPARE(part->height(), part->heightForWidth(part->width()));
    original->click();
    visible.clear();
    for (const auto* part : m_thread->findChildren<SafeTextView*>())
        if (part->isVisible()) visible << part->toPlainText();
    QCOMPARE(visible.size(), 1);
    QVERIFY(visible[0].startsWith(u"Message 1"_s));
}

void TestConversationThread::showsEachTextFromItsBeginning() {
    ConversationView view = conversation(1, 3);
    for (MessageView& part : view.messages)
        part.text = QString(u"A line that is long enough to wrap once the window becomes narrow.\n"_s).repeated(12);
    m_thread->resize(1200, 300);
    m_thread->showConversation(view);
    for (const int width : {1200, 420, 900}) {
        m_thread->resize(width, 300);
        test::settle();
        for (const auto* part : m_thread->findChildren<SafeTextView*>()) {
            QCOMPARE(part->verticalScrollBar()->value(), 0);
            QVERIFY2(part->viewport()->height() >= qFloor(part->document()->size().height()), "the end is cut off");
        }
    }
}

void TestConversationThread::loadsNothing() {
    SafeTextView view;
    for (const QString& url : {u"https://tracker.example/p.gif"_s, u"file:///etc/passwd"_s, u"qrc:/style/desk.qss"_s})
        QCOMPARE(view.loadResource(QTextDocument::ImageResource, QUrl(url)), QVariant(QByteArray()));
    QSignalSpy activated(&view, &SafeTextView::linkActivated);
    view.showHtml(u"<p><a href='javascript:alert(1)'>x</a> <a href='https://ok.example/'>y</a></p>"
                  u"<img src='file:///etc/passwd'><link rel=stylesheet href='https://tracker.example/s.css'>"_s);
    view.resize(300, 200);
    view.grab();
    Q_EMIT view.anchorClicked(QUrl(u"javascript:alert(1)"_s));
    QCOMPARE(activated.count(), 0);
    Q_EMIT view.anchorClicked(QUrl(u"https://ok.example/"_s));
    QCOMPARE(activated.count(), 1);
}

void TestConversationThread::offersRiskyAttachmentsWithAWarning() {
    ConversationView view = conversation(1, 1);
    view.messages[0].attachments = {{AttachmentId(7), u"photo.jpg"_s, u"image/jpeg"_s, 1'200'000, false},
                                    {AttachmentId(8), u"invoice.exe"_s, u"application/octet-stream"_s, 900, false}};
    m_thread->showConversation(view);
    QSignalSpy asked(m_thread.get(), &ConversationThread::saveAttachmentAsked);
    QStringList warnings;
    for (auto* button : m_thread->findChildren<QAbstractButton*>()) {
        if (!button->text().startsWith(u"Save"_s)) continue;
        button->click();
    }
    QCOMPARE(asked.count(), 2);
    QCOMPARE(asked[0][0].value<AttachmentId>(), AttachmentId(7));
    int risky = 0;
    for (const auto* label : m_thread->findChildren<QLabel*>())
        risky += label->text().contains(u"can run programs"_s) ? 1 : 0;
    QCOMPARE(risky, 1);
}

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    Theme::apply(application);
    TestConversationThread test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_conversation_thread.moc"
