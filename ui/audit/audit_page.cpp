#include "ui/audit/audit_page.h"

#include "ui/answering/answer_text.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/line_label.h"
#include "ui/widgets/subtle_button.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QFileDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QLocale>
#include <QSaveFile>

namespace aiva {

using namespace Qt::StringLiterals;

namespace {

constexpr int typingMs = 150;
constexpr int timeWidth = 148;
constexpr int kindWidth = 200;
constexpr int exportAtOnce = 1000;
constexpr int emptyHeight = 320;

constexpr std::pair<const char*, const char*> kindWords[] = {
    {"gate_decision", QT_TRANSLATE_NOOP("aiva::AuditPage", "Decided")},
    {"auto_queued", QT_TRANSLATE_NOOP("aiva::AuditPage", "Queued to leave by itself")},
    {"auto_sent", QT_TRANSLATE_NOOP("aiva::AuditPage", "Sent by itself")},
    {"auto_cancelled", QT_TRANSLATE_NOOP("aiva::AuditPage", "Stopped before it left")},
    {"draft_accepted", QT_TRANSLATE_NOOP("aiva::AuditPage", "Draft sent unedited")},
    {"draft_edited", QT_TRANSLATE_NOOP("aiva::AuditPage", "Draft sent after changes")},
    {"draft_discarded", QT_TRANSLATE_NOOP("aiva::AuditPage", "Answered without the draft")},
    {"draft_taken_over", QT_TRANSLATE_NOOP("aiva::AuditPage", "Draft put into the composer")},
    {"auto_send_stopped", QT_TRANSLATE_NOOP("aiva::AuditPage", "Automatic sending stopped")},
    {"auto_send_allowed", QT_TRANSLATE_NOOP("aiva::AuditPage", "Automatic sending allowed")},
    {"rule_changed", QT_TRANSLATE_NOOP("aiva::AuditPage", "Rule changed")},
    {"privacy_requested", QT_TRANSLATE_NOOP("aiva::AuditPage", "A shop asked about data")},
    {"request_closed", QT_TRANSLATE_NOOP("aiva::AuditPage", "Request closed")},
    {"person_exported", QT_TRANSLATE_NOOP("aiva::AuditPage", "Person exported")},
    {"person_erased", QT_TRANSLATE_NOOP("aiva::AuditPage", "Person erased")},
    {"store_dropped", QT_TRANSLATE_NOOP("aiva::AuditPage", "Store dropped")},
    {"store_uninstalled", QT_TRANSLATE_NOOP("aiva::AuditPage", "Uninstalled by the shop")},
};

// What failed, or what it was about: enough to see why without opening anything.
QString summaryOf(const AuditEntryView& entry) {
    const QJsonObject detail = QJsonDocument::fromJson(entry.detail.toUtf8()).object();
    QStringList parts;
    if (const auto intent = intentFromWord(detail["intent"_L1].toString())) parts << intentText(*intent);
    if (const QString origin = detail["origin"_L1].toString(); !origin.isEmpty()) parts << origin;
    for (const QJsonValue value : detail["checks"_L1].toArray()) {
        if (value["passed"_L1].toBool()) continue;
        parts << gateCheckText({value["name"_L1].toString(), false, value["hard"_L1].toBool(), {}});
    }
    if (const QString mode = detail["mode"_L1].toString(); !mode.isEmpty()) parts << mode;
    if (const QString why = detail["why"_L1].toString(); !why.isEmpty()) parts << QString(why).replace(u'_', u' ');
    return parts.join(u" · "_s);
}

QByteArray csvField(QString text) {
    // A spreadsheet must not take a field for a formula.
    if (!text.isEmpty() && QStringView(u"=+-@\t\r").contains(text.front())) text.prepend(u'\'');
    return u"\"%1\""_s.arg(text.replace(u'"', u"\"\""_s)).toUtf8();
}

QByteArray csvLine(const AuditEntryView& entry) {
    const QString store = entry.store ? QString::number(entry.store->value()) : QString();
    const QString conversation = entry.conversation ? QString::number(entry.conversation->value()) : QString();
    const QStringList fields{QString::number(entry.id.value()),
                             entry.at.isoText(),
                             entry.actor,
                             entry.kind,
                             store,
                             conversation,
                             entry.detail,
                             entry.digest};
    QByteArrayList line;
    for (const QString& field : fields)
        line << csvField(field);
    return line.join(',') + "\r\n";
}

} // namespace

QString auditKindText(const QString& kind) {
    for (const auto& [known, text] : kindWords)
        if (kind == QLatin1String(known)) return AuditPage::tr(text);
    return QString(kind).replace(u'_', u' ');
}

Result<QByteArray> auditCsv(const AnswerReads& reads, const AuditFilter& filter) {
    QByteArray csv = "id,at,actor,kind,store,conversation,detail,digest\r\n";
    std::optional<AuditId> last;
    while (reads.audit) {
        AIVA_TRY(const std::vector<AuditEntryView> page, reads.audit(filter, last, exportAtOnce));
        for (const AuditEntryView& entry : page)
            csv += csvLine(entry);
        if (page.size() < exportAtOnce) break;
        last = page.back().id;
    }
    return csv;
}

AuditPage::AuditPage(AnswerReads reads, QWidget* parent)
    : Page(tr("Audit"), parent)
    , m_reads(std::move(reads))
    , m_search(new QLineEdit(this))
    , m_export(new SubtleButton(tr("Export CSV"), SubtleButton::Look::Subtle, this))
    , m_more(new SubtleButton(tr("Older"), SubtleButton::Look::Quiet, this))
    , m_empty(new EmptyState(this))
    , m_list(new QVBoxLayout) {
    build();
}

void AuditPage::build() {
    addToHeading(m_export);
    m_search->setPlaceholderText(tr("Search the log"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    column()->addWidget(m_search);
    m_list->setSpacing(0);
    column()->addLayout(m_list);
    column()->addWidget(m_more);
    m_empty->setMinimumHeight(emptyHeight);
    column()->addWidget(m_empty);
    column()->addStretch();
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingMs);
    connect(&m_typing, &QTimer::timeout, this, &AuditPage::refresh);
    connect(m_search, &QLineEdit::textChanged, this, [this] { m_typing.start(); });
    connect(m_more, &QAbstractButton::clicked, this, &AuditPage::readMore);
    connect(m_export, &QAbstractButton::clicked, this, &AuditPage::exportTo);
}

AuditFilter AuditPage::filter() const {
    AuditFilter filter;
    filter.text = m_search->text().trimmed();
    return filter;
}

void AuditPage::clearRows() {
    m_last.reset();
    m_kinds.clear();
    while (QLayoutItem* item = m_list->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
}

void AuditPage::refresh() {
    clearRows();
    readMore();
}

void AuditPage::readMore() {
    if (!m_reads.audit) return;
    const auto page = m_reads.audit(filter(), m_last, rowsAtOnce);
    if (!page) {
        Q_EMIT failed(page.error());
        return;
    }
    for (const AuditEntryView& entry : *page) {
        m_kinds << entry.kind;
        QWidget* row = makeRow(entry);
        m_list->addWidget(row);
        row->show();
    }
    if (!page->empty()) m_last = page->back().id;
    m_more->setVisible(page->size() == rowsAtOnce);
    m_empty->setVisible(m_kinds.isEmpty());
    if (m_search->text().isEmpty())
        m_empty->setContent(tr("Nothing was decided yet"),
                            tr("Each draft that is approved, changed, held or sent by itself leaves a line here, tied "
                               "to the one before it so that none can be altered unseen."));
    else
        m_empty->setContent(tr("Nothing fits"), tr("Try another word."));
}

QWidget* AuditPage::makeRow(const AuditEntryView& entry) {
    auto* row = new QWidget(this);
    auto* across = new QHBoxLayout(row);
    across->setContentsMargins(0, size::grid, 0, size::grid);
    across->setSpacing(3 * size::grid);
    auto* time = new ElidedLabel(TextStyle::MonoMicro, &Colors::textMuted, row);
    time->setText(QLocale().toString(entry.at.toDateTime().toLocalTime(), QLocale::ShortFormat));
    time->setFixedWidth(timeWidth);
    auto* kind = new ElidedLabel(TextStyle::Dense, &Colors::textPrimary, row);
    kind->setText(auditKindText(entry.kind));
    kind->setFixedWidth(kindWidth);
    auto* summary = new ElidedLabel(TextStyle::Meta, &Colors::textSecondary, row);
    summary->setText(summaryOf(entry));
    summary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    auto* digest = new ElidedLabel(TextStyle::MonoMicro, &Colors::textMuted, row);
    digest->setText(entry.digest.left(8));
    digest->setToolTip(entry.digest);
    across->addWidget(time);
    across->addWidget(kind);
    across->addWidget(summary, 1);
    across->addWidget(digest);
    if (entry.conversation) {
        auto* open = new SubtleButton(tr("Open"), SubtleButton::Look::Quiet, row);
        open->setSpokenName(tr("Open the conversation of “%1”").arg(kind->text()));
        connect(open, &QAbstractButton::clicked, this,
                [this, id = *entry.conversation] { Q_EMIT conversationAsked(id); });
        across->addWidget(open);
    }
    return row;
}

void AuditPage::exportTo() {
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Export the audit log"), u"audit.csv"_s, tr("CSV files (*.csv)"));
    if (path.isEmpty()) return;
    const auto csv = auditCsv(m_reads, filter());
    if (!csv) {
        Q_EMIT failed(csv.error());
        return;
    }
    QSaveFile file(path);
    const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(*csv) == csv->size() && file.commit();
    if (!isWritten) Q_EMIT failed({ErrorKind::Storage, u"the file could not be written"_s, ErrorCause::ReadOnlyDisk});
}

} // namespace aiva
