#include "tests/support/patience.h"
#include "ui/outbox/outbox_text.h"

#include <QLocale>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestOutboxText : public QObject {
    Q_OBJECT
private:
    static OutboxView mail(OutboxState state) {
        OutboxView view;
        view.id = OutboxId(1);
        view.state = state;
        view.queuedAt = UtcTime(1'000'000);
        view.notBefore = view.nextAttemptAt = UtcTime(1'010'000);
        return view;
    }
    static QString stateAt(const OutboxView& view, qint64 ms, OutboxWeather weather = {}) {
        return outboxLine(view, UtcTime(ms), weather).state;
    }

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(u"en_US"_s)); }

    void countsTheUndoWindowDownToNothing() {
        const OutboxView view = mail(OutboxState::Waiting);
        QCOMPARE(stateAt(view, 1'000'000), u"sending in 10 s"_s);
        QCOMPARE(stateAt(view, 1'000'001), u"sending in 10 s"_s);
        QCOMPARE(stateAt(view, 1'001'000), u"sending in  9 s"_s);
        QCOMPARE(stateAt(view, 1'009'999), u"sending in  1 s"_s);
        QCOMPARE(stateAt(view, 1'010'000), u"next to send"_s);
        QCOMPARE(stateAt(view, 2'000'000), u"next to send"_s);
        QVERIFY(outboxLine(view, UtcTime(1'000'000), {}).ticks);
        QVERIFY(!outboxLine(view, UtcTime(1'010'000), {}).ticks);
    }

    void keepsTheWidthOfACountdownWhenADigitGoes() {
        const OutboxView view = mail(OutboxState::Waiting);
        QCOMPARE(stateAt(view, 1'000'000).size(), stateAt(view, 1'005'000).size());
    }

    void saysWhatHoldsEverythingBack() {
        const OutboxView view = mail(OutboxState::Waiting);
        QCOMPARE(stateAt(view, 1'000'000, {.isPaused = true}), u"waits, sending is paused"_s);
        QCOMPARE(outboxActions(view, {.isPaused = true}), std::vector{OutboxAction::Undo});
        QCOMPARE(stateAt(view, 1'020'000, {.isPaused = false, .isOnline = false}), u"waits for the connection"_s);
    }

    void saysWhenAndWhyItTriesAgain() {
        OutboxView view = mail(OutboxState::Waiting);
        view.attempts = 2;
        view.nextAttemptAt = UtcTime(1'000'000 + 240'000);
        view.error = u"Refused/Greylisted"_s;
        const OutboxLine line = outboxLine(view, UtcTime(1'000'000), {});
        QVERIFY2(line.state.startsWith(u"try 3 at "_s), qPrintable(line.state));
        QVERIFY2(line.reason.contains(u"come back later"_s), qPrintable(line.reason));
        QCOMPARE(stateAt(view, 1'000'000 + 235'000), u"next try in  5 s"_s);
    }

    void offersWhatAPersonCanDoInEachState_data() {
        QTest::addColumn<int>("state");
        QTest::addColumn<QStringList>("actions");
        QTest::addColumn<int>("group");
        const auto row = [](const char* name, OutboxState state, const QStringList& actions, int group) {
            QTest::newRow(name) << static_cast<int>(state) << actions << group;
        };
        row("waiting", OutboxState::Waiting, {u"Undo"_s, u"Send now"_s}, 0);
        row("sending", OutboxState::Sending, {}, 0);
        row("unknown", OutboxState::Unknown, {u"It was sent"_s, u"Send again"_s}, 0);
        row("filing", OutboxState::Filing, {u"Open"_s}, 2);
        row("sent", OutboxState::Sent, {u"Open"_s}, 2);
        row("held", OutboxState::Held, {u"Edit"_s, u"Send now"_s, u"Cancel"_s}, 1);
        row("failed", OutboxState::Failed, {u"Edit"_s, u"Send now"_s, u"Cancel"_s}, 1);
        row("cancelled", OutboxState::Cancelled, {}, -1);
    }

    void offersWhatAPersonCanDoInEachState() {
        QFETCH(int, state);
        QFETCH(QStringList, actions);
        QFETCH(int, group);
        OutboxView view = mail(static_cast<OutboxState>(state));
        view.conversation = ConversationId(1);
        QStringList offered;
        for (const OutboxAction action : outboxActions(view, {}))
            offered << outboxActionText(action);
        QCOMPARE(offered, actions);
        const auto found = outboxGroup(view.state);
        QCOMPARE(found ? static_cast<int>(*found) : -1, group);
        QVERIFY(!outboxLine(view, UtcTime(1'000'000), {}).state.isEmpty());
    }

    void offersToEditAndCancelWhatWasSentForLater() {
        OutboxView view = mail(OutboxState::Waiting);
        view.notBefore = UtcTime(1'000'000 + 3'600'000);
        QCOMPARE(outboxActions(view, {}).front(), OutboxAction::Edit);
        QVERIFY(stateAt(view, 1'000'000).startsWith(u"sends "_s));
    }

    void saysOneSentenceForEachReasonToHold() {
        for (const QString& words : {u"Conflict/DraftStale"_s, u"Conflict/ClaimTaken"_s, u"Refused/RecipientRefused"_s,
                                     u"Refused/MailTooLarge"_s, u"Refused/ContentRefused"_s}) {
            OutboxView view = mail(OutboxState::Held);
            view.error = words;
            const QString reason = outboxLine(view, UtcTime(1'000'000), {}).reason;
            QVERIFY2(reason.endsWith(u'.') && !reason.contains(u'/'), qPrintable(reason));
        }
    }

    void namesTheRecipients() {
        OutboxView view = mail(OutboxState::Sent);
        view.mailboxAddress = u"support@acme.example"_s;
        view.recipients = {u"a@x.example"_s};
        QCOMPARE(outboxAddresses(view), u"To a@x.example · from support@acme.example"_s);
        view.recipients << u"b@x.example"_s;
        QCOMPARE(outboxAddresses(view), u"To a@x.example and 1 more · from support@acme.example"_s);
    }
};

QTEST_GUILESS_MAIN(TestOutboxText)
#include "tst_outbox_text.moc"
