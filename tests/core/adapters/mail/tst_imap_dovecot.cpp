// The mailbox against a real server: every operation of the port, and what happens when the server changes its mind.
#include "core/adapters/mail/imap/imap_mailbox.h"
#include "tests/support/await.h"
#include "tests/support/mail_rig.h"
#include "tests/support/patience.h"

#include <QSignalSpy>

#include <memory>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

using Outcome = ConditionalStore::Outcome;
const QString kInbox = u"INBOX"_s;

QByteArray mail(const QByteArray& id, const QByteArray& text = "hello") {
    return "From: Ann <ann@home.example>\r\nTo: support@shop.example\r\nMessage-ID: <" + id +
           ">\r\nDate: Mon, 02 Feb 2026 14:02:03 +0000\r\nSubject: Re: caf\xc3\xa9\r\n\r\n" + text + "\r\n";
}

ImapPace quick() {
    ImapPace pace;
    pace.reconnectMs = {50, 100};
    pace.settleMs = 10;
    return pace;
}

CredentialSource passwordOf(const QString& user, const QString& whose) {
    return [user, whose](const SecretString&) {
        return readyFuture<MailCredentials>(
            MailCredentials{MailRig::address(user), MailRig::password(whose), MailAuth::Password});
    };
}

std::vector<quint32> uidsOf(const std::vector<FlagUpdate>& updates) {
    std::vector<quint32> uids;
    for (const FlagUpdate& update : updates)
        uids.push_back(update.uid);
    return uids;
}

KnownFolder known(const FolderState& state) {
    return {state.uidValidity, state.highestModSeq, state.uidNext};
}

} // namespace

class TestImapDovecot : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void logsInEachWay_data();
    void logsInEachWay();
    void logsInWithTokens();
    void tellsWrongPasswords();
    void findsAndMakesFolders();
    void readsNewestFirst();
    void sharesClaimsByConditionalStore();
    void followsWhatOthersDo();
    void movesErasesAndFinds();
    void startsAnewWithUidValidity();
    void noticesARebuiltIndex();

private:
    std::unique_ptr<MailRig> m_rig;
    QString m_user;
    std::unique_ptr<ImapMailbox> mailbox(MailSecurity security = MailSecurity::Tls) {
        return std::make_unique<ImapMailbox>(m_rig->account(m_user, security), passwordOf(m_user, m_user), quick());
    }
};

void TestImapDovecot::initTestCase() {
    if (const QString missing = MailRig::missing(); !missing.isEmpty()) QSKIP(qPrintable(u"aiva-skip: "_s + missing));
    m_rig = std::make_unique<MailRig>();
    QVERIFY2(m_rig->start(), qPrintable(m_rig->error()));
}

void TestImapDovecot::init() {
    m_user = m_rig->freshUser();
}

void TestImapDovecot::logsInEachWay_data() {
    QTest::addColumn<QString>("user");
    QTest::addColumn<MailSecurity>("security");
    for (const MailSecurity security : {MailSecurity::Tls, MailSecurity::StartTls, MailSecurity::Plain})
        for (const char* user : {"support", "odd"})
            QTest::newRow(qPrintable(toWord(security) + u' ' + QLatin1StringView(user)))
                << QString::fromLatin1(user) << security;
}

void TestImapDovecot::logsInEachWay() {
    QFETCH(QString, user);
    QFETCH(MailSecurity, security);
    m_user = user;
    const auto box = mailbox(security);
    const auto abilities = await(box->open());
    QVERIFY2(abilities, qPrintable(abilities ? QString() : abilities.error().detail));
    QVERIFY(abilities->condStore && abilities->qresync && abilities->idle && abilities->move && abilities->uidPlus);
    QVERIFY2(abilities->serverName.contains(u"Dovecot"_s), qPrintable(abilities->serverName));
    const auto state = await(box->folderState(kInbox));
    QVERIFY(state && state->keepsKeywords && state->uidValidity > 0 && state->highestModSeq > 0);
}

void TestImapDovecot::logsInWithTokens() {
    m_rig->setToken(u"fresh-token"_s, m_user);
    int asked = 0;
    const auto tokens = [this, &asked](const SecretString& refused) {
        ++asked;
        const SecretString token(refused.isEmpty() ? "stale-token" : "fresh-token");
        return readyFuture<MailCredentials>(MailCredentials{MailRig::address(m_user), token, MailAuth::OAuth});
    };
    ImapMailbox box(m_rig->account(m_user), tokens, quick());
    const auto abilities = await(box.open());
    QVERIFY2(abilities, qPrintable(abilities ? QString() : abilities.error().detail));
    QCOMPARE(asked, 2); // once more after the first was refused

    m_rig->setToken(u"fresh-token"_s, {});
    ImapMailbox revoked(m_rig->account(m_user), tokens, quick());
    QCOMPARE(await(revoked.open()).error().cause, ErrorCause::LoginRefused);
    QCOMPARE(asked, 4);
}

void TestImapDovecot::tellsWrongPasswords() {
    ImapMailbox box(m_rig->account(m_user), passwordOf(m_user, u"anna"_s), quick());
    const auto refused = await(box.open());
    QCOMPARE(refused.error().kind, ErrorKind::Auth);
    QCOMPARE(refused.error().cause, ErrorCause::LoginRefused);
    QVERIFY(!refused.error().detail.contains(u'@'));
}

void TestImapDovecot::findsAndMakesFolders() {
    const auto box = mailbox();
    const QString name = u"Ärger & Lob.\"neu\" 台北"_s;
    QVERIFY(await(box->createFolder(name)));
    QVERIFY(*await(box->createFolder(name))); // also when it is there
    const auto folders = await(box->folders());
    QVERIFY(folders);
    QStringList names;
    for (const MailFolder& folder : *folders) {
        names << folder.name;
        if (folder.name == "INBOX"_L1) QCOMPARE(folder.role, FolderRole::Inbox);
        if (folder.name == "Sent"_L1) QCOMPARE(folder.role, FolderRole::Sent);
    }
    QVERIFY2(names.contains(name), qPrintable(names.join(u'|')));
    QVERIFY(names.contains(u"Sent"_s));
    QVERIFY(await(box->folderState(name)));
    const auto absent = await(box->folderState(u"no such folder"_s));
    QCOMPARE(absent.error().cause, ErrorCause::FolderMissing);
    QCOMPARE(await(box->append(u"nor this"_s, mail("a@b"), {})).error().cause, ErrorCause::FolderMissing);
    QVERIFY(await(box->folderState(kInbox))); // the connection is fine
}

void TestImapDovecot::readsNewestFirst() {
    for (int i = 1; i <= 25; ++i)
        m_rig->deliver(m_user, mail(QByteArray::number(i) + "@x", "text " + QByteArray::number(i)));
    const auto box = mailbox();
    const auto changes = await(box->changes(kInbox, {}));
    QVERIFY(changes && changes->listsEverything);
    QCOMPARE(changes->updates.size(), size_t(25));
    std::vector<quint32> uids = uidsOf(changes->updates);
    std::reverse(uids.begin(), uids.end());
    const auto messages = await(box->fetch(kInbox, uids));
    QVERIFY(messages && messages->size() == 25);
    for (size_t i = 0; i < uids.size(); ++i) {
        QCOMPARE((*messages)[i].uid, uids[i]);
        const Result<MessageRecord>& record = *(*messages)[i].message;
        QVERIFY(record);
        QCOMPARE(record->messageId, QString::number(25 - i) + u"@x"_s);
        QCOMPARE(record->text.trimmed(), u"text %1"_s.arg(25 - i));
        QVERIFY((*messages)[i].modSeq > 0);
    }
    const auto raw = await(box->fetchRaw(kInbox, uids.front()));
    QVERIFY(raw && raw->contains("Message-ID: <25@x>"));
    QCOMPARE(await(box->fetchRaw(kInbox, 9999)).error().kind, ErrorKind::NotFound);
}

void TestImapDovecot::sharesClaimsByConditionalStore() {
    const auto box = mailbox();
    const auto other = mailbox();
    const auto appended = await(box->append(kInbox, mail("claim@x"), {u"\\Seen"_s, u"$AivaOpen"_s}));
    QVERIFY(appended && appended->uid > 0 && appended->uidValidity > 0);
    const quint32 uid = appended->uid;
    const quint64 modSeq = await(box->flags(kInbox, {uid}))->at(0).modSeq;
    const auto won = await(box->storeUnchangedSince(kInbox, uid, modSeq, FlagChange::Add, {u"$AivaOwner1"_s}));
    const auto lost = await(other->storeUnchangedSince(kInbox, uid, modSeq, FlagChange::Add, {u"$AivaOwner2"_s}));
    QVERIFY(won && lost);
    QCOMPARE(won->outcome, Outcome::Done);
    QVERIFY(won->modSeq > modSeq);
    QCOMPARE(lost->outcome, Outcome::Modified);
    const auto flags = await(other->flags(kInbox, {uid, 9999}));
    QVERIFY(flags && flags->size() == 1);
    QCOMPARE(flags->at(0).modSeq, won->modSeq);
    QVERIFY(flags->at(0).flags.seen);
    QVERIFY(flags->at(0).flags.keywords.contains(u"$AivaOwner1"_s, Qt::CaseInsensitive));
    QVERIFY(!flags->at(0).flags.keywords.contains(u"$AivaOwner2"_s, Qt::CaseInsensitive));
    const auto replaced =
        await(other->storeUnchangedSince(kInbox, uid, won->modSeq, FlagChange::Replace, {u"$AivaDone"_s}));
    QCOMPARE(replaced->outcome, Outcome::Done);
    QCOMPARE(await(box->flags(kInbox, {uid}))->at(0).flags.keywords, QStringList{u"$AivaDone"_s});
    const auto gone = await(box->storeUnchangedSince(kInbox, 9999, modSeq, FlagChange::Add, {u"$AivaDone"_s}));
    QCOMPARE(gone->outcome, Outcome::Gone);
}

void TestImapDovecot::followsWhatOthersDo() {
    for (int i = 1; i <= 4; ++i)
        m_rig->deliver(m_user, mail(QByteArray::number(i) + "@x"));
    const auto box = mailbox();
    const auto other = mailbox();
    const auto before = await(box->changes(kInbox, {}));
    QVERIFY(before && before->updates.size() == 4);
    const std::vector<quint32> uids = uidsOf(before->updates);
    QVERIFY(await(box->changes(kInbox, known(before->state)))->updates.empty());

    QVERIFY(await(other->store(kInbox, {uids[1]}, FlagChange::Add, {u"\\Flagged"_s})));
    QVERIFY(await(other->erase(kInbox, {uids[0], uids[3]})));
    QVERIFY(await(other->append(kInbox, mail("5@x"), {})));
    const auto after = await(box->changes(kInbox, known(before->state)));
    QVERIFY(after && !after->listsEverything && !after->modSeqWentBack);
    QCOMPARE(after->vanished, (std::vector<quint32>{uids[0], uids[3]}));
    QCOMPARE(uidsOf(after->updates), (std::vector<quint32>{uids[1], uids[3] + 1}));
    QVERIFY(after->updates[0].flags.flagged);
    QCOMPARE(after->state.messages, 3U);
}

void TestImapDovecot::movesErasesAndFinds() {
    const auto box = mailbox();
    for (const char* id : {"long-1@x", "1@x", "2@x"})
        QVERIFY(await(box->append(kInbox, mail(id), {})));
    const auto found = await(box->findMessageId(kInbox, u"1@x"_s)); // and not long-1@x
    QVERIFY(found && found->size() == 1);
    QVERIFY(await(box->findMessageId(kInbox, u"ä\"1@x"_s))->empty());
    QVERIFY(await(box->createFolder(u"Later"_s)));
    QVERIFY(await(box->move(kInbox, *found, u"Later"_s)));
    QCOMPARE(await(box->folderState(u"Later"_s))->messages, 1U);
    QVERIFY(await(box->findMessageId(kInbox, u"1@x"_s))->empty());
    QVERIFY(await(box->erase(kInbox, *await(box->findMessageId(kInbox, u"2@x"_s)))));
    QCOMPARE(await(box->folderState(kInbox))->messages, 1U);
    QVERIFY(await(box->fetch(kInbox, {}))->empty());
    QCOMPARE(await(box->move(kInbox, {1}, u"nowhere"_s)).error().cause, ErrorCause::FolderMissing);
}

void TestImapDovecot::startsAnewWithUidValidity() {
    m_rig->deliver(m_user, mail("1@x"));
    FolderState before;
    {
        const auto box = mailbox();
        before = await(box->changes(kInbox, {}))->state;
    }
    m_rig->recreateFolder(m_user);
    const auto box = mailbox();
    const auto after = await(box->changes(kInbox, known(before)));
    QVERIFY(after && after->uidsStartedAnew && after->listsEverything);
    QVERIFY(after->state.uidValidity != before.uidValidity);
    QCOMPARE(after->updates.size(), size_t(1));
}

void TestImapDovecot::noticesARebuiltIndex() {
    FolderState before;
    {
        const auto box = mailbox();
        const quint32 uid = await(box->append(kInbox, mail("1@x"), {}))->uid;
        for (const char* flag : {"\\Seen", "\\Flagged", "$AivaOpen", "$AivaDone", "$AivaOwner1"})
            QVERIFY(await(box->store(kInbox, {uid}, FlagChange::Add, {QString::fromLatin1(flag)})));
        before = await(box->changes(kInbox, {}))->state;
    }
    m_rig->deleteIndexes(m_user);
    const auto box = mailbox();
    const auto after = await(box->changes(kInbox, known(before)));
    QVERIFY(after);
    QVERIFY2(after->state.highestModSeq < before.highestModSeq, "the server kept counting");
    QVERIFY(after->modSeqWentBack && after->listsEverything && !after->uidsStartedAnew);
    QCOMPARE(after->updates.size(), size_t(1));
    QCOMPARE(after->updates[0].flags.keywords.size(), 3);
}

QTEST_GUILESS_MAIN(TestImapDovecot)
#include "tst_imap_dovecot.moc"
