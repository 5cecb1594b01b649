// Writes a signature: bold, italic, links, and below it how a plain text mail will show it. What is pasted comes in as
// plain text. The mailbox editor and the wizard own one each.
#pragma once

#include <QWidget>

class QLineEdit;
class QTextDocument;
class QTextEdit;

namespace aiva {

class SubtleButton;
class TextBlock;

// The few tags mail needs: <p>, <br>, <b>, <i>, <a href>. Empty for a document without text.
QString signatureHtml(const QTextDocument& document);
// Links written out behind their words: "our shop <https://acme.example>".
QString signatureText(const QTextDocument& document);

class SignatureEdit final : public QWidget {
    Q_OBJECT
public:
    explicit SignatureEdit(QWidget* parent = nullptr);

    void setSignature(const QString& text, const QString& html);
    QString text() const;
    QString html() const;
    QTextEdit* editor() const { return m_editor; }

private:
    void build();
    void applyLink();
    void askForLink();
    void followCursor();
    void showPreview();

    QTextEdit* m_editor;
    SubtleButton* m_bold;
    SubtleButton* m_italic;
    SubtleButton* m_link;
    QLineEdit* m_address;
    TextBlock* m_preview;
};

} // namespace aiva
