#include "ui/stores/job_row.h"

#include "ui/stores/job_text.h"
#include "ui/theme/painting.h"
#include "ui/theme/theme.h"
#include "ui/widgets/format.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QPainter>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {
constexpr int jobTextInset = 16; // where the text stands behind the dot
constexpr int jobPadding = 8;
} // namespace

JobRow::JobRow(StoreKind source, QWidget* parent)
    : QWidget(parent)
    , m_source(source)
    , m_dot(new StatusDot(this))
    , m_title(new ElidedLabel(TextStyle::Dense, &Colors::textPrimary, this))
    , m_time(new ElidedLabel(TextStyle::MonoMicro, &Colors::textMuted, this))
    , m_result(new ElidedLabel(TextStyle::MonoMicro, &Colors::textSecondary, this))
    , m_counts(new ElidedLabel(TextStyle::Meta, &Colors::textMuted, this))
    , m_details(new SubtleButton(tr("Details"), SubtleButton::Look::Quiet, this))
    , m_retry(new SubtleButton(tr("Retry"), SubtleButton::Look::Quiet, this)) {
    describe(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, jobPadding, 0, jobPadding + size::hairline);
    column->setSpacing(2);
    auto* head = new QHBoxLayout;
    head->setSpacing(2 * size::grid);
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_result->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_time->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    head->addWidget(m_dot);
    head->addWidget(m_title);
    head->addWidget(m_result, 1);
    head->addWidget(m_time);
    column->addLayout(head);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(jobTextInset, 0, 0, 0);
    foot->setSpacing(2 * size::grid);
    m_counts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    foot->addWidget(m_counts, 1);
    foot->addWidget(m_retry);
    foot->addWidget(m_details);
    column->addLayout(foot);
    connect(m_details, &QAbstractButton::clicked, this, &JobRow::detailsAsked);
    connect(m_retry, &QAbstractButton::clicked, this, &JobRow::retryAsked);
}

void JobRow::setJob(const SyncJobRow& job, UtcTime now, bool canRetry) {
    m_job = job;
    const QString result = jobResultText(job);
    m_dot->setStatus(jobDot(job.status), result);
    m_title->setText(jobTitle(job, m_source));
    m_result->setText(result + u" · "_s + jobTriggerText(job.trigger));
    m_time->setText(formatTime(job.startedAt, now, QLocale()));
    const QString counts = jobCountsText(job);
    const QString took = job.finishedAt ? durationText(job.finishedAt->msSince(job.startedAt)) : QString();
    m_counts->setText(took.isEmpty()     ? counts
                      : counts.isEmpty() ? tr("after %1").arg(took)
                                         : tr("%1 in %2", "what was read, how long it took").arg(counts, took));
    m_retry->setEnabled(true);
    m_retry->setVisible(canRetry && (job.status == SyncStatus::Failed || job.status == SyncStatus::Cancelled));
    m_retry->setSpokenName(tr("Retry: %1, %2").arg(m_title->text(), m_time->text()));
    m_details->setSpokenName(tr("Details: %1, %2").arg(m_title->text(), m_time->text()));
    announceChange(this, QAccessible::NameChanged);
}

AccessibleFace JobRow::face() const {
    QStringList words{m_title->text(), m_result->text(), m_time->text(), m_counts->text()};
    words.removeAll(QString());
    return {QAccessible::ListItem, words.join(u", "_s), m_result->text(), {}, Expansion::None};
}

void JobRow::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    strokeEdge(painter, rect(), Qt::BottomEdge, Theme::colors().borderFaint);
}

} // namespace aiva
