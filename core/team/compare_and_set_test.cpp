#include "core/team/compare_and_set_test.h"

#include "core/domain/team/team_card.h"
#include "core/domain/team/team_keywords.h"

#include <QRandomGenerator>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;
using TestOutcome = ConditionalStore::Outcome;

QString randomTeamId() {
    QString id;
    for (int i = 0; i < 2; ++i)
        id += u"%1"_s.arg(QRandomGenerator::system()->generate64(), 16, 16, QChar(u'0'));
    return id;
}

static bool hasExactly(const FlagUpdate& update, const QStringList& words) {
    if (update.flags.keywords.size() != words.size()) return false;
    return std::all_of(words.begin(), words.end(),
                       [&](const QString& word) { return update.flags.keywords.contains(word, Qt::CaseInsensitive); });
}

CompareAndSetTest::CompareAndSetTest(MailboxPort& port, QString folder, const Clock& clock, QObject* parent)
    : TeamRun(parent), m_port(&port), m_folder(std::move(folder)), m_clock(clock), m_nonce(randomTeamId()) {}

void CompareAndSetTest::begin() {
    append();
}

void CompareAndSetTest::append() {
    const QByteArray mail = teamScratchMail(m_nonce, m_clock.now());
    whenDone(m_port->append(m_folder, mail, {u"\\Seen"_s}), this, [this](const Result<AppendedMail>& appended) {
        if (!appended) return fail(appended.error());
        if (appended->uid > 0) {
            m_uid = appended->uid;
            return keepKeywords();
        }
        if (!m_port) return fail({ErrorKind::Refused, u"the mailbox was closed"_s});
        whenDone(m_port->findMessageId(m_folder, teamScratchMessageId(m_nonce)), this,
                 [this](const Result<std::vector<quint32>>& uids) {
                     if (!uids || uids->empty())
                         return fail(uids ? Error{ErrorKind::NotFound, u"an appended message was not found"_s}
                                          : uids.error());
                     m_uid = uids->front();
                     keepKeywords();
                 });
    });
}

// All of the vocabulary at once: it has its places in the folder before anything else takes them.
void CompareAndSetTest::keepKeywords() {
    if (!m_port) return fail({ErrorKind::Refused, u"the mailbox was closed"_s});
    whenDone(m_port->store(m_folder, {m_uid}, FlagChange::Add, teamVocabulary()), this,
             [this](const Result<bool>& stored) {
                 if (!stored && stored.error().kind == ErrorKind::Refused) return judge(u"keywords_not_kept"_s);
                 if (!stored) return fail(stored.error());
                 read([this](const FlagUpdate& now) {
                     if (!hasExactly(now, teamVocabulary())) return judge(u"keywords_not_kept"_s);
                     if (now.modSeq == 0) return judge(u"no_mod_seq"_s);
                     freshWins(now);
                 });
             });
}

void CompareAndSetTest::freshWins(const FlagUpdate& before) {
    const QStringList words{slotKeyword(1)};
    store(before.modSeq, words, [this, before, words](const ConditionalStore& stored) {
        if (stored.outcome != TestOutcome::Done) return judge(u"compare_and_set_failed"_s);
        read([this, before, words](const FlagUpdate& now) {
            if (!hasExactly(now, words) || now.modSeq <= before.modSeq) return judge(u"compare_and_set_failed"_s);
            staleLoses({before.modSeq, 0}, now);
        });
    });
}

// Also 0, which claims rely on to be too old for every message.
void CompareAndSetTest::staleLoses(std::vector<quint64> staleModSeqs, const FlagUpdate& before) {
    const quint64 stale = staleModSeqs.back();
    staleModSeqs.pop_back();
    store(stale, {slotKeyword(2)}, [this, staleModSeqs, before](const ConditionalStore& stored) {
        if (stored.outcome != TestOutcome::Modified) return judge(u"compare_and_set_failed"_s);
        read([this, staleModSeqs, before](const FlagUpdate& now) {
            if (!hasExactly(now, before.flags.keywords)) return judge(u"compare_and_set_failed"_s);
            staleModSeqs.empty() ? oneOfTwoWins(now) : staleLoses(staleModSeqs, now);
        });
    });
}

void CompareAndSetTest::oneOfTwoWins(const FlagUpdate& before) {
    // Both on their way before either is answered, as two colleagues' would be.
    for (const int slot : {3, 4})
        store(before.modSeq, {slotKeyword(slot)}, [this, before](const ConditionalStore& stored) {
            m_two.push_back(stored.outcome);
            if (m_two.size() == 2) judgeTwo(before);
        });
}

void CompareAndSetTest::judgeTwo(const FlagUpdate& before) {
    const auto wins = std::count(m_two.begin(), m_two.end(), TestOutcome::Done);
    const auto losses = std::count(m_two.begin(), m_two.end(), TestOutcome::Modified);
    if (wins != 1 || losses != 1) return judge(u"compare_and_set_failed"_s);
    const int winner = m_two.front() == TestOutcome::Done ? 3 : 4;
    read([this, before, winner](const FlagUpdate& now) {
        const bool right = hasExactly(now, {slotKeyword(winner)}) && now.modSeq > before.modSeq;
        judge(right ? QString() : u"compare_and_set_failed"_s);
    });
}

void CompareAndSetTest::read(Step next) {
    if (!m_port) return fail({ErrorKind::Refused, u"the mailbox was closed"_s});
    whenDone(m_port->flags(m_folder, {m_uid}), this, [this, next](const Result<std::vector<FlagUpdate>>& updates) {
        if (!updates) return fail(updates.error());
        // A server also tells of messages it was not asked about.
        const auto ours = std::find_if(updates->begin(), updates->end(),
                                       [this](const FlagUpdate& update) { return update.uid == m_uid; });
        if (ours == updates->end()) return fail({ErrorKind::NotFound, u"the test message vanished"_s});
        next(*ours);
    });
}

void CompareAndSetTest::store(quint64 modSeq, const QStringList& flags,
                              std::function<void(const ConditionalStore&)> next) {
    if (!m_port) return fail({ErrorKind::Refused, u"the mailbox was closed"_s});
    whenDone(m_port->storeUnchangedSince(m_folder, m_uid, modSeq, FlagChange::Replace, flags), this,
             [this, next](const Result<ConditionalStore>& stored) {
                 // A server that refuses the command in so many words has given its answer.
                 const bool refused = !stored && stored.error().kind == ErrorKind::Refused;
                 if (refused) return judge(u"compare_and_set_failed"_s);
                 if (!stored) return fail(stored.error());
                 next(*stored);
             });
}

void CompareAndSetTest::judge(const QString& reason) {
    if (!m_reason.isEmpty() || m_error) return;
    m_reason = reason;
    erase();
}

void CompareAndSetTest::fail(const Error& error) {
    if (!m_reason.isEmpty() || m_error) return;
    m_error = error;
    erase();
}

// What cannot be erased is marked deleted; what is left of a lost line is cleared away by the roster's next reading.
void CompareAndSetTest::erase() {
    const auto end = [this] {
        if (m_error) return finish(*m_error);
        finish(CompareAndSetVerdict{m_reason});
    };
    if (m_uid == 0 || !m_port) return end();
    whenDone(m_port->erase(m_folder, {m_uid}), this, [this, end](const Result<bool>& erased) {
        if (erased || !m_port) return end();
        whenDone(m_port->store(m_folder, {m_uid}, FlagChange::Add, {u"\\Deleted"_s}), this,
                 [end](const Result<bool>&) { end(); });
    });
}

} // namespace aiva
