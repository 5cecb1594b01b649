// Whose sender checks a mailbox believes, from the mail that came in to the sheet that says so, and back to the next
// mail.
#include "core/storage/conversations/conversation_repository.h"
#include "core/storage/mailboxes/mailbox_repository.h"
#include "core/storage/mailboxes/sender_check_repository.h"
#include "tests/support/patience.h"
#include "tests/support/temporary_workspace.h"
#include "tests/ui/support/fake_mail_desk.h"
#include "ui/mailboxes/mailbox_editor.h"
#include "ui/theme/theme.h"
#include "ui/widgets/subtle_button.h"

#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestBelievedServer : public QObject {
    Q_OBJECT

    std::unique_ptr<test::TemporaryWorkspace> m_workspace;
    std::unique_ptr<MailboxRepository> m_mailboxes;
    std::unique_ptr<ConversationRepository> m_conversations;
    MailboxId m_mailbox;
    FolderId m_inbox;
    quint32 m_uid = 0;
    test::FakeMailDesk m_desk;
    QWidget m_window;

    // What was found out about the sender of a mail that comes in now.
    SenderVerdict arrive(const QString& server) {
        MessageRecord message;
        message.messageId = u"m%1@customer.example"_s.arg(++m_uid);
        message.from = {u"Kim"_s, u"kim@customer.example"_s};
        message.date = UtcTime(1'770'000'000'000);
        message.trace = {{u"authentication-results"_s, server + u"; dmarc=pass header.from=customer.example"_s},
                         {u"received"_s, u"from c (c [203.0.113.1]) by mx.shop.example with ESMTPS id 1"_s}};
        const auto added = m_conversations->add(message, ConversationRepository::Direction::Inbound,
                                                {.mailbox = m_mailbox, .isSeen = false});
        auto checks = SenderCheckRepository::create(m_workspace->writer());
        if (!added || !m_mailboxes->saveLocations({{m_inbox, m_uid, added->message, 1, {}, {}}}) || !checks)
            return SenderVerdict::Failed;
        const auto check = (*checks)->senderCheck(added->message);
        return check && *check ? (*check)->verdict : SenderVerdict::Failed;
    }
    // The sheet as it opens now.
    std::unique_ptr<MailboxEditor> editor() {
        const auto reader = m_workspace->workspace().openReader();
        const auto query = MailboxQuery::create(**reader);
        const auto views = (*query)->all();
        if (!views || views->size() != 1) qFatal("no mailbox");
        auto sheet = std::make_unique<MailboxEditor>(m_desk, views->front(), StoreNames(), &m_window);
        sheet->open();
        return sheet;
    }
    static SubtleButton* suggestion(const MailboxEditor& editor) {
        for (SubtleButton* button : editor.findChildren<SubtleButton*>())
            if (button->text().contains(u"seen in recent mail"_s)) return button;
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp, {Contrast::Normal, Motion::Reduced});
        m_window.resize(1000, 900);
        m_window.show();
    }
    void init() {
        m_conversations.reset();
        m_mailboxes.reset();
        m_workspace = std::make_unique<test::TemporaryWorkspace>();
        QVERIFY(m_workspace->isOpen());
        m_mailboxes = *MailboxRepository::create(m_workspace->writer());
        m_conversations = *ConversationRepository::create(m_workspace->writer());
        MailAccount account;
        account.address = u"help@shop.example"_s;
        m_mailbox = *m_mailboxes->save(account);
        m_inbox = *m_mailboxes->saveFolder({{}, m_mailbox, u"INBOX"_s, u"inbox"_s, 7, 0, 1});
        m_uid = 0;
        m_desk.saved.clear();
    }

    void whatWasSeenIsOfferedTakenAndBelieved() {
        QVERIFY(!suggestion(*editor()));
        for (int i = 0; i < 3; ++i)
            QCOMPARE(arrive(u"mx.shop.example"_s), SenderVerdict::Unverified);
        const auto sheet = editor();
        QVERIFY(suggestion(*sheet));
        QVERIFY(suggestion(*sheet)->text().contains(u"mx.shop.example"_s));
        QCOMPARE(sheet->authservId()->text(), QString()); // nobody is trusted before a person says so
        suggestion(*sheet)->click();
        QSignalSpy saved(sheet.get(), &MailboxEditor::saved);
        sheet->saveButton()->click();
        QTRY_COMPARE(saved.size(), 1);
        QCOMPARE(m_desk.saved.size(), size_t(1));
        QVERIFY(m_mailboxes->save(m_desk.saved.front()));
        QVERIFY(!suggestion(*editor()));
        QCOMPARE(arrive(u"mx.shop.example"_s), SenderVerdict::Verified);
    }

    void nothingIsOfferedWhereMailDisagrees() {
        for (int i = 0; i < 5; ++i)
            arrive(u"mx.shop.example"_s);
        arrive(u"mx.evil.example"_s);
        QVERIFY(!suggestion(*editor()));
    }
};

QTEST_MAIN(TestBelievedServer)
#include "tst_believed_server.moc"
