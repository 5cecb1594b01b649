// Reads tables from CSV files for import: the encoding, the delimiter (comma, semicolon, tab or bar) and the header are
// found out. Built by app, called by sync on the core thread.
#pragma once

#include "core/ports/record_file_port.h"

#include <string_view>

namespace aiva {

class CsvFileReader final : public RecordFilePort {
public:
    Result<std::unique_ptr<RecordFile>> open(const QString& path) override;
};

// The delimiter that splits the first line into most fields; a comma when none does.
char delimiterOf(std::string_view text);

} // namespace aiva
