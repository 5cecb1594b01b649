#include "tests/support/programs.h"

#include "tests/support/corpora.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QProcessEnvironment>
#include <QTemporaryDir>

namespace aiva::test {

namespace {

bool copyFolder(const QString& from, const QString& to) {
    if (!QDir().mkpath(to)) return false;
    const QDir source(from);
    for (const QFileInfo& entry : source.entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)) {
        const QString target = to + QLatin1Char('/') + entry.fileName();
        const bool isCopied =
            entry.isDir() ? copyFolder(entry.filePath(), target) : QFile::copy(entry.filePath(), target);
        if (!isCopied) return false;
    }
    return true;
}

} // namespace

QJsonObject Finished::json() const {
    return QJsonDocument::fromJson(out).object();
}

QJsonObject Finished::lastLine() const {
    return QJsonDocument::fromJson(out.trimmed().split('\n').constLast()).object();
}

QJsonObject nextLine(QProcess& process, int timeoutMs) {
    QElapsedTimer waited;
    waited.start();
    while (!process.canReadLine() && waited.elapsed() < timeoutMs && process.state() != QProcess::NotRunning)
        process.waitForReadyRead(200);
    return QJsonDocument::fromJson(process.readLine()).object();
}

Ctl::Ctl(const QString& dir) : m_dir(dir) {}

QStringList Ctl::globalArguments() const {
    return {QStringLiteral("--workspace"), workspaceDir(), QStringLiteral("--key-file"), keyFile(),
            QStringLiteral("--json")};
}

bool Ctl::begin() const {
    static const QTemporaryDir home;
    static const Ctl first(home.path());
    static const bool isMade = first.run({QStringLiteral("workspace"), QStringLiteral("init")}).exitStatus == 0;
    return isMade && copyFrom(first);
}

bool Ctl::copyFrom(const Ctl& other) const {
    return copyFolder(other.workspaceDir(), workspaceDir()) && QFile::copy(other.keyFile(), keyFile());
}

Finished Ctl::run(const QStringList& arguments, const QByteArray& input, int timeoutMs) const {
    const auto process = start(arguments);
    process->write(input);
    process->closeWriteChannel();
    Finished finished;
    if (!process->waitForFinished(timeoutMs)) process->kill();
    process->waitForFinished(5'000);
    if (process->exitStatus() == QProcess::NormalExit) finished.exitStatus = process->exitCode();
    finished.out = process->readAllStandardOutput();
    finished.err = process->readAllStandardError();
    return finished;
}

std::unique_ptr<QProcess> Ctl::start(const QStringList& arguments) const {
    auto process = std::make_unique<QProcess>();
    // A whole program ends while OpenSSL still keeps generators of its threads; see the file.
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(
        QStringLiteral("LSAN_OPTIONS"),
        QStringLiteral("suppressions=%1/tests/support/openssl.supp:print_suppressions=0").arg(sourceDir()));
    process->setProcessEnvironment(environment);
    process->start(binDir() + QStringLiteral("/aivactl"), globalArguments() + arguments);
    process->waitForStarted(60'000);
    return process;
}

Sandbox::Sandbox(const QStringList& arguments) {
    m_process.start(binDir() + QStringLiteral("/aiva-sandbox"),
                    QStringList{QStringLiteral("--port"), QStringLiteral("0")} + arguments);
    m_ready = nextLine(m_process, 60'000);
}

Sandbox::~Sandbox() {
    m_process.terminate();
    if (!m_process.waitForFinished(5'000)) m_process.kill();
    m_process.waitForFinished(1'000);
}

QStringList Sandbox::connectArguments() const {
    return {QStringLiteral("store"),
            QStringLiteral("connect"),
            QStringLiteral("shopify"),
            QStringLiteral("--shop"),
            text("shop"),
            QStringLiteral("--base-url"),
            text("base_url"),
            QStringLiteral("--client-id"),
            text("client_id"),
            QStringLiteral("--client-secret-stdin")};
}

} // namespace aiva::test
