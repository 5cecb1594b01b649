#include "core/readmodel/conversation_query.h"
#include "core/storage/conversations/conversation_repository.h"
#include "core/storage/mailboxes/mailbox_repository.h"
#include "tests/core/readmodel/plans.h"
#include "tests/support/patience.h"
#include "tests/support/temporary_workspace.h"

using namespace aiva;
using namespace Qt::StringLiterals;
using Direction = ConversationRepository::Direction;
using Reason = MergeSuggestion::Reason;

class TestMergeSuggestions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();

    void suggestsTheSameOrderOfOnePerson();
    void suggestsTheSameSubjectOfOnePerson();
    void anOrderSaysMoreThanASubject();
    void twoOrdersAreTwoMatters();
    void neverSuggestsAnotherCustomer();
    void whatLiesFarApartIsNotTheSame();
    void neverSuggestsAnotherStoresMail();
    void notTheSameIsRemembered();
    void listsWhatWasMergedAndSplit();
    void readsNoTableWhole();

private:
    ConversationId add(const QString& id, const QString& from, const QString& subject, const QString& text,
                       int days = 0);
    std::optional<MergeSuggestion> suggested(ConversationId id);
    ConversationView view(ConversationId id);
    void onePerson();

    std::unique_ptr<test::TemporaryWorkspace> m_workspace;
    std::unique_ptr<ConversationRepository> m_repository;
    int m_mailboxes = 0;
};

void TestMergeSuggestions::init() {
    m_repository.reset();
    m_workspace = std::make_unique<test::TemporaryWorkspace>();
    QVERIFY(m_workspace->isOpen());
    auto repository = ConversationRepository::create(m_workspace->writer());
    QVERIFY(repository);
    m_repository = std::move(*repository);
    QVERIFY(m_workspace->writer().execute("INSERT INTO profiles (id) VALUES (7)"));
}

ConversationId TestMergeSuggestions::add(const QString& id, const QString& from, const QString& subject,
                                         const QString& text, int days) {
    MessageRecord mail;
    mail.messageId = id;
    mail.from.email = from;
    mail.subject = subject;
    mail.text = text;
    mail.date = UtcTime(1'770'000'000'000).plusDays(days);
    const auto added = m_repository->add(mail, Direction::Inbound);
    if (!added) qFatal("%s", qPrintable(added.error().detail));
    return added->conversation;
}

ConversationView TestMergeSuggestions::view(ConversationId id) {
    const auto reader = m_workspace->workspace().openReader();
    if (!reader) qFatal("reader");
    const auto query = ConversationQuery::create(**reader);
    if (!query) qFatal("%s", qPrintable(query.error().detail));
    const auto found = (*query)->conversation(id);
    if (!found || !*found) qFatal("conversation");
    return **found;
}

std::optional<MergeSuggestion> TestMergeSuggestions::suggested(ConversationId id) {
    return view(id).suggestion;
}

// Every conversation is with the same person, whatever address was used.
void TestMergeSuggestions::onePerson() {
    QVERIFY(m_workspace->writer().execute("UPDATE conversations SET profile_id = 7"));
}

void TestMergeSuggestions::suggestsTheSameOrderOfOnePerson() {
    const auto one = add(u"a"_s, u"ann@x.example"_s, u"Hello"_s, u"Where is #1042?"_s);
    const auto two = add(u"b"_s, u"ann@work.example"_s, u"Parcel"_s, u"About order 1042 again"_s, 20);
    QVERIFY(!suggested(one));
    onePerson();
    const auto found = suggested(one);
    QVERIFY(found);
    QCOMPARE(found->other, two);
    QCOMPARE(found->reason, Reason::SameOrder);
    QCOMPARE(found->order, u"1042"_s);
    QCOMPARE(found->subject, u"Parcel"_s);
    QCOMPARE(suggested(two)->other, one);
}

void TestMergeSuggestions::suggestsTheSameSubjectOfOnePerson() {
    const auto one = add(u"a"_s, u"ann@x.example"_s, u"Broken lamp"_s, u"It broke"_s);
    const auto two = add(u"b"_s, u"ann@work.example"_s, u"Re: Broken lamp"_s, u"Still"_s, 3);
    onePerson();
    QCOMPARE(suggested(two)->other, one);
    QCOMPARE(suggested(two)->reason, Reason::SameSubject);
    // The same address weeks later: no mail joins them by itself, a person may.
    const auto late = add(u"c"_s, u"bob@y.example"_s, u"Chair"_s, {});
    const auto later = add(u"d"_s, u"bob@y.example"_s, u"Re: Chair"_s, {}, 45);
    QVERIFY(late != later);
    QCOMPARE(suggested(later)->other, late);
}

void TestMergeSuggestions::anOrderSaysMoreThanASubject() {
    const auto one = add(u"a"_s, u"ann@x.example"_s, u"Lamp"_s, u"#1042"_s);
    add(u"b"_s, u"ann@y.example"_s, u"Lamp"_s, u"and so on"_s, 5);
    const auto order = add(u"c"_s, u"ann@z.example"_s, u"Other"_s, u"#1042"_s, 1);
    onePerson();
    QCOMPARE(suggested(one)->other, order);
}

void TestMergeSuggestions::twoOrdersAreTwoMatters() {
    const auto one = add(u"a"_s, u"ann@x.example"_s, u"Where is my order?"_s, u"#1042"_s);
    add(u"b"_s, u"ann@y.example"_s, u"Where is my order?"_s, u"#1043"_s, 5);
    onePerson();
    QVERIFY(!suggested(one));
}

void TestMergeSuggestions::neverSuggestsAnotherCustomer() {
    const auto one = add(u"a"_s, u"ann@x.example"_s, u"Lamp"_s, u"#1042"_s);
    add(u"b"_s, u"bob@y.example"_s, u"Lamp"_s, u"#1042"_s);
    const auto nobody = add(u"c"_s, {}, u"Lamp"_s, u"#1042"_s);
    add(u"d"_s, {}, u"Lamp"_s, u"#1042"_s);
    QVERIFY(!suggested(one));
    QVERIFY(!suggested(nobody));
}

void TestMergeSuggestions::whatLiesFarApartIsNotTheSame() {
    const auto one = add(u"a"_s, u"ann@x.example"_s, u"Lamp"_s, u"#1042"_s);
    add(u"b"_s, u"ann@x.example"_s, u"Lamp"_s, u"#1042"_s, 200);
    QVERIFY(!suggested(one));
}

// Two stores count alike, and people write alike to them. By hand they may be joined.
void TestMergeSuggestions::neverSuggestsAnotherStoresMail() {
    const StoreId one = m_workspace->addStore(u"one.myshopify.com"_s);
    const StoreId two = m_workspace->addStore(u"two.myshopify.com"_s);
    const auto a = add(u"a"_s, u"ann@x.example"_s, u"Lamp"_s, u"#1042"_s);
    const auto b = add(u"b"_s, u"ann@y.example"_s, u"Lamp"_s, u"#1042"_s, 1);
    onePerson();
    const auto place = [&](ConversationId conversation, std::optional<StoreId> store) {
        auto mailboxes = MailboxRepository::create(m_workspace->writer());
        MailAccount account;
        account.address = account.userName = u"help%1@x.example"_s.arg(++m_mailboxes);
        account.store = store;
        const auto mailbox = (*mailboxes)->save(account);
        QVERIFY(mailbox);
        const auto sql = "UPDATE conversations SET mailbox_id = %1 WHERE id = %2"_L1;
        QVERIFY(
            m_workspace->writer().execute(QString(sql).arg(mailbox->value()).arg(conversation.value()).toStdString()));
    };
    QVERIFY(suggested(a));
    place(a, one);
    QVERIFY(suggested(a));
    place(b, two);
    QVERIFY(!suggested(a));
    QVERIFY(!suggested(b));
    const auto query = ConversationQuery::create(m_workspace->writer());
    QVERIFY(query);
    QCOMPARE((*query)->othersOfCustomer(a)->size(), size_t(1));
    place(b, one);
    QVERIFY(suggested(a));
    place(b, std::nullopt);
    QVERIFY(suggested(a));
}

void TestMergeSuggestions::notTheSameIsRemembered() {
    const auto one = add(u"a"_s, u"ann@x.example"_s, u"Lamp"_s, {});
    const auto two = add(u"b"_s, u"ann@y.example"_s, u"Lamp"_s, {}, 2);
    onePerson();
    QVERIFY(m_repository->keepApart(two, one));
    QVERIFY(!suggested(one));
    QVERIFY(!suggested(two));
    QVERIFY(m_repository->merge(one, two, UtcTime(1))); // a person may still
    QVERIFY(*m_repository->revertMove(one, UtcTime(2)));
    QVERIFY(!suggested(one));
}

void TestMergeSuggestions::listsWhatWasMergedAndSplit() {
    const auto one = add(u"a"_s, u"ann@x.example"_s, u"Lamp"_s, {});
    const auto two = add(u"b"_s, u"ann@x.example"_s, u"Vase"_s, {}, 2);
    QVERIFY(m_repository->merge(one, two, UtcTime(10)));
    const auto made = m_repository->split(one, MessageId(2), UtcTime(20));
    QVERIFY(made);
    using Kind = ConversationMoveView::Kind;
    const auto moves = view(one).moves;
    QCOMPARE(moves.size(), size_t(2));
    QCOMPARE(moves[0].kind, Kind::MergedHere);
    QCOMPARE(moves[0].subject, u"Vase"_s);
    QCOMPARE(moves[0].at, UtcTime(10));
    QCOMPARE(moves[1].kind, Kind::SplitOff);
    QCOMPARE(view(*made).moves.front().kind, Kind::SplitFrom);
    QCOMPARE(view(*made).moves.front().subject, u"Lamp"_s);
    QVERIFY(*m_repository->revertMove(one, UtcTime(30)));
    QCOMPARE(view(one).moves.size(), size_t(1));
}

void TestMergeSuggestions::readsNoTableWhole() {
    const auto reader = m_workspace->workspace().openReader();
    QVERIFY(reader);
    const auto suggestions = MergeSuggestions::create(**reader);
    QVERIFY(suggestions);
    const QStringList slow = test::slowSteps(**reader);
    QVERIFY2(slow.isEmpty(), qPrintable(slow.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestMergeSuggestions)
#include "tst_merge_suggestions.moc"
