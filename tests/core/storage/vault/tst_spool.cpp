#include "core/storage/vault/spool.h"
#include "tests/core/storage/vault/vault_fixture.h"

#include <QDir>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTemporaryDir>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

static constexpr int kFrame = 64 * 1024;
static constexpr int kSealedFrame = kFrame + 28;
static constexpr int kHeader = 52;

class SpoolTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_root;
    std::unique_ptr<Workspace> m_workspace;

    QString path(const QString& name = u"bulk"_s) const { return m_workspace->spoolDir() + u'/' + name + u".spool"_s; }
    std::unique_ptr<SpoolWriter> writer(const QString& name = u"bulk"_s) const {
        auto opened = SpoolWriter::open(*m_workspace, name);
        if (!opened) qFatal("%s", qPrintable(opened.error().detail));
        return *std::move(opened);
    }
    void write(const QByteArray& bytes) const {
        QFile::remove(path());
        const auto spool = writer();
        if (!spool->accept(bytes) || !spool->close()) qFatal("cannot write");
    }
    // Everything a reader gives from `offset`, lines rejoined; empty error when it ended well.
    struct Reading {
        QByteArray text;
        int lines = 0;
        int torn = 0;
        std::optional<Error> error;
    };
    Reading readFrom(qint64 offset) const {
        Reading reading;
        auto opened = SpoolReader::open(*m_workspace, u"bulk"_s, offset);
        if (!opened) return {{}, 0, 0, opened.error()};
        SpoolReader::Line line;
        for (;;) {
            const auto more = (*opened)->next(line);
            if (!more) reading.error = more.error();
            if (!more || !*more) return reading;
            reading.text.append(line.text.data(), static_cast<qsizetype>(line.text.size()));
            if (!line.isTorn) reading.text += '\n';
            ++reading.lines;
            reading.torn += line.isTorn;
        }
    }
    static QByteArray randomLines(qint64 size, quint32 seed) {
        QRandomGenerator random(seed);
        QByteArray bytes;
        bytes.reserve(size);
        while (bytes.size() < size) {
            const int length = random.bounded(20) == 0 ? random.bounded(200'000) : random.bounded(400);
            bytes += QByteArray(length, static_cast<char>('a' + random.bounded(26)));
            bytes += '\n';
        }
        bytes.truncate(size);
        return bytes;
    }

private Q_SLOTS:
    void init() {
        m_workspace.reset();
        m_root = std::make_unique<QTemporaryDir>();
        auto made = Workspace::create(m_root->filePath(u"w"_s), keyOf('k'), KeySource::KeyFile);
        VERIFY_OK(made);
        m_workspace = *std::move(made);
    }

    void readsLinesBackFromAnyOffset() {
        const QByteArray bytes = randomLines(3 * kFrame + 777, 1) + "end\n";
        write(bytes);
        QRandomGenerator random(2);
        for (int i = 0; i < 60; ++i) {
            const qint64 offset = i == 0 ? 0 : i == 1 ? bytes.size() : random.bounded(bytes.size());
            const Reading reading = readFrom(offset);
            QVERIFY(!reading.error);
            QCOMPARE(reading.text, bytes.mid(offset));
            QCOMPARE(reading.torn, 0);
        }
        const auto beyond = SpoolReader::open(*m_workspace, u"bulk"_s, bytes.size() + 1);
        QVERIFY(!beyond);
        QCOMPARE(beyond.error().kind, ErrorKind::Invalid);
    }

    void saysOffsetsThatAreCheckpoints() {
        const QByteArray bytes = randomLines(2 * kFrame, 3);
        write(bytes);
        auto reader = SpoolReader::open(*m_workspace, u"bulk"_s, 0);
        VERIFY_OK(reader);
        SpoolReader::Line line;
        qint64 at = 0;
        while (*(*reader)->next(line)) {
            at = bytes.indexOf('\n', at) < 0 ? bytes.size() : bytes.indexOf('\n', at) + 1;
            QCOMPARE(line.nextOffset, at);
        }
        QCOMPARE(at, bytes.size());
    }

    void handlesEverySizeAroundAFrame() {
        for (const qint64 size : {0, 1, 2, kFrame - 1, kFrame, kFrame + 1, 4 * kFrame, 5 * kFrame, 5 * kFrame + 1}) {
            const QByteArray bytes = randomLines(size, 4);
            write(bytes);
            const Reading reading = readFrom(0);
            QVERIFY2(!reading.error, qPrintable(reading.error ? reading.error->detail : QString()));
            QCOMPARE(reading.text, bytes);
            QCOMPARE(reading.torn, size > 0 && !bytes.endsWith('\n') ? 1 : 0);
            QCOMPARE(writer()->size(), size);
        }
    }

    void keepsPaddingReadableBehindEveryLine() {
        write("{\"a\":1}\n{\"b\":2}");
        auto reader = SpoolReader::open(*m_workspace, u"bulk"_s, 0);
        SpoolReader::Line line;
        unsigned sum = 0;
        while (*(*reader)->next(line))
            for (size_t i = 0; i < 64; ++i)
                sum += static_cast<unsigned char>(line.text.data()[line.text.size() + i]); // ASan watches
        QVERIFY(sum > 0);
    }

    void skipsALineThatIsTooLong() {
        const QByteArray longLine(static_cast<qsizetype>(SpoolReader::maxLine) + 1, 'x');
        write("first\n" + longLine + "\nlast\n");
        auto reader = SpoolReader::open(*m_workspace, u"bulk"_s, 0);
        SpoolReader::Line line;
        QVERIFY(*(*reader)->next(line));
        QCOMPARE(line.text, std::string_view("first"));
        QVERIFY(*(*reader)->next(line));
        QVERIFY(line.isTorn && line.text.empty());
        QCOMPARE(line.nextOffset, 6 + longLine.size() + 1);
        QVERIFY(*(*reader)->next(line));
        QCOMPARE(line.text, std::string_view("last"));
        QVERIFY(!*(*reader)->next(line));
    }

    void goesOnWhereItWasInterrupted() {
        const QByteArray bytes = randomLines(6 * kFrame + 99, 5);
        QRandomGenerator random(6);
        for (int round = 0; round < 8; ++round) {
            QFile::remove(path());
            for (qint64 have = 0; have < bytes.size();) {
                const auto spool = writer();
                have = spool->size();
                const qint64 count = std::min<qint64>(bytes.size() - have, random.bounded(3 * kFrame));
                VERIFY_OK(spool->accept(QByteArrayView(bytes).sliced(have, count)));
                have += count;
                // Some attempts are closed (a network error), some just end (a kill).
                if (have == bytes.size() || random.bounded(2)) VERIFY_OK(spool->close());
            }
            QCOMPARE(readFrom(0).text, bytes);
        }
    }

    void cutsATornFrameWhereverTheKillHit() {
        const QByteArray bytes = randomLines(3 * kFrame + 500, 7);
        write(bytes);
        const QByteArray whole = contentOf(path());
        QRandomGenerator random(8);
        for (int i = 0; i < 60; ++i) {
            const qint64 length = i < 5 ? whole.size() - i : random.bounded(whole.size());
            QVERIFY(overwrite(path(), whole.left(length)));
            {
                const auto spool = writer();
                const qint64 have = spool->size();
                const qint64 expected = length == whole.size() ? bytes.size()
                                        : length < kHeader     ? 0
                                                               : (length - kHeader) / kSealedFrame * kFrame;
                QCOMPARE(have, expected);
                VERIFY_OK(spool->accept(QByteArrayView(bytes).sliced(have)));
                VERIFY_OK(spool->close());
            }
            QCOMPARE(readFrom(0).text, bytes);
        }
    }

    void refusesToReadWhatWasNeverClosedOrWasCut() {
        const QByteArray bytes = randomLines(2 * kFrame + 10, 9);
        write(bytes);
        const QByteArray whole = contentOf(path());
        for (const qint64 cut : {kHeader + kSealedFrame, kHeader + 2 * kSealedFrame, kHeader + kSealedFrame + 5000,
                                 static_cast<int>(whole.size()) - 1}) {
            QVERIFY(overwrite(path(), whole.left(cut)));
            const Reading reading = readFrom(0);
            QVERIFY(reading.error);
            QCOMPARE(reading.error->cause, ErrorCause::DamagedFile);
        }
    }

    void detectsEveryFlippedBitAndMovedFrame() {
        const QByteArray bytes = randomLines(3 * kFrame + 2000, 10);
        write(bytes);
        const QByteArray whole = contentOf(path());
        QRandomGenerator random(11);
        int flips = 0;
        for (; flips < 120; ++flips) {
            const qint64 bit = random.bounded(whole.size() * 8);
            QVERIFY(overwrite(path(), withBitFlipped(whole, bit)));
            const Reading reading = readFrom(0);
            QVERIFY2(reading.error, qPrintable(u"bit %1"_s.arg(bit)));
            QCOMPARE(reading.error->cause, ErrorCause::DamagedFile);
            QVERIFY(bytes.startsWith(reading.text));
        }
        const QByteArray first = whole.mid(kHeader, kSealedFrame);
        const QByteArray second = whole.mid(kHeader + kSealedFrame, kSealedFrame);
        QVERIFY(overwrite(path(), whole.left(kHeader) + second + first + whole.mid(kHeader + 2 * kSealedFrame)));
        QVERIFY(readFrom(0).error);
        // Another name's file does not pass for this one.
        QVERIFY(overwrite(path(u"other"_s), whole));
        VERIFY_CAUSE(SpoolReader::open(*m_workspace, u"other"_s, 0), ErrorCause::DamagedFile);
        qInfo("%d bit flips, all detected", flips);
    }

    void refusesAnotherWorkspacesSpool() {
        write("secret\n");
        const QByteArray whole = contentOf(path());
        auto other = Workspace::create(m_root->filePath(u"other"_s), keyOf('o'), KeySource::KeyFile);
        VERIFY_OK(other);
        QVERIFY(QDir().mkpath((*other)->spoolDir()));
        QVERIFY(overwrite((*other)->spoolDir() + u"/bulk.spool"_s, whole));
        VERIFY_CAUSE(SpoolReader::open(**other, u"bulk"_s, 0), ErrorCause::DamagedFile);
        VERIFY_CAUSE(SpoolWriter::open(**other, u"bulk"_s), ErrorCause::DamagedFile);
        QCOMPARE(contentOf((*other)->spoolDir() + u"/bulk.spool"_s), whole);
    }

    void leavesNoPlainTextOnDisk() {
        QByteArray bytes;
        for (int i = 0; i < 20'000; ++i)
            bytes += "{\"email\":\"PLAINMARK\"}\n";
        write(bytes);
        QCOMPARE(contentOf(path()).indexOf("PLAIN"), -1);
        QCOMPARE(contentOf(path()).indexOf("email"), -1);
        QCOMPARE(QFile::permissions(path()) & QFileDevice::Permissions(0x0077), QFileDevice::Permissions());
    }

    void refusesNamesThatArePaths() {
        for (const QString& name : {u""_s, u"../x"_s, u"a/b"_s, u".hidden"_s, u"a\\b"_s, u"a\nb"_s})
            QVERIFY(!SpoolWriter::open(*m_workspace, name));
    }

    void saysNotFoundAndRemovesQuietly() {
        QCOMPARE(SpoolReader::open(*m_workspace, u"none"_s, 0).error().kind, ErrorKind::NotFound);
        VERIFY_OK(SpoolReader::remove(*m_workspace, u"none"_s));
        write("x\n");
        VERIFY_OK(SpoolReader::remove(*m_workspace, u"bulk"_s));
        QVERIFY(!QFile::exists(path()));
    }

    void readsFast() {
        constexpr int kBlocks = 2;
        QByteArray block;
        while (block.size() < 8 * 1024 * 1024)
            block += "{\"id\":\"gid://shopify/Customer/1\",\"email\":\"someone@example.com\",\"displayName\":\"Some "
                     "One\"}\n";
        {
            const auto spool = writer();
            for (int i = 0; i < kBlocks; ++i)
                VERIFY_OK(spool->accept(block));
            VERIFY_OK(spool->close());
        }
        auto reader = SpoolReader::open(*m_workspace, u"bulk"_s, 0);
        SpoolReader::Line line;
        QElapsedTimer timer;
        timer.start();
        qint64 lines = 0;
        while (*(*reader)->next(line))
            ++lines;
        const double megabytes = static_cast<double>(line.nextOffset) / 1e6;
        QCOMPARE(line.nextOffset, block.size() * kBlocks);
        qInfo("%lld lines, %.0f MB/s decrypted and split", lines,
              megabytes / (static_cast<double>(timer.nsecsElapsed()) / 1e9));
    }
};

QTEST_GUILESS_MAIN(SpoolTest)
#include "tst_spool.moc"
