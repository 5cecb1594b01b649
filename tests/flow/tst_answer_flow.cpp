// The whole way with the real programs: a shop synced and its mail imported by aivactl, answers drafted for every
// conversation, and what `aivactl answer` prints of them.
#include "core/answer/engine/answer_engine.h"
#include "core/storage/answers/endpoint_repository.h"
#include "core/storage/answers/proposal_agenda.h"
#include "tests/flow/shop_control.h"
#include "tests/support/patience.h"
#include "tests/support/programs.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <map>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {
constexpr int kConversations = 600;
}

class TestAnswerFlow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        m_ctl = std::make_unique<Ctl>(m_dir.path());
        m_sandbox = std::make_unique<Sandbox>(
            QStringList{u"--customers"_s, u"200"_s, u"--orders"_s, u"500"_s, u"--messages"_s, u"900"_s, u"--mail"_s,
                        m_dir.filePath(u"mail"_s), u"--restore-rate"_s, u"1000000"_s, u"--bucket"_s, u"10000000"_s});
        QVERIFY(m_sandbox->isRunning());
        run({u"workspace"_s, u"init"_s});
        const Finished connected = m_ctl->run(m_sandbox->connectArguments(), m_sandbox->connectInput());
        QVERIFY2(connected.exitStatus == 0, connected.err.constData());
        run({u"sync"_s, u"run"_s, u"--full"_s});
        run({u"mail"_s, u"import"_s, m_dir.filePath(u"mail"_s), u"--own"_s, m_sandbox->text("support_address")});
    }

    // What share of the mixed mail is answered from facts alone, and what the rest lacks.
    void printsWhatPlaybooksAnswer() {
        const WorkspaceOnDisk workspace(m_ctl->workspaceDir(), m_ctl->keyFile());
        QVERIFY(workspace.database());
        SystemClock clock;
        const auto engine = AnswerEngine::create(*workspace.database(), clock, [] { return 0.5; });
        QVERIFY2(engine, engine ? "" : qPrintable(engine.error().detail));
        const auto agenda = ProposalAgenda::create(*workspace.database());
        QVERIFY(agenda);
        const auto conversations = (*agenda)->open(kConversations);
        QVERIFY(conversations && conversations->size() > 50);
        int all = 0;
        int drafted = 0;
        int proved = 0;
        struct Share {
            int asked = 0;
            int drafted = 0;
        };
        std::map<QString, Share> intents;
        std::map<QString, int> lacks;
        for (const ConversationId conversation : *conversations) {
            const auto reading = (*engine)->read(conversation);
            QVERIFY(reading);
            if (!*reading) continue;
            const auto proposal = (*engine)->propose(**reading);
            QVERIFY(proposal);
            ++all;
            Share& share = intents[toWord(proposal->intent.intents.front().intent)];
            ++share.asked;
            share.drafted += proposal->draft ? 1 : 0;
            drafted += proposal->draft ? 1 : 0;
            if (!proposal->draft) {
                ++lacks[u"no playbook: "_s + proposal->handOver];
                continue;
            }
            // What a playbook writes from facts is proved by them, always.
            QVERIFY2(proposal->verdict.passed(), qPrintable(proposal->draft->origin + u": "_s + proposal->draft->reply +
                                                            toJson(proposal->verdict)));
            ++proved;
            if (const GateCheck* failed = proposal->gate.firstFailure()) ++lacks[failed->name];
        }
        qInfo("%d open conversations: a playbook drafts %d (%d %%), of which proved %d", all, drafted,
              100 * drafted / std::max(all, 1), proved);
        // What shops report of their own mail (vendors' reports of 2021 to 2026) is 30 to 50 % order status.
        for (const auto& [intent, share] : intents)
            qInfo("  intent %s: %d (%d %%), drafted %d", qPrintable(intent), share.asked,
                  100 * share.asked / std::max(all, 1), share.drafted);
        for (const auto& [reason, count] : lacks)
            qInfo("  to a person because of %s: %d", qPrintable(reason), count);
        QVERIFY(drafted * 5 > all); // a fifth at the very least, or the playbooks do not fit the mail at all
    }

    void printsTheContract() {
        const QJsonArray rows = m_ctl->run({u"--json"_s, u"conversation"_s, u"list"_s, u"--view"_s, u"needs-me"_s})
                                    .json()[u"conversations"_s]
                                    .toArray();
        QVERIFY(!rows.isEmpty());
        bool sawDraft = false;
        for (const QJsonValue row : rows) {
            const QString id = QString::number(row[u"id"_s].toInteger());
            const Finished drafted =
                m_ctl->run({u"--json"_s, u"answer"_s, u"draft"_s, u"--conversation"_s, id, u"--with"_s, u"playbook"_s});
            QVERIFY2(drafted.exitStatus == 0, drafted.err.constData());
            const QJsonObject answer = drafted.json();
            for (const char16_t* key : {u"intent", u"confidence", u"reply", u"widgets", u"facts", u"verdict", u"gate"})
                QVERIFY2(answer.contains(QString::fromUtf16(key)), drafted.out.constData());
            QVERIFY(answer[u"gate"_s][u"decision"_s].toString() == u"hold"_s); // nobody switched anything on
            if (answer[u"reply"_s].isNull()) continue;
            sawDraft = true;
            QCOMPARE(answer[u"verdict"_s][u"status"_s].toString(), u"passed"_s);
            const Finished verified =
                m_ctl->run({u"--json"_s, u"answer"_s, u"verify"_s, u"--conversation"_s, id},
                           answer[u"reply"_s].toString().toUtf8() + "\nWe also refunded you $999.00 for order #99999.");
            QCOMPARE(verified.json()[u"status"_s].toString(), u"failed"_s);
            break;
        }
        QVERIFY(sawDraft);
        QCOMPARE(m_ctl->run({u"answer"_s, u"draft"_s, u"--conversation"_s, u"999999"_s}).exitStatus, 3);
        QCOMPARE(m_ctl->run({u"answer"_s, u"draft"_s, u"--with"_s, u"magic"_s, u"--conversation"_s, u"1"_s}).exitStatus,
                 2);
        QCOMPARE(m_ctl->run({u"answer"_s, u"draft"_s, u"--with"_s, u"model"_s, u"--conversation"_s, u"1"_s}).exitStatus,
                 3); // none is connected
    }

    // Nobody is told that nothing leaves the computer while a provider is asked.
    void theDoctorNamesTheModelThatIsAsked() {
        QFile file(m_ctl->keyFile());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QByteArray key = file.readAll();
        const auto workspace = Workspace::open(m_ctl->workspaceDir(), SecretString::takeFrom(key));
        QVERIFY(workspace);
        const auto writer = (*workspace)->openWriter();
        QVERIFY(writer);
        const auto endpoints = EndpointRepository::create(**writer);
        QVERIFY(endpoints);
        QCOMPARE(doctorOnModels(), u"none in use; nothing leaves this computer"_s);
        ModelEndpoint endpoint;
        endpoint.name = u"Far"_s;
        endpoint.model = u"large"_s;
        endpoint.baseUrl = QUrl(u"https://models.example/v1"_s);
        const auto id = (*endpoints)->save(endpoint);
        QVERIFY(id);
        QCOMPARE(doctorOnModels(), u"large at models.example; what it is asked leaves this computer"_s);
        endpoint.id = *id;
        endpoint.baseUrl = QUrl(u"http://127.0.0.1:11434/v1"_s);
        endpoint.isActive = true;
        QVERIFY((*endpoints)->save(endpoint));
        QCOMPARE(doctorOnModels(), u"large at 127.0.0.1; nothing leaves this computer"_s);
        QVERIFY((*endpoints)->remove(*id));
    }

private:
    QString doctorOnModels() const {
        for (const QJsonValue check : m_ctl->run({u"doctor"_s}).json()[u"checks"_s].toArray())
            if (check[u"check"_s].toString() == u"model endpoint"_s) return check[u"detail"_s].toString();
        return {};
    }
    void run(const QStringList& arguments) {
        const Finished finished = m_ctl->run(arguments, {}, 240'000);
        QVERIFY2(finished.exitStatus == 0, finished.err.constData());
    }

    QTemporaryDir m_dir;
    std::unique_ptr<Ctl> m_ctl;
    std::unique_ptr<Sandbox> m_sandbox;
};

QTEST_GUILESS_MAIN(TestAnswerFlow)
#include "tst_answer_flow.moc"
