// Renders every state of the composer. With AIVA_SHOTS set to a folder it leaves the pictures there; without, it still
// proves that each state paints and fits its width.
#include "tests/ui/composer/composer_bench.h"
#include "tests/ui/support/shots.h"
#include "ui/composer/canned_replies_popover.h"
#include "ui/composer/link_sheet.h"
#include "ui/composer/recipients_bar.h"
#include "ui/composer/reply_edit.h"
#include "ui/composer/send_later_sheet.h"
#include "ui/theme/theme.h"

#include <QApplication>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

class TestComposerShots : public QObject {
    Q_OBJECT

    static void keep(ComposerBench& bench, const QString& name, int width = 600) {
        Composer& composer = bench.composer;
        composer.show();
        composer.resize(width, composer.minimumSizeHint().height());
        QTest::qWait(220); // what waits for a pause in typing is shown
        composer.resize(width, composer.heightForWidth(width) > 0 ? composer.heightForWidth(width)
                                                                  : composer.sizeHint().height());
        settle();
        QVERIFY2(cutChild(composer).isEmpty(), qPrintable(name + u": "_s + cutChild(composer)));
        QVERIFY(keepShot(composer, u"composer-"_s + name));
    }

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp);
    }

    void showsReplies() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        keep(bench, u"empty"_s);
        keep(bench, u"narrow"_s, 460);
        bench.composer.editor()->insertPlainText(u"Hi John,\nthank you for being a VIP with us. I checked on order "
                                                 "#1042: it was shipped with USPS on February 22."_s);
        bench.composer.setSaved(ConversationId(7), bench.clock.now());
        keep(bench, u"written"_s);
        bench.composer.takeSavedToServer(ConversationId(7));
        keep(bench, u"on-server"_s);
        keep(bench, u"on-server-narrow"_s, 460);
        bench.composer.write(DraftKind::ReplyAll);
        keep(bench, u"reply-all"_s);
        bench.composer.findChild<RecipientsBar*>()->setOpen(true);
        keep(bench, u"recipients"_s);
        keep(bench, u"recipients-narrow"_s, 460);
    }

    void showsANote() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.write(DraftKind::Note);
        keep(bench, u"note-empty"_s);
        bench.composer.editor()->insertPlainText(u"He called twice. Please refund the gift wrap."_s);
        keep(bench, u"note"_s);
    }

    void showsAttachmentsAndVariables() {
        ComposerBench bench;
        ConversationView view = ComposerBench::conversation();
        view.draft =
            Draft{view.id, u"Hi {{customer.first_name}}, the invoice is attached."_s, {}, 0, bench.clock.now()};
        view.draftAttachments = {{DraftAttachmentId(1), u"invoice-1042.pdf"_s, u"application/pdf"_s, {}, 120'000},
                                 {DraftAttachmentId(2), u"label.png"_s, u"image/png"_s, {}, 13'500'000}};
        bench.composer.showConversation(view);
        keep(bench, u"attachments"_s);
        keep(bench, u"attachments-narrow"_s, 460);
        view.draftAttachments[1].size = 18'500'000;
        bench.composer.showConversation(view);
        keep(bench, u"too-large"_s);
    }

    void showsWhatKeepsAReplyBack() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.editor()->insertPlainText(u"The invoice is attached."_s);
        bench.composer.send();
        keep(bench, u"promised"_s);
        ConversationView claimed = ComposerBench::conversation();
        claimed.claimSlot = 2;
        bench.composer.showConversation(claimed);
        keep(bench, u"claimed"_s);
        ConversationView replied = ComposerBench::conversation();
        replied.messages.push_back(
            ComposerBench::message(2, u"Acme Support"_s, u"support@acme.example"_s, u"It is on its way."_s, 0));
        replied.messages.back().isOutbound = replied.messages.back().sentElsewhere = true;
        replied.messages.back().sentAt = bench.clock.now().plusSeconds(-40);
        bench.composer.showConversation(replied);
        keep(bench, u"replied"_s);
        bench.composer.takeRefused(ConversationId(7), {ErrorKind::Network, {}, ErrorCause::ConnectionReset});
        keep(bench, u"failure"_s);
    }

    void showsWhatChanged() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.editor()->insertPlainText(u"Your order has not been shipped yet."_s);
        QApplication::processEvents();
        ConversationView later = ComposerBench::conversation();
        later.messages.push_back(ComposerBench::message(2, u"John Okafor"_s, u"john@example.com"_s,
                                                        u"Never mind, please cancel it instead."_s, 2));
        bench.basis = {MessageId(2), {{1, 5}}};
        if (!bench.customer.orders.empty()) {
            bench.customer.orders[0].fulfillmentStatus = u"UNFULFILLED"_s;
            bench.customer.orders[0].financialStatus = u"PARTIALLY_REFUNDED"_s;
        }
        bench.composer.showConversation(later);
        keep(bench, u"stale"_s);
        keep(bench, u"stale-narrow"_s, 460);
    }

    void showsMailOnItsWay() {
        for (const OutboxView& mail : sample::everyMail(sample::now())) {
            ComposerBench bench;
            bench.composer.showConversation(ComposerBench::conversation());
            bench.composer.setOutgoing(mail);
            keep(bench, u"out-"_s + toWord(mail.state) + QString::number(mail.id.value()));
        }
    }

    void showsTheWeather() {
        ComposerBench bench;
        bench.composer.showConversation(ComposerBench::conversation());
        bench.composer.setWeather({true, true});
        keep(bench, u"paused"_s);
        bench.composer.setWeather({false, false});
        keep(bench, u"offline"_s);
        bench.composer.setWeather({false, true});
        bench.composer.setMailboxes({sample::soloMailbox(bench.clock.now())});
        keep(bench, u"single-agent"_s);
        bench.composer.setMailboxes({});
        bench.composer.editor()->insertPlainText(u"Hi John"_s);
        bench.composer.send();
        keep(bench, u"no-mailbox"_s);
    }

    void showsSheets() {
        LinkSheet link(u"https://acme.example/returns"_s);
        link.show();
        QVERIFY(keepShot(link, u"composer-link"_s));
        SendLaterSheet later(sample::now());
        later.show();
        QVERIFY(keepShot(later, u"composer-later"_s));
    }

    void showsCannedReplies() {
        CannedRepliesPopover popover;
        popover.setReplies(sample::cannedReplies());
        popover.show();
        QVERIFY(keepShot(popover, u"composer-canned"_s));
        popover.setReplies({});
        QVERIFY(keepShot(popover, u"composer-canned-none"_s));
    }
};

QTEST_MAIN(TestComposerShots)
#include "tst_composer_shots.moc"
