#include "core/sync/files/csv_import_run.h"

#include "core/base/log.h"
#include "core/domain/shop/precedence.h"
#include "core/ports/record_file_port.h"
#include "core/storage/conversations/conversation_repository.h"
#include "core/sync/files/csv_import_writer.h"
#include "core/sync/files/csv_row_reader.h"

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

// Rows of one transaction, beside the pace's time.
static constexpr int kSliceRows = 5'000;
// Rows looked at for the orders' currency.
static constexpr int kCurrencyRows = 1'000;

CsvImportRun::CsvImportRun(RecordFilePort& port, Database& writer, const Clock& clock, CsvImportRequest request,
                           SyncPace pace)
    : m_port(port), m_database(writer), m_clock(clock), m_request(std::move(request)), m_pace(std::move(pace)) {}

CsvImportRun::~CsvImportRun() = default;

void CsvImportRun::start() {
    m_startedMs = m_clock.monotonicMs();
    QMetaObject::invokeMethod(this, &CsvImportRun::step, Qt::QueuedConnection);
}

void CsvImportRun::step() {
    if (m_books) return writeOn();
    if (const auto opened = open(); !opened) return finish(SyncStatus::Failed, opened.error());
    QMetaObject::invokeMethod(this, &CsvImportRun::step, Qt::QueuedConnection);
}

void CsvImportRun::writeOn() {
    if (m_isCancelled) return finish(SyncStatus::Cancelled, {});
    CsvRowReader& reader = *m_readers.front();
    const auto more = readSlice(reader);
    if (!more) return finish(SyncStatus::Failed, more.error());
    const Resource resource = reader.resource();
    Q_EMIT progressed({resource, ++m_batch, m_books->counts(resource).processed, reader.file().bytesRead(),
                       reader.file().facts().bytes});
    if (!*more) {
        noteFile(reader);
        m_readers.pop_front();
        m_batch = 0;
    }
    if (!m_readers.empty()) {
        QMetaObject::invokeMethod(this, &CsvImportRun::step, Qt::QueuedConnection);
        return;
    }
    const bool hasFaults = m_books->counts(Resource::Customers).failed + m_books->counts(Resource::Orders).failed > 0;
    finish(hasFaults ? SyncStatus::CompletedWithErrors : SyncStatus::Completed, {});
}

// The first file's is told.
Result<void> CsvImportRun::troubleIn(Resource resource, const Error& error) {
    if (!m_errorFile) m_errorFile = resource;
    return Error{error.kind, u"the file of %1: %2"_s.arg(toWord(resource), error.detail), error.cause};
}

// A header that does not say enough is reported like any other: people say what its columns mean.
Result<void> CsvImportRun::openFile(Resource resource, const QString& path, std::vector<OpenFile>& files) {
    if (path.isEmpty()) return {};
    auto file = m_port.open(path);
    if (!file) return troubleIn(resource, file.error());
    const RecordFileFacts& facts = (*file)->facts();
    CsvColumns columns = CsvColumns::of(resource, facts.header, m_request.choices);
    m_reports.push_back({resource, path, facts.encoding, facts.delimiter, columns.flavour(), columns.used(),
                         columns.unused(), columns.leavesItemsOut(), false});
    if (const auto enough = columns.isEnough(resource); !enough) {
        if (!m_errorFile && enough.error().cause == ErrorCause::ColumnMissing) m_missing = columns.missing(resource);
        return troubleIn(resource, enough.error());
    }
    files.push_back({resource, *std::move(file), std::move(columns)});
    return {};
}

Result<void> CsvImportRun::open() {
    std::vector<OpenFile> files;
    const Result<void> customers = openFile(Resource::Customers, m_request.customersPath, files);
    const Result<void> orders = openFile(Resource::Orders, m_request.ordersPath, files);
    AIVA_CHECK(customers);
    AIVA_CHECK(orders);
    if (files.empty()) return Error{ErrorKind::Invalid, u"no file was named"_s};
    AIVA_CHECK(checkChoices(files));
    AIVA_TRY(auto books, CsvImportWriter::create(m_database, m_clock, m_request));
    m_books = std::move(books);
    AIVA_TRY(const Currency currency, currencyFor(files));
    std::vector<Resource> resources;
    for (OpenFile& open : files) {
        resources.push_back(open.resource);
        m_readers.push_back(std::make_unique<CsvRowReader>(open.resource, std::move(open.file), std::move(open.columns),
                                                           m_request.conventions, currency));
    }
    return m_books->open(resources, currency);
}

Result<void> CsvImportRun::checkChoices(const std::vector<OpenFile>& files) const {
    for (const CsvChoice& choice : m_request.choices) {
        const bool isMet = std::any_of(files.begin(), files.end(), [&](const OpenFile& open) {
            return (!choice.resource || *choice.resource == open.resource) && open.columns.follows(choice);
        });
        if (isMet) continue;
        const QString meaning = choice.field ? toWord(*choice.field) : u"none of the fields"_s;
        return Error{ErrorKind::Invalid, u"no file has the column named for %1"_s.arg(meaning)};
    }
    return {};
}

Result<Currency> CsvImportRun::currencyFor(const std::vector<OpenFile>& files) {
    if (m_request.currency.isValid()) return m_request.currency;
    const QByteArray known = m_books->store().currency.toLatin1();
    if (const auto currency = Currency::parse({known.constData(), static_cast<size_t>(known.size())})) return *currency;
    bool isNeeded = false;
    for (const OpenFile& open : files) {
        const bool says = open.columns.has(CsvField::CurrencyCode);
        if (open.resource == Resource::Orders && says) {
            AIVA_TRY(const Currency currency, currencyOfOrders(open.columns));
            if (currency.isValid()) return currency;
        }
        const CsvField amount = open.resource == Resource::Orders ? CsvField::Total : CsvField::TotalSpent;
        isNeeded = isNeeded || (!says && open.columns.has(amount));
    }
    if (isNeeded)
        return Error{ErrorKind::Invalid, u"no column says the currency, and none was named (--currency)"_s,
                     ErrorCause::CurrencyMissing};
    return Currency();
}

Result<Currency> CsvImportRun::currencyOfOrders(const CsvColumns& columns) {
    AIVA_TRY(const auto file, m_port.open(m_request.ordersPath));
    FileRow row;
    for (int i = 0; i < kCurrencyRows; ++i) {
        AIVA_TRY(const bool found, file->next(row));
        if (!found) break;
        if (const auto currency = Currency::parse(plainCell(columns.cell(row, CsvField::CurrencyCode))))
            return *currency;
    }
    return Currency();
}

// False when the reader's file is at its end.
Result<bool> CsvImportRun::readSlice(CsvRowReader& reader) {
    AIVA_CHECK(m_books->begin());
    const qint64 startedMs = m_clock.monotonicMs();
    bool more = true;
    for (int rows = 0; more && rows < kSliceRows; ++rows) {
        AIVA_TRY(more, reader.read(*m_books));
        if (m_pace.isHurried() || m_clock.monotonicMs() - startedMs >= m_pace.batchMs) break;
    }
    AIVA_CHECK(m_books->end());
    return more;
}

void CsvImportRun::noteFile(const CsvRowReader& reader) {
    for (CsvFileReport& report : m_reports)
        if (report.resource == reader.resource()) report.hasTimesWithoutZone = reader.hasTimesWithoutZone();
}

void CsvImportRun::finish(SyncStatus status, const std::optional<Error>& error) {
    CsvImportOutcome outcome;
    outcome.status = status;
    outcome.error = error;
    outcome.errorFile = m_errorFile;
    outcome.missing = m_missing;
    if (m_books) {
        if (const auto closed = m_books->finish(status, error); !closed) {
            outcome.status = SyncStatus::Failed;
            if (!outcome.error) outcome.error = closed.error();
        }
        m_books->fill(outcome);
    }
    if (m_request.mode == CsvImportRequest::Mode::Import && m_books) matchConversations();
    outcome.files = m_reports;
    outcome.durationMs = m_clock.monotonicMs() - m_startedMs;
    m_readers.clear();
    Q_EMIT finished(outcome);
}

// Whoever wrote before their shop was here is known from now on.
void CsvImportRun::matchConversations() {
    const auto conversations = ConversationRepository::create(m_database);
    const auto matched = conversations ? (*conversations)->rematch(PrecedenceRule().vipAboveMajorUnits)
                                       : Result<qint64>(conversations.error());
    if (!matched)
        qCWarning(logSync, "conversations could not be matched: %s", qUtf8Printable(errorWords(matched.error())));
}

} // namespace aiva
