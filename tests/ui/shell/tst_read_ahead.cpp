#include "ui/shell/read_ahead.h"

#include "core/storage/conversations/conversation_repository.h"
#include "tests/support/patience.h"
#include "tests/ui/shell/desk_story.h"

#include <QElapsedTimer>
#include <QSignalSpy>

#include <optional>

using namespace aiva;
using namespace Qt::StringLiterals;
using aiva::test::DeskStory;

namespace {
constexpr int kRestedMs = 300; // rests, and reads one after the other
}

class TestReadAhead : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_story = std::make_unique<DeskStory>();
        QVERIFY(m_story->isOpen());
        m_notices = 0;
        connect(&m_story->desk(), &Desk::changed, this, [this](DeskChanges changes) {
            if (changes & ~DeskChanges(DeskChange::Answers)) ++m_notices;
        });
        m_ahead = std::make_unique<ReadAhead>(m_story->desk(), m_story->clock());
        m_shown = m_story->conversation(u"Where is my order?"_s);
        m_next = m_story->conversation(u"Rossz méret érkezett"_s);
        m_ahead->expect(m_shown, {ConversationId(), m_next});
        rest();
    }
    void cleanup() {
        m_ahead.reset();
        m_story.reset();
    }

    void readsAllOfAConversation() {
        const auto opened = m_ahead->open(m_next);
        QVERIFY(opened && *opened);
        QCOMPARE((*opened)->conversation.subject, u"Rossz méret érkezett"_s);
        QVERIFY((*opened)->customer.has_value());
        QCOMPARE((*opened)->customer->name, u"Mária Kovács"_s);
        QVERIFY(!(*opened)->trouble);
        const auto none = m_ahead->open(ConversationId(99'999));
        QVERIFY(none && !*none);
    }
    // The cache is older than what another program wrote, for a moment: that tells what was read ahead.
    void keepsWhatItReadForAMoment() {
        writeBeside();
        QVERIFY(statusOf(m_next) == ConversationStatus::Open);
        QVERIFY(statusOf(m_next) == ConversationStatus::Done); // it is given away once
    }
    void asksWhetherAnotherWroteAfterwards() {
        m_story->clock().advanceMs(3'000);
        QVERIFY(statusOf(m_next) == ConversationStatus::Open);
        m_ahead->expect(m_shown, {m_next});
        rest();
        writeBeside();
        m_story->clock().advanceMs(3'000);
        QVERIFY(statusOf(m_next) == ConversationStatus::Done);
    }
    void readsAgainAfterANotice() {
        writeBeside();
        Q_EMIT m_story->desk().changed(DeskChange::Answers); // nothing it keeps
        QVERIFY(statusOf(m_next) == ConversationStatus::Open);
        QSignalSpy changed(&m_story->desk(), &Desk::changed);
        m_story->desk().setStatus(m_next, ConversationStatus::Waiting);
        QTRY_VERIFY(!changed.isEmpty());
        QVERIFY(statusOf(m_next) == ConversationStatus::Waiting);
    }
    void readsWhatIsExpectedAgainOnceItIsQuiet() {
        Q_EMIT m_story->desk().changed(DeskChange::Conversations);
        rest();
        writeBeside();
        QVERIFY(statusOf(m_next) == ConversationStatus::Open);
    }
    void keepsNothingOfWhatIsWrittenTo() {
        bool isWritten = false;
        m_ahead->leaveOut([&](ConversationId id) { return isWritten && id == m_next; });
        isWritten = true; // after it was read
        writeBeside();
        QVERIFY(statusOf(m_next) == ConversationStatus::Done);
        isWritten = true; // and before
        m_ahead->expect(m_shown, {m_next});
        rest();
        isWritten = false;
        writeBeside(m_next, ConversationStatus::Waiting);
        QVERIFY(statusOf(m_next) == ConversationStatus::Waiting);
    }
    void forgetsWhatIsNotExpectedAnyMore() {
        m_ahead->expect(m_next, {m_shown});
        writeBeside();
        QVERIFY(statusOf(m_next) == ConversationStatus::Done);
    }
    // Held for longer than it rests. Where the machine itself lets go of the key, it is pressed anew.
    void readsNothingWhileAKeyIsHeld() {
        constexpr int kRestMs = 1'000;
        for (bool wasHeld = false; !wasHeld;) {
            m_ahead =
                std::make_unique<ReadAhead>(m_story->desk(), m_story->clock(), nullptr, ReadAheadPace{kRestMs, 20});
            wasHeld = true;
            QElapsedTimer sinceRepeat;
            sinceRepeat.start();
            for (int i = 0; i < 50; ++i) {
                m_ahead->expect(m_next, {m_shown});
                QTest::qWait(30);
                wasHeld = wasHeld && sinceRepeat.restart() < kRestMs / 2;
            }
        }
        writeBeside(m_shown);
        QVERIFY(statusOf(m_shown) == ConversationStatus::Done);
    }

private:
    // Until it has read: a notice, and when it opens the desk has some to give, makes it rest again.
    void rest() {
        do {
            m_notices = 0;
            QTest::qWait(kRestedMs);
        } while (m_notices > 0);
    }
    void writeBeside() { writeBeside(m_next); }
    void writeBeside(ConversationId id, ConversationStatus status = ConversationStatus::Done) {
        const auto writer = m_story->workspace().openWriter();
        QVERIFY(writer);
        const auto repository = ConversationRepository::create(**writer);
        QVERIFY(repository && (*repository)->setStatus(id, status));
    }
    std::optional<ConversationStatus> statusOf(ConversationId id) {
        const auto opened = m_ahead->open(id);
        if (!opened || !*opened) return std::nullopt;
        return (*opened)->conversation.status;
    }

    std::unique_ptr<DeskStory> m_story;
    std::unique_ptr<ReadAhead> m_ahead;
    ConversationId m_shown;
    ConversationId m_next;
    int m_notices = 0; // of what it keeps
};

QTEST_MAIN(TestReadAhead)
#include "tst_read_ahead.moc"
