#include "ui/stores/import/import_conventions.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/form_field.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLineEdit>

namespace aiva {

namespace {
constexpr int longestStoreName = 80;

// Times without a zone are the shop's own, which is nowhere said: Greenwich's until somebody knows better.
void addZones(QComboBox& box) {
    box.addItem(QString::fromUtf8(QTimeZone::utc().id()), QTimeZone::utc().id());
    // Cities alone: the others are rules or differences nobody's shop is set to.
    const auto isCity = [](const QByteArray& zone) { return zone.contains('/') && !zone.startsWith("Etc/"); };
    const QByteArray here = QTimeZone::systemTimeZoneId();
    if (isCity(here)) box.addItem(ImportConventions::tr("here: %1").arg(QString::fromUtf8(here)), here);
    for (const QByteArray& zone : QTimeZone::availableTimeZoneIds())
        if (isCity(zone)) box.addItem(QString::fromUtf8(zone), zone);
}
} // namespace

// Nothing is guessed: an amount like "1,234" is asked about by the dry run's errors.
ImportConventions::ImportConventions(QWidget* parent)
    : QWidget(parent)
    , m_name(new QLineEdit(this))
    , m_nameField(new FormField(tr("Name of the store"), m_name, {}, this))
    , m_currency(new QLineEdit(this))
    , m_currencyField(new FormField(tr("Currency"), m_currency, tr("Where the files say none"), this))
    , m_decimal(new QComboBox(this))
    , m_dates(new QComboBox(this))
    , m_zone(new QComboBox(this)) {
    m_name->setMaxLength(longestStoreName);
    m_currency->setMaxLength(3);
    m_decimal->addItem(tr("as it can be read"));
    m_decimal->addItem(tr("1,234.50"));
    m_decimal->addItem(tr("1.234,50"));
    m_dates->addItem(tr("as it can be read"));
    m_dates->addItem(tr("day first: 28/02/2026"));
    m_dates->addItem(tr("month first: 02/28/2026"));
    addZones(*m_zone);
    // As wide as its column, not as the longest name of a zone.
    m_zone->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3 * size::grid);
    auto* first = new QHBoxLayout;
    first->setSpacing(3 * size::grid);
    first->addWidget(m_nameField, 2, Qt::AlignTop);
    first->addWidget(new FormField(tr("Times without a zone"), m_zone, {}, this), 1, Qt::AlignTop);
    column->addLayout(first);
    auto* line = new QHBoxLayout;
    line->setSpacing(3 * size::grid);
    line->addWidget(m_currencyField, 1, Qt::AlignTop);
    line->addWidget(new FormField(tr("Amounts"), m_decimal, {}, this), 1, Qt::AlignTop);
    line->addWidget(new FormField(tr("Dates"), m_dates, {}, this), 1, Qt::AlignTop);
    column->addLayout(line);
    connect(m_name, &QLineEdit::textEdited, this, [this] {
        m_isNamed = true;
        Q_EMIT typed();
    });
    connect(m_currency, &QLineEdit::textEdited, this, &ImportConventions::typed);
    connect(m_decimal, &QComboBox::activated, this, &ImportConventions::chosen);
    connect(m_dates, &QComboBox::activated, this, &ImportConventions::chosen);
    connect(m_zone, &QComboBox::activated, this, &ImportConventions::chosen);
}

void ImportConventions::suggestName(const QString& name) {
    if (!m_isNamed) m_name->setText(name);
}

void ImportConventions::setName(const QString& name) {
    m_isNamed = true;
    m_name->setText(name);
}

void ImportConventions::fill(CsvImportRequest& request) const {
    request.storeName = m_name->text().simplified();
    if (const auto currency = Currency::parse(m_currency->text().trimmed().toUpper().toStdString()))
        request.currency = *currency;
    request.conventions.decimalMark = static_cast<CsvConventions::DecimalMark>(m_decimal->currentIndex());
    request.conventions.dayMonth = static_cast<CsvConventions::DayMonth>(m_dates->currentIndex());
    if (const QTimeZone zone(m_zone->currentData().toByteArray()); zone.isValid()) request.conventions.timeZone = zone;
}

QString ImportConventions::timeZoneName() const {
    return QString::fromUtf8(m_zone->currentData().toByteArray());
}

bool ImportConventions::hasTrouble() const {
    return !m_currencyField->trouble().isEmpty() || !m_nameField->trouble().isEmpty();
}

bool ImportConventions::judge() {
    CsvImportRequest request;
    fill(request);
    const bool isCurrencyFine = m_currency->text().trimmed().isEmpty() || request.currency.isValid();
    m_currencyField->setTrouble(isCurrencyFine ? QString() : tr("Three letters, like EUR"));
    const bool hasName = !request.storeName.isEmpty();
    m_nameField->setTrouble(hasName ? QString() : tr("The store needs a name."));
    return hasName;
}

} // namespace aiva
