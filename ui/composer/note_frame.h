// What surrounds the text: nothing for a reply, an amber edge and a label for a note, so that nobody takes one for the
// other.
#pragma once

#include <QWidget>

class QLabel;

namespace aiva {

class NoteFrame final : public QWidget {
    Q_OBJECT
public:
    explicit NoteFrame(QWidget* content, QWidget* parent = nullptr);
    void setNote(bool isNote);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    bool m_isNote = false;
    QLabel* m_label;
};

} // namespace aiva
