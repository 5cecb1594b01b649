// The door to tables in files: a header and rows of text. What a column means is sync's business (csv_columns.h).
#pragma once

#include "core/base/result.h"

#include <QString>

#include <memory>
#include <string>
#include <vector>

namespace aiva {

struct RecordFileFacts {
    QString encoding; // "UTF-8", "UTF-16LE", "UTF-16BE", "Windows-1252"
    char delimiter = ',';
    std::vector<std::string> header; // trimmed
    qint64 bytes = 0;                // of the whole file
};

struct FileRow {
    qint64 line = 0;                 // where it begins, from 1
    std::vector<std::string> fields; // UTF-8; as many as the header has
    QString fault;                   // why the row could not be read; it then has no fields
};

// One file being read, row by row; memory does not grow with the file.
class RecordFile {
public:
    virtual ~RecordFile();

    virtual const RecordFileFacts& facts() const = 0;
    // False at the end. Rows of empty cells are passed over; those that cannot be read come with a fault; an error is
    // the disk's. `row` may be reused.
    virtual Result<bool> next(FileRow& row) = 0;
    virtual qint64 bytesRead() const = 0; // of facts().bytes
};

class RecordFilePort {
public:
    virtual ~RecordFilePort();

    // NotFound when there is no such file, Invalid when it is no table. Blocking: the file is looked through once.
    virtual Result<std::unique_ptr<RecordFile>> open(const QString& path) = 0;
};

} // namespace aiva
