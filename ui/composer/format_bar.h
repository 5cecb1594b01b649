// The few formats that survive mail: bold, italic, bullets, numbers, link. Acts on a text edit and shows what stands at
// its cursor.
#pragma once

#include <QWidget>

class QTextEdit;

namespace aiva {

class IconButton;

class FormatBar final : public QWidget {
    Q_OBJECT
public:
    explicit FormatBar(QTextEdit& edit, QWidget* parent = nullptr);

    void toggleBold();
    void toggleItalic();
    void toggleBullets();
    void toggleNumbers();
    // Asks for the address of the selected words, or of the link the cursor stands in.
    void editLink();
    void setLink(const QString& address);

private:
    void toggleList(int style);
    void follow();

    QTextEdit& m_edit;
    IconButton* m_bold;
    IconButton* m_italic;
    IconButton* m_bullets;
    IconButton* m_numbers;
    IconButton* m_link;
};

} // namespace aiva
