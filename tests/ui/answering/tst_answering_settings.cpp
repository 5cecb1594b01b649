#include "tests/ui/support/fake_answer_desk.h"
#include "tests/ui/support/sample_people.h"
#include "tests/ui/support/shots.h"
#include "tests/ui/support/spoken.h"
#include "ui/answer_settings/auto_send_section.h"
#include "ui/answer_settings/endpoint_editor.h"
#include "ui/answer_settings/knowledge_editor.h"
#include "ui/answer_settings/knowledge_section.h"
#include "ui/answer_settings/limits_sheet.h"
#include "ui/answer_settings/models_section.h"
#include "ui/answer_settings/playbook_editor.h"
#include "ui/answer_settings/playbooks_section.h"
#include "ui/answer_settings/rule_row.h"
#include "ui/audit/audit_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/subtle_button.h"

#include <QApplication>
#include <QBoxLayout>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardItemModel>

using namespace aiva;
using namespace Qt::StringLiterals;

class TestAnsweringSettings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(u"en_US"_s));
        Theme::apply(*qApp, {Contrast::Normal, Motion::Reduced});
    }
    void init() {
        m_desk = std::make_unique<test::FakeAnswerDesk>();
        m_window = std::make_unique<QWidget>();
        m_window->resize(860, 520);
        m_column = new QVBoxLayout(m_window.get());
        m_column->setContentsMargins(28, 20, 28, 20);
    }

    void letsOnBeChosenOnlyWhenItWasEarned() {
        auto* section = add(new AutoSendSection(*m_desk));
        section->setStores({shown(12, 30)});
        show(u"auto-send"_s);
        RuleRow* row = section->row(StoreId(1), Intent::OrderStatus);
        QVERIFY(row != nullptr);
        const auto* items = qobject_cast<QStandardItemModel*>(row->mode()->model());
        QVERIFY(!items->item(2)->isEnabled());
        QVERIFY(items->item(2)->toolTip().contains(u"12 so far"_s));
        section->setStores({shown(30, 30)});
        row = section->row(StoreId(1), Intent::OrderStatus);
        QVERIFY(qobject_cast<QStandardItemModel*>(row->mode()->model())->item(2)->isEnabled());
    }

    void saysWhatShadowHasEarned() {
        auto* section = add(new AutoSendSection(*m_desk));
        section->setStores({shown(24, 30)});
        const QString text = section->row(StoreId(1), Intent::OrderStatus)->recordText();
        QVERIFY2(text.contains(u"24 of 30 approved unedited"_s), qPrintable(text));
        QVERIFY2(text.contains(u"shadow would have sent 31, 0 wrong (with 95 % certainty at most 9.2 %)"_s),
                 qPrintable(text));
    }

    void savesAModeAndSaysWhyItCouldNot() {
        auto* section = add(new AutoSendSection(*m_desk));
        section->setStores({shown(30, 30)});
        show({});
        QSignalSpy stale(section, &AutoSendSection::stale);
        RuleRow* row = section->row(StoreId(1), Intent::OrderStatus);
        row->mode()->setCurrentIndex(1);
        Q_EMIT row->mode()->activated(1);
        QTRY_COMPARE(stale.size(), 1);
        QCOMPARE(m_desk->calls, QStringList(u"saveRule order_status shadow"_s));
        m_desk->ruleSaved.set(Error{ErrorKind::Refused, u"not earned"_s});
        row->mode()->setCurrentIndex(2);
        Q_EMIT row->mode()->activated(2);
        QTRY_COMPARE(row->mode()->currentIndex(), 0); // what is so
    }

    void stopsEverythingWithOnePress() {
        auto* section = add(new AutoSendSection(*m_desk));
        section->killSwitch()->click();
        QCOMPARE(m_desk->calls, QStringList(u"stopAutoSend"_s));
        show(u"auto-send-stopped"_s);
        section->killSwitch()->click();
        QCOMPARE(m_desk->calls.last(), u"allowAutoSend"_s);
    }

    void keepsTheUndoWindowWithinItsBounds() {
        LimitsSheet sheet(*m_desk, {}, m_window.get());
        sheet.show();
        QVERIFY(test::keepShot(sheet, u"auto-send-limits"_s));
        sheet.delay()->setValue(6);
        QCOMPARE(sheet.delayMost()->minimum(), 6);
        QCOMPARE(sheet.written().delayMinutes, 6);
        QVERIFY(sheet.written().delayMaxMinutes >= 6);
        sheet.delay()->setValue(0);
        QCOMPARE(sheet.written().delayMinutes, 2);
    }

    void connectsAModelAndNeverShowsItsKeyAgain() {
        EndpointEditor editor(*m_desk, {}, m_window.get());
        editor.show();
        QVERIFY(!editor.saveButton()->isEnabled());
        editor.key()->setText(u"sk-secret"_s);
        editor.model()->setText(u"claude-haiku-5-5"_s);
        QCOMPARE(editor.key()->echoMode(), QLineEdit::Password);
        editor.testButton()->click();
        QTRY_VERIFY(editor.verdict().contains(u"has this model"_s));
        QVERIFY(test::keepShot(editor, u"model-editor"_s));
        editor.saveButton()->click();
        QTRY_COMPARE(m_desk->savedEndpoints.size(), size_t(1));
        QVERIFY(m_desk->calls.last().endsWith(u"with key"_s));
        ModelEndpoint kept = m_desk->savedEndpoints.front();
        kept.id = EndpointId(1);
        EndpointEditor again(*m_desk, kept, m_window.get());
        QVERIFY(again.key()->text().isEmpty());
    }

    void refusesAnAddressThatIsNeitherHttpsNorHere() {
        EndpointEditor editor(*m_desk, {}, m_window.get());
        editor.model()->setText(u"m"_s);
        editor.address()->setText(u"http://models.example/v1"_s);
        QVERIFY(!editor.saveButton()->isEnabled());
        editor.address()->setText(u"http://127.0.0.1:8080/v1"_s);
        QVERIFY(editor.saveButton()->isEnabled());
    }

    void listsModelsAndWhereTheyAre() {
        auto* section = add(new ModelsSection(*m_desk));
        ModelEndpoint cloud;
        cloud.id = EndpointId(1);
        cloud.model = u"claude-haiku-5-5"_s;
        cloud.baseUrl = QUrl(u"https://api.anthropic.com"_s);
        cloud.retention = u"zero, by contract"_s;
        cloud.isActive = true;
        ModelEndpoint local;
        local.id = EndpointId(2);
        local.protocol = ModelProtocol::OpenAiChat;
        local.model = u"qwen3"_s;
        local.baseUrl = QUrl(u"http://localhost:11434/v1"_s);
        section->setEndpoints({cloud, local});
        show(u"models"_s);
        QCOMPARE(section->shownNames(), QStringList({u"claude-haiku-5-5"_s, u"qwen3"_s}));
    }

    void saysThatACloudModelIsNotHere() {
        ModelEndpoint relayed;
        relayed.protocol = ModelProtocol::OpenAiChat;
        relayed.baseUrl = QUrl(u"http://localhost:11434/v1"_s);
        for (const auto& [model, stays] : {std::pair(u"qwen3:8b"_s, true), std::pair(u"gpt-oss:120b-cloud"_s, false),
                                           std::pair(u"glm-4.6:Cloud"_s, false), std::pair(u"cloudy"_s, true)}) {
            relayed.model = model;
            QVERIFY2(isOnThisDevice(relayed), qPrintable(model));
            QVERIFY2(staysOnThisDevice(relayed) == stays, qPrintable(model));
        }
        EndpointEditor editor(*m_desk, {}, m_window.get());
        editor.address()->setText(relayed.baseUrl.toString());
        editor.model()->setText(u"gpt-oss:120b-cloud"_s);
        QVERIFY(editor.verdict().contains(u"goes on to a cloud"_s));
        editor.model()->setText(u"qwen3:8b"_s);
        QVERIFY(editor.verdict().isEmpty());
    }

    void takesOnlyKnowledgeThatCanBeCited() {
        Knowledge fresh;
        fresh.store = StoreId(1);
        KnowledgeEditor editor(*m_desk, fresh, {{StoreId(1), u"Acme"_s}}, m_window.get());
        editor.show();
        editor.kind()->setCurrentIndex(static_cast<int>(KnowledgeKind::ReturnWindow));
        editor.text()->setPlainText(u"a month"_s);
        QVERIFY(!editor.saveButton()->isEnabled());
        editor.text()->setPlainText(u"30"_s);
        QVERIFY(editor.saveButton()->isEnabled());
        editor.kind()->setCurrentIndex(static_cast<int>(KnowledgeKind::Link));
        editor.url()->setText(u"http://acme.example/returns"_s);
        QVERIFY(!editor.saveButton()->isEnabled());
        editor.url()->setText(u"https://acme.example/returns"_s);
        editor.titleEdit()->setText(u"Returns portal"_s);
        QVERIFY(test::keepShot(editor, u"knowledge-editor"_s));
        editor.saveButton()->click();
        QTRY_COMPARE(m_desk->calls, QStringList(u"saveKnowledge link Returns portal"_s));
    }

    void triesAWordingBeforeItIsSaved() {
        PlaybookView playbook;
        playbook.name = u"wismo_fulfilled"_s;
        playbook.texts = {{u"en"_s, u"Hi {{name}}, {{order}} is on its way."_s}, {u"de"_s, u"Hallo {{name}}"_s}};
        playbook.variables = {u"name"_s, u"order"_s};
        PlaybookTrial trial;
        trial.tried = 12;
        trial.passed = 11;
        trial.examples = {{ConversationId(1), u"Where?"_s, u"Hi Maya, #1042 is on its way."_s, false, u"“#1042”"_s}};
        m_desk->trial.set(trial);
        PlaybookEditor editor(*m_desk, playbook, m_window.get());
        editor.show();
        QCOMPARE(editor.text()->toPlainText(), playbook.texts.value(u"en"_s));
        editor.tryButton()->click();
        QTRY_VERIFY(editor.trialText().contains(u"11 of 12"_s));
        QVERIFY(test::keepShot(editor, u"playbook-editor"_s));
        m_desk->playbookSaved.set(Error{ErrorKind::Invalid, u"no such variable"_s});
        editor.saveButton()->click();
        QTRY_VERIFY(editor.trialText().contains(u"does not exist"_s));
    }

    void saysEachKindInWords() {
        for (const QString& kind :
             {u"gate_decision"_s, u"auto_queued"_s, u"auto_sent"_s, u"draft_taken_over"_s, u"auto_send_stopped"_s,
              u"auto_send_allowed"_s, u"rule_changed"_s, u"privacy_requested"_s, u"request_closed"_s,
              u"person_exported"_s, u"person_erased"_s, u"store_dropped"_s, u"store_uninstalled"_s})
            QVERIFY2(auditKindText(kind).compare(QString(kind).replace(u'_', u' ')) != 0, qPrintable(kind));
        QCOMPARE(auditKindText(u"something_new"_s), u"something new"_s);
    }

    void searchesAndExportsTheLog() {
        std::vector<AuditEntryView> entries{entry(3, u"auto_sent"_s), entry(2, u"auto_queued"_s),
                                            entry(1, u"rule_changed"_s)};
        AnswerReads reads;
        QStringList asked;
        reads.audit = [&](const AuditFilter& filter, std::optional<AuditId>, int) {
            asked << filter.text;
            return filter.text == u"nothing"_s ? std::vector<AuditEntryView>() : entries;
        };
        auto* page = add(new AuditPage(reads));
        page->refresh();
        show(u"audit"_s);
        QCOMPARE(page->shownKinds(), QStringList({u"auto_sent"_s, u"auto_queued"_s, u"rule_changed"_s}));
        page->search()->setText(u"nothing"_s);
        QTRY_VERIFY(page->shownKinds().isEmpty());
        QVERIFY(test::keepShot(*m_window, u"audit-nothing-fits"_s));
        entries.front().detail = u"{\"a\":\"=cmd()\"}"_s;
        const auto csv = auditCsv(reads, {});
        QVERIFY(csv);
        QVERIFY(csv->startsWith("id,at,actor,kind,store,conversation,detail,digest\r\n"));
        QCOMPARE(csv->count("\r\n"), 4);
        QVERIFY(csv->contains("\"{\"\"a\"\":\"\"=cmd()\"\"}\""));
    }

private:
    template <typename Widget>
    Widget* add(Widget* widget) {
        m_column->addWidget(widget);
        m_column->addStretch();
        return widget;
    }
    void show(const QString& shot) {
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        if (!shot.isEmpty()) QVERIFY(test::keepShot(*m_window, shot));
    }
    static AutoSendSection::Shown shown(int unedited, int needed) {
        AutoSendSection::Shown shown;
        shown.store.id = StoreId(1);
        shown.store.name = u"Acme"_s;
        for (const Intent intent : {Intent::OrderStatus, Intent::Return, Intent::Refund}) {
            AutoSendRule rule;
            rule.store = StoreId(1);
            rule.intent = intent;
            rule.approvalsNeeded = needed;
            EarnedRecord record;
            record.unedited = intent == Intent::OrderStatus ? unedited : 0;
            record.shadowSends = intent == Intent::OrderStatus ? 31 : 0;
            shown.rules.emplace_back(rule, record);
        }
        return shown;
    }
    static AuditEntryView entry(qint64 id, const QString& kind) {
        AuditEntryView view;
        view.id = AuditId(id);
        view.at = sample::now().plusSeconds(id);
        view.actor = u"aiva"_s;
        view.kind = kind;
        view.conversation = ConversationId(id);
        view.detail = u"{\"intent\":\"order_status\",\"origin\":\"wismo_fulfilled\",\"checks\":[]}"_s;
        view.digest = u"9f86d081884c7d659a2feaa0c55ad015"_s;
        return view;
    }

    std::unique_ptr<test::FakeAnswerDesk> m_desk;
    std::unique_ptr<QWidget> m_window;
    QVBoxLayout* m_column = nullptr;
};

QTEST_MAIN(TestAnsweringSettings)
#include "tst_answering_settings.moc"
