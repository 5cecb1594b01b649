// The breathing yellow dot of a running sync. Static under reduced motion, and no timer runs while it cannot be seen.
#pragma once

#include "ui/widgets/described.h"

#include <QBasicTimer>
#include <QWidget>

namespace aiva {

class PulsingDot : public QWidget, public Described {
    Q_OBJECT
public:
    explicit PulsingDot(QWidget* parent = nullptr);
    // What is going on ("Syncing"), for a screen reader.
    void setMeaning(const QString& meaning) { m_meaning = meaning; }
    bool isPulsing() const { return m_timer.isActive(); }

    AccessibleFace face() const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void startOrStop();

    QBasicTimer m_timer;
    int m_step = 0;
    QString m_meaning;
};

} // namespace aiva
