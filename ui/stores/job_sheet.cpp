#include "ui/stores/job_sheet.h"

#include "ui/error_text.h"
#include "ui/stores/job_text.h"
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

// "gid://shopify/Order/1042" is an address for programs; people look for the number.
QString shortId(const std::string& externalId) {
    return QString::fromStdString(externalId.substr(externalId.rfind('/') + 1));
}

QString resourceOf(const RecordFault& fault) {
    const auto resource = fromWord<Resource>(QString::fromStdString(fault.resource));
    return resource ? resourceTitle(*resource) : QString::fromStdString(fault.resource);
}

} // namespace

JobSheet::JobSheet(const SyncJobRow& job, const Clock& clock, QWidget* parent)
    : Sheet(jobTitle(job), parent), m_column(addScrollingColumn(tr("Details"))) {
    setTitle(jobTitle(job), formatTime(job.startedAt, clock.now(), QLocale()));
    setFixedSize(jobSize.width(), std::min(jobSize.height(), mostHeight()));
    m_column->setContentsMargins(0, 0, 3 * size::grid, 0);
    m_column->setSpacing(size::grid);
    addFacts(job, clock);
    addCounts(job);
    addFaults(job);
    m_column->addStretch();
    auto* close = new SubtleButton(tr("Close"), SubtleButton::Look::Subtle, this);
    foot()->addStretch();
    foot()->addWidget(close);
    connect(close, &QAbstractButton::clicked, this, &QDialog::reject);
}

TextRow* JobSheet::addFact(const QString& name, const QString& value) {
    auto* row = new TextRow(TextStyle::Meta, TextStyle::MonoMeta);
    row->setContent({name, value, {}, &Colors::textSecondary, &Colors::textPrimary});
    m_column->addWidget(row);
    return row;
}

void JobSheet::addHeading(const QString& text) {
    auto* block = new TextBlock(TextStyle::Micro, &Colors::textMuted);
    block->setText(text);
    block->setContentsMargins(0, 2 * size::grid, 0, 0);
    m_column->addWidget(block);
}

void JobSheet::addFacts(const SyncJobRow& job, const Clock& clock) {
    addFact(tr("Result"), jobResultText(job));
    addFact(tr("Started"), formatFullTime(job.startedAt, QLocale()) + u" · "_s + jobTriggerText(job.trigger));
    const UtcTime end = job.finishedAt.value_or(clock.now());
    QString took = durationText(end.msSince(job.startedAt));
    if (job.estimatedMs) took = tr("%1 · expected %2").arg(took, durationText(*job.estimatedMs));
    addFact(tr("Duration"), took);
    if (const auto error = errorOfWords(job.error)) {
        auto* why = new TextBlock(TextStyle::Meta, &Colors::warning);
        why->setText(errorSentence(*error));
        m_column->addWidget(why);
    }
}

void JobSheet::addCounts(const SyncJobRow& job) {
    if (job.counts.isEmpty()) return;
    addHeading(tr("Records read · new · changed · failed"));
    const QLocale locale;
    for (auto it = job.counts.begin(); it != job.counts.end(); ++it) {
        const QStringList numbers{locale.toString(it->processed), locale.toString(it->created),
                                  locale.toString(it->updated), locale.toString(it->failed)};
        addFact(resourceTitle(it.key()), numbers.join(u" · "_s))
            ->setSpokenName(tr("%1: %2 read, %3 new, %4 changed, %5 failed")
                                .arg(resourceTitle(it.key()), numbers[0], numbers[1], numbers[2], numbers[3]));
    }
}

void JobSheet::addFaults(const SyncJobRow& job) {
    if (job.faults.empty()) return;
    const qint64 failed = unreadRecords(job);
    const auto shown = static_cast<qint64>(job.faults.size());
    addHeading(failed > shown ? tr("The first %1 of %2 records that could not be read")
                                    .arg(QLocale().toString(shown), QLocale().toString(failed))
                              : tr("Records that could not be read"));
    QStringList lines;
    for (const RecordFault& fault : job.faults) {
        const QString id = shortId(fault.externalId);
        auto* row = new TextRow(TextStyle::MonoMeta, TextStyle::Meta);
        row->setContent({id.isEmpty() ? tr("(no id)") : id, resourceOf(fault), QString::fromStdString(fault.cause),
                         &Colors::textPrimary, &Colors::textMuted});
        m_column->addWidget(row);
        lines << u"%1\t%2\t%3"_s.arg(QString::fromStdString(fault.resource), QString::fromStdString(fault.externalId),
                                     QString::fromStdString(fault.cause));
    }
    auto* copy = new CopyButton(this);
    copy->setOffer(tr("Copy the list"), lines.join(u'\n'), tr("Copy the list of records that could not be read"));
    foot()->addWidget(copy);
}

} // namespace aiva
