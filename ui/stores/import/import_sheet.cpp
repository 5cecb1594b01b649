#include "ui/stores/import/import_sheet.h"

#include "ui/errors/error_text.h"
#include "ui/stores/import/import_columns.h"
#include "ui/stores/import/import_conventions.h"
#include "ui/stores/import/import_fault_text.h"
#include "ui/stores/import/import_text.h"
#include "ui/stores/job_text.h"
#include "ui/stores/store_text.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/overlay_scroll_area.h"
#include "ui/widgets/subtle_button.h"
#include "ui/widgets/text_label.h"

#include <QBoxLayout>
#include <QFileDialog>
#include <QFileInfo>

namespace aiva {

namespace {
constexpr QSize importSize(620, 640);
constexpr int lowSheet = 480;   // a sheet that has no room for two things that scroll
constexpr int mostFaults = 100; // height of the list of what is wrong
constexpr int leastScroll = 80;
constexpr int checkSoonMs = 400;
constexpr size_t faultsShown = 20;
} // namespace

ImportSheet::ImportSheet(StoreDesk& desk, QWidget* parent)
    : Sheet(tr("Import from files"), parent)
    , m_desk(desk)
    , m_conventions(new ImportConventions(this))
    , m_result(new TextBlock(TextStyle::Dense, &Colors::textPrimary, this))
    , m_faults(new TextBlock(TextStyle::Meta, &Colors::textSecondary, this))
    , m_trouble(new TextBlock(TextStyle::Meta, &Colors::warning, this))
    , m_cancel(new SubtleButton(tr("Cancel"), SubtleButton::Look::Subtle, this))
    , m_import(new SubtleButton(tr("Import"), SubtleButton::Look::Primary, this)) {
    setFixedSize(importSize.width(), std::min(importSize.height(), mostHeight()));
    auto* files = scrolled(filesAndColumns(), tr("Files and their columns"));
    files->setMinimumHeight(leastScroll);
    body()->addWidget(files, 1);
    for (TextBlock* text : {m_result, m_faults, m_trouble})
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    body()->addWidget(m_result);
    if (!isLow()) {
        m_faults->setContentsMargins(0, 0, 3 * size::grid, 0);
        m_faultScroll = scrolled(m_faults, tr("What is wrong with the files"));
        body()->addWidget(m_faultScroll);
    }
    body()->addWidget(m_trouble);
    foot()->addStretch();
    foot()->addWidget(m_cancel);
    foot()->addWidget(m_import);
    connectParts();
    showStage(Stage::Empty);
}

ImportSheet::~ImportSheet() = default;

bool ImportSheet::isLow() const {
    return height() < lowSheet;
}

QWidget* ImportSheet::filesAndColumns() {
    auto* purpose = new TextBlock(TextStyle::Dense, &Colors::textSecondary, this);
    purpose->setText(
        tr("CSV exports of a shop that cannot be connected. Importing a newer export of it again brings what "
           "changed."));
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 3 * size::grid, 0);
    column->setSpacing(3 * size::grid);
    column->addWidget(purpose);
    for (const Resource resource : {Resource::Customers, Resource::Orders}) {
        m_parts.push_back(makePart(resource));
        Part& part = m_parts.back();
        auto* line = new QHBoxLayout;
        line->setSpacing(3 * size::grid);
        line->addWidget(part.name, 1);
        line->addWidget(part.choose);
        column->addLayout(line);
        column->addWidget(part.facts);
        column->addWidget(part.columns);
    }
    column->addWidget(m_conventions);
    if (isLow()) column->addWidget(m_faults);
    column->addStretch();
    return content;
}

void ImportSheet::connectParts() {
    m_checkSoon.setSingleShot(true);
    connect(&m_checkSoon, &QTimer::timeout, this, &ImportSheet::check);
    connect(m_cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_import, &QAbstractButton::clicked, this, [this] {
        if (m_stage == Stage::Done)
            accept();
        else
            begin();
    });
    connect(m_conventions, &ImportConventions::typed, this, &ImportSheet::checkSoon);
    connect(m_conventions, &ImportConventions::chosen, this, &ImportSheet::check);
    connect(&m_desk, &StoreDesk::importProgressed, this, &ImportSheet::showProgress);
}

void ImportSheet::setStore(const StoreRow& store) {
    setTitle(tr("Import from files"), storeTitle(store));
    m_conventions->setName(store.name);
}

ImportSheet::Part ImportSheet::makePart(Resource resource) {
    Part part{resource, {},      new ElidedLabel(TextStyle::DenseStrong, &Colors::textPrimary, this),
              nullptr,  nullptr, nullptr};
    const bool isOrders = resource == Resource::Orders;
    part.name->setText(isOrders ? tr("Orders: no file chosen") : tr("Customers: no file chosen"));
    part.choose = new SubtleButton(tr("Choose…"), SubtleButton::Look::Subtle, this);
    part.choose->setSpokenName(isOrders ? tr("Choose the file of orders") : tr("Choose the file of customers"));
    part.facts = new TextBlock(TextStyle::Meta, &Colors::textMuted, this);
    part.facts->hide();
    part.columns = new ImportColumns(this);
    part.columns->hide();
    connect(part.choose, &QAbstractButton::clicked, this, [this, resource] { browse(resource); });
    connect(part.columns, &ImportColumns::changed, this, &ImportSheet::check);
    return part;
}

OverlayScrollArea* ImportSheet::scrolled(QWidget* content, const QString& name) {
    auto* scroll = new OverlayScrollArea(this);
    scroll->setAccessibleName(name);
    scroll->setWidget(content);
    return scroll;
}

void ImportSheet::browse(Resource resource) {
    const QString title = resource == Resource::Orders ? tr("File of orders") : tr("File of customers");
    auto* dialog = new QFileDialog(this, title, {}, tr("Tables (*.csv *.tsv *.txt);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, resource](const QString& path) { setFile(resource, path); });
    dialog->open();
}

void ImportSheet::setFile(Resource resource, const QString& path) {
    for (Part& part : m_parts) {
        if (part.resource != resource) continue;
        part.path = path;
        const QString file = QFileInfo(path).fileName();
        part.name->setText(resource == Resource::Orders ? tr("Orders: %1").arg(file) : tr("Customers: %1").arg(file));
        part.name->setToolTip(path);
        part.columns->forget();
    }
    const QString first = m_parts.front().path.isEmpty() ? path : m_parts.front().path;
    m_conventions->suggestName(QFileInfo(first).completeBaseName());
    check();
}

CsvImportRequest ImportSheet::request(CsvImportRequest::Mode mode) const {
    CsvImportRequest request;
    request.mode = mode;
    m_conventions->fill(request);
    for (const Part& part : m_parts) {
        (part.resource == Resource::Orders ? request.ordersPath : request.customersPath) = part.path;
        const auto& choices = part.columns->choices();
        request.choices.insert(request.choices.end(), choices.begin(), choices.end());
    }
    return request;
}

void ImportSheet::check() {
    m_checkSoon.stop();
    const CsvImportRequest wanted = request(CsvImportRequest::Mode::DryRun);
    if (wanted.customersPath.isEmpty() && wanted.ordersPath.isEmpty()) return;
    if (m_stage == Stage::Importing) {
        m_checkAgain = true; // what is changed now is for the next time
        return;
    }
    // One at a time: what runs is looked at no more.
    m_checkAgain = m_stage == Stage::Checking;
    if (m_checkAgain) return m_desk.cancelImport();
    if (!m_conventions->judge()) {
        showStage(Stage::Checked);
        return showFaults({});
    }
    showStage(Stage::Checking);
    whenDone(m_desk.importFiles(wanted), this, [this](const Result<CsvImportOutcome>& outcome) { takeCheck(outcome); });
}

// What was looked at is not what would be imported any more.
void ImportSheet::checkSoon() {
    m_checkSoon.start(checkSoonMs);
    if (m_stage == Stage::Checked) m_import->setEnabled(false);
}

void ImportSheet::takeCheck(const Result<CsvImportOutcome>& outcome) {
    showStage(Stage::Checked);
    if (std::exchange(m_checkAgain, false)) return check();
    if (outcome)
        showOutcome(*outcome);
    else
        m_trouble->setText(errorSentence(outcome.error()));
    const bool isUsable = outcome && !outcome->error && outcome->status != SyncStatus::Cancelled;
    m_import->setEnabled(isUsable && !m_checkSoon.isActive() && !m_conventions->hasTrouble());
    m_trouble->setVisible(!m_trouble->text().isEmpty());
}

void ImportSheet::showOutcome(const CsvImportOutcome& outcome) {
    for (const CsvFileReport& file : outcome.files)
        for (Part& part : m_parts) {
            if (part.resource != file.resource) continue;
            part.facts->setText(importFileText(file));
            part.facts->show();
            part.columns->setFile(file);
            part.columns->show();
        }
    QStringList lines{importStoreText(outcome)};
    for (auto it = outcome.counts.cbegin(); it != outcome.counts.cend(); ++it)
        if (it->processed > 0 || it->failed > 0) lines << importCountsText(it.key(), *it, QLocale());
    if (!outcome.error) m_result->setText(lines.join(u'\n'));
    QStringList faults = importWarnings(outcome, m_conventions->timeZoneName());
    for (size_t i = 0; i < std::min(outcome.faults.size(), faultsShown); ++i)
        faults << importFaultText(outcome.faults[i]);
    if (outcome.faults.size() > faultsShown) faults << tr("and %1 more").arg(outcome.faults.size() - faultsShown);
    showFaults(faults);
    m_trouble->setText(importTroubleText(outcome));
}

// A long list scrolls: the columns it speaks of keep the room.
void ImportSheet::showFaults(const QStringList& faults) {
    m_faults->setText(faults.join(u'\n'));
    m_faults->setVisible(!faults.isEmpty());
    if (m_faultScroll == nullptr) return;
    const QMargins around = layout()->contentsMargins();
    const int wanted = m_faults->heightForWidth(importSize.width() - around.left() - around.right());
    m_faultScroll->setFixedHeight(std::min(wanted, mostFaults));
    m_faultScroll->setVisible(!faults.isEmpty());
}

void ImportSheet::begin() {
    showStage(Stage::Importing);
    whenDone(m_desk.importFiles(request(CsvImportRequest::Mode::Import)), this,
             [this](const Result<CsvImportOutcome>& outcome) { takeImport(outcome); });
}

void ImportSheet::takeImport(const Result<CsvImportOutcome>& outcome) {
    const bool isOver = outcome && !outcome->error && outcome->status != SyncStatus::Cancelled;
    showStage(isOver ? Stage::Done : Stage::Checked);
    if (outcome)
        showOutcome(*outcome);
    else
        m_trouble->setText(errorSentence(outcome.error()));
    if (outcome && outcome->status == SyncStatus::Cancelled)
        m_trouble->setText(tr("Stopped. What was imported until then stays; importing again goes on."));
    m_trouble->setVisible(!m_trouble->text().isEmpty());
    m_import->setEnabled(true);
    if (std::exchange(m_checkAgain, false) && !isOver) check();
}

void ImportSheet::showProgress(const CsvImportProgress& progress) {
    if (m_stage != Stage::Importing && m_stage != Stage::Checking) return;
    const qint64 percent = progress.bytes > 0 ? progress.bytesRead * 100 / progress.bytes : 100;
    const QString what = resourceTitle(progress.resource);
    m_result->setText(m_stage == Stage::Checking ? tr("Reading %1: %2 %").arg(what).arg(percent)
                                                 : tr("Importing %1: %2 %").arg(what).arg(percent));
}

void ImportSheet::showStage(Stage stage) {
    m_stage = stage;
    const bool isImporting = stage == Stage::Importing;
    for (const Part& part : m_parts)
        part.choose->setEnabled(!isImporting && stage != Stage::Done);
    m_import->setText(stage == Stage::Done ? tr("Close") : tr("Import"));
    m_import->setEnabled(stage == Stage::Done);
    m_cancel->setText(isImporting ? tr("Stop") : tr("Cancel"));
    m_cancel->setVisible(stage != Stage::Done);
    if (stage == Stage::Empty)
        m_result->setText(tr("Choose one file or both: what would come of them is shown first."));
    if (stage == Stage::Checking) m_result->setText(tr("Reading…"));
    if (isImporting) m_result->setText(tr("Importing…"));
    if (stage == Stage::Checked) m_result->setText({});
    m_trouble->setText({});
    m_trouble->hide();
    const bool isTold = stage == Stage::Checked && !m_faults->text().isEmpty();
    m_faults->setVisible(isTold);
    if (m_faultScroll) m_faultScroll->setVisible(isTold);
}

void ImportSheet::reject() {
    if (m_stage == Stage::Importing) return m_desk.cancelImport(); // and then says how far it came
    if (m_stage == Stage::Checking) m_desk.cancelImport();
    Sheet::reject();
}

} // namespace aiva
