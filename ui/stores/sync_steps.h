// What a running sync has done of each resource: ✓ customers 1,204 · ● orders 250 of 1,000 · ○ products.
#pragma once

#include "core/desk/stores/store_values.h"
#include "ui/widgets/described.h"

#include <QWidget>

namespace aiva {

class SyncSteps final : public QWidget, public Described {
    Q_OBJECT
public:
    explicit SyncSteps(QWidget* parent = nullptr);
    void setProgress(const std::vector<ResourceProgress>& resources);

    AccessibleFace face() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString countText(const ResourceProgress& one) const;

    std::vector<ResourceProgress> m_resources;
};

} // namespace aiva
