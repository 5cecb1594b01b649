#include "ui/stores/history_sheet.h"

#include "ui/error_text.h"
#include "ui/stores/job_row.h"
#include "ui/stores/job_sheet.h"
#include "ui/stores/store_text.h"
#include "ui/widgets/overlay_scroll_area.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>

namespace aiva {

namespace {
constexpr QSize historySize(560, 560);
constexpr int jobsShown = 100;
} // namespace

HistorySheet::HistorySheet(StoreDesk& desk, const StoreReads& reads, const Clock& clock, const StoreRow& store,
                           QWidget* parent)
    : Sheet(tr("Syncs of %1").arg(storeTitle(store)), parent)
    , m_desk(desk)
    , m_reads(reads)
    , m_clock(clock)
    , m_store(store)
    , m_list(new QVBoxLayout)
    , m_empty(new TextBlock(TextStyle::Dense, &Colors::textSecondary, this))
    , m_close(new SubtleButton(tr("Close"), SubtleButton::Look::Subtle, this)) {
    setFixedSize(historySize);
    m_empty->setText(tr("Nothing has been synced yet."));
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 3 * size::grid, 0);
    column->setSpacing(0);
    m_list->setSpacing(0);
    column->addWidget(m_empty);
    column->addLayout(m_list);
    column->addStretch();
    auto* scroll = new OverlayScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(tr("Syncs"));
    scroll->setWidget(content);
    body()->addWidget(scroll);
    foot()->addStretch();
    foot()->addWidget(m_close);
    connect(m_close, &QAbstractButton::clicked, this, &QDialog::reject);
    refresh();
}

void HistorySheet::refresh() {
    const auto read = m_reads.jobs ? m_reads.jobs(m_store.id, jobsShown) : std::vector<SyncJobRow>();
    m_empty->setVisible(!read || read->empty());
    if (!read) {
        m_empty->setText(errorSentence(read.error()));
        return;
    }
    while (m_rows.size() > read->size()) {
        m_rows.back()->hide();
        m_rows.back()->deleteLater();
        m_rows.pop_back();
    }
    while (m_rows.size() < read->size())
        m_rows.push_back(addRow());
    const bool isRunning = !read->empty() && read->front().status == SyncStatus::Running;
    const bool canRetry = !isRunning && m_store.status != StoreStatus::Disconnected;
    for (size_t i = 0; i < read->size(); ++i)
        m_rows[i]->setJob((*read)[i], m_clock.now(), canRetry && i == 0);
}

JobRow* HistorySheet::addRow() {
    auto* row = new JobRow(this);
    m_list->addWidget(row);
    row->show();
    connect(row, &JobRow::detailsAsked, this, [this, row] { showDetails(row->job()); });
    connect(row, &JobRow::retryAsked, this, [this, row] {
        row->retryButton()->setEnabled(false); // until it shows as running
        m_desk.syncStore(m_store.id, row->job().kind);
    });
    return row;
}

void HistorySheet::showDetails(const SyncJobRow& job) {
    auto* sheet = new JobSheet(job, m_clock, this);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->open();
}

JobSheet* HistorySheet::details() const {
    return findChild<JobSheet*>();
}

} // namespace aiva
