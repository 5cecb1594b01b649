#include "tests/ui/support/fake_answer_desk.h"
#include "tests/ui/support/fake_mail_desk.h"
#include "tests/ui/support/fake_privacy_desk.h"
#include "tests/ui/support/fake_store_desk.h"
#include "tests/ui/support/sample_people.h"
#include "tests/ui/support/shots.h"
#include "tests/ui/support/spoken.h"
#include "ui/privacy/erase_sheet.h"
#include "ui/privacy/request_row.h"
#include "ui/shell/settings_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/subtle_button.h"

#include <QApplication>
#include <QBoxLayout>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestPrivacySection : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp, {Contrast::Normal, Motion::Reduced});
    }
    void init();

    void showsRequestsWithTheirTime();
    void keepsRowsAndFocusWhenNothingChanged();
    void exportsWhoIsAskedFor();
    void keepsTheFocusNearWhileItExports();
    void answersARequestWithoutAnAddress();
    void closesARequestAboutNobodyKnown();
    void saysWhereNothingCanBePut();
    void erasesOnlyAfterItSaidWhatGoes();
    void staysWhileItErases();
    void saysWhyItCannotErase();
    void knowsNobodyByAnotherAddress();
    void worksByKeyboardAlone();

private:
    std::vector<PrivacyRequestView> requests() const;
    EraseSheet* sheet() const { return m_window->findChild<EraseSheet*>(); }
    PrivacySection& section() const { return *m_page->privacy(); }

    ManualClock m_clock{UtcTime(1'771'600'000'000)};
    test::FakeMailDesk m_mail;
    test::FakeAnswerDesk m_answers;
    test::FakeStoreDesk m_stores;
    std::unique_ptr<test::FakePrivacyDesk> m_desk;
    std::unique_ptr<QWidget> m_window;
    SettingsPage* m_page = nullptr;
};

void TestPrivacySection::init() {
    m_desk = std::make_unique<test::FakePrivacyDesk>();
    m_window = std::make_unique<QWidget>();
    m_page = new SettingsPage(m_mail, m_answers, m_stores, m_clock, u"/home/kim/.local/share/aiva"_s);
    m_page->addPrivacy(*m_desk, m_clock, [](const QString& address) -> Result<KnownPerson> {
        if (!address.startsWith(u"ada@"_s)) return KnownPerson{};
        return KnownPerson{3, 12, 2, 1};
    });
    auto* layout = new QVBoxLayout(m_window.get());
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_page);
    m_window->resize(1000, 620);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    test::settle();
    m_page->ensureWidgetVisible(&section(), 0, 0);
    m_page->verticalScrollBar()->setValue(section().y() - 40);
}

std::vector<PrivacyRequestView> TestPrivacySection::requests() const {
    const UtcTime now = m_clock.now();
    return {
        {PrivacyRequestView::Kind::Data, StoreId(1), u"Acme Lights"_s, u"ben@mail.example"_s, now.plusDays(-32),
         now.plusDays(-2)},
        {PrivacyRequestView::Kind::EraseStore, StoreId(2), u"Acme EU"_s, {}, now, now.plusDays(2)},
        {PrivacyRequestView::Kind::Data, StoreId(1), u"Acme Lights"_s, u"ada@mail.example"_s, now, now.plusDays(30)},
        {PrivacyRequestView::Kind::EraseCustomer, StoreId(1), u"Acme Lights"_s, u"eve@mail.example"_s, now,
         now.plusDays(30)}};
}

void TestPrivacySection::showsRequestsWithTheirTime() {
    section().setRequests({});
    QVERIFY(test::keepShot(*m_window, u"privacy-empty"_s));
    section().setRequests(requests());
    QVERIFY(test::keepShot(*m_window, u"privacy-requests"_s));
    QCOMPARE(test::cutChild(*m_window), QString());
    const auto& rows = section().rows();
    QCOMPARE(rows.size(), size_t(4));
    QVERIFY(rows[0]->dueText().startsWith(u"overdue since"_s));
    QVERIFY(rows[2]->dueText().startsWith(u"due "_s));
    QVERIFY(rows[2]->whatText().contains(u"ada@mail.example"_s));
    // What Aiva does by itself asks nobody to do it.
    QVERIFY(!rows[1]->exportButton() && !rows[1]->eraseButton());
    QVERIFY(!rows[3]->exportButton() && !rows[3]->eraseButton());
    QCOMPARE(spokenName(rows[2]->exportButton()), u"Export the data of ada@mail.example"_s);
    QCOMPARE(spokenName(rows[2]->eraseButton()), u"Erase ada@mail.example"_s);
}

// The window reads the requests again with every notice of a store.
void TestPrivacySection::keepsRowsAndFocusWhenNothingChanged() {
    section().setRequests(requests());
    const std::vector<RequestRow*> rows = section().rows();
    rows[2]->exportButton()->setFocus();
    QTRY_VERIFY(rows[2]->exportButton()->hasFocus());
    section().setRequests(requests());
    QVERIFY(section().rows() == rows);
    QVERIFY(rows[2]->exportButton()->hasFocus());
    std::vector<PrivacyRequestView> fewer = requests();
    fewer.erase(fewer.begin() + 2);
    section().setRequests(fewer);
    QCOMPARE(section().rows().size(), size_t(3));
    QVERIFY(section().addressEdit()->hasFocus());
    // One that goes elsewhere leaves the others alone.
    section().setRequests(requests());
    RequestRow* kept = section().rows()[2];
    kept->exportButton()->setFocus();
    QTRY_VERIFY(kept->exportButton()->hasFocus());
    std::vector<PrivacyRequestView> later = requests();
    later.erase(later.begin());
    section().setRequests(later);
    QCOMPARE(section().rows()[1], kept);
    QVERIFY(kept->exportButton()->hasFocus());
    test::settle();
    QVERIFY(section().rows()[0]->y() < kept->y() && kept->y() < section().rows()[2]->y());
    section().setRequests(fewer);
    m_clock.advanceMs(31LL * 24 * 3'600 * 1'000); // overdue now, though nothing else changed
    section().setRequests(fewer);
    QVERIFY2(section().rows()[2]->dueText().startsWith(u"overdue since"_s), qPrintable(section().rows()[2]->dueText()));
}

void TestPrivacySection::exportsWhoIsAskedFor() {
    m_desk->exported.set(ExportedPerson{u"/home/kim/aiva-export-20260220-150640"_s, 41, 3});
    QSignalSpy stale(&section(), &PrivacySection::stale);
    section().exportTo(u"ada@mail.example"_s, u"/home/kim"_s);
    QTRY_COMPARE(stale.count(), 1);
    QCOMPARE(m_desk->calls.size(), 1);
    QVERIFY(m_desk->calls.front().startsWith(u"export ada@mail.example /home/kim/aiva-export-2026"_s));
    QVERIFY(section().resultText().contains(u"/home/kim/aiva-export-20260220-150640"_s));
    QVERIFY(test::keepShot(*m_window, u"privacy-exported"_s));
}

// The button that is switched off meanwhile does not throw the focus to the top of the page.
void TestPrivacySection::keepsTheFocusNearWhileItExports() {
    section().exportButton()->setFocus();
    QTRY_VERIFY(section().exportButton()->hasFocus());
    m_desk->exported.hold();
    section().exportTo(u"ada@mail.example"_s, u"/home/kim"_s);
    QVERIFY(!section().exportButton()->isEnabled());
    QCOMPARE(section().trouble(), QString());
    m_desk->exported.set(Error{ErrorKind::Storage, u"-"_s, ErrorCause::DiskFull});
    m_desk->exported.release();
    QTRY_VERIFY(section().exportButton()->hasFocus());
}

void TestPrivacySection::answersARequestWithoutAnAddress() {
    const UtcTime now = m_clock.now();
    section().setRequests({{PrivacyRequestView::Kind::Data,
                            StoreId(1),
                            u"Acme Lights"_s,
                            {},
                            now,
                            now.plusDays(30),
                            PrivacyTaskId(7),
                            true}});
    const RequestRow& row = *section().rows().front();
    QVERIFY(row.exportButton() && !row.eraseButton() && !row.closeButton());
    QCOMPARE(spokenName(row.exportButton()), u"Export the data of a customer without an address"_s);
    QSignalSpy stale(&section(), &PrivacySection::stale);
    section().answerTo(PrivacyTaskId(7), u"/home/kim"_s);
    QTRY_COMPARE(stale.count(), 1);
    QVERIFY(m_desk->calls.value(0).startsWith(u"answer 7 /home/kim/aiva-export-2026"_s));
}

void TestPrivacySection::closesARequestAboutNobodyKnown() {
    const UtcTime now = m_clock.now();
    const std::vector<PrivacyRequestView> unknown{{PrivacyRequestView::Kind::Data, StoreId(1), u"Acme Lights"_s,
                                                   u"eve@mail.example"_s, now, now.plusDays(30), PrivacyTaskId(9),
                                                   false}};
    section().setRequests(unknown);
    const RequestRow& row = *section().rows().front();
    QVERIFY(!row.exportButton() && !row.eraseButton() && row.closeButton());
    QVERIFY(row.whatText().contains(u"nothing is kept"_s));
    QCOMPARE(test::cutChild(*m_window), QString());
    QVERIFY(test::keepShot(*m_window, u"privacy-unknown"_s));
    QSignalSpy stale(&section(), &PrivacySection::stale);
    QVERIFY(pressSpoken(row.closeButton()));
    QTRY_COMPARE(stale.count(), 1);
    QCOMPARE(m_desk->calls, QStringList(u"close 9"_s));
    QVERIFY(section().resultText().startsWith(u"Closed"_s));
    m_desk->closed.set(Error{ErrorKind::Conflict, u"secret"_s});
    section().closeRequest(PrivacyTaskId(9));
    QTRY_VERIFY(section().resultText().contains(u"Export it instead"_s));
    QCOMPARE(stale.count(), 2);
}

void TestPrivacySection::saysWhereNothingCanBePut() {
    m_desk->exported.set(Error{ErrorKind::Conflict, u"secret detail"_s});
    section().exportTo(u"ada@mail.example"_s, u"/home/kim"_s);
    QTRY_VERIFY(section().resultText().contains(u"Choose another place"_s));
    QVERIFY(!section().resultText().contains(u"secret"_s));
    QVERIFY(section().exportButton()->isEnabled());
}

void TestPrivacySection::erasesOnlyAfterItSaidWhatGoes() {
    section().setRequests(requests());
    QVERIFY(pressSpoken(section().rows()[2]->eraseButton()));
    QVERIFY(sheet());
    QVERIFY(m_desk->calls.isEmpty());
    QTRY_VERIFY(sheet()->keepButton()->hasFocus());
    QVERIFY(test::keepShot(*sheet(), u"privacy-erase"_s));
    m_desk->erased.set(ErasedPerson{3, 12, 2, 9});
    QSignalSpy stale(&section(), &PrivacySection::stale);
    QVERIFY(pressSpoken(sheet()->confirmButton()));
    QTRY_COMPARE(stale.count(), 1);
    QCOMPARE(m_desk->calls, QStringList(u"erase ada@mail.example"_s));
    QVERIFY(sheet()->stateText().contains(u"still holds 9 mails"_s));
    QVERIFY(test::keepShot(*sheet(), u"privacy-erased"_s));
    QTest::keyClick(sheet(), Qt::Key_Escape);
    QTRY_VERIFY(!sheet());
}

void TestPrivacySection::staysWhileItErases() {
    m_desk->erased.hold();
    EraseSheet* open = section().askToErase(u"ada@mail.example"_s);
    QVERIFY(open);
    QVERIFY(pressSpoken(open->confirmButton()));
    QVERIFY(test::keepShot(*open, u"privacy-erasing"_s));
    QTest::keyClick(open, Qt::Key_Escape);
    QVERIFY(open->isVisible());
    QVERIFY(!open->confirmButton()->isEnabled());
    m_desk->erased.release();
    QTRY_VERIFY(open->stateText().startsWith(u"Erased"_s));
    open->close();
}

void TestPrivacySection::saysWhyItCannotErase() {
    m_desk->erased.set(Error{ErrorKind::Conflict, u"detail"_s});
    EraseSheet* open = section().askToErase(u"ada@mail.example"_s);
    QVERIFY(open);
    QVERIFY(pressSpoken(open->confirmButton()));
    QTRY_VERIFY(open->stateText().contains(u"on its way"_s));
    QVERIFY(open->confirmButton()->isEnabled());
    QVERIFY(open->height() >= open->layout()->totalHeightForWidth(open->width()));
    QVERIFY(test::keepShot(*open, u"privacy-erase-refused"_s));
    open->close();
}

void TestPrivacySection::knowsNobodyByAnotherAddress() {
    section().addressEdit()->setText(u"nobody@mail.example"_s);
    QVERIFY(pressSpoken(section().eraseButton()));
    QVERIFY(!sheet());
    QCOMPARE(section().trouble(), u"Nobody is known by nobody@mail.example."_s);
    QVERIFY(section().addressEdit()->hasFocus());
    QVERIFY(test::keepShot(*m_window, u"privacy-nobody"_s));
    section().addressEdit()->setText(u"nobody"_s);
    QCOMPARE(section().trouble(), QString());
    section().addressEdit()->clear();
    QVERIFY(pressSpoken(section().exportButton()));
    QVERIFY(section().trouble().startsWith(u"Type the address"_s));
}

void TestPrivacySection::worksByKeyboardAlone() {
    section().addressEdit()->setFocus();
    QTest::keyClicks(section().addressEdit(), u"ada@mail.example"_s);
    QTest::keyClick(section().addressEdit(), Qt::Key_Tab);
    QVERIFY(section().exportButton()->hasFocus());
    QTest::keyClick(section().exportButton(), Qt::Key_Tab);
    QVERIFY(section().eraseButton()->hasFocus());
    QTest::keyClick(section().eraseButton(), Qt::Key_Space);
    QVERIFY(sheet());
    // The harmless answer has the focus: Return keeps everything.
    QTest::keyClick(sheet()->keepButton(), Qt::Key_Space);
    QTRY_VERIFY(!sheet());
    QVERIFY(m_desk->calls.isEmpty());
}

QTEST_MAIN(TestPrivacySection)
#include "tst_privacy_section.moc"
