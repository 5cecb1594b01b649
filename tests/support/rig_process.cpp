#include "tests/support/rig_process.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QHostAddress>
#include <QRandomGenerator>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>

#ifdef Q_OS_UNIX
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace aiva::test {

RigUser RigUser::current() {
    RigUser user;
#ifdef Q_OS_UNIX
    user.differs = ::geteuid() == 0;
    const passwd* entry = user.differs ? ::getpwnam("nobody") : ::getpwuid(::geteuid());
    if (!entry) return user;
    user.name = QString::fromLocal8Bit(entry->pw_name);
    user.uid = entry->pw_uid;
    user.gid = entry->pw_gid;
    if (const ::group* group = ::getgrgid(entry->pw_gid)) user.group = QString::fromLocal8Bit(group->gr_name);
#endif
    return user;
}

void RigUser::own(const QString& path) const {
#ifdef Q_OS_UNIX
    if (!differs) return;
    if (::chown(QFile::encodeName(path).constData(), uid, gid) != 0) qWarning("mail rig: cannot give a file away");
    QDirIterator below(path, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (below.hasNext())
        if (::chown(QFile::encodeName(below.next()).constData(), uid, gid) != 0)
            qWarning("mail rig: cannot give a file away");
#else
    Q_UNUSED(path)
#endif
}

RigPort::RigPort() {
    // Below the range systems hand out by themselves, so that no client socket sits on it while our server is away.
    for (int attempt = 0; attempt < 500; ++attempt) {
        const auto number = quint16(QRandomGenerator::global()->bounded(15'000, 32'000));
        auto lock = std::make_unique<QLockFile>(u"%1/aiva-mail-rig-%2.lock"_s.arg(QDir::tempPath()).arg(number));
        lock->setStaleLockTime(0);
        if (!lock->tryLock(0)) continue;
        if (QTcpServer probe; !probe.listen(QHostAddress::LocalHost, number)) continue;
        m_lock = std::move(lock);
        m_number = number;
        return;
    }
}

bool RigProcess::start(const RigUser& user, const QStringList& command, const QString& logFile) {
    QStringList arguments{u"--pdeathsig"_s, u"TERM"_s};
    if (user.differs)
        arguments << u"--reuid"_s << QString::number(user.uid) << u"--regid"_s << QString::number(user.gid)
                  << u"--clear-groups"_s;
    m_process = std::make_unique<QProcess>();
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->setStandardOutputFile(logFile, QIODevice::Append);
    m_process->setStandardInputFile(QProcess::nullDevice());
    m_process->start(u"setpriv"_s, arguments + command);
    return m_process->waitForStarted(30'000);
}

bool RigProcess::isRunning() const {
    // No event loop may have run since it died: look now.
    return m_process && m_process->state() != QProcess::NotRunning && !m_process->waitForFinished(0);
}

void RigProcess::stop() {
    if (!isRunning()) return;
    const QList<qint64> family = pids();
    signalAll(family, Signal::Continue);
    m_process->terminate();
    // Dovecot's own log process makes its master wait a second; by then the others have ended properly.
    if (m_process->waitForFinished(250)) return;
    signalAll(family, Signal::Kill);
    m_process->waitForFinished(5'000);
}

void RigProcess::kill() {
    if (!isRunning()) return;
    signalAll(pids(), Signal::Kill);
    m_process->waitForFinished(5'000);
}

QList<qint64> RigProcess::pids() const {
    QList<qint64> found;
    if (!isRunning()) return found;
    found << m_process->processId();
    for (qsizetype i = 0; i < found.size(); ++i) {
        QFile children(u"/proc/%1/task/%1/children"_s.arg(found.at(i)));
        if (!children.open(QIODevice::ReadOnly)) continue;
        for (const QByteArray& pid : children.readAll().simplified().split(' '))
            if (!pid.isEmpty()) found << pid.toLongLong();
    }
    return found;
}

void RigProcess::signalAll(const QList<qint64>& family, Signal signal) const {
#ifdef Q_OS_UNIX
    const int number = signal == Signal::Stop ? SIGSTOP : signal == Signal::Continue ? SIGCONT : SIGKILL;
    for (const qint64 pid : family)
        ::kill(pid_t(pid), number);
#else
    Q_UNUSED(family)
    Q_UNUSED(signal)
#endif
}

bool answersWith(quint16 port, const QByteArray& greeting, int ms) {
    QElapsedTimer waited;
    waited.start();
    while (waited.elapsed() < ms) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        QByteArray said;
        const bool isConnected = socket.waitForConnected(5'000);
        if (isConnected)
            while (said.size() < greeting.size() && socket.waitForReadyRead(5'000))
                said += socket.readAll();
        if (isConnected && said.startsWith(greeting)) return true;
        QThread::msleep(15);
    }
    return false;
}

} // namespace aiva::test
