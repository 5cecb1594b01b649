#include "ui/stores/history_sheet.h"

#include "ui/errors/error_text.h"
#include "ui/stores/job_row.h"
#include "ui/stores/job_sheet.h"
#include "ui/stores/store_text.h"
#include "ui/widgets/overlay_scroll_area.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace aiva {

namespace {
constexpr QSize historySize(560, 560);
constexpr int jobsShown = 100;
} // namespace

HistorySheet::HistorySheet(StoreDesk& desk, const StoreReads& reads, const Clock& clock, const StoreRow& store,
                           QWidget* parent)
    : Sheet(storeTitle(store), parent)
    , m_desk(desk)
    , m_reads(reads)
    , m_clock(clock)
    , m_store(store)
    , m_scroll(new OverlayScrollArea(this))
    , m_list(new QVBoxLayout)
    , m_empty(new TextBlock(TextStyle::Dense, &Colors::textSecondary, this))
    , m_close(new SubtleButton(tr("Close"), SubtleButton::Look::Subtle, this)) {
    setFixedSize(historySize.width(), std::min(historySize.height(), mostHeight()));
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 3 * size::grid, 0);
    column->setSpacing(0);
    m_list->setSpacing(0);
    column->addWidget(m_empty);
    column->addLayout(m_list);
    column->addStretch();
    m_scroll->setAccessibleName(isOfFiles() ? tr("Imports") : tr("Syncs"));
    m_scroll->setWidget(content);
    connect(m_scroll->verticalScrollBar(), &QScrollBar::rangeChanged, this, [this](int, int most) { keepPlace(most); });
    body()->addWidget(m_scroll);
    foot()->addStretch();
    foot()->addWidget(m_close);
    connect(m_close, &QAbstractButton::clicked, this, &QDialog::reject);
    refresh(store);
}

void HistorySheet::nameStore() {
    setTitle((isOfFiles() ? tr("Imports into %1") : tr("Syncs of %1")).arg(storeTitle(m_store)));
}

// A row stays with its job, so that the focus in it does, too; and so do the details that are open.
void HistorySheet::refresh(const StoreRow& store) {
    m_store = store;
    nameStore();
    const auto read = m_reads.jobs ? m_reads.jobs(m_store.id, jobsShown) : std::vector<SyncJobRow>();
    m_empty->setVisible(!read || read->empty());
    const QString none = isOfFiles() ? tr("Nothing has been imported yet.") : tr("Nothing has been synced yet.");
    m_empty->setText(read ? none : errorSentence(read.error()));
    if (!read) return;
    std::vector<JobRow*> before = std::exchange(m_rows, {});
    m_isGrowing = !before.empty() && !read->empty() && before.front()->job().id != read->front().id &&
                  m_scroll->verticalScrollBar()->value() > 0;
    const bool isRunning = !read->empty() && read->front().status == SyncStatus::Running;
    // No shop stands behind files: they are chosen again.
    const bool isThere = m_store.status != StoreStatus::Disconnected && !isOfFiles();
    const bool canRetry = !isRunning && isThere;
    JobSheet* open = details();
    for (const SyncJobRow& job : *read) {
        if (open != nullptr && open->job() == job.id) open->setJob(withFaults(job));
        const auto known =
            std::find_if(before.begin(), before.end(), [&job](const JobRow* row) { return row->job().id == job.id; });
        JobRow* row = known != before.end() ? *known : addRow();
        if (known != before.end()) before.erase(known);
        const int place = static_cast<int>(m_rows.size());
        if (m_list->indexOf(row) != place) {
            m_list->removeWidget(row);
            m_list->insertWidget(place, row);
        }
        row->show();
        row->setJob(job, m_clock.now(), canRetry && m_rows.empty());
        m_rows.push_back(row);
    }
    for (JobRow* gone : before) {
        m_list->removeWidget(gone);
        gone->hide();
        gone->deleteLater();
    }
}

void HistorySheet::setProgress(const std::optional<SyncProgress>& progress) {
    m_progress = progress;
    if (JobSheet* open = details(); open != nullptr && progress) open->setProgress(*progress);
}

// What is read stays where it is when newer syncs come above it.
void HistorySheet::keepPlace(int scrollable) {
    const int grown = scrollable - std::exchange(m_scrollable, scrollable);
    QScrollBar* bar = m_scroll->verticalScrollBar();
    if (std::exchange(m_isGrowing, false)) bar->setValue(bar->value() + grown);
}

JobRow* HistorySheet::addRow() {
    auto* row = new JobRow(m_store.kind, this);
    connect(row, &JobRow::detailsAsked, this, [this, row] { showDetails(row->job()); });
    connect(row, &JobRow::retryAsked, this, [this, row] {
        row->retryButton()->setEnabled(false); // until it shows as running
        m_desk.syncStore(m_store.id, row->job().kind);
    });
    return row;
}

SyncJobRow HistorySheet::withFaults(const SyncJobRow& job) const {
    SyncJobRow whole = job;
    if (!m_reads.faults) return whole;
    if (auto faults = m_reads.faults(job.id)) whole.faults = *std::move(faults);
    return whole;
}

void HistorySheet::showDetails(const SyncJobRow& job) {
    auto* sheet = new JobSheet(withFaults(job), m_store.kind, m_clock, this);
    if (m_progress) sheet->setProgress(*m_progress);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->open();
}

JobSheet* HistorySheet::details() const {
    return findChild<JobSheet*>();
}

} // namespace aiva
