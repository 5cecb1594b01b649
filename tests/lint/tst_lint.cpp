#include "tests/lint/tst_lint.h"

#include "tests/support/corpora.h"
#include "tests/support/patience.h"

#include <QDir>
#include <QDirIterator>
#include <QMap>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

namespace {

QList<SourceFile> sourcesBelow(const QStringList& folders) {
    QList<SourceFile> files;
    const QDir root(aiva::test::sourceDir());
    for (const QString& folder : folders) {
        QDirIterator it(root.filePath(folder), {u"*.h"_s, u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            if (!file.open(QIODevice::ReadOnly)) continue;
            files.append({root.relativeFilePath(file.fileName()), QString::fromUtf8(file.readAll()).split(u'\n')});
        }
    }
    return files;
}

// The part of a line before a comment; string contents stay.
QString codeOf(const QString& line) {
    const qsizetype comment = line.indexOf(u"//"_s);
    return comment < 0 ? line : line.left(comment);
}

// "context\nsource" of every plural that has all its forms.
QSet<QString> knownPlurals() {
    QFile file(QDir(aiva::test::sourceDir()).filePath(u"translations/aiva_en.ts"_s));
    if (!file.open(QIODevice::ReadOnly)) return {};
    QSet<QString> known;
    QString context;
    QString source;
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        if (xml.name() == u"name"_s) context = xml.readElementText();
        if (xml.name() == u"source"_s) source = xml.readElementText();
        const bool isWhole = xml.name() == u"translation"_s && !xml.attributes().hasAttribute(u"type"_s);
        if (isWhole) known.insert(context + u'\n' + source);
    }
    return xml.hasError() ? QSet<QString>() : known;
}

QString joinedLiterals(const QString& literals) {
    static const QRegularExpression one(u"\"((?:[^\"\\\\]|\\\\.)*)\""_s);
    QString joined;
    for (const auto& match : one.globalMatch(literals))
        joined += match.captured(1);
    return joined.replace(u"\\\""_s, u"\""_s).replace(u"\\n"_s, u"\n"_s);
}

// Of a tr() at `place`: the class named before it, else the one whose function it stands in.
QString contextAt(const QString& text, qsizetype place, QString holder) {
    if (holder.isEmpty()) {
        static const QRegularExpression function(u"^(?:\\w[^\\n(]*?\\b)?(\\w+)::~?\\w+\\("_s,
                                                 QRegularExpression::MultilineOption);
        for (const auto& match : function.globalMatch(text.left(place)))
            holder = match.captured(1);
    }
    const QRegularExpression declared(
        u"(?:struct|class) %1 \\{[^{}]*Q_DECLARE_TR_FUNCTIONS\\(([\\w:]+)\\)"_s.arg(holder));
    const auto match = declared.match(text);
    return match.hasMatch() ? match.captured(1) : u"aiva::"_s + holder;
}

// The room a file lives in: the longest known prefix.
QString roomOf(const QString& path) {
    static const QStringList rooms{u"core/base"_s,
                                   u"core/domain"_s,
                                   u"core/ports"_s,
                                   u"core/storage"_s,
                                   u"core/adapters/tls"_s,
                                   u"core/adapters/http"_s,
                                   u"core/adapters/csv"_s,
                                   u"core/adapters/secrets"_s,
                                   u"core/adapters/spelling"_s,
                                   u"core/adapters/store"_s,
                                   u"core/adapters/mail"_s,
                                   u"core/adapters/oauth"_s,
                                   u"core/adapters/pictures"_s,
                                   u"core/adapters/model"_s,
                                   u"core/adapters/webhook"_s,
                                   u"core/adapters/pubsub"_s,
                                   u"core/sync"_s,
                                   u"core/webhook"_s,
                                   u"core/mailbox"_s,
                                   u"core/team"_s,
                                   u"core/outbox"_s,
                                   u"core/readmodel"_s,
                                   u"core/privacy"_s,
                                   u"core/answer"_s,
                                   u"core/desk"_s,
                                   u"ui"_s,
                                   u"app"_s};
    for (const QString& room : rooms)
        if (path.startsWith(room + u'/')) return room;
    return {};
}

// What each room may include besides itself.
QStringList allowedFor(const QString& room) {
    static const QStringList pure{u"core/base"_s, u"core/domain"_s};
    static const QMap<QString, QStringList> allowed{
        {u"core/base"_s, {}},
        {u"core/domain"_s, {u"core/base"_s}},
        {u"core/ports"_s, pure},
        {u"core/storage"_s, pure + QStringList{u"core/ports"_s}},
        {u"core/adapters/tls"_s, pure},
        {u"core/adapters/http"_s, pure + QStringList{u"core/ports"_s, u"core/adapters/tls"_s}},
        {u"core/adapters/csv"_s, pure + QStringList{u"core/ports"_s}},
        {u"core/adapters/secrets"_s, pure + QStringList{u"core/ports"_s}},
        {u"core/adapters/spelling"_s, pure + QStringList{u"core/ports"_s}},
        {u"core/adapters/store"_s,
         pure + QStringList{u"core/ports"_s, u"core/adapters/http"_s, u"core/adapters/oauth"_s}},
        {u"core/adapters/mail"_s, pure + QStringList{u"core/ports"_s, u"core/adapters/tls"_s}},
        {u"core/adapters/oauth"_s, pure + QStringList{u"core/ports"_s, u"core/adapters/http"_s}},
        {u"core/adapters/model"_s, pure + QStringList{u"core/ports"_s, u"core/adapters/http"_s}},
        {u"core/adapters/pictures"_s, pure + QStringList{u"core/ports"_s, u"core/adapters/http"_s}},
        {u"core/adapters/webhook"_s, pure + QStringList{u"core/ports"_s}},
        {u"core/adapters/pubsub"_s, pure + QStringList{u"core/ports"_s, u"core/adapters/http"_s}},
        {u"core/webhook"_s, pure + QStringList{u"core/ports"_s, u"core/storage"_s}},
        {u"core/sync"_s, pure + QStringList{u"core/ports"_s, u"core/storage"_s}},
        {u"core/mailbox"_s, pure + QStringList{u"core/ports"_s, u"core/storage"_s}},
        {u"core/team"_s, pure + QStringList{u"core/ports"_s, u"core/storage"_s}},
        {u"core/outbox"_s, pure + QStringList{u"core/ports"_s, u"core/storage"_s}},
        {u"core/privacy"_s, pure + QStringList{u"core/ports"_s, u"core/storage"_s}},
        {u"core/readmodel"_s, pure + QStringList{u"core/storage"_s}},
        {u"core/answer"_s, pure + QStringList{u"core/ports"_s, u"core/storage"_s, u"core/readmodel"_s}},
        {u"core/desk"_s, pure + QStringList{u"core/ports"_s, u"core/storage"_s, u"core/sync"_s, u"core/mailbox"_s,
                                            u"core/team"_s, u"core/outbox"_s, u"core/readmodel"_s, u"core/answer"_s,
                                            u"core/webhook"_s, u"core/privacy"_s}},
        {u"ui"_s, pure + QStringList{u"core/desk"_s, u"core/readmodel"_s}},
    };
    return allowed.value(room);
}

} // namespace

void LintTest::complain(const SourceFile& file, qsizetype line, const QString& what) {
    m_problems.append(u"%1:%2: %3"_s.arg(file.path).arg(line + 1).arg(what));
}

void LintTest::forbid(const QStringList& folders, const QStringList& except, const QString& pattern,
                      const QString& what) {
    const QRegularExpression expression(pattern);
    QVERIFY(expression.isValid());
    for (const SourceFile& file : sourcesBelow(folders)) {
        const bool excepted =
            std::any_of(except.begin(), except.end(), [&](const QString& e) { return file.path.startsWith(e); });
        if (excepted) continue;
        for (qsizetype i = 0; i < file.lines.size(); ++i)
            if (codeOf(file.lines.at(i)).contains(expression) && !file.lines.at(i).contains(u"// lint: "_s))
                complain(file, i, what);
    }
}

void LintTest::init() {
    m_problems.clear();
}

void LintTest::cleanup() {
    QVERIFY2(m_problems.isEmpty(), qPrintable(m_problems.join(u'\n')));
}

void LintTest::findsTheSources() {
    QVERIFY(sourcesBelow({u"core"_s, u"ui"_s, u"app"_s}).size() > 50);
}

void LintTest::includesOnlyLowerFloors() {
    const QRegularExpression include(QStringLiteral("^\\s*#include \"([^\"]+)\""));
    for (const SourceFile& file : sourcesBelow({u"core"_s, u"ui"_s})) {
        const QString room = roomOf(file.path);
        for (qsizetype i = 0; i < file.lines.size(); ++i) {
            const auto match = include.match(file.lines.at(i));
            if (!match.hasMatch()) continue;
            const QString target = roomOf(match.captured(1));
            if (target.isEmpty()) {
                if (!match.captured(1).endsWith(u".moc"_s))
                    complain(file, i, u"include from the root: "_s + match.captured(1));
            } else if (target != room && !allowedFor(room).contains(target))
                complain(file, i, u"%1 may not include %2"_s.arg(room, match.captured(1)));
        }
    }
}

void LintTest::coreKnowsNoWidgets() {
    forbid({u"core"_s, u"app/aivactl"_s, u"app/common"_s}, {},
           QString::fromLatin1(
               R"re(#include <(QWidget|QApplication|QPainter|QColor|QFont|QIcon|QPixmap|QImage|QtWidgets|QtGui)\b)re"),
           u"Qt Widgets and Gui stop above core"_s);
}

void LintTest::keepsSqlInStorageAndReadmodel() {
    forbid({u"core"_s, u"ui"_s, u"app"_s}, {u"core/storage/"_s, u"core/readmodel/"_s},
           QString::fromLatin1(
               R"re("\s*(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|PRAGMA)\b)re"),
           u"SQL belongs to core/storage and core/readmodel"_s);
}

void LintTest::translatesOnlyInUi() {
    forbid({u"core"_s}, {}, QStringLiteral("\\btr\\(|QCoreApplication::translate\\("),
           u"sentences for people are made in ui"_s);
}

void LintTest::waitsForNoFuture() {
    forbid({u"core"_s, u"ui"_s, u"app"_s}, {},
           QStringLiteral("\\.then\\(|\\bQEventLoop\\b|\\bwaitForFinished\\(\\)|processEvents\\("),
           u"futures are consumed through whenDone and andThen; no nested loops"_s);
}

void LintTest::asksOnlyTheClockForNow() {
    forbid({u"core"_s, u"ui"_s, u"app"_s}, {u"core/base/clock"_s},
           QString::fromLatin1(
               R"re(currentDateTime|currentMSecsSinceEpoch|system_clock|QDate::currentDate|QTime::currentTime)re"),
           u"now comes from a Clock"_s);
}

void LintTest::testsArePatient() {
    forbid({u"tests"_s}, {u"tests/support/patience.h"_s}, QStringLiteral("#include <(QTest|QtTest)>"),
           u"tests include tests/support/patience.h instead"_s);
}

void LintTest::keepsColoursInTheTheme() {
    forbid(
        {u"ui"_s}, {u"ui/theme/"_s},
        QString::fromLatin1(
            R"re("#[0-9A-Fa-f]{3,8}"|QColor\(\s*\d|QColor\(u?"|Qt::(white|black|red|green|blue|yellow|gray|darkGray|lightGray)\b)re"),
        u"colours are tokens of ui/theme"_s);
}

void LintTest::keepsFilesSmall() {
    for (const SourceFile& file : sourcesBelow({u"core"_s, u"ui"_s, u"app"_s})) {
        const qsizetype limit = file.path.endsWith(u".h"_s) ? 200 : 450;
        if (file.lines.size() > limit)
            complain(file, file.lines.size() - 1, u"%1 lines; split it by purpose"_s.arg(file.lines.size()));
    }
}

void LintTest::opensHeadersWithAPurpose() {
    for (const SourceFile& file : sourcesBelow({u"core"_s, u"ui"_s, u"app"_s}))
        if (file.path.endsWith(u".h"_s) && !file.lines.value(0).startsWith(u"//"_s))
            complain(file, 0, u"a header opens with what it is"_s);
}

void LintTest::leavesNothingUnfinished() {
    forbid({u"core"_s, u"ui"_s, u"app"_s}, {}, QStringLiteral("\\bTODO\\b|\\bFIXME\\b|\\bXXX\\b"), u"unfinished"_s);
    const QRegularExpression mark(QStringLiteral("//.*\\b(TODO|FIXME|XXX)\\b"));
    for (const SourceFile& file : sourcesBelow({u"core"_s, u"ui"_s, u"app"_s}))
        for (qsizetype i = 0; i < file.lines.size(); ++i)
            if (file.lines.at(i).contains(mark)) complain(file, i, u"unfinished"_s);
}

// English has its own plurals file: without it a person reads "1 stores". A form counts under the context it is asked
// for: text that moves to another class takes its entry along.
void LintTest::hasTheFormsOfEveryPlural() {
    const QSet<QString> known = knownPlurals();
    QVERIFY(!known.isEmpty());
    // tr("…" "…", comment, number), with what stands before it.
    const QRegularExpression plural(
        QStringLiteral("(?:(\\w+)::)?\\btr\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*)+),\\s*(?:nullptr|\"[^\"]*\"),"));
    int plurals = 0;
    for (const SourceFile& source : sourcesBelow({u"ui"_s})) {
        const QString text = source.lines.join(u'\n');
        for (const auto& match : plural.globalMatch(text)) {
            ++plurals;
            const QString context = contextAt(text, match.capturedStart(), match.captured(1));
            if (!known.contains(context + u'\n' + joinedLiterals(match.captured(2))))
                complain(source, text.left(match.capturedStart()).count(u'\n'),
                         u"a plural without its forms under %1 in translations/aiva_en.ts"_s.arg(context));
        }
    }
    QVERIFY(plurals > 20);
}

void LintTest::isFormatted() {
#ifdef AIVA_CLANG_FORMAT
    QStringList arguments{u"--dry-run"_s, u"--Werror"_s, u"--style=file"_s};
    for (const SourceFile& file : sourcesBelow({u"core"_s, u"ui"_s, u"app"_s, u"tests"_s}))
        arguments.append(file.path);
    QProcess process;
    process.setWorkingDirectory(aiva::test::sourceDir());
    process.start(QStringLiteral(AIVA_CLANG_FORMAT), arguments);
    QVERIFY(process.waitForFinished(60'000));
    if (process.exitCode() != 0) m_problems.append(QString::fromUtf8(process.readAllStandardError()).left(4000));
#else
    QSKIP("clang-format is absent");
#endif
}

QTEST_GUILESS_MAIN(LintTest)
