#include "ui/shell/proposal_feed.h"

#include "tests/support/patience.h"
#include "tests/ui/shell/desk_story.h"
#include "tests/ui/support/sample_answers.h"
#include "ui/answering/claim_text_view.h"
#include "ui/answering/proposal_card.h"
#include "ui/composer/composer.h"
#include "ui/theme/theme.h"

#include <QApplication>

#include <map>

using namespace aiva;
using namespace Qt::StringLiterals;
using aiva::test::DeskStory;

// Two conversations: Maya's has a draft, which the model is asked to better; the other has one of its own.
class TestProposalFeed : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp, {Contrast::Normal, Motion::Reduced});
    }
    void init() {
        m_story = std::make_unique<DeskStory>();
        QVERIFY(m_story->isOpen());
        m_first = m_story->conversation(u"Where is my order?"_s);
        m_second = m_story->conversation(u"Rossz méret érkezett"_s);
        m_proposals.clear();
        propose(m_first, sample::readyProposal(), u"Hi Maya, it has shipped."_s);
        propose(m_second, sample::checkProposal(), u"Szia Mária, cserélhető."_s);
        m_card = std::make_unique<ProposalCard>();
        m_composer = std::make_unique<Composer>(m_story->clock());
        AnswerReads reads;
        reads.proposal = [this](ConversationId id) -> Result<std::optional<Proposal>> {
            const auto found = m_proposals.find(id);
            return found == m_proposals.end() ? std::nullopt : std::optional(found->second);
        };
        reads.isStill = [](const Proposal&) -> Result<bool> { return true; };
        reads.endpoints = []() -> Result<std::vector<ModelEndpoint>> {
            ModelEndpoint endpoint;
            endpoint.isActive = true;
            return std::vector{endpoint};
        };
        m_feed = std::make_unique<ProposalFeed>(m_story->desk(), reads, *m_card, *m_composer);
    }
    void cleanup() {
        m_feed.reset();
        m_card.reset();
        m_composer.reset();
        m_story.reset();
    }

    void whatTheModelWritesStaysWithItsConversation() {
        open(m_first);
        Q_EMIT m_card->modelAsked();
        QVERIFY(!m_card->canAccept());
        Q_EMIT m_story->desk().answers().modelWrote(m_first, u"Hi Maya, today"_s);
        QCOMPARE(shownText(), u"Hi Maya, today"_s);

        open(m_second);
        QCOMPARE(shownText(), u"Szia Mária, cserélhető."_s);
        QVERIFY(m_card->canAccept());
        Q_EMIT m_story->desk().answers().modelWrote(m_first, u"Hi Maya, today it"_s);
        QCOMPARE(shownText(), u"Szia Mária, cserélhető."_s);

        open(m_first); // still being written: neither the other's draft nor its line is on the card
        QCOMPARE(shownText(), u"Hi Maya, today it"_s);
        QVERIFY(!m_card->canAccept());
        m_feed->accept();
        QCOMPARE(m_composer->text(), QString());

        Q_EMIT m_story->desk().answers().modelEnded(m_first, {});
        QCOMPARE(shownText(), u"Hi Maya, it has shipped."_s);
        m_feed->accept();
        QCOMPARE(m_composer->text().trimmed(), u"Hi Maya, it has shipped."_s);
    }
    void acceptsNothingWhereThereIsNoDraft() {
        m_proposals.at(m_first).draft.reset();
        m_proposals.at(m_first).state = ProposalState::HandOver;
        open(m_first);
        Q_EMIT m_card->modelAsked();
        open(m_second);
        open(m_first);
        m_feed->accept();
        QCOMPARE(m_composer->text(), QString());
    }
    // A model that is stopped leaves the proposal as it was: the card is not left writing.
    void showsTheProposalAgainWhenTheModelIsStopped() {
        open(m_first);
        Q_EMIT m_card->modelAsked();
        Q_EMIT m_story->desk().answers().modelEnded(m_first, {});
        QCOMPARE(shownText(), u"Hi Maya, it has shipped."_s);
        QVERIFY(m_card->canAccept());
    }

private:
    void propose(ConversationId id, Proposal proposal, const QString& reply) {
        proposal.conversation = id;
        proposal.draft->reply = reply;
        proposal.verdict = {};
        m_proposals.insert_or_assign(id, std::move(proposal));
    }
    void open(ConversationId id) {
        const auto view = m_story->desk().read().conversations->conversation(id);
        QVERIFY(view && *view);
        m_composer->showConversation(**view);
        m_feed->follow(id);
    }
    QString shownText() const { return m_card->findChild<ClaimTextView*>()->toPlainText(); }

    std::unique_ptr<DeskStory> m_story;
    std::map<ConversationId, Proposal> m_proposals;
    std::unique_ptr<ProposalCard> m_card;
    std::unique_ptr<Composer> m_composer;
    std::unique_ptr<ProposalFeed> m_feed;
    ConversationId m_first;
    ConversationId m_second;
};

QTEST_MAIN(TestProposalFeed)
#include "tst_proposal_feed.moc"
