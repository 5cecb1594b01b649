// A quiet dialog: a title, a body, and a line of buttons at the foot. Settings and wizards open as sheets over the
// window.
#pragma once

#include <QDialog>

class QHBoxLayout;
class QVBoxLayout;

namespace aiva {

class TextBlock;

class Sheet : public QDialog {
    Q_OBJECT
public:
    explicit Sheet(const QString& title, QWidget* parent = nullptr);
    void setTitle(const QString& title, const QString& detail = {});

protected:
    QVBoxLayout* body() const { return m_body; }
    QHBoxLayout* foot() const { return m_foot; }
    // A column at the end of the body that scrolls where the sheet is too low for it.
    QVBoxLayout* addScrollingColumn(const QString& accessibleName);
    // As high as a sheet may be on its screen, in pixels: the foot stays in reach, what is longer scrolls.
    int mostHeight() const;
    // After what is shown was changed: the sheet grows with what it has to say.
    void grow();
    void paintEvent(QPaintEvent* event) override;
    // Keys nobody else wants move what scrolls, also where nothing in it takes the focus.
    void keyPressEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    TextBlock* m_title;
    TextBlock* m_detail;
    QVBoxLayout* m_body;
    QHBoxLayout* m_foot;
};

} // namespace aiva
