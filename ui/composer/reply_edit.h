// The text field of the composer: plain text in, as high as its text up to a limit, Esc to leave it.
#pragma once

#include <QTextEdit>

namespace aiva {

class ReplyEdit final : public QTextEdit {
    Q_OBJECT
public:
    explicit ReplyEdit(QWidget* parent = nullptr);

    // The application's line height for every paragraph; call after the document was filled.
    static void formatBlocks(QTextDocument* document);
    void attach(QTextDocument* document);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void left();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;
    void resizeEvent(QResizeEvent* event) override;
    bool canInsertFromMimeData(const QMimeData* source) const override;

private:
    int textHeight() const;
};

} // namespace aiva
