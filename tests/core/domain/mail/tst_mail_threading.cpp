#include "core/domain/mail/mail_threading.h"
#include "tests/support/patience.h"
#include "tests/support/time_allowance.h"

#include <QElapsedTimer>
#include <QRandomGenerator>

#include <algorithm>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

// "id: references | subject" of each mail, oldest first.
std::vector<ThreadableMail> mails(const QStringList& lines) {
    std::vector<ThreadableMail> all;
    for (const QString& line : lines) {
        ThreadableMail mail;
        mail.messageId = line.section(u':', 0, 0);
        mail.references = line.section(u':', 1).section(u'|', 0, 0).split(u' ', Qt::SkipEmptyParts);
        mail.subject = line.section(u'|', 1).trimmed();
        mail.sentAt = static_cast<qint64>(all.size());
        all.push_back(mail);
    }
    return all;
}

QString shown(const std::vector<ThreadPlace>& places) {
    QStringList all;
    for (const ThreadPlace& place : places)
        all << u"%1/%2"_s.arg(place.parent).arg(place.thread);
    return all.join(u' ');
}

} // namespace

class TestMailThreading : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void threads_data();
    void threads();
    void settlesAnythingWithoutLoops();
    void staysQuickOnGiantThreads();
};

void TestMailThreading::threads_data() {
    QTest::addColumn<QStringList>("lines");
    QTest::addColumn<QString>("apart");
    QTest::addColumn<QString>("joined");
    const auto row = [](const char* name, const QStringList& lines, const QString& apart, const QString& joined = {}) {
        QTest::newRow(name) << lines << apart << (joined.isEmpty() ? apart : joined);
    };
    row("nothing", {}, {});
    row("a line", {u"a:"_s, u"b: a"_s, u"c: a b"_s}, u"-1/0 0/0 1/0"_s);
    row("a fork", {u"a:"_s, u"b: a"_s, u"c: a"_s}, u"-1/0 0/0 0/0"_s);
    row("a missing mail between", {u"a:"_s, u"c: a b"_s}, u"-1/0 0/0"_s);
    row("a missing root holds two together", {u"b: a"_s, u"c: a"_s, u"d:"_s}, u"-1/0 -1/0 -1/1"_s);
    row("a late parent", {u"b: a"_s, u"a:"_s}, u"1/0 -1/0"_s);
    row("itself", {u"a: a"_s, u"b: a b"_s}, u"-1/0 0/0"_s);
    row("a cycle", {u"a: b"_s, u"b: a"_s}, u"1/0 -1/0"_s);
    row("a cycle of three", {u"a: c"_s, u"b: a"_s, u"c: b"_s}, u"2/0 0/0 -1/0"_s);
    row("a repeated id is nobody's parent", {u"a:"_s, u"a:"_s, u"b: a"_s}, u"-1/0 -1/1 0/0"_s);
    row("no id", {u":"_s, u": "_s}, u"-1/0 -1/1"_s);
    row("hearsay does not move a mail", {u"a:"_s, u"b: a"_s, u"c: x b"_s}, u"-1/0 0/0 1/0"_s);
    row("a mail itself knows its parent best", {u"c: x b"_s, u"b: a"_s, u"a:"_s}, u"1/0 2/0 -1/0"_s);
    row("an answer by subject", {u"a: | Lamp"_s, u"b: | Re: lamp"_s}, u"-1/0 -1/1"_s, u"-1/0 0/0"_s);
    row("two openings of one subject", {u"a: | Lamp"_s, u"b: | Lamp"_s}, u"-1/0 -1/1"_s, u"-1/0 -1/0"_s);
    row("an answer before its opening", {u"a: | Re: Lamp"_s, u"b: | Lamp"_s}, u"-1/0 -1/1"_s, u"1/0 -1/0"_s);
    row("two answers without an opening", {u"a: | Re: Lamp"_s, u"b: | Re: Lamp"_s, u"c: | AW: Lamp"_s},
        u"-1/0 -1/1 -1/2"_s, u"-1/0 -1/0 -1/0"_s);
    row("no subject joins nothing", {u"a: | "_s, u"b: | Re: "_s}, u"-1/0 -1/1"_s);
    row("a held-together pair leads its subject", {u"x: | Lamp"_s, u"b: a | Lamp"_s, u"c: a | Lamp"_s},
        u"-1/0 -1/1 -1/1"_s, u"-1/0 -1/0 -1/0"_s);
}

void TestMailThreading::threads() {
    QFETCH(QStringList, lines);
    QFETCH(QString, apart);
    QFETCH(QString, joined);
    QCOMPARE(shown(threadPlaces(mails(lines), SubjectThreads::Apart)), apart);
    QCOMPARE(shown(threadPlaces(mails(lines), SubjectThreads::Joined)), joined);
}

void TestMailThreading::settlesAnythingWithoutLoops() {
    const int runs = std::max(200, qEnvironmentVariableIntValue("AIVA_RUNS"));
    QRandomGenerator random(11);
    for (int run = 0; run < runs; ++run) {
        std::vector<ThreadableMail> all;
        const int count = 1 + random.bounded(30);
        const auto id = [&] { return QString::number(random.bounded(count + 4)); };
        for (int i = 0; i < count; ++i) {
            ThreadableMail mail;
            if (random.bounded(8) > 0) mail.messageId = id();
            for (int n = random.bounded(5); n > 0; --n)
                mail.references << id();
            if (random.bounded(3) == 0) mail.inReplyTo = id();
            mail.subject = QStringList{u"Lamp"_s, u"Re: Lamp"_s, u"Vase"_s, QString()}[random.bounded(4)];
            mail.sentAt = random.bounded(10);
            all.push_back(mail);
        }
        for (const SubjectThreads subjects : {SubjectThreads::Apart, SubjectThreads::Joined}) {
            const auto places = threadPlaces(all, subjects);
            QCOMPARE(places.size(), all.size());
            for (size_t i = 0; i < places.size(); ++i) {
                int at = static_cast<int>(i);
                int steps = 0;
                for (; at != -1; at = places[static_cast<size_t>(at)].parent) {
                    QVERIFY2(++steps <= count, "a mail above itself");
                    QCOMPARE(places[static_cast<size_t>(at)].thread, places[i].thread);
                }
            }
        }
    }
    qInfo("%d mailboxes", runs);
}

void TestMailThreading::staysQuickOnGiantThreads() {
    QStringList line;
    for (int i = 0; i < 200'000; ++i)
        line << QString::number(i);
    std::vector<ThreadableMail> deep;     // each answers the one before
    std::vector<ThreadableMail> backward; // the same, newest first
    for (int i = 0; i < 200'000; ++i) {
        ThreadableMail mail;
        mail.messageId = line[i];
        if (i > 0) mail.references = {line[i - 1]};
        deep.push_back(mail);
    }
    backward.assign(deep.rbegin(), deep.rend());
    std::vector<ThreadableMail> named; // five that name all of them
    for (int i = 0; i < 5; ++i)
        named.push_back({u"new%1"_s.arg(i), line, {}, {}, 0});
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(threadPlaces(deep, SubjectThreads::Apart).back().parent, 199'998);
    QCOMPARE(threadPlaces(backward, SubjectThreads::Joined).front().parent, 1);
    QCOMPARE(threadPlaces(named, SubjectThreads::Joined).back().thread, 0);
    qInfo("two threads of 200,000 mails, five mails of 200,000 references: %lld ms", timer.elapsed());
    QVERIFY(timer.elapsed() < test::allowed(15'000));
}

QTEST_GUILESS_MAIN(TestMailThreading)
#include "tst_mail_threading.moc"
