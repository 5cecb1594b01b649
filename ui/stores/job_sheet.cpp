#include "ui/stores/job_sheet.h"

#include "ui/error_text.h"
#include "ui/stores/job_text.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/overlay_scroll_area.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_row.h"

#include <QBoxLayout>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr QSize jobSize(520, 520);

TextRow* fact(const QString& name, const QString& value) {
    auto* row = new TextRow(TextStyle::Meta, TextStyle::MonoMeta);
    row->setContent({name, value, {}, &Colors::textSecondary, &Colors::textPrimary});
    return row;
}

TextBlock* heading(const QString& text) {
    auto* block = new TextBlock(TextStyle::Micro, &Colors::textMuted);
    block->setText(text);
    block->setContentsMargins(0, 2 * size::grid, 0, 0);
    return block;
}

// "gid://shopify/Order/1042" is an address for programs; people look for the number.
QString shortId(const std::string& externalId) {
    return QString::fromStdString(externalId.substr(externalId.rfind('/') + 1));
}

QString resourceOf(const RecordFault& fault) {
    const auto resource = fromWord<Resource>(QString::fromStdString(fault.resource));
    return resource ? resourceTitle(*resource) : QString::fromStdString(fault.resource);
}

} // namespace

JobSheet::JobSheet(const SyncJobRow& job, const Clock& clock, QWidget* parent) : Sheet(jobTitle(job), parent) {
    setTitle(jobTitle(job), formatTime(job.startedAt, clock.now(), QLocale()));
    setFixedSize(jobSize);
    body()->setSpacing(size::grid);
    addFacts(job, clock);
    addCounts(job);
    addFaults(job);
    auto* close = new SubtleButton(tr("Close"), SubtleButton::Look::Subtle, this);
    foot()->addStretch();
    foot()->addWidget(close);
    connect(close, &QAbstractButton::clicked, this, &QDialog::reject);
}

void JobSheet::addFacts(const SyncJobRow& job, const Clock& clock) {
    body()->addWidget(fact(tr("Result"), jobResultText(job)));
    body()->addWidget(
        fact(tr("Started"), formatFullTime(job.startedAt, QLocale()) + u" · "_s + jobTriggerText(job.trigger)));
    const UtcTime end = job.finishedAt.value_or(clock.now());
    QString took = durationText(end.msSince(job.startedAt));
    if (job.estimatedMs) took += tr(" · expected %1").arg(durationText(*job.estimatedMs));
    body()->addWidget(fact(tr("Duration"), took));
    if (const auto error = errorOfWords(job.error)) {
        auto* why = new TextBlock(TextStyle::Meta, &Colors::warning);
        why->setText(errorSentence(*error));
        body()->addWidget(why);
    }
}

void JobSheet::addCounts(const SyncJobRow& job) {
    if (job.counts.isEmpty()) return;
    body()->addWidget(heading(tr("Records read · new · changed · failed")));
    const QLocale locale;
    for (auto it = job.counts.begin(); it != job.counts.end(); ++it) {
        const QStringList numbers{locale.toString(it->processed), locale.toString(it->created),
                                  locale.toString(it->updated), locale.toString(it->failed)};
        body()->addWidget(fact(resourceTitle(it.key()), numbers.join(u" · "_s)));
    }
}

void JobSheet::addFaults(const SyncJobRow& job) {
    if (job.faults.empty()) {
        body()->addStretch();
        return;
    }
    qint64 failed = 0;
    for (const SyncCounts& counts : job.counts)
        failed += counts.failed;
    const auto shown = static_cast<qint64>(job.faults.size());
    body()->addWidget(heading(failed > shown ? tr("The first %1 of %2 records that could not be read")
                                                   .arg(QLocale().toString(shown), QLocale().toString(failed))
                                             : tr("Records that could not be read")));
    auto* content = new QWidget;
    auto* list = new QVBoxLayout(content);
    list->setContentsMargins(0, 0, 3 * size::grid, 0);
    list->setSpacing(size::grid);
    QStringList lines;
    for (const RecordFault& fault : job.faults) {
        const QString id = shortId(fault.externalId);
        auto* row = new TextRow(TextStyle::MonoMeta, TextStyle::Meta);
        row->setContent({id.isEmpty() ? tr("(no id)") : id, resourceOf(fault), QString::fromStdString(fault.cause),
                         &Colors::textPrimary, &Colors::textMuted});
        list->addWidget(row);
        lines << u"%1\t%2\t%3"_s.arg(QString::fromStdString(fault.resource), QString::fromStdString(fault.externalId),
                                     QString::fromStdString(fault.cause));
    }
    list->addStretch();
    auto* scroll = new OverlayScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(tr("Records that could not be read"));
    scroll->setWidget(content);
    body()->addWidget(scroll, 1);
    auto* copy = new CopyButton(this);
    copy->setOffer(tr("Copy the list"), lines.join(u'\n'), tr("Copy the list of records that could not be read"));
    foot()->addWidget(copy);
}

} // namespace aiva
