#include "core/privacy/person_export.h"

#include "core/privacy/export_page.h"
#include "core/privacy/privacy_audit.h"
#include "core/storage/privacy/person_records.h"
#include "core/storage/webhooks/webhook_privacy_tasks.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QTemporaryDir>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kAnyEntry = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;

Error cannotWrite(const QString& path) {
    return {ErrorKind::Storage, u"%1 cannot be written; is the disk full or read-only?"_s.arg(path)};
}

Result<void> writeNew(const QString& path, const QByteArray& content) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly)) return cannotWrite(path);
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (file.write(content) != content.size() || !file.flush()) return cannotWrite(path);
    return {};
}

// Written beside its place and moved there whole.
class ExportFolder {
public:
    static Result<std::unique_ptr<ExportFolder>> begin(const QString& dir) {
        const QString path = QDir::cleanPath(QFileInfo(dir).absoluteFilePath());
        const QFileInfo info(path);
        if (info.exists() && (!info.isDir() || !QDir(path).isEmpty(kAnyEntry)))
            return Error{ErrorKind::Conflict, u"there is something in %1 already; name a new folder"_s.arg(path)};
        if (!QDir().mkpath(info.absolutePath())) return cannotWrite(info.absolutePath());
        std::unique_ptr<ExportFolder> made(new ExportFolder(path));
        if (!made->m_work.isValid() || !QDir(made->m_work.path()).mkdir(u"files"_s)) return cannotWrite(path);
        QFile::setPermissions(made->m_work.filePath(u"files"_s),
                              QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
        return made;
    }

    Result<void> write(const QString& name, const QByteArray& content) {
        return writeNew(m_work.filePath(name), content);
    }

    Result<void> add(const PersonFile& file) {
        const QString name = u"%1-%2-%3"_s.arg(file.part).arg(file.id).arg(safeFileName(file.name));
        AIVA_CHECK(write(u"files/"_s + name, file.content));
        m_files << name;
        return {};
    }

    const QStringList& files() const { return m_files; }

    Result<void> finish() {
        QDir().rmdir(m_path); // an empty one was asked for
        if (!QDir().rename(m_work.path(), m_path)) return cannotWrite(m_path);
        m_work.setAutoRemove(false);
        return {};
    }

    // What was moved into its place after all, for somebody whose transaction failed.
    void undo() { QDir(m_path).removeRecursively(); }

private:
    explicit ExportFolder(const QString& path) : m_path(path), m_work(path + u".XXXXXX"_s) {}

    QString m_path;
    QTemporaryDir m_work; // mode 0700
    QStringList m_files;
};

Result<qint64> closeDataRequests(Database& writer, const PersonRows& person, PrivacyTaskId answered, UtcTime at) {
    AIVA_TRY(const auto tasks, PrivacyTasks::create(writer));
    AIVA_TRY(const std::vector<PrivacyTask> pending, tasks->pending());
    qint64 closed = 0;
    for (const PrivacyTask& task : pending) {
        if (task.kind != "data_request"_L1 || (task.id != answered && !isAbout(task, person))) continue;
        AIVA_CHECK(tasks->setDone(task.id, at));
        ++closed;
    }
    return closed;
}

QByteArray personJson(const std::vector<PersonPart>& parts, const QStringList& files, UtcTime at) {
    QJsonObject rows;
    for (const PersonPart& part : parts)
        rows.insert(part.name, part.rows);
    return QJsonDocument(QJsonObject{{u"format"_s, u"aiva person export 1"_s},
                                     {u"made_at"_s, at.isoText()},
                                     {u"parts"_s, rows},
                                     {u"files"_s, QJsonArray::fromStringList(files)}})
        .toJson();
}

Result<QStringList> pseudonymsOf(Database& writer, const PersonRows& person) {
    AIVA_TRY(const auto marks, ErasureMarks::create(writer));
    QStringList pseudonyms;
    for (const QString& address : person.addresses) {
        AIVA_TRY(const QByteArray pseudonym, marks->pseudonym(address.toStdString()));
        pseudonyms << QString::fromLatin1(pseudonym);
    }
    return pseudonyms;
}

} // namespace

QJsonObject toJson(const PersonExport& exported) {
    QJsonObject rows;
    for (auto part = exported.rows.begin(); part != exported.rows.end(); ++part)
        rows.insert(part.key(), part.value());
    return {{u"rows"_s, rows}, {u"files"_s, exported.files}, {u"requests_closed"_s, exported.tasks}};
}

Result<PersonExport> exportPerson(Database& writer, const Clock& clock, const PersonQuestion& question,
                                  const QString& dir, AuditActor actor, PrivacyTaskId answers) {
    const UtcTime now = clock.now();
    // One moment of the cache; and whatever is given away is written down.
    AIVA_TRY(const auto transaction, Transaction::begin(writer));
    AIVA_TRY(const PersonRows person, findPerson(writer, question));
    if (person.isEmpty()) return Error{ErrorKind::NotFound, u"nobody is known by this address"_s};
    AIVA_TRY(const auto folder, ExportFolder::begin(dir));
    AIVA_TRY(const auto records, PersonRecords::create(writer, person));
    AIVA_TRY(const QStringList pseudonyms, pseudonymsOf(writer, person));
    AIVA_TRY(std::vector<PersonPart> parts, records->parts(pseudonyms));
    makeReadable(parts);
    AIVA_CHECK(records->files([&folder](const PersonFile& file) { return folder->add(file); }));
    AIVA_CHECK(folder->write(u"person.json"_s, personJson(parts, folder->files(), now)));
    AIVA_CHECK(folder->write(u"index.html"_s, exportPage(parts, folder->files(), now)));

    PersonExport exported{dir, {}, folder->files().size(), 0};
    for (const PersonPart& part : parts)
        exported.rows.insert(part.name, part.rows.size());
    AIVA_TRY(exported.tasks, closeDataRequests(writer, person, answers, now));
    AIVA_CHECK(
        auditPrivacy(writer, {now, actor, u"person_exported"_s, question.store}, question.address, toJson(exported)));
    AIVA_CHECK(folder->finish());
    const auto committed = transaction->commit();
    if (!committed) folder->undo();
    return committed ? Result<PersonExport>(exported) : Result<PersonExport>(committed.error());
}

} // namespace aiva
