// A thin scroll bar that floats over a scroll area's content: appearing, it moves nothing. For lists and other areas
// that are no OverlayScrollArea.
#pragma once

#include <QScrollBar>

class QAbstractScrollArea;

namespace aiva {

class OverlayBar final : public QScrollBar {
    Q_OBJECT
public:
    // Becomes a child of the area and goes with it.
    explicit OverlayBar(QAbstractScrollArea& area);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void follow();

    QAbstractScrollArea& m_area;
};

} // namespace aiva
