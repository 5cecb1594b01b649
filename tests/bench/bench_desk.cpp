// bench_desk DIR ORDERS CONVERSATIONS: a desk on a large cache, measured from key press to painted frame. One JSON line
// a figure: {"what","figure","target"}.
#include "tests/bench/big_cache.h"

#include "core/desk/desk.h"
#include "tests/support/patience.h"
#include "tests/ui/support/fake_mail_desk.h"
#include "ui/shell/desk_window.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>

#include <algorithm>
#include <cstdio>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

template <typename T>
T need(Result<T> result) {
    if (!result) qFatal("%s", qPrintable(result.error().detail));
    return *std::move(result);
}

void print(const QString& what, const QString& figure, const QString& target) {
    std::printf("{\"what\":\"%s\",\"figure\":\"%s\",\"target\":\"%s\"}\n", qPrintable(what),
                figure.toUtf8().constData(), target.toUtf8().constData());
    std::fflush(stdout);
}

QString percentiles(std::vector<double> milliseconds) {
    std::sort(milliseconds.begin(), milliseconds.end());
    const auto at = [&](double share) {
        return milliseconds.at(static_cast<size_t>(share * static_cast<double>(milliseconds.size() - 1)));
    };
    return u"p50 %1 ms, p99 %2 ms, max %3 ms"_s.arg(at(0.5), 0, 'f', 2)
        .arg(at(0.99), 0, 'f', 2)
        .arg(milliseconds.back(), 0, 'f', 2);
}

qint64 residentMegabytes() {
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly)) return 0;
    for (const QByteArray& line : status.readAll().split('\n'))
        if (line.startsWith("VmRSS:")) return line.mid(6).trimmed().split(' ').first().toLongLong() / 1024;
    return 0;
}

// Milliseconds fn took, until everything it asked to be painted is painted, in this frame or the next.
template <typename Fn>
double painted(const DeskWindow& window, Fn fn) {
    QElapsedTimer timer;
    timer.start();
    fn();
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
    while (!window.isQuiet())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

void measureLookups(Desk& desk, const QStringList& emails) {
    std::vector<double> times;
    for (int i = 0; i < 5'000; ++i) {
        QElapsedTimer timer;
        timer.start();
        if (!need(desk.read().customers->byEmail(emails.at(i % emails.size())))) qFatal("a customer is missing");
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    print(u"customer by address with orders, items, parcels"_s, percentiles(times), u"< 1 ms"_s);
}

void measureSearch(Desk& desk, const QStringList& words) {
    std::vector<double> times;
    for (int i = 0; i < 400; ++i) {
        // What is in the box while a word is typed: two letters, then more; common and rare words.
        const QString& word = words.at((i * i * 37) % words.size());
        const QString text = word.left(2 + i % std::max<qsizetype>(1, word.size() - 1));
        QElapsedTimer timer;
        timer.start();
        bool answered = false;
        QObject context;
        whenDone(desk.search(text, 20), &context, [&](const auto&) { answered = true; });
        while (!answered && timer.elapsed() < 5'000)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    print(u"search as you type, to first results"_s, percentiles(times), u"p99 ≤ 16 ms"_s);
}

void measureOpening(DeskWindow& window, qint64 conversations) {
    std::vector<double> jumps;
    for (int i = 0; i < 300; ++i) {
        const ConversationId id(1 + QRandomGenerator::global()->bounded(conversations));
        jumps.push_back(painted(window, [&] { window.openConversation(id); }));
    }
    print(u"open any conversation, to painted frame"_s, percentiles(jumps), u"p99 ≤ 8 ms"_s);

    window.showSplit(InboxView::All);
    QTest::qWait(50);
    std::vector<double> steps;
    for (int i = 0; i < 300; ++i)
        steps.push_back(painted(window, [&] {
            QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &window, Qt::Key_J);
        }));
    print(u"next conversation by J, to painted frame"_s, percentiles(steps), u"p99 ≤ 8 ms"_s);
}

} // namespace

// The key is not the secret of anybody: the cache is invented and removed at the end.
static SecretString benchKey() {
    return SecretString(std::string(32, 'b'));
}

static int fill(const QString& dir, qint64 orders, qint64 conversations) {
    QElapsedTimer timer;
    timer.start();
    const auto workspace = need(Workspace::create(dir, benchKey(), KeySource::KeyFile));
    const auto writer = need(workspace->openWriter());
    const bench::BigCache cache = bench::fillBigCache(*writer, orders, conversations);
    print(u"cache: %1 orders, %2 conversations, %3 messages"_s.arg(cache.orders)
              .arg(cache.conversations)
              .arg(cache.messages),
          u"written in %1 s"_s.arg(static_cast<double>(timer.elapsed()) / 1000.0, 0, 'f', 0), {});
    return 0;
}

// Answers are proposed in the background; bench_answers measures beside them, this program without them.
static void waitForBackground(const Workspace& workspace) {
    const auto reader = need(workspace.openReader());
    const auto left = [&reader] {
        auto statement = need(reader->prepare("SELECT count(*) FROM conversations WHERE answer_state = '' "
                                              "AND inbox_facet IN (2, 3)"));
        return need(statement.step()) ? statement.integer(0) : 0;
    };
    for (qint64 before = -1, now = left(); now != before && now > 0; now = left()) {
        before = now;
        QTest::qWait(2'000);
    }
}

static int measure(QApplication& application, const QString& dir) {
    const SystemClock clock;
    QElapsedTimer sinceStart;
    sinceStart.start();
    Theme::apply(application);
    const auto workspace = need(Workspace::open(dir, benchKey()));
    auto desk = need(Desk::open(*workspace, clock, DeskAdapters{}));
    test::FakeMailDesk mail;
    DeskWindow window(*desk, mail, {}, clock, dir);
    window.resize(1440, 900);
    window.show();
    while (!window.isQuiet() && sinceStart.elapsed() < 30'000)
        QCoreApplication::processEvents();
    print(u"start to usable inbox"_s, u"%1 ms"_s.arg(sinceStart.elapsed()), u"≤ 300 ms"_s);

    waitForBackground(*workspace);
    const auto counts = need(workspace->info()).counts;
    measureLookups(*desk, bench::sampleEmails(counts.value(u"customers"_s)));
    measureOpening(window, counts.value(u"conversations"_s));
    measureSearch(*desk, bench::vocabulary());
    print(u"resident memory after all that"_s, u"%1 MB"_s.arg(residentMegabytes()), u"≤ 150 MB"_s);
    return 0;
}

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    const QString dir = arguments.value(2);
    if (arguments.value(1) == u"fill" && argc == 5)
        return fill(dir, arguments.at(3).toLongLong(), arguments.at(4).toLongLong());
    if (arguments.value(1) == u"measure" && argc == 3) return measure(application, dir);
    return 2;
}
