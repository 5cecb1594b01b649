// Random histories: what other clients, people at this desk, the network and the power supply do to a mailbox, applied
// to the server and its cache. Afterwards both must agree, whatever happened in between.
#include "tests/core/mailbox/mailbox_fixture.h"

#include <QRandomGenerator>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;
using Call = FakeMailboxPort::Call;

namespace {

class History {
public:
    explicit History(quint32 seed) : m_random(seed) {
        box.pace.sliceMs = 0; // a transaction writes one mail, or a few rows
        box.pace.firstBatch = 2 + below(4);
        box.pace.secondBatch = box.pace.smallestBatch = 2;
        box.pace.largestBatch = 3 + below(6);
        const quint32 kind = below(4);
        box.server.abilities.qresync = kind < 2;
        box.server.abilities.condStore = kind < 3;
    }

    MailboxFixture box;
    int kills = 0;
    int steps = 0;

    void run(int length) {
        for (int i = 0; i < length; ++i) {
            happen();
            if (below(3) == 0) sync();
        }
        // Flags changed behind a rebuilt index show when everything is compared.
        box.clock.advanceMs(box.pace.relistMs);
        for (int i = 0; i < 4; ++i)
            box.sync(); // calm: read marks settle
    }

private:
    quint32 below(quint32 limit) { return m_random.bounded(limit); }
    QString folder() { return below(4) == 0 ? u"Sent"_s : u"INBOX"_s; }
    quint32 someUid(const QString& name) {
        const auto& mails = box.server.folder(name).mails;
        if (mails.empty()) return 0;
        return std::next(mails.begin(), static_cast<qptrdiff>(below(static_cast<quint32>(mails.size()))))->first;
    }

    void happen() {
        ++steps;
        const QString name = folder();
        const quint32 uid = someUid(name);
        switch (below(12)) {
        case 0:
        case 1:
        case 2:
        case 3:
            return appendSome(name);
        case 4:
            return box.server.markSeen(name, uid, below(2) == 0);
        case 5: {
            MailFlags flags;
            flags.seen = below(2) == 0;
            flags.flagged = below(2) == 0;
            if (below(2) == 0) flags.keywords << u"$Aiva_Open"_s;
            if (uid != 0) box.server.setFlags(name, uid, flags);
            return;
        }
        case 6:
            return box.server.expunge(name, uid);
        case 7:
            box.server.move(name, uid, below(2) == 0 ? u"Drafts"_s : u"INBOX"_s);
            return;
        case 8:
        case 9:
            return readSomething();
        case 10:
            if (below(3) == 0) box.server.renewUidValidity(name);
            return;
        default:
            if (below(3) == 0) box.server.loseIndex(name);
            return;
        }
    }

    void appendSome(const QString& name) {
        for (quint32 i = 0; i < 1 + below(4); ++i) {
            const int number = ++m_number;
            MailFlags flags;
            flags.seen = below(3) == 0;
            if (below(12) == 0)
                box.server.appendUnreadable(name, {ErrorKind::Invalid, u"too many parts"_s});
            else if (below(8) == 0 && number > 3) // the same mail once more
                box.server.append(name, MailboxFixture::mail(number - 2), flags);
            else if (name == u"Sent"_s || below(5) == 0)
                box.server.append(name, MailboxFixture::ours(number), flags);
            else
                box.server.append(name, MailboxFixture::mail(number), flags);
        }
    }

    void readSomething() {
        const QStringList ids = box.rows("SELECT id FROM conversations");
        if (ids.isEmpty()) return;
        const ConversationId id(ids[static_cast<qsizetype>(below(static_cast<quint32>(ids.size())))].toLongLong());
        if (!box.conversations().markRead(id, below(3) != 0)) qFatal("markRead");
    }

    // A pass, perhaps with faults on the line, changes in the middle, or the process killed.
    void sync() {
        const Error lost{ErrorKind::Network, {}, ErrorCause::ConnectionReset};
        const Call calls[] = {Call::Changes, Call::Fetch, Call::Store, Call::Folders, Call::State};
        for (quint32 i = 0; i < below(3); ++i)
            box.port->failNext(calls[below(5)], lost, 1, static_cast<int>(below(3)),
                               below(2) == 0 ? FakeMailboxPort::Effect::Taken : FakeMailboxPort::Effect::None);
        const int changesAt = below(3) == 0 ? static_cast<int>(1 + below(3)) : 0;
        box.port->beforeEach = [this, changesAt](Call call, int number) {
            if (call == Call::Fetch && number == changesAt) happen();
        };
        auto pass = std::make_unique<MailboxPass>(*box.port, box.books(), box.mailbox, box.clock, box.pace);
        QSignalSpy over(pass.get(), &MailboxPass::finished);
        pass->start(below(3) == 0 ? MailboxPass::Scope::Inbox : MailboxPass::Scope::AllFolders);
        // Killed right after one of its transactions.
        const bool isKilled = below(2) == 0;
        bool isDead = false;
        int left = static_cast<int>(1 + below(25));
        QObject::connect(pass.get(), &MailboxPass::rowsChanged, pass.get(), [&] {
            if (!isKilled || isDead || --left > 0) return;
            isDead = true;
            ++kills;
            pass->cancel();
        });
        while (over.isEmpty()) {
            if (below(10) == 0) pass->refreshInbox();
            if (below(10) == 0) readSomething(), pass->carrySeen();
            QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
        }
        box.port->beforeEach = {};
        pass.reset();
        if (isKilled) box.reopen();
        if (below(4) == 0) box.port = std::make_unique<FakeMailboxPort>(box.server);
    }

    QRandomGenerator m_random;
    int m_number = 0;
};

} // namespace

class TestMailboxHistories : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void endInAgreement() {
        const int runs = qEnvironmentVariableIsSet("AIVA_RUNS") ? qEnvironmentVariableIntValue("AIVA_RUNS") : 40;
        const int first = qEnvironmentVariableIntValue("AIVA_SEED");
        int kills = 0;
        int steps = 0;
        for (int seed = first; seed < first + runs; ++seed) {
            History history(static_cast<quint32>(seed));
            history.run(30);
            const QStringList wrong = history.box.disagreements();
            QVERIFY2(wrong.isEmpty(), qPrintable(u"seed %1\n%2"_s.arg(seed).arg(wrong.join(u'\n'))));
            kills += history.kills;
            steps += history.steps;
        }
        qInfo("%d histories of %d steps, killed %d times in the middle of a pass", runs, steps, kills);
    }
};

QTEST_GUILESS_MAIN(TestMailboxHistories)
#include "tst_mailbox_histories.moc"
