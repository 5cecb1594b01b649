#include "ui/stores/job_sheet.h"

#include "ui/errors/error_text.h"
#include "ui/stores/job_text.h"
#include "ui/stores/store_text.h"
#include "ui/stores/sync_steps.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_row.h"

#include <QBoxLayout>

#include <algorithm>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr QSize jobSize(520, 520);
constexpr int jobTickMs = 1'000;

// "gid://shopify/Order/1042" is an address for programs; people look for the number.
QString shortId(const std::string& externalId) {
    return QString::fromStdString(externalId.substr(externalId.rfind('/') + 1));
}

QString resourceOf(const RecordFault& fault) {
    const auto resource = fromWord<Resource>(QString::fromStdString(fault.resource));
    return resource ? resourceTitle(*resource) : QString::fromStdString(fault.resource);
}

TextRow::Content factOf(const QString& name, const QString& value) {
    return {name, value, {}, &Colors::textSecondary, &Colors::textPrimary};
}

} // namespace

JobSheet::JobSheet(const SyncJobRow& job, StoreKind source, const Clock& clock, QWidget* parent)
    : Sheet(jobTitle(job, source), parent)
    , m_clock(clock)
    , m_source(source)
    , m_column(addScrollingColumn(tr("Details")))
    , m_result(addFact())
    , m_started(addFact())
    , m_duration(addFact())
    , m_why(new TextBlock(TextStyle::Meta, &Colors::warning, this))
    , m_steps(new SyncSteps(this))
    , m_left(new TextBlock(TextStyle::Meta, &Colors::textMuted, this))
    , m_copy(new CopyButton(this)) {
    setFixedSize(jobSize.width(), std::min(jobSize.height(), mostHeight()));
    m_column->setContentsMargins(0, 0, 3 * size::grid, 0);
    m_column->setSpacing(size::grid);
    m_column->addWidget(m_why);
    m_column->addWidget(m_steps);
    m_column->addWidget(m_left);
    m_countsHeading = addHeading();
    m_countRows = addRows();
    m_faultsHeading = addHeading();
    m_faultRows = addRows();
    m_column->addStretch();
    auto* close = new SubtleButton(tr("Close"), SubtleButton::Look::Subtle, this);
    foot()->addWidget(m_copy);
    foot()->addStretch();
    foot()->addWidget(close);
    connect(close, &QAbstractButton::clicked, this, &QDialog::reject);
    m_second.setInterval(jobTickMs);
    connect(&m_second, &QTimer::timeout, this, &JobSheet::showDuration);
    setJob(job);
}

TextRow* JobSheet::addFact() {
    auto* row = new TextRow(TextStyle::Meta, TextStyle::MonoMeta);
    m_column->addWidget(row);
    return row;
}

TextBlock* JobSheet::addHeading() {
    auto* block = new TextBlock(TextStyle::Micro, &Colors::textMuted);
    block->setContentsMargins(0, 2 * size::grid, 0, 0);
    m_column->addWidget(block);
    return block;
}

QVBoxLayout* JobSheet::addRows() {
    auto* rows = new QVBoxLayout;
    rows->setSpacing(size::grid);
    m_column->addLayout(rows);
    return rows;
}

void JobSheet::setJob(const SyncJobRow& job) {
    m_job = job;
    setTitle(jobTitle(job, m_source), formatTime(job.startedAt, m_clock.now(), QLocale()));
    if (job.status != SyncStatus::Running)
        m_second.stop();
    else if (!m_second.isActive())
        m_second.start();
    showFacts();
    showProgress();
    showCounts();
    showFaults();
}

void JobSheet::setProgress(const SyncProgress& progress) {
    if (progress.work == SyncProgress::Work::Comparison) return; // it is no job
    m_progress = progress;
    showProgress();
}

void JobSheet::showFacts() {
    const QString started = formatFullTime(m_job.startedAt, QLocale());
    m_result->setContent(factOf(tr("Result"), jobResultText(m_job)));
    m_started->setContent(factOf(tr("Started"), started + u" · "_s + jobTriggerText(m_job.trigger)));
    showDuration();
    const auto error = errorOfWords(m_job.error);
    m_why->setText(error ? errorSentence(*error) : QString());
    m_why->setVisible(error.has_value());
}

void JobSheet::showDuration() {
    const UtcTime end = m_job.finishedAt.value_or(m_clock.now());
    QString took = durationText(end.msSince(m_job.startedAt));
    if (m_job.estimatedMs) took = tr("%1 · expected %2").arg(took, durationText(*m_job.estimatedMs));
    m_duration->setContent(factOf(tr("Duration"), took));
}

void JobSheet::showProgress() {
    const bool isOn = m_job.status == SyncStatus::Running && m_progress;
    if (isOn) m_steps->setProgress(m_progress->resources);
    m_steps->setVisible(isOn && !m_progress->resources.empty());
    m_left->setText(isOn ? timeLeftText(*m_progress) : QString());
    m_left->setVisible(!m_left->text().isEmpty());
}

void JobSheet::showCounts() {
    m_countsHeading->setText(tr("Records read · new · changed · failed"));
    m_countsHeading->setVisible(!m_job.counts.isEmpty());
    const QLocale locale;
    int place = 0;
    for (auto it = m_job.counts.begin(); it != m_job.counts.end(); ++it, ++place) {
        TextRow*& row = m_counts[it.key()];
        if (row == nullptr) {
            row = new TextRow(TextStyle::Meta, TextStyle::MonoMeta);
            m_countRows->insertWidget(place, row);
        }
        const QStringList numbers{locale.toString(it->processed), locale.toString(it->created),
                                  locale.toString(it->updated), locale.toString(it->failed)};
        row->setSpokenName(tr("%1: %2 read, %3 new, %4 changed, %5 failed")
                               .arg(resourceTitle(it.key()), numbers[0], numbers[1], numbers[2], numbers[3]));
        row->setContent(factOf(resourceTitle(it.key()), numbers.join(u" · "_s)));
    }
}

void JobSheet::showFaults() {
    const qint64 failed = unreadRecords(m_job);
    const auto shown = static_cast<qint64>(m_job.faults.size());
    m_faultsHeading->setText(failed > shown ? tr("The first %1 of %2 records that could not be read")
                                                  .arg(QLocale().toString(shown), QLocale().toString(failed))
                                            : tr("Records that could not be read"));
    m_faultsHeading->setVisible(shown > 0);
    for (; m_faults.size() > m_job.faults.size(); m_faults.pop_back()) // what is read anew is counted anew
        delete m_faults.back();
    QStringList lines;
    for (size_t i = 0; i < m_job.faults.size(); ++i) {
        const RecordFault& fault = m_job.faults[i];
        if (i == m_faults.size()) {
            m_faults.push_back(new TextRow(TextStyle::MonoMeta, TextStyle::Meta));
            m_faultRows->addWidget(m_faults.back());
        }
        const QString id = shortId(fault.externalId);
        m_faults[i]->setContent({id.isEmpty() ? tr("(no id)") : id, resourceOf(fault),
                                 QString::fromStdString(fault.cause), &Colors::textPrimary, &Colors::textMuted});
        lines << u"%1\t%2\t%3"_s.arg(QString::fromStdString(fault.resource), QString::fromStdString(fault.externalId),
                                     QString::fromStdString(fault.cause));
    }
    m_copy->setOffer(tr("Copy the list"), lines.join(u'\n'), tr("Copy the list of records that could not be read"));
    m_copy->setVisible(shown > 0);
}

} // namespace aiva
