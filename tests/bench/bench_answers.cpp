// bench_answers DIR [COUNT]: how long answers take on the large cache that `bench_desk fill DIR …` wrote: context,
// intent, a whole playbook draft verified and gated, and the window's frames while ten thousand conversations get
// theirs behind it. One JSON line a figure: {"what","figure","target"}.
#include "core/answer/engine/answer_engine.h"
#include "core/answer/facts/context_block.h"
#include "core/answer/facts/fact_collector.h"
#include "core/desk/desk.h"
#include "core/storage/conversations/conversation_repository.h"
#include "tests/support/patience.h"
#include "tests/ui/support/fake_mail_desk.h"
#include "ui/shell/desk_window.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QRandomGenerator>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>

using namespace aiva;
using namespace Qt::StringLiterals;

namespace {

constexpr double kFrameMs = 1000.0 / 60;
constexpr qint64 kMostMs = 300'000;

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

QString percentiles(std::vector<double> ms) {
    std::sort(ms.begin(), ms.end());
    const auto at = [&](double share) { return ms.at(static_cast<size_t>(share * double(ms.size() - 1))); };
    return u"p50 %1 ms, p99 %2 ms, max %3 ms"_s.arg(at(0.5), 0, 'f', 2)
        .arg(at(0.99), 0, 'f', 2)
        .arg(ms.back(), 0, 'f', 2);
}

template <typename Fn>
double millisecondsOf(Fn fn) {
    QElapsedTimer timer;
    timer.start();
    fn();
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

qint64 numberOf(Database& database, const char* sql) {
    auto statement = need(database.prepare(sql));
    return need(statement.step()) ? statement.integer(0) : 0;
}

// What a customer writes who waits: the fill's order `i` belongs to customer (i * 7919) modulo all of them.
MessageRecord question(qint64 i, qint64 customers, UtcTime at) {
    const qint64 customer = (i * 7919) % customers;
    MessageRecord mail;
    mail.messageId = u"wismo.%1@big.example"_s.arg(i);
    mail.from.email = u"customer%1@mail%2.example"_s.arg(customer).arg(customer % 97);
    mail.to.append({QString(), u"support@big.example"_s});
    mail.subject = u"Where is my order #%1?"_s.arg(1001 + i);
    mail.text =
        u"Hi,\n\nI ordered some time ago and have heard nothing since. Where is my order #%1? The page only says "
        "that it is on its way, and I would like to know when it arrives.\n\nThank you\nJo"_s.arg(1001 + i);
    mail.date = at;
    return mail;
}

std::vector<ConversationId> askQuestions(Database& writer, const Clock& clock, qint64 customers, qint64 orders) {
    const auto repository = need(ConversationRepository::create(writer));
    std::vector<ConversationId> asked;
    const auto transaction = need(Transaction::begin(writer));
    for (qint64 n = 0; n < 2'000; ++n) {
        const MessageRecord mail = question(n * (orders / 2'000), customers, clock.now().plusSeconds(-n));
        asked.push_back(need(repository->add(mail, ConversationRepository::Direction::Inbound)).conversation);
    }
    if (const auto done = transaction->commit(); !done) qFatal("%s", qPrintable(done.error().detail));
    return asked;
}

void measureReading(Database& database, const Clock& clock, const std::vector<ConversationId>& asked) {
    const auto reader = need(AnswerReader::create(database));
    const auto intents = need(IntentReader::shipped());
    std::vector<double> contexts;
    std::vector<double> readings;
    for (const ConversationId id : asked) {
        AnswerSources sources;
        contexts.push_back(millisecondsOf([&] {
            sources = *need(reader->read(id, clock.now()));
            contextBlock(sources, factsOf(sources));
        }));
        const QString text = question(id.value(), 1'000, clock.now()).text.repeated(4).left(800);
        readings.push_back(millisecondsOf([&] { intents->read(u"Where is it?"_s, text); }));
    }
    print(u"context of a conversation"_s, percentiles(contexts), u"p99 ≤ 2 ms"_s);
    print(u"intent of 800 characters"_s, percentiles(readings), u"p99 ≤ 0.5 ms"_s);
}

void measureDrafting(Database& database, const Clock& clock, const std::vector<ConversationId>& asked) {
    const auto engine = need(AnswerEngine::create(database, clock, [] { return 0.5; }));
    std::vector<double> times;
    int proved = 0;
    for (const ConversationId id : asked) {
        std::optional<Proposal> proposal;
        times.push_back(millisecondsOf([&] { proposal = need(engine->propose(*need(engine->read(id)))); }));
        proved += proposal->draft && proposal->verdict.passed() ? 1 : 0;
    }
    print(u"playbook draft, verified and gated (%1 of %2 proved)"_s.arg(proved).arg(asked.size()), percentiles(times),
          u"p99 ≤ 10 ms"_s);
}

// What a model writes, from the notice to the painted frame; it comes a word at a time.
void measureStreaming(Desk& desk, DeskWindow& window, ConversationId conversation) {
    window.openConversation(conversation);
    QTest::qWait(300);
    std::vector<double> times;
    QString reply;
    for (int i = 0; i < 400; ++i) {
        reply += i % 40 == 39 ? u"word.\n\n"_s : u"word "_s;
        times.push_back(millisecondsOf([&] {
            Q_EMIT desk.answers().modelWrote(conversation, reply);
            QCoreApplication::sendPostedEvents();
            QCoreApplication::processEvents();
        }));
    }
    print(u"a streamed word, to painted frame"_s, percentiles(times), u"≤ 16.7 ms"_s);
}

// Processor time of this thread: what a frame costs without what else the machine does.
double threadMilliseconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

struct Frames {
    std::vector<double> all;
    std::vector<double> openings;
    std::vector<double> openingsProcessor;

    QString words() const {
        const auto late = std::count_if(all.begin(), all.end(), [](double ms) { return ms > kFrameMs; });
        return u"%1 of %2 frames dropped; %3; those that open a conversation %4, of processor time %5"_s.arg(late)
            .arg(all.size())
            .arg(percentiles(all), percentiles(openings), percentiles(openingsProcessor));
    }
};

// A person works on, five conversations a second; a frame is whatever the window has to do between two of them.
Frames leafThrough(DeskWindow& window, const std::function<bool(size_t frames)>& goesOn) {
    Frames frames;
    while (goesOn(frames.all.size())) {
        const bool opens = frames.all.size() % 12 == 0;
        const double processor = threadMilliseconds();
        const double ms = millisecondsOf([&] {
            if (opens) QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &window, Qt::Key_J);
            QCoreApplication::sendPostedEvents();
            QCoreApplication::processEvents();
        });
        if (opens) {
            frames.openings.push_back(ms);
            frames.openingsProcessor.push_back(threadMilliseconds() - processor);
        }
        frames.all.push_back(ms);
        if (ms < kFrameMs) QThread::usleep(static_cast<unsigned long>((kFrameMs - ms) * 1000));
    }
    return frames;
}

// The same leafing behind it once everything is answered: what the back-fill costs is the difference.
void measureFrames(DeskWindow& window, Database& reader, qint64 backFill) {
    QElapsedTimer total;
    total.start();
    const qint64 before = numberOf(reader, "SELECT count(*) FROM proposals");
    qint64 done = 0;
    const Frames beside = leafThrough(window, [&](size_t frames) {
        if (frames % 120 == 0) done = numberOf(reader, "SELECT count(*) FROM proposals") - before;
        return done < backFill && total.elapsed() < kMostMs;
    });
    print(u"%1 conversations answered in the background in %2 s"_s.arg(done).arg(total.elapsed() / 1000),
          beside.words(), u"0 dropped"_s);
    qint64 last = -1;
    for (qint64 now = done; now != last && total.elapsed() < 2 * kMostMs;) {
        last = now;
        QTest::qWait(3'000);
        now = numberOf(reader, "SELECT count(*) FROM proposals");
    }
    window.showSplit(InboxView::All);
    const Frames alone = leafThrough(window, [&](size_t frames) { return frames < beside.all.size(); });
    print(u"the same without it"_s, alone.words(), {});
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const QString dir = QApplication::arguments().value(1);
    if (dir.isEmpty()) return 2;
    const SystemClock clock;
    Theme::apply(application);
    // The key is not the secret of anybody: the cache is invented and removed at the end.
    const auto workspace = need(Workspace::open(dir, SecretString(std::string(32, 'b'))));
    std::vector<ConversationId> asked;
    {
        const auto writer = need(workspace->openWriter());
        asked = askQuestions(*writer, clock, numberOf(*writer, "SELECT count(*) FROM customers"),
                             numberOf(*writer, "SELECT count(*) FROM orders"));
        measureReading(*writer, clock, asked);
        measureDrafting(*writer, clock, asked);
    }
    auto desk = need(Desk::open(*workspace, clock, DeskAdapters{}));
    test::FakeMailDesk mail;
    DeskWindow window(*desk, mail, {}, clock, dir);
    window.resize(1440, 900);
    window.show();
    QTest::qWait(500);
    measureStreaming(*desk, window, asked.front());
    const auto reader = need(workspace->openReader());
    const qint64 backFill = QApplication::arguments().value(2, u"10000"_s).toLongLong();
    measureFrames(window, *reader, backFill);
    return 0;
}
