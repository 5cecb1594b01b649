// First sync of a mailbox beside mbsync (isync): the same 10,000 mails of 2 kB, the same Dovecot, TLS, runs in turn.
//   bench_mail AIVACTL [MAILS [RUNS]]
// Prints one JSON line a row of the bench table.
#include "tests/support/mail_rig.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace aiva;
using namespace aiva::test;
using namespace Qt::StringLiterals;

namespace {

struct Run {
    double seconds = 0;
    double firstSeconds = 0; // until 200 mails were readable
    double cpuSeconds = 0;   // of the client, all threads
    double megabytes = 0;    // peak resident
    bool ok = false;
};

QByteArray mail(int number) {
    const QByteArray id = QByteArray::number(number);
    QByteArray text;
    for (int i = 0; text.size() < 1'700; ++i)
        text += "Hello, I ordered lamp " + QByteArray::number((number * 31 + i * 7) % 997) + " in colour " +
                QByteArray::number((number + i) % 89) + " and wonder where the parcel is by now.\n";
    return "Return-Path: <kim@home.example>\nFrom: Kim " + id + " <kim" + QByteArray::number(number % 4'000) +
           "@home.example>\nTo: support@shop.example\nMessage-ID: <bench-" + id +
           "@home.example>\nDate: Mon, 02 Feb 2026 14:02:03 +0000\nMIME-Version: 1.0\nContent-Type: text/plain; "
           "charset=utf-8\nSubject: Where is order #" +
           QByteArray::number(1'000 + number) + "?\n\n" + text;
}

// Runs to its end; standard output is read line by line, so that progress has a time.
Run timed(const QStringList& command, int readable) {
    int out[2];
    if (pipe(out) != 0) return {};
    std::vector<QByteArray> words;
    std::vector<char*> arguments;
    for (const QString& word : command)
        words.push_back(word.toUtf8());
    for (QByteArray& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    QElapsedTimer timer;
    timer.start();
    const pid_t child = fork();
    if (child == 0) {
        dup2(out[1], STDOUT_FILENO);
        close(out[0]);
        close(out[1]);
        execv(arguments[0], arguments.data());
        _exit(127);
    }
    close(out[1]);
    Run run;
    FILE* lines = fdopen(out[0], "r");
    char* line = nullptr;
    size_t room = 0;
    while (getline(&line, &room, lines) > 0) {
        const QJsonObject said = QJsonDocument::fromJson(line).object();
        if (run.firstSeconds == 0 && said.value(u"done"_s).toInt() >= readable)
            run.firstSeconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    }
    free(line);
    fclose(lines);
    int status = 0;
    rusage usage{};
    wait4(child, &status, 0, &usage);
    run.seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    const auto secondsOf = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    run.cpuSeconds = secondsOf(usage.ru_utime) + secondsOf(usage.ru_stime);
    run.megabytes = static_cast<double>(usage.ru_maxrss) / 1024;
    run.ok = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return run;
}

class Contest {
public:
    Contest(MailRig& rig, QString ctl, int mails) : m_rig(rig), m_ctl(std::move(ctl)), m_mails(mails) {
        m_user = rig.freshUser();
        for (int i = 1; i <= mails; ++i)
            rig.deliver(m_user, mail(i));
        write(m_dir.filePath(u"ca.pem"_s), rig.caCertificates());
    }

    Run aiva() {
        QTemporaryDir dir;
        const QStringList base{m_ctl,           u"--workspace"_s,       dir.filePath(u"workspace"_s),
                               u"--key-file"_s, dir.filePath(u"key"_s), u"--json"_s};
        const MailAccount account = m_rig.account(m_user);
        const QStringList connect{u"mail"_s,
                                  u"connect"_s,
                                  u"--address"_s,
                                  MailRig::address(m_user),
                                  u"--imap"_s,
                                  u"%1:%2"_s.arg(account.imap.host).arg(account.imap.port),
                                  u"--ca-file"_s,
                                  m_dir.filePath(u"ca.pem"_s),
                                  u"--password-stdin"_s};
        if (!prepare(base + QStringList{u"workspace"_s, u"init"_s}) || !prepare(base + connect, password() + '\n'))
            return {};
        Run run = timed(base + QStringList{u"mail"_s, u"sync"_s}, std::min(200, m_mails));
        QProcess info;
        info.start(m_ctl, base.mid(1) + QStringList{u"workspace"_s, u"info"_s});
        run.ok = run.ok && info.waitForFinished() &&
                 QJsonDocument::fromJson(info.readAllStandardOutput())[u"counts"_s][u"messages"_s].toInt() == m_mails;
        return run;
    }

    // Its best case: nothing is forced to disk, and only this folder is pulled.
    Run mbsync(const QString& program) {
        QTemporaryDir dir;
        const MailAccount account = m_rig.account(m_user);
        write(dir.filePath(u"rc"_s),
              "FSync no\nIMAPAccount a\nHost " + account.imap.host.toUtf8() + "\nPort " +
                  QByteArray::number(account.imap.port) + "\nUser " + account.userName.toUtf8() + "\nPass \"" +
                  password() + "\"\nSSLType IMAPS\nCertificateFile " + m_dir.filePath(u"ca.pem"_s).toUtf8() +
                  "\n\nIMAPStore far\nAccount a\n\nMaildirStore near\nPath " + dir.path().toUtf8() + "/\nInbox " +
                  dir.path().toUtf8() +
                  "/INBOX\n\nChannel c\nFar :far:\nNear :near:\nPatterns INBOX\nCreate Near\nSync Pull\nSyncState *\n");
        Run run = timed({program, u"-q"_s, u"-c"_s, dir.filePath(u"rc"_s), u"c"_s}, m_mails);
        const auto stored = QDir(dir.filePath(u"INBOX/cur"_s)).entryList(QDir::Files).size() +
                            QDir(dir.filePath(u"INBOX/new"_s)).entryList(QDir::Files).size();
        run.ok = run.ok && stored == m_mails;
        return run;
    }

private:
    static void write(const QString& path, const QByteArray& content) {
        QFile file(path);
        if (file.open(QIODevice::WriteOnly)) file.write(content);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    }
    QByteArray password() const {
        const SecretString secret = MailRig::password(m_user);
        return QByteArray(secret.reveal().data(), static_cast<qsizetype>(secret.reveal().size()));
    }
    static bool prepare(const QStringList& command, const QByteArray& input = {}) {
        QProcess process;
        process.start(command.first(), command.mid(1));
        process.write(input);
        process.closeWriteChannel();
        return process.waitForFinished() && process.exitCode() == 0;
    }

    MailRig& m_rig;
    const QString m_ctl;
    const int m_mails;
    QString m_user;
    QTemporaryDir m_dir;
};

Run median(std::vector<Run> runs) {
    std::sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) { return a.seconds < b.seconds; });
    return runs[runs.size() / 2];
}

QString text(const Run& run, int mails) {
    return u"%1 s (CPU %2 s), %3 mails/s, %4 MB"_s.arg(run.seconds, 0, 'f', 2)
        .arg(run.cpuSeconds, 0, 'f', 2)
        .arg(qRound(mails / run.seconds))
        .arg(qRound(run.megabytes));
}

void print(const QJsonObject& row) {
    std::printf("%s\n", QJsonDocument(row).toJson(QJsonDocument::Compact).constData());
}

} // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int mails = arguments.size() > 2 ? arguments[2].toInt() : 10'000;
    const int runs = arguments.size() > 3 ? arguments[3].toInt() : 3;
    const QString what = u"first sync of %1 mails over TLS"_s.arg(mails);
    if (!MailRig::missing().isEmpty()) return print({{u"what"_s, what}, {u"figure"_s, MailRig::missing()}}), 0;
    MailRig rig;
    if (!rig.start()) return std::fprintf(stderr, "%s\n", qPrintable(rig.error())), 1;
    Contest contest(rig, arguments.value(1), mails);
    const QString peer = QStandardPaths::findExecutable(u"mbsync"_s);
    contest.aiva(); // the server's own caches are warm from here on
    std::vector<Run> ours;
    std::vector<Run> theirs;
    for (int i = 0; i < runs; ++i) { // in turn, so that a machine that drifts drifts for both
        ours.push_back(contest.aiva());
        if (!peer.isEmpty()) theirs.push_back(contest.mbsync(peer));
        if (!ours.back().ok || (!theirs.empty() && !theirs.back().ok))
            return std::fprintf(stderr, "a run did not bring every mail\n"), 1;
    }
    const Run aiva = median(ours);
    QJsonObject row{{u"what"_s, what}, {u"figure"_s, text(aiva, mails)}, {u"target"_s, u"≤ 1.2×"_s}};
    if (theirs.empty()) {
        row.insert(u"peer"_s, u"mbsync is not installed"_s);
    } else {
        const Run mbsync = median(theirs);
        row.insert(u"peer"_s, u"mbsync: "_s + text(mbsync, mails));
        row.insert(u"ratio"_s, u"%1× the time"_s.arg(aiva.seconds / mbsync.seconds, 0, 'f', 2));
    }
    print(row);
    print({{u"what"_s, u"first 200 of them readable"_s},
           {u"figure"_s, u"%1 ms"_s.arg(qRound(aiva.firstSeconds * 1000))},
           {u"target"_s, u""_s}});
    return 0;
}
