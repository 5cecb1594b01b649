// What happens between two texts: one is handed over while another is written, kinds and papers change, something asked
// for one conversation is answered when another is shown. Nothing is lost, sent twice or given to the wrong one.
#include "tests/support/patience.h"
#include "tests/ui/composer/composer_bench.h"
#include "tests/ui/support/spoken.h"
#include "ui/composer/address_field.h"
#include "ui/composer/below_text.h"
#include "ui/composer/draft_difference.h"
#include "ui/composer/recipients_bar.h"
#include "ui/composer/reply_edit.h"
#include "ui/composer/send_bar.h"
#include "ui/conversation/fold_button.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/subtle_button.h"

#include <QApplication>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTextDocument>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

constexpr ConversationId john{7};

ConversationView another() {
    ConversationView view = ComposerBench::conversation();
    view.id = ConversationId(8);
    view.subject = u"Broken lamp"_s;
    return view;
}

const Error offline{ErrorKind::Network, {}, ErrorCause::ConnectionReset};

bool isTold(ComposerBench& bench) {
    return !bench.composer.findChild<Banner*>()->isHidden();
}

} // namespace

class TestComposerBetween : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp);
    }

    void anotherIsWrittenWhileOneIsHandedOver() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.editor()->insertPlainText(u"First"_s);
        bench.composer.send();
        bench.composer.showConversation(another());
        QVERIFY(!bench.composer.editor()->isReadOnly());
        bench.composer.editor()->insertPlainText(u"Second"_s);
        bench.composer.send();
        QCOMPARE(bench.sent.size(), size_t(2));
        bench.composer.takeQueued(john, OutboxId(1));
        QVERIFY(bench.composer.editor()->isReadOnly()); // this one is not answered yet
        QCOMPARE(bench.composer.text(), u"Second"_s);
        bench.composer.send();
        QCOMPARE(bench.sent.size(), size_t(2));
    }

    void anUndoThatFailsLeavesWhatIsHandedOver() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.editor()->insertPlainText(u"Text"_s);
        bench.composer.send();
        bench.composer.takeFailed(john, offline); // another mail could not be taken back
        QVERIFY(isTold(bench));
        QVERIFY(bench.composer.editor()->isReadOnly());
        bench.composer.send();
        QCOMPARE(bench.sent.size(), size_t(1));
    }

    void aRefusalIsToldWhereItBelongs() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.editor()->insertPlainText(u"Text"_s);
        bench.composer.send();
        bench.composer.showConversation(another());
        bench.composer.takeRefused(john, offline);
        QVERIFY(!isTold(bench));
        bench.composer.showConversation(ComposerBench::conversation());
        QVERIFY(isTold(bench));
        QCOMPARE(bench.composer.text(), u"Text"_s);
        bench.composer.showConversation(another());
        bench.composer.showConversation(ComposerBench::conversation());
        QVERIFY(!isTold(bench)); // once
    }

    void nothingGoesIntoATextThatIsHandedOver() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.editor()->insertPlainText(u"Text"_s);
        bench.composer.send();
        bench.composer.appendBlock(u"Track it here"_s, {});
        bench.composer.insertCannedReply({{}, u"Greeting"_s, u"Hi,"_s, 0});
        QCOMPARE(bench.composer.text(), u"Text"_s);
    }

    void sendAgainKeepsTheTimeAskedFor() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.editor()->insertPlainText(u"See attached."_s);
        const UtcTime tomorrow = bench.clock.now().plusSeconds(86'400);
        bench.composer.send(tomorrow);
        QCOMPARE(bench.sent.size(), size_t(0));
        bench.composer.send(); // "Press Send again if that is right."
        QCOMPARE(bench.sent.size(), size_t(1));
        QCOMPARE(bench.sent[0].sendAt, std::optional(tomorrow));
    }

    void anAddressHalfTypedStaysWhereItWasTyped() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.findChild<RecipientsBar*>()->setOpen(true);
        bench.composer.findChild<AddressField*>()->edit()->setText(u"eve@x.org"_s);
        bench.composer.showConversation(another());
        bench.composer.editor()->insertPlainText(u"About the lamp"_s);
        bench.composer.send();
        QCOMPARE(bench.sent.at(0).to.size(), 1);
        QCOMPARE(bench.sent.at(0).to[0].email, u"john@example.com"_s);
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.editor()->insertPlainText(u"About the order"_s);
        bench.composer.send();
        QCOMPARE(bench.sent.at(1).to.size(), 2);
    }

    void undoAsksOnce() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.setOutgoing(sample::waitingMail(bench.clock.now()));
        QVERIFY(bench.composer.undoSend());
        QVERIFY(bench.composer.undoSend()); // the key is held down
        QCOMPARE(bench.cancelled.size(), size_t(1));
        bench.composer.takeFailed(john, offline);
        QVERIFY(bench.composer.undoSend());
        QCOMPARE(bench.cancelled.size(), size_t(2));
    }

    void undoInANoteTakesNoReplyBack() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.show();
        bench.composer.setOutgoing(sample::waitingMail(bench.clock.now()));
        bench.composer.write(DraftKind::Note);
        QTest::keyClick(bench.composer.editor(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(bench.cancelled.size(), size_t(0));
        bench.composer.write(DraftKind::Reply);
        QTest::keyClick(bench.composer.editor(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(bench.cancelled.size(), size_t(1));
    }

    void undoBringsTheKindBackToo() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.write(DraftKind::ReplyAll);
        bench.composer.editor()->insertPlainText(u"To all"_s);
        bench.composer.send();
        bench.composer.takeQueued(john, OutboxId(1));
        bench.composer.write(DraftKind::Reply);
        bench.composer.takeBack(OutboxId(1));
        QCOMPARE(bench.composer.kind(), DraftKind::ReplyAll);
        bench.composer.send();
        QCOMPARE(bench.sent.at(1).kind, DraftKind::ReplyAll);
        QCOMPARE(bench.sent.at(1).cc.value(0).email, u"ada@example.com"_s);
    }

    void whatIsGivenBackElsewhereIsKept() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.editor()->insertPlainText(u"First"_s);
        bench.composer.send();
        bench.composer.takeQueued(john, OutboxId(1));
        bench.composer.editor()->insertPlainText(u"Second"_s);
        bench.composer.showConversation(another());
        bench.composer.editor()->insertPlainText(u"Lamp"_s);
        bench.composer.takeBack(OutboxId(1));
        QCOMPARE(bench.composer.text(), u"Lamp"_s);
        QCOMPARE(bench.drafts.back().conversation, john);
        QCOMPARE(bench.drafts.back().text, u"First\n\nSecond"_s);
    }

    void replyAllStaysSoBehindANote() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.write(DraftKind::ReplyAll);
        bench.composer.editor()->insertPlainText(u"To all"_s);
        bench.composer.write(DraftKind::Note);
        bench.composer.editor()->insertPlainText(u"He called"_s);
        bench.composer.send();
        bench.composer.takeNoteAdded(john);
        QCOMPARE(bench.composer.kind(), DraftKind::ReplyAll);
        bench.composer.send();
        QCOMPARE(bench.sent.at(0).cc.value(0).email, u"ada@example.com"_s);
    }

    void whatChangedStillBlocksBehindANote() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.editor()->insertPlainText(u"Not shipped yet."_s);
        QCoreApplication::processEvents();
        ConversationView later = ComposerBench::conversation();
        later.messages.push_back(ComposerBench::message(2, u"John"_s, u"john@example.com"_s, u"Cancel it."_s, 1));
        bench.basis.newestMessage = MessageId(2);
        bench.composer.write(DraftKind::Note);
        bench.composer.showConversation(later);
        const auto* difference = bench.composer.findChild<DraftDifference*>();
        QVERIFY(difference->isHidden()); // a note stands on nothing
        bench.composer.write(DraftKind::Reply);
        QVERIFY(!difference->isHidden());
        bench.composer.send();
        QCOMPARE(bench.sent.size(), size_t(0));
    }

    void aStaleRefusalIsNeverSilent() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.editor()->insertPlainText(u"Text"_s);
        QCoreApplication::processEvents();
        bench.composer.send();
        bench.composer.takeRefused(john, {ErrorKind::Conflict, {}, ErrorCause::DraftStale}); // and nothing differs here
        QVERIFY(isTold(bench));
        QVERIFY(!bench.composer.editor()->isReadOnly());
    }

    void showsTheQuoteThatWillBeSent() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        ConversationView later = ComposerBench::conversation();
        later.messages.push_back(ComposerBench::message(2, u"John"_s, u"john@example.com"_s, u"Cancel it."_s, 1));
        bench.composer.showConversation(later);
        const auto* below = bench.composer.findChild<BelowText*>();
        below->findChild<FoldButton*>()->click();
        QStringList words;
        for (const auto* label : below->findChildren<QLabel*>())
            words << label->text();
        QVERIFY2(words.join(u'|').contains(u"> Cancel it."_s), qPrintable(words.join(u'|')));
    }

    void aPictureThatIsNotAttachedKeepsTheReplyBack() {
        ComposerBench bench;
        ConversationView view = ComposerBench::conversation();
        view.draft = Draft{view.id, u"Look:"_s, u"<p>Look: <img src=\"cid:a@aiva\"></p>"_s, 0, bench.clock.now()};
        bench.composer.showConversation(view);
        bench.composer.send();
        QCOMPARE(bench.sent.size(), size_t(0));
        QVERIFY2(spokenName(bench.composer.findChild<Banner*>()).contains(u"picture"_s), "it says why");
        view.draftAttachments = {{DraftAttachmentId(1), u"image.png"_s, u"image/png"_s, u"a@aiva"_s, 120}};
        bench.composer.showConversation(view);
        bench.composer.send();
        QCOMPARE(bench.sent.size(), size_t(1));
        QCOMPARE(bench.sent[0].attachments.size(), size_t(1));
    }

    void filesGoWhereTheyWereChosenFor() {
        ComposerBench bench;
        std::vector<ConversationId> attached;
        QObject::connect(&bench.composer, &Composer::attachAsked,
                         [&](ConversationId id, const AttachmentRecord&) { attached.push_back(id); });
        const QTemporaryDir dir;
        QFile file(dir.filePath(u"invoice.txt"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("12 EUR") > 0);
        file.close();
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.findChild<SendBar*>()->attachButton()->click();
        auto* dialog = bench.composer.findChild<QFileDialog*>();
        QVERIFY(dialog != nullptr);
        bench.composer.showConversation(another());
        Q_EMIT dialog->filesSelected({file.fileName()});
        QTRY_COMPARE(attached, std::vector<ConversationId>{john});
    }

    void aTimeIsChosenForWhatIsShownOnly() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.show();
        bench.composer.findChild<SendBar*>()->laterButton()->click();
        QVERIFY(QApplication::activePopupWidget() != nullptr);
        bench.composer.showConversation(another());
        QVERIFY(QApplication::activePopupWidget() == nullptr);
    }
};

QTEST_MAIN(TestComposerBetween)
#include "tst_composer_between.moc"
