#include "core/answer/model/draft_run.h"

#include "tests/core/answer/model/draft_script.h"
#include "tests/support/await.h"
#include "tests/support/patience.h"

#include <QJsonArray>
#include <QSignalSpy>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

// Answers when the test says so.
class StandInModel final : public ModelPort {
public:
    Future<ModelAnswer> complete(const ModelRequest& request, std::function<void(const QString&)> onText) override {
        asked = request;
        say = std::move(onText);
        m_promise.start();
        return m_promise.future();
    }
    QByteArray payload(const ModelRequest&) const override { return {}; }
    Future<QStringList> models() override { return readyFuture<QStringList>(QStringList()); }
    void cancelAll() override {}

    void finish(const Result<ModelAnswer>& answer) {
        m_promise.addResult(answer);
        m_promise.finish();
    }
    bool isCancelled() const { return m_promise.isCanceled(); }

    ModelRequest asked;
    std::function<void(const QString&)> say;

private:
    QPromise<Result<ModelAnswer>> m_promise;
};

ModelAnswer answered(const QJsonObject& json) {
    return {asJson(json), u"claude-test"_s, 420, 38, u"req_1"_s};
}

} // namespace

class DraftRunTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void draftsWholeAnswers();
    void showsTheReplyAsItGrows();
    void passesErrorsOn();
    void makesNoDraftOfAMalformedAnswer();
    void saysNothingAfterBeingCancelled();
    void givesTheRequestUpWhenItDies();
    void sendsWhatItMustNotFindLater();

private:
    std::unique_ptr<StandInModel> m_model;
    QPointer<DraftRun> m_run;
    QStringList m_shown;
    std::vector<Result<AnswerDraft>> m_finished;
};

void DraftRunTest::init() {
    m_model = std::make_unique<StandInModel>();
    m_shown.clear();
    m_finished.clear();
    m_run = new DraftRun(*m_model, oneTask(), this);
    connect(m_run, &DraftRun::wrote, this, [this](const QString& reply) { m_shown.append(reply); });
    connect(m_run, &DraftRun::finished, this,
            [this](const Result<AnswerDraft>& draft) { m_finished.push_back(draft); });
    m_run->start();
}

void DraftRunTest::draftsWholeAnswers() {
    m_model->finish(answered(goodAnswer()));
    QTRY_COMPARE(m_finished.size(), 1U);
    QVERIFY(m_finished.front());
    QCOMPARE(m_finished.front()->origin, u"claude-test"_s);
    QCOMPARE(m_finished.front()->language, u"en"_s);
    QCOMPARE(m_finished.front()->confidence, 0.91);
    QTRY_VERIFY(m_run.isNull());
}

void DraftRunTest::showsTheReplyAsItGrows() {
    m_model->say(u"{\"facts\": [], \"re"_s);
    QCOMPARE(m_shown, QStringList());
    m_model->say(u"ply\": \"Hi"_s);
    QCOMPARE(m_shown, QStringList{u"Hi"_s}); // at once, not in a later turn of the loop
    m_model->say(u" Jane\", \"reason"_s);
    m_model->say(u"\": \"\"}"_s);
    QCOMPARE(m_shown, (QStringList{u"Hi"_s, u"Hi Jane"_s}));
    QVERIFY(m_finished.empty());
    m_run->cancel();
}

void DraftRunTest::passesErrorsOn() {
    m_model->say(u"{\"reply\": \"Hi"_s);
    const Error cut{ErrorKind::Network, u"cut"_s, ErrorCause::AnswerCut};
    m_model->finish(cut);
    QTRY_COMPARE(m_finished.size(), 1U);
    QVERIFY(!m_finished.front());
    QCOMPARE(m_finished.front().error(), cut);
}

void DraftRunTest::makesNoDraftOfAMalformedAnswer() {
    QJsonObject answer = goodAnswer();
    answer[u"facts"_s] = QJsonArray{u"F77"_s};
    m_model->finish(answered(answer));
    QTRY_COMPARE(m_finished.size(), 1U);
    QVERIFY(!m_finished.front());
    QCOMPARE(m_finished.front().error().cause, ErrorCause::AnswerMalformed);
}

void DraftRunTest::saysNothingAfterBeingCancelled() {
    m_run->cancel();
    QCOMPARE(m_finished.size(), 1U);
    QCOMPARE(m_finished.front().error().kind, ErrorKind::Refused);
    QVERIFY(m_model->isCancelled());
    m_model->say(u"{\"reply\": \"Hi"_s);
    m_model->finish(answered(goodAnswer()));
    QTRY_VERIFY(m_run.isNull());
    QCOMPARE(m_shown, QStringList());
    QCOMPARE(m_finished.size(), 1U);
}

void DraftRunTest::givesTheRequestUpWhenItDies() {
    delete m_run.data();
    QVERIFY(m_model->isCancelled());
    m_model->say(u"{\"reply\": \"Hi"_s);
    QVERIFY(m_finished.empty());
}

void DraftRunTest::sendsWhatItMustNotFindLater() {
    const QStringList secrets = m_run->secrets();
    QCOMPARE(secrets.size(), 2);
    QCOMPARE(secrets.first(), m_model->asked.instructions);
    QVERIFY(m_model->asked.mail.contains(secrets.last()));
    m_run->cancel();
}

QTEST_GUILESS_MAIN(DraftRunTest)
#include "tst_draft_run.moc"
