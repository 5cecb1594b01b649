// The built programs as child processes: aivactl run to its end, aiva-sandbox run until the test ends. Everything is
// bounded in time; a server is stopped by its own process.
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QStringList>

#include <memory>

namespace aiva::test {

struct Finished {
    int exitStatus = -1; // -1: crashed or out of time
    QByteArray out;
    QByteArray err;

    QJsonObject json() const;     // of the whole output
    QJsonObject lastLine() const; // of the last line
};

// The next line a program prints; empty when none came in time.
QJsonObject nextLine(QProcess& process, int timeoutMs = 60'000);

// aivactl with a workspace and key file of its own.
class Ctl {
public:
    explicit Ctl(const QString& dir);

    QString workspaceDir() const { return m_dir + QStringLiteral("/workspace"); }
    QString keyFile() const { return m_dir + QStringLiteral("/key"); }
    QStringList globalArguments() const;

    // What `workspace init` leaves. Made once in a test's life, which takes a second where sanitizers watch, and copied
    // from then on. False when it could not be made.
    bool begin() const;
    // The workspace and the key of another as they are now, while no program has them open. False when something could
    // not be copied.
    bool copyFrom(const Ctl& other) const;

    Finished run(const QStringList& arguments, const QByteArray& input = {}, int timeoutMs = 180'000) const;
    // Started but not waited for, for tests that kill it.
    std::unique_ptr<QProcess> start(const QStringList& arguments) const;

private:
    QString m_dir;
};

// aiva-sandbox on a free port; stopped with the object.
class Sandbox {
public:
    // `arguments` beside --port 0. isRunning() tells whether it became ready.
    explicit Sandbox(const QStringList& arguments);
    ~Sandbox();

    bool isRunning() const { return !m_ready.isEmpty(); }
    QJsonObject ready() const { return m_ready; } // the line it printed
    QString text(const char* field) const { return m_ready.value(QLatin1String(field)).toString(); }
    // Arguments and standard input of `store connect shopify` for this sandbox.
    QStringList connectArguments() const;
    QByteArray connectInput() const { return text("client_secret").toUtf8() + '\n'; }

private:
    QProcess m_process;
    QJsonObject m_ready;
};

} // namespace aiva::test
