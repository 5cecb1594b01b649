#include "core/answer/gate/gate.h"
#include "tests/support/patience.h"
#include "tests/ui/support/sample_answers.h"
#include "tests/ui/support/shots.h"
#include "tests/ui/support/spoken.h"
#include "ui/answering/answer_text.h"
#include "ui/answering/claim_text_view.h"
#include "ui/answering/payload_sheet.h"
#include "ui/answering/proposal_card.h"
#include "ui/answering/why_list.h"
#include "ui/theme/theme.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/subtle_button.h"

#include <QApplication>
#include <QBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSignalSpy>

using namespace aiva;
using namespace Qt::StringLiterals;
using Models = ProposalCard::Models;

class TestProposalCard : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp, {Contrast::Normal, Motion::Reduced});
    }
    void init() {
        m_window = std::make_unique<QWidget>();
        m_card = new ProposalCard;
        auto* column = new QVBoxLayout(m_window.get());
        column->setContentsMargins(28, 16, 28, 16);
        column->addWidget(m_card);
        column->addStretch();
        m_window->resize(720, 420);
    }

    void saysInOneLineWhereADraftStands() {
        show(sample::readyProposal(), Models::None, u"proposal-ready"_s);
        QCOMPARE(m_card->lineText(), u"Ready to send"_s);
        show(sample::checkProposal(), Models::Configured, u"proposal-check"_s);
        QCOMPARE(m_card->lineText(), u"Check: 2 claims unproven"_s);
        show(sample::vipProposal(), Models::None, u"proposal-vip"_s);
        QCOMPARE(m_card->lineText(), u"Held: VIP customer"_s);
        show(sample::leavingProposal(), Models::None, u"proposal-leaving"_s);
        QVERIFY(m_card->lineText().startsWith(u"Leaves by itself"_s));
        show(sample::handOverProposal(), Models::Configured, u"proposal-hand-over"_s);
        QVERIFY(m_card->lineText().startsWith(u"No draft"_s));
        show(sample::dismissedProposal(), Models::None, u"proposal-dismissed"_s);
        QCOMPARE(m_card->lineText(), u"Draft put aside"_s);
    }

    // Beside something that takes the room, as the mail above it does.
    void takesNoMoreRoomThanItNeeds() {
        auto* column = qobject_cast<QVBoxLayout*>(m_window->layout());
        auto* place = new QWidget;
        auto* across = new QHBoxLayout(place);
        across->setContentsMargins(0, 0, 0, 0);
        across->addWidget(m_card);
        auto* mail = new QWidget;
        column->insertWidget(0, mail, 1);
        column->insertWidget(1, place);
        m_window->show();
        Proposal tall = sample::vipProposal();
        tall.draft->reply = tall.draft->reply.repeated(4);
        m_card->setProposal(tall, Models::None);
        test::settle();
        const int before = m_card->height();
        m_card->setProposal(sample::handOverProposal(), Models::None);
        test::settle();
        QVERIFY2(m_card->height() < before && m_card->height() < 100,
                 qPrintable(u"%1 then %2"_s.arg(before).arg(m_card->height())));
    }

    void explainsEachClaimWhereItStands() {
        show(sample::checkProposal(), Models::None, {});
        const auto* text = m_card->findChild<ClaimTextView*>();
        const QString reply = text->toPlainText();
        QCOMPARE(text->extraSelections().size(), 4);
        const Claim* amount = text->claimAt(static_cast<int>(reply.indexOf(u"12.00"_s)));
        QVERIFY(amount != nullptr);
        QCOMPARE(claimText(*amount, sample::checkProposal().facts), u"Not proved: no such amount is known"_s);
        QVERIFY(text->claimAt(static_cast<int>(reply.indexOf(u"wait"_s))) == nullptr);
        QVERIFY(text->accessibleDescription().contains(u"“tomorrow”: Not proved"_s));
        QVERIFY(text->accessibleDescription().contains(u"Proved by #1042"_s));
    }

    void unfoldsWhyWithTheFailuresFirst() {
        show(sample::vipProposal(), Models::None, {});
        QVERIFY(!m_card->isWhyShown());
        m_card->toggleWhy();
        QVERIFY(m_card->isWhyShown());
        QVERIFY(test::keepShot(*m_window, u"proposal-why"_s));
        const QStringList sentences = m_card->findChild<WhyList*>()->shownSentences();
        QCOMPARE(sentences.size(), 12);
        QCOMPARE(sentences.first(), u"VIP customer"_s);
        show(sample::checkProposal(), Models::None, u"proposal-why-unproven"_s);
        QCOMPARE(m_card->findChild<WhyList*>()->shownSentences().first(), u"“tomorrow”"_s);
    }

    void hasASentenceForEachCheckOfTheGate() {
        for (const QString& name : gateCheckNames())
            for (const bool passed : {true, false}) {
                const QString text = gateCheckText({name, passed, true, {}});
                QVERIFY2(text != QString(name).replace(u'_', u' '), qPrintable(name));
            }
    }

    void handsTheReplyOver() {
        show(sample::readyProposal(), Models::None, {});
        QSignalSpy accepted(m_card, &ProposalCard::acceptAsked);
        m_card->findChildren<KeyButton*>().last()->click();
        QCOMPARE(accepted.size(), 1);
        QCOMPARE(accepted.first().first().toString(), sample::readyProposal().draft->reply);
        show(sample::handOverProposal(), Models::None, {});
        QVERIFY(!m_card->canAccept());
        show(sample::leavingProposal(), Models::None, {});
        QVERIFY(!m_card->canAccept());
    }

    void stopsWhatWouldLeaveByItself() {
        show(sample::leavingProposal(), Models::None, {});
        QSignalSpy stopped(m_card, &ProposalCard::stopAsked);
        button(u"Stop it"_s)->click();
        QCOMPARE(stopped.size(), 1);
        QCOMPARE(stopped.first().first().value<OutboxId>(), OutboxId(7));
    }

    void showsAModelWritingAndNeverHalfADraft() {
        show(sample::readyProposal(), Models::Configured, {});
        m_card->showGrowing(u"Hi Maya,"_s);
        m_card->showGrowing(u"Hi Maya,\n\nyour order"_s);
        QCOMPARE(m_card->findChild<ClaimTextView*>()->toPlainText(), u"Hi Maya,\n\nyour order"_s);
        QVERIFY(!m_card->canAccept());
        QVERIFY(test::keepShot(*m_window, u"proposal-growing"_s));
        QSignalSpy cancelled(m_card, &ProposalCard::cancelModelAsked);
        button(u"Stop writing"_s)->click();
        QCOMPARE(cancelled.size(), 1);
        m_card->showModelTrouble(u"The model stopped in the middle. Nothing of it was kept."_s);
        QCOMPARE(m_card->findChild<ClaimTextView*>()->toPlainText(), sample::readyProposal().draft->reply);
        QVERIFY(m_card->canAccept());
        QVERIFY(test::keepShot(*m_window, u"proposal-model-trouble"_s));
    }

    void offersTheModelOnlyWhereThereIsOne() {
        show(sample::handOverProposal(), Models::None, {});
        QVERIFY(button(u"Draft with the model"_s) == nullptr);
        show(sample::handOverProposal(), Models::Configured, {});
        QSignalSpy asked(m_card, &ProposalCard::modelAsked);
        button(u"Draft with the model"_s)->click();
        QCOMPARE(asked.size(), 1);
    }

    void showsExactlyWhatLeaves() {
        ModelPayload payload;
        payload.endpoint.model = u"claude-haiku-5-5"_s;
        payload.endpoint.baseUrl = QUrl(u"https://api.anthropic.com"_s);
        payload.endpoint.retention = u"30 days, as our contract says"_s;
        payload.body = R"({"model":"claude-haiku-5-5","messages":[{"role":"user"}]})";
        payload.digest = u"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"_s;
        PayloadSheet sheet(payload, m_window.get());
        sheet.show();
        QVERIFY(sheet.text()->toPlainText().contains(u"\"role\": \"user\""_s));
        QVERIFY(test::keepShot(sheet, u"payload"_s));
        payload.endpoint.baseUrl = QUrl(u"http://127.0.0.1:11434/v1"_s);
        PayloadSheet local(payload, m_window.get());
        const auto labels = local.findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(),
                            [](const QLabel* one) { return one->text().contains(u"on this device"_s); }));
    }

    void isReadAloud() {
        show(sample::vipProposal(), Models::None, {});
        QCOMPARE(spokenName(m_card), u"Proposed answer: Held: VIP customer"_s);
    }

    void cutsNothingWhenNarrow() {
        m_window->resize(460, 420);
        show(sample::checkProposal(), Models::Configured, u"proposal-narrow"_s);
        QCOMPARE(test::cutChild(*m_card), QString());
    }

private:
    void show(const Proposal& proposal, Models models, const QString& shot) {
        m_card->setProposal(proposal, models);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        if (!shot.isEmpty()) QVERIFY(test::keepShot(*m_window, shot));
    }
    SubtleButton* button(const QString& text) const {
        for (auto* one : m_card->findChildren<SubtleButton*>())
            if (one->text() == text && one->isVisible()) return one;
        return nullptr;
    }

    std::unique_ptr<QWidget> m_window;
    ProposalCard* m_card = nullptr; // in the window
};

QTEST_MAIN(TestProposalCard)
#include "tst_proposal_card.moc"
