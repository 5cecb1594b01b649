// One store on the stores page: state, name, domain, last sync and its result, counts, Sync now.
#pragma once

#include "core/base/clock.h"
#include "core/desk/desk_values.h"
#include "core/readmodel/store_query.h"

#include <QWidget>

class QLabel;

namespace aiva {

class StatusDot;
class SubtleButton;

class StoreCard final : public QWidget {
    Q_OBJECT
public:
    explicit StoreCard(const Clock& clock, QWidget* parent = nullptr);
    void setStore(const StoreView& view, const std::optional<SyncProgress>& progress);

Q_SIGNALS:
    void syncAsked(aiva::StoreId store);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString lastSync(const StoreView& view) const;
    void showState(const StoreView& view, bool syncing);

    const Clock& m_clock;
    StoreId m_id;
    StatusDot* m_dot;
    QLabel* m_name;
    QLabel* m_domain;
    QLabel* m_state;
    QLabel* m_counts;
    QLabel* m_last;
    QLabel* m_advice; // what to do about a store that is disconnected
    SubtleButton* m_sync;
};

} // namespace aiva
