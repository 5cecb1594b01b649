#include "core/adapters/secrets/keychain_secret_store.h"

#include <QCoreApplication>
#include <QThread>
#include <QUuid>

#include <qt6keychain/keychain.h>

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

struct Answer {
    QKeychain::Error error = QKeychain::NoError;
    QString errorString;
    QByteArray data;
};

// Filled on the keychain thread, awaited on the caller's; shared, so that an answer after the wait finds a home.
struct Pending {
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<Answer> answer;

    void set(Answer value) {
        {
            const std::lock_guard lock(mutex);
            answer = std::move(value);
        }
        changed.notify_all();
    }
    std::optional<Answer> wait(int ms) {
        std::unique_lock lock(mutex);
        changed.wait_for(lock, std::chrono::milliseconds(ms), [this] { return answer.has_value(); });
        return answer;
    }
};

// QtKeychain runs jobs one after another through an executor that belongs to whatever thread started the first job
// ever; should that thread end, no later job of the process finishes. So all jobs run on one thread with an event loop
// of its own (QThread::run), which lives as long as the application.
class KeychainThread {
public:
    static QObject& context() {
        static auto* const thread = new KeychainThread; // never destroyed: a job may be late
        return *thread->m_context;
    }

private:
    KeychainThread() : m_context(new QObject) {
        m_context->moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, m_context, &QObject::deleteLater);
        m_thread.setObjectName(u"keychain"_s);
        m_thread.start();
        running = &m_thread;
        qAddPostRoutine([] {
            running->quit();
            running->wait(2000);
        });
    }
    static inline QThread* running = nullptr;
    QThread m_thread;
    QObject* m_context;
};

Answer answerOf(QKeychain::Job* job) {
    auto* reading = qobject_cast<QKeychain::ReadPasswordJob*>(job);
    return {job->error(), job->errorString(), reading ? reading->binaryData() : QByteArray()};
}

// `make` runs on the keychain thread and returns a job that is ready to start.
template <typename Make>
std::optional<Answer> run(int waitMs, Make make) {
    const auto pending = std::make_shared<Pending>();
    const auto start = [pending, make] {
        QKeychain::Job* job = make(); // deletes itself when done
        QObject::connect(job, &QKeychain::Job::finished, job,
                         [pending](QKeychain::Job* done) { pending->set(answerOf(done)); });
        job->start();
    };
    QMetaObject::invokeMethod(&KeychainThread::context(), start, Qt::QueuedConnection);
    return pending->wait(waitMs);
}

Error errorOf(const std::optional<Answer>& answer) {
    if (!answer) return {ErrorKind::Storage, u"the keychain did not answer in time"_s, ErrorCause::NoSecretService};
    switch (answer->error) {
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return {ErrorKind::Refused, u"the keychain refused: "_s + answer->errorString, ErrorCause::NoSecretService};
    default:
        return {ErrorKind::Storage, u"no usable keychain: "_s + answer->errorString, ErrorCause::NoSecretService};
    }
}

} // namespace

KeychainSecretStore::KeychainSecretStore(QString service, int waitMs)
    : m_service(std::move(service)), m_waitMs(waitMs) {}

Result<std::optional<SecretString>> KeychainSecretStore::read(const QString& name) {
    auto answer = run(m_waitMs, [service = m_service, name] {
        auto* job = new QKeychain::ReadPasswordJob(service);
        job->setKey(name);
        return job;
    });
    if (answer && answer->error == QKeychain::EntryNotFound) return std::optional<SecretString>();
    if (!answer || answer->error != QKeychain::NoError) return errorOf(answer);
    return std::optional<SecretString>(SecretString::takeFrom(answer->data));
}

Result<void> KeychainSecretStore::write(const QString& name, const SecretString& secret) {
    const auto answer = run(m_waitMs, [service = m_service, name, secret] {
        auto* job = new QKeychain::WritePasswordJob(service);
        job->setKey(name);
        job->setBinaryData(QByteArray(secret.reveal().data(), static_cast<qsizetype>(secret.size())));
        return job;
    });
    if (!answer || answer->error != QKeychain::NoError) return errorOf(answer);
    AIVA_TRY(const auto kept, read(name));
    if (kept && kept->equals(secret)) return {};
    return Error{ErrorKind::Storage, u"the keychain did not keep what was written"_s, ErrorCause::NoSecretService};
}

Result<void> KeychainSecretStore::remove(const QString& name) {
    const auto answer = run(m_waitMs, [service = m_service, name] {
        auto* job = new QKeychain::DeletePasswordJob(service);
        job->setKey(name);
        return job;
    });
    if (answer && (answer->error == QKeychain::NoError || answer->error == QKeychain::EntryNotFound)) return {};
    return errorOf(answer);
}

Result<void> KeychainSecretStore::probe() {
    const QString name = u"canary/"_s + QUuid::createUuid().toString(QUuid::WithoutBraces);
    const SecretString canary(QUuid::createUuid().toByteArray().toStdString());
    AIVA_CHECK(write(name, canary));
    AIVA_CHECK(remove(name));
    AIVA_TRY(const auto left, read(name));
    if (!left) return {};
    return Error{ErrorKind::Storage, u"the keychain does not forget what is removed"_s, ErrorCause::NoSecretService};
}

} // namespace aiva
