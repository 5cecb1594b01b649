#include "ui/stores/store_settings.h"

#include "ui/stores/store_text.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/text_label.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>

namespace aiva {

namespace {
constexpr int scheduleWidth = 200;
}

StoreSettings::StoreSettings(StoreDesk& desk, QWidget* parent)
    : QWidget(parent), m_desk(desk), m_grid(new QGridLayout) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 3 * size::grid, 0, 0);
    column->setSpacing(2 * size::grid);
    addHeading(tr("Notifications of stores"));
    addNotice(StoreNotice::What::FirstSyncDone, tr("A first sync is complete"));
    addNotice(StoreNotice::What::SyncStopped, tr("A sync failed after every retry"));
    addNotice(StoreNotice::What::Disconnected, tr("A store was disconnected"));
    m_frequency = addHeading(tr("How often stores are asked"));
    m_grid->setHorizontalSpacing(3 * size::grid);
    m_grid->setVerticalSpacing(size::grid);
    m_grid->setColumnStretch(0, 1);
    column->addLayout(m_grid);
    m_frequency->hide();
}

TextBlock* StoreSettings::addHeading(const QString& text) {
    auto* heading = new TextBlock(TextStyle::Micro, &Colors::textMuted, this);
    heading->setText(text);
    layout()->addWidget(heading);
    return heading;
}

void StoreSettings::addNotice(StoreNotice::What what, const QString& text) {
    auto* box = new QCheckBox(text, this);
    box->setChecked(true);
    layout()->addWidget(box);
    connect(box, &QCheckBox::toggled, this, [this, what](bool isOn) { Q_EMIT notifiedChanged(what, isOn); });
    m_notices.emplace(what, box);
}

void StoreSettings::setNotified(StoreNotice::What what, bool isNotified) {
    const QSignalBlocker quiet(m_notices.at(what));
    m_notices.at(what)->setChecked(isNotified);
}

// Shops that can be asked; a line that is there stays, so that its open list does.
void StoreSettings::setStores(const std::vector<StoreView>& stores) {
    std::map<StoreId, Line> before = std::move(m_lines);
    m_lines.clear();
    for (const StoreView& view : stores) {
        if (view.store.kind == StoreKind::Csv || view.store.status == StoreStatus::Disconnected) continue;
        const auto known = before.extract(view.store.id);
        Line line = known.empty() ? makeLine(view) : known.mapped();
        static_cast<ElidedLabel*>(line.name)->setText(storeTitle(view.store));
        line.kept = view.store.schedule;
        showSchedule(line);
        line.schedule->setAccessibleName(tr("How often %1 is asked").arg(storeTitle(view.store)));
        m_lines.emplace(view.store.id, line);
    }
    for (const auto& [id, line] : before) {
        line.name->deleteLater();
        line.schedule->deleteLater();
    }
    m_frequency->setVisible(!m_lines.empty());
}

StoreSettings::Line StoreSettings::makeLine(const StoreView& view) {
    auto* schedule = new QComboBox(this);
    schedule->setFixedWidth(scheduleWidth);
    for (const ScheduleChoice& choice : scheduleChoices())
        schedule->addItem(choice.title, choice.word);
    auto* name = new ElidedLabel(TextStyle::Dense, &Colors::textPrimary, this);
    const int row = m_grid->rowCount();
    m_grid->addWidget(name, row, 0);
    m_grid->addWidget(schedule, row, 1);
    name->show();
    schedule->show();
    connect(schedule, &QComboBox::activated, this,
            [this, schedule, id = view.store.id] { setSchedule(id, schedule->currentData().toString()); });
    return {name, schedule, view.store.schedule};
}

void StoreSettings::setSchedule(StoreId store, const QString& schedule) {
    whenDone(m_desk.setSchedule(store, schedule), this, [this, store](const Result<bool>& done) {
        if (done) return;
        if (const auto line = m_lines.find(store); line != m_lines.end()) showSchedule(line->second);
        Q_EMIT failed(done.error());
    });
}

void StoreSettings::showSchedule(const Line& line) {
    const QSignalBlocker quiet(line.schedule);
    line.schedule->setCurrentIndex(line.schedule->findData(line.kept));
}

} // namespace aiva
