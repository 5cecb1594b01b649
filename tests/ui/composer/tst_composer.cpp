#include "core/domain/html/html_text.h"
#include "tests/support/patience.h"
#include "tests/ui/composer/composer_bench.h"
#include "tests/ui/support/spoken.h"
#include "ui/composer/address_chip.h"
#include "ui/composer/address_field.h"
#include "ui/composer/attachment_chip.h"
#include "ui/composer/format_bar.h"
#include "ui/composer/link_sheet.h"
#include "ui/composer/mail_html.h"
#include "ui/composer/recipients_bar.h"
#include "ui/composer/reply_edit.h"
#include "ui/composer/send_bar.h"
#include "ui/composer/size_meter.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/subtle_button.h"

#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QTextDocument>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestComposer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp);
    }

    void replyAllTakesEverybody() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.editor()->insertPlainText(u"Yes."_s);
        bench.composer.write(DraftKind::ReplyAll);
        bench.composer.send();
        QCOMPARE(bench.sent.at(0).cc.value(0).email, u"ada@example.com"_s);
    }

    void aNoteIsNeverAReply() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.editor()->insertPlainText(u"Dear John"_s);
        bench.composer.write(DraftKind::Note);
        QVERIFY(bench.composer.text().isEmpty());
        QCOMPARE(bench.composer.findChild<SendBar*>()->sendButton()->text(), u"Add note"_s);
        bench.composer.editor()->insertPlainText(u"He is angry"_s);
        bench.composer.send();
        QCOMPARE(bench.sent.size(), size_t(0));
        QCOMPARE(bench.notes, std::vector<QString>{u"He is angry"_s});
        bench.composer.takeNoteAdded(ConversationId(7));
        QCOMPARE(bench.composer.text(), u"Dear John"_s);
        QCOMPARE(bench.composer.kind(), DraftKind::Reply);
    }

    void cannedRepliesStackAndVariablesBlock() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.insertCannedReply({{}, u"Greeting"_s, u"Hi {{customer.first_name}},"_s, 0});
        bench.composer.insertCannedReply({{}, u"Coupon"_s, u"use {{coupon.code}}."_s, 0});
        QCOMPARE(bench.composer.text(), u"Hi John,\n\nuse {{coupon.code}}."_s);
        bench.composer.send();
        QCOMPARE(bench.sent.size(), size_t(0));
        QVERIFY(!bench.composer.findChild<Banner*>()->isHidden());
    }

    void metersWhatIsAttached() {
        ComposerBench bench;
        ConversationView view = ComposerBench::conversation();
        view.draft = Draft{view.id, u"The invoice."_s, {}, 0, bench.clock.now()};
        view.draftAttachments = {{DraftAttachmentId(1), u"a.pdf"_s, u"application/pdf"_s, {}, 120'000},
                                 {DraftAttachmentId(2), u"b.pdf"_s, u"application/pdf"_s, {}, 120'000}};
        bench.composer.showConversation(view);
        const auto* meter = bench.composer.findChild<SizeMeter*>();
        QVERIFY(meter != nullptr && !meter->isHidden());
        const auto* face = QAccessible::queryAccessibleInterface(const_cast<SizeMeter*>(meter));
        QCOMPARE(face->role(), QAccessible::ProgressBar);
        QVERIFY2(face->text(QAccessible::Value).contains(u"of"_s), qPrintable(face->text(QAccessible::Value)));
    }

    void removesFilesByKeyboardOneAfterTheOther() {
        ComposerBench bench;
        ConversationView view = ComposerBench::conversation();
        view.draft = Draft{view.id, u"The invoice."_s, {}, 0, bench.clock.now()};
        view.draftAttachments = {{DraftAttachmentId(1), u"a.pdf"_s, u"application/pdf"_s, {}, 120},
                                 {DraftAttachmentId(2), u"b.pdf"_s, u"application/pdf"_s, {}, 120}};
        bench.composer.showConversation(view);
        bench.composer.show();
        bench.composer.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&bench.composer));
        auto* first = bench.composer.findChild<AttachmentChip*>();
        first->setFocus();
        bench.composer.showConversation(view); // a refresh keeps the keyboard where it is
        QCOMPARE(QApplication::focusWidget(), first);
        QTest::keyClick(first, Qt::Key_Delete);
        auto* second = qobject_cast<AttachmentChip*>(QApplication::focusWidget());
        QVERIFY(second != nullptr);
        QCOMPARE(second->text(), u"b.pdf"_s);
        QTest::keyClick(second, Qt::Key_Backspace);
        QCOMPARE(QApplication::focusWidget(), bench.composer.editor());
        QCOMPARE(bench.detached, (std::vector{DraftAttachmentId(1), DraftAttachmentId(2)}));
    }

    void saysWhenTheServerHasACopy() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.editor()->insertPlainText(u"Later."_s);
        bench.composer.setSaved(ConversationId(7), bench.clock.now());
        bench.composer.takeSavedToServer(ConversationId(7));
        QStringList labels;
        for (const auto* label : bench.composer.findChildren<QLabel*>())
            labels << label->text();
        QVERIFY2(labels.join(u'|').contains(u"on the server"_s), qPrintable(labels.join(u'|')));
    }

    void saysTheSameInBothForms() {
        QTextDocument document;
        document.setHtml(u"<p>Hi <b>John</b>,</p><ul><li>one</li><li><i>two</i></li></ul><ol><li>a</li></ol>"
                         "<p>see <a href=\"https://x.org/t\">here</a></p>"_s);
        QVERIFY(isFormatted(document));
        QCOMPARE(mailText(document), u"Hi John,\n- one\n- two\n1. a\nsee here (https://x.org/t)"_s);
        const QString html = mailHtml(document);
        for (const QString& bad : {u"style"_s, u"font"_s, u"color"_s, u"class"_s})
            QVERIFY2(!html.contains(bad), qPrintable(html));
        const auto words = [](QString text) { return text.remove(u"•"_s).remove(u"-"_s).remove(u"1."_s).simplified(); };
        QCOMPARE(words(htmlToText(html)), words(mailText(document)));
    }

    void addressesBecomeChips() {
        AddressField field(u"To"_s);
        field.show();
        QTest::keyClicks(field.edit(), u"ada@x.org, bad"_s);
        QTest::keyClick(field.edit(), Qt::Key_Return);
        QCOMPARE(field.addresses().size(), 2);
        QVERIFY(field.addresses()[1].email.isEmpty());
        QTest::keyClick(field.edit(), Qt::Key_Backspace);
        QCOMPARE(field.addresses().size(), 1);
        QTest::keyClicks(field.edit(), u"ADA@x.org"_s);
        QTest::keyClick(field.edit(), Qt::Key_Return);
        QCOMPARE(field.addresses().size(), 1);
    }

    void linksOnlyWhatIsALink() {
        QTextEdit edit;
        edit.setPlainText(u"see here"_s);
        FormatBar bar(edit);
        const auto give = [&](const QString& address) {
            edit.selectAll();
            bar.editLink();
            auto* sheet = bar.findChild<LinkSheet*>();
            QVERIFY(sheet != nullptr);
            sheet->findChild<QLineEdit*>()->setText(address);
            QTest::keyClick(sheet->findChild<QLineEdit*>(), Qt::Key_Return);
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        };
        give(u"shop.example/returns"_s);
        QVERIFY(mailHtml(*edit.document()).contains(u"href=\"http://shop.example/returns\""_s));
        give(u"javascript:alert(1)"_s);
        QVERIFY(!mailHtml(*edit.document()).contains(u"href"_s));
    }
};

QTEST_MAIN(TestComposer)
#include "tst_composer.moc"
