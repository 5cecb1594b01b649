#include "core/adapters/csv/csv_file_reader.h"

#include "core/adapters/csv/csv_splitter.h"
#include "core/adapters/csv/csv_text.h"

#include <algorithm>
#include <array>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

QString encodingWord(CsvText::Encoding encoding) {
    switch (encoding) {
    case CsvText::Encoding::Utf8:
        break;
    case CsvText::Encoding::Utf16Le:
        return u"UTF-16LE"_s;
    case CsvText::Encoding::Utf16Be:
        return u"UTF-16BE"_s;
    case CsvText::Encoding::Windows1252:
        return u"Windows-1252"_s;
    }
    return u"UTF-8"_s;
}

std::string trimmedCell(const std::string& text) {
    const size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

class CsvFile final : public RecordFile {
public:
    CsvFile(std::unique_ptr<CsvText> text, char delimiter, std::string start, qint64 line)
        : m_text(std::move(text))
        , m_splitter([this](std::string& into) { return m_text->read(into); }, delimiter, std::move(start), line) {
        m_facts.encoding = encodingWord(m_text->encoding());
        m_facts.delimiter = delimiter;
        m_facts.bytes = m_text->bytes();
    }

    Result<void> readHeader() {
        FileRow row;
        AIVA_TRY(const bool found, m_splitter.next(row));
        if (!found) return Error{ErrorKind::Invalid, u"the file is empty"_s, ErrorCause::FileEmpty};
        if (!row.fault.isEmpty())
            return Error{ErrorKind::Invalid, u"the header cannot be read: "_s + row.fault, ErrorCause::HeaderBroken};
        std::transform(row.fields.begin(), row.fields.end(), std::back_inserter(m_facts.header), trimmedCell);
        return {};
    }

    const RecordFileFacts& facts() const override { return m_facts; }
    qint64 bytesRead() const override { return m_text->bytesRead(); }

    Result<bool> next(FileRow& row) override {
        for (;;) {
            AIVA_TRY(const bool found, m_splitter.next(row));
            if (!found || !row.fault.isEmpty()) return found;
            row.fault = misfitOf(row.fields);
            if (!row.fault.isEmpty()) {
                row.fields.clear();
                return true;
            }
            if (isBlankFrom(row.fields, 0)) continue; // spreadsheets write their empty rows, too
            row.fields.resize(m_facts.header.size());
            return true;
        }
    }

private:
    static bool isBlankFrom(const std::vector<std::string>& fields, size_t first) {
        return std::all_of(fields.begin() + static_cast<qsizetype>(first), fields.end(),
                           [](const std::string& field) { return field.empty(); });
    }
    // Spreadsheets leave empty cells at the end out; a download that broke off leaves more than those out.
    QString misfitOf(const std::vector<std::string>& fields) const {
        const size_t wanted = m_facts.header.size();
        if (fields.size() > wanted && !isBlankFrom(fields, wanted))
            return u"the row has %1 fields, the header %2"_s.arg(fields.size()).arg(wanted);
        return fields.size() < wanted && m_splitter.isCut() ? u"the file ends within this row"_s : QString();
    }

    std::unique_ptr<CsvText> m_text;
    CsvSplitter m_splitter;
    RecordFileFacts m_facts;
};

} // namespace

char delimiterOf(std::string_view text) {
    static constexpr std::array<char, 4> kDelimiters{',', ';', '\t', '|'};
    std::array<int, 4> counts{};
    bool isQuoted = false;
    for (const char c : text) {
        if (c == '"') isQuoted = !isQuoted;
        if (isQuoted) continue;
        if (c == '\n' || c == '\r') break;
        for (size_t i = 0; i < kDelimiters.size(); ++i)
            if (c == kDelimiters[i]) ++counts[i];
    }
    return kDelimiters[static_cast<size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

Result<std::unique_ptr<RecordFile>> CsvFileReader::open(const QString& path) {
    AIVA_TRY(auto text, CsvText::open(path));
    std::string start;
    AIVA_CHECK(text->read(start));
    // Excel's own word about the delimiter, on a line before the header.
    qint64 line = 1;
    char delimiter = delimiterOf(start);
    if (start.size() > 4 && start.compare(0, 4, "sep=") == 0) {
        delimiter = start[4];
        start.erase(0, std::min(start.find('\n'), start.size() - 1) + 1);
        line = 2;
    }
    auto file = std::make_unique<CsvFile>(std::move(text), delimiter, std::move(start), line);
    AIVA_CHECK(file->readHeader());
    return std::unique_ptr<RecordFile>(std::move(file));
}

} // namespace aiva
