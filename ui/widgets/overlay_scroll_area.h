// A scroll area whose thin bar floats over the content: appearing, it moves nothing.
#pragma once

#include <QScrollArea>

class QScrollBar;

namespace aiva {

class OverlayScrollArea : public QScrollArea {
    Q_OBJECT
public:
    explicit OverlayScrollArea(QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void placeBar();
    void showBarIfNeeded();

    QScrollBar* m_bar;
};

} // namespace aiva
