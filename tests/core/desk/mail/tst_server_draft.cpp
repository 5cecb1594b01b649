// A draft's copy in the server's Drafts folder: addressed as the composer would, one at a time, never none.
#include "core/desk/mail/server_draft_run.h"
#include "tests/support/fake_mailbox_port.h"
#include "tests/support/patience.h"

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

ConversationView conversation() {
    ConversationView view;
    view.id = ConversationId(7);
    view.subject = u"Where is my order?"_s;
    view.customerEmail = u"john@example.com"_s;
    MessageView question;
    question.messageId = u"q@example.com"_s;
    question.from = {u"John"_s, u"john@example.com"_s};
    question.to = {{{}, u"support@acme.example"_s}};
    question.cc = {{u"Ada"_s, u"ada@example.com"_s}, {{}, u"help@acme.example"_s}};
    view.messages = {question};
    return view;
}

MailAccount account() {
    MailAccount account;
    account.address = u"support@acme.example"_s;
    account.ownAddresses = {u"help@acme.example"_s};
    return account;
}

QStringList emails(const QList<MailAddress>& addresses) {
    QStringList all;
    for (const MailAddress& address : addresses)
        all << address.email;
    return all;
}

} // namespace

class TestServerDraft : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void addressesAsTheComposerWould_data();
    void addressesAsTheComposerWould();
    void leavesOneCopyOnTheServer();
    void keepsTwoRatherThanNone();
    void saysWhenThereIsNoFolderForDrafts();

private:
    static Result<void> put(FakeMailboxPort& port, const QByteArray& mail, const QString& messageId);
};

void TestServerDraft::addressesAsTheComposerWould_data() {
    QTest::addColumn<DraftKind>("kind");
    QTest::addColumn<bool>("byHand");
    QTest::addColumn<QStringList>("to");
    QTest::addColumn<QStringList>("cc");
    const QStringList john{u"john@example.com"_s};
    QTest::newRow("reply") << DraftKind::Reply << false << john << QStringList();
    QTest::newRow("reply all") << DraftKind::ReplyAll << false << john << QStringList{u"ada@example.com"_s};
    QTest::newRow("by hand") << DraftKind::ReplyAll << true << QStringList{u"kim@example.com"_s} << QStringList();
}

void TestServerDraft::addressesAsTheComposerWould() {
    QFETCH(DraftKind, kind);
    QFETCH(bool, byHand);
    QFETCH(QStringList, to);
    QFETCH(QStringList, cc);
    Draft draft;
    draft.kind = kind;
    draft.text = u"On its way."_s;
    if (byHand) draft.recipients = DraftRecipients{{{{}, u"kim@example.com"_s}}, {}, {}};
    const OutgoingMail mail = serverDraft(draft, {}, conversation(), account(), UtcTime(1));
    QCOMPARE(emails(mail.to), to);
    QCOMPARE(emails(mail.cc), cc);
    QCOMPARE(mail.subject, u"Re: Where is my order?"_s);
    QCOMPARE(mail.inReplyTo, u"q@example.com"_s);
    QCOMPARE(mail.text, u"On its way."_s);
}

Result<void> TestServerDraft::put(FakeMailboxPort& port, const QByteArray& mail, const QString& messageId) {
    std::optional<Result<void>> done;
    auto* run = new ServerDraftRun(port, mail, messageId, nullptr);
    QObject::connect(run, &ServerDraftRun::finished, &port, [&](const Result<void>& result) { done = result; });
    run->start();
    if (!QTest::qWaitFor([&] { return done.has_value(); }, 30'000)) return Error{ErrorKind::Timeout, {}};
    return *done;
}

void TestServerDraft::leavesOneCopyOnTheServer() {
    FakeMailServer server;
    FakeMailboxPort port(server);
    MessageRecord copy;
    copy.messageId = u"aiva-draft.7@acme.example"_s;
    for (const QString& text : {u"On its"_s, u"On its way."_s}) {
        copy.text = text;
        QVERIFY(put(port, FakeMailServer::rawOf(copy), copy.messageId));
    }
    const FakeFolder& drafts = server.folder(u"Drafts"_s);
    QCOMPARE(drafts.mails.size(), size_t(1));
    QVERIFY(drafts.mails.begin()->second.raw.contains("On its way."));
}

void TestServerDraft::keepsTwoRatherThanNone() {
    FakeMailServer server;
    FakeMailboxPort port(server);
    MessageRecord copy;
    copy.messageId = u"aiva-draft.7@acme.example"_s;
    QVERIFY(put(port, FakeMailServer::rawOf(copy), copy.messageId));
    port.failNext(FakeMailboxPort::Call::Append, {ErrorKind::Network, {}, ErrorCause::ConnectionReset});
    QVERIFY(!put(port, FakeMailServer::rawOf(copy), copy.messageId));
    QCOMPARE(server.folder(u"Drafts"_s).mails.size(), size_t(1));
    port.failNext(FakeMailboxPort::Call::Erase, {ErrorKind::Refused, {}, ErrorCause::NotSupported});
    QVERIFY(put(port, FakeMailServer::rawOf(copy), copy.messageId));
    QCOMPARE(server.folder(u"Drafts"_s).mails.size(), size_t(2));
}

void TestServerDraft::saysWhenThereIsNoFolderForDrafts() {
    FakeMailServer server;
    server.removeFolder(u"Drafts"_s);
    FakeMailboxPort port(server);
    const auto done = put(port, "x", u"aiva-draft.7@acme.example"_s);
    QVERIFY(!done);
    QCOMPARE(done.error().cause, ErrorCause::FolderMissing);
}

QTEST_GUILESS_MAIN(TestServerDraft)
#include "tst_server_draft.moc"
