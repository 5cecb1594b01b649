// One server process of the mail rig, and the loopback ports it may use. It runs as an ordinary user even when the test
// runs as root, and dies with the test.
#pragma once

#include <QList>
#include <QLockFile>
#include <QProcess>
#include <QString>

#include <memory>

namespace aiva::test {

// The ordinary account servers run as: the test's own, or "nobody" when the test is root.
struct RigUser {
    QString name;
    QString group;
    uint uid = 0;
    uint gid = 0;
    bool differs = false; // from the test's own

    static RigUser current();
    // Gives the file (or the folder with all in it) to this user; nothing to do when it is the test's own.
    void own(const QString& path) const;
};

// A port nobody else uses, kept from other rigs as long as this lives; it stays ours while our server is stopped.
class RigPort {
public:
    RigPort();
    quint16 number() const { return m_number; }

private:
    std::unique_ptr<QLockFile> m_lock;
    quint16 m_number = 0;
};

class RigProcess {
public:
    ~RigProcess() { stop(); }

    bool start(const RigUser& user, const QStringList& command, const QString& logFile);
    // TERM, then KILL for those left a quarter of a second later; waits for the end.
    void stop();
    void kill(); // KILL at once
    bool isRunning() const;
    void suspend() const { signalAll(pids(), Signal::Stop); }
    void resume() const { signalAll(pids(), Signal::Continue); }

private:
    enum class Signal { Stop, Continue, Kill };
    // This process and all its descendants.
    QList<qint64> pids() const;
    void signalAll(const QList<qint64>& family, Signal signal) const;

    std::unique_ptr<QProcess> m_process;
};

// Whether something accepts connections there, and speaks first with `greeting`; waits up to `ms`.
bool answersWith(quint16 port, const QByteArray& greeting, int ms);

} // namespace aiva::test
