// Every state of the window as a picture: with AIVA_SHOTS set to a folder they are kept there; without, it still proves
// that each state paints and that nothing visible is cut by the window's edge.
#include "tests/support/patience.h"
#include "tests/ui/shell/desk_story.h"
#include "tests/ui/support/settle.h"
#include "ui/composer/composer.h"
#include "ui/composer/reply_edit.h"
#include "ui/conversation/conversation_thread.h"
#include "ui/conversation/fold_button.h"
#include "ui/inbox/inbox_pane.h"
#include "ui/shell/conversation_pane.h"
#include "ui/shell/desk_window.h"
#include "ui/shell/keys_sheet.h"
#include "ui/shell/message_window.h"
#include "ui/shell/status_line.h"
#include "ui/shell/triage_page.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>

using namespace aiva;
using namespace Qt::StringLiterals;
using aiva::test::DeskStory;

class TestScreenshots : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp);
    }
    void showsTheDesk();
    void showsSearch();
    void showsSplits();
    void showsPages();
    void showsTrouble();
    void showsSizes();
    void showsWindowsWithoutADesk();

private:
    void keep(QWidget& widget, const QString& name) {
        test::settle();
        const QImage image = widget.grab().toImage();
        QVERIFY(!image.isNull());
        const QString folder = qEnvironmentVariable("AIVA_SHOTS");
        if (folder.isEmpty()) return;
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(image.save(folder + u'/' + name + (widget.devicePixelRatioF() > 1 ? u"@2x.png"_s : u".png"_s)));
    }
    static std::unique_ptr<DeskWindow> show(DeskStory& story, QSize size = {1440, 900}) {
        auto window =
            std::make_unique<DeskWindow>(story.desk(), story.mailDesk(), story.mailReads(), story.clock(), story.dir());
        window->resize(size);
        window->show();
        if (!QTest::qWaitForWindowExposed(window.get())) qWarning("not exposed");
        return window;
    }
};

void TestScreenshots::showsTheDesk() {
    DeskStory story;
    QVERIFY(story.isOpen());
    auto window = show(story);
    keep(*window, u"desk"_s);
    ConversationPane* pane = window->triage()->conversation();
    pane->composer()->editor()->insertPlainText(
        u"Hi John,\n\nThank you for being a VIP with us. Your order #1042 was shipped with USPS on February 22."_s);
    for (auto* fold : pane->findChildren<FoldButton*>())
        if (fold->text().contains(u"quoted"_s)) fold->click();
    keep(*window, u"desk-draft-quote-open"_s);
    for (auto* fold : pane->findChildren<FoldButton*>())
        if (fold->text().contains(u"Formatted"_s)) fold->click();
    keep(*window, u"desk-original"_s);
    QVERIFY(window->openConversation(story.conversation(u"Rossz méret érkezett"_s)));
    keep(*window, u"desk-attachments"_s);
    QTest::keyClick(window.get(), Qt::Key_E);
    QTest::qWait(250);
    keep(*window, u"desk-undo"_s);
    QVERIFY(window->openConversation(story.conversation(u"Re: Delivery to the wrong door"_s)));
    keep(*window, u"desk-no-customer"_s);
}

void TestScreenshots::showsSearch() {
    DeskStory story;
    auto window = show(story);
    InboxPane* inbox = window->triage()->inbox();
    inbox->startSearch();
    keep(*window, u"search-empty"_s);
    inbox->search()->field()->setText(u"john"_s);
    QTRY_VERIFY(inbox->search()->results()->model()->rowCount() > 0);
    keep(*window, u"search-hits"_s);
    inbox->search()->field()->setText(u"zzzzz"_s);
    QTRY_COMPARE(inbox->search()->results()->model()->rowCount(), 0);
    keep(*window, u"search-nothing"_s);
}

void TestScreenshots::showsSplits() {
    DeskStory story;
    auto window = show(story);
    window->showSplit(InboxView::Waiting);
    keep(*window, u"split-waiting"_s);
    window->showSplit(InboxView::Vip);
    keep(*window, u"split-vip"_s);
    window->showSplit(InboxView::All);
    keep(*window, u"split-all"_s);
    InboxFilter filter = window->triage()->inbox()->filter();
    filter.unreadOnly = true;
    filter.sort = InboxSort::Oldest;
    window->triage()->inbox()->setFilter(filter);
    keep(*window, u"split-filtered"_s);
    DeskStory empty(DeskStory::Filling::Empty);
    auto bare = show(empty);
    keep(*bare, u"desk-empty"_s);
}

void TestScreenshots::showsPages() {
    DeskStory story;
    auto window = show(story);
    window->showPage(DeskPage::Stores);
    keep(*window, u"page-stores"_s);
    window->showPage(DeskPage::Settings);
    keep(*window, u"page-settings"_s);
    KeysSheet sheet(window.get());
    sheet.show();
    keep(sheet, u"keys"_s);
}

void TestScreenshots::showsTrouble() {
    DeskStory story;
    story.closeDesk();
    story.setStoreStatus(StoreStatus::Disconnected);
    QVERIFY(story.openDesk());
    auto window = show(story);
    keep(*window, u"trouble-disconnected"_s);
    window->statusLine()->setOnline(false);
    SyncProgress progress;
    progress.store = story.store();
    progress.resource = Resource::Orders;
    progress.batch = 1;
    progress.batches = 4;
    progress.done = 250;
    progress.total = 5678;
    window->statusLine()->setProgress(progress);
    keep(*window, u"trouble-offline-syncing"_s);
    progress.slowedByMs = 1200;
    window->statusLine()->setProgress(progress);
    keep(*window, u"trouble-slowed"_s);
}

void TestScreenshots::showsSizes() {
    DeskStory story;
    for (const QSize size : {QSize(1024, 640), QSize(1280, 800), QSize(1920, 1080)}) {
        auto window = show(story, size);
        QCOMPARE(window->size(), size);
        keep(*window, u"size-%1x%2"_s.arg(size.width()).arg(size.height()));
    }
}

void TestScreenshots::showsWindowsWithoutADesk() {
    std::unique_ptr<MessageWindow> welcome(MessageWindow::welcome(u"/home/kim/.local/share/aiva"_s));
    welcome->show();
    keep(*welcome, u"welcome"_s);
    const QList<std::pair<ErrorCause, QString>> causes{{ErrorCause::WrongKey, u"failure-wrong-key"_s},
                                                       {ErrorCause::DamagedFile, u"failure-damaged"_s},
                                                       {ErrorCause::NewerSchema, u"failure-newer"_s}};
    for (const auto& [cause, name] : causes) {
        std::unique_ptr<MessageWindow> failure(
            MessageWindow::failure({ErrorKind::Storage, u"x"_s, cause}, u"/home/kim/.local/share/aiva"_s));
        failure->show();
        keep(*failure, name);
    }
}

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    TestScreenshots test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_screenshots.moc"
