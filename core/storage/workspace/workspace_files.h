// Where a workspace's files lie, and the few file system operations that must be atomic or durable. Used inside
// core/storage only.
#pragma once

#include "core/base/result.h"

#include <QString>

namespace aiva {

// A folder:        DIR/aiva.db   DIR/key.json       DIR/spool/
// A backup's file: FILE          FILE.key.json      FILE.spool/      (opened in place like a folder)
struct WorkspaceFiles {
    QString dir; // as it was asked for, absolute
    QString database;
    QString keyRecord;
    QString spool;
    QString creating; // the database until creation is complete
    QString rekeyed;  // the database under its next key
    QString rekeyedSpool;

    static WorkspaceFiles at(const QString& dirOrBackup);
    // Of a backup that is being written to, or lies in, `file`.
    static WorkspaceFiles ofBackup(const QString& file);
};

// Replaces `to` when it exists. ReadOnlyDisk or DiskFull told apart.
Result<void> renameOver(const QString& from, const QString& to);
// A database with its log and index; absent files are fine.
void removeDatabase(const QString& path);
// Makes renames in the folder of `path` survive a power failure where the system lets us ask for it.
void syncFolderOf(const QString& path);
// ReadOnlyDisk when the folder or an existing file of the workspace cannot be written.
Result<void> checkWritable(const WorkspaceFiles& files);
// The folder, mode 0700 when it is made here or still empty.
Result<void> makePrivateFolder(const QString& dir);

} // namespace aiva
